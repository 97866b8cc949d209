"""How the engine would answer a query, and where its time went.

The library has no way to tell, but Oxigraph's own program has (PyPI `oxigraph`, the extra `plan`):
it runs the query over the same store and tells what each part found and took.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.confined import limit_memory
from kg.errors import MissingExtra, QueryError
from kg.guard import refuse_unsafe
from kg.query import MEMORY, malformed
from kg.rq import with_prefixes

_PLACE = re.compile(r"error at (\d+):")
_IRI = re.compile(r"<([^<>\s]+)>")


def program() -> str:
    """Where Oxigraph's program is; MissingExtra where it is not."""
    beside = Path(sys.executable).parent
    found = shutil.which("oxigraph", path=str(beside)) or shutil.which("oxigraph")
    if not found:
        raise MissingExtra("oxigraph", "pip install 'policy-kg[plan]'")
    return found


def plan(store: Path, query: str, *, prefixes: Mapping[str, str], timeout: float) -> str:
    """A line for each step: milliseconds with all that it waits for, rows, what it does."""
    refuse_unsafe(query)
    with tempfile.TemporaryDirectory() as folder:
        explained = Path(folder) / "plan.json"
        command = [
            *(program(), "query", "--location", str(store), "--union-default-graph", "--stats"),
            *("--explain-file", str(explained), "--results-file", f"{folder}/answer"),
            *("--results-format", "json"),
        ]
        ran = _run(command, with_prefixes(query, prefixes), timeout)
        if ran.returncode == 1 and b"pars" in ran.stderr:
            raise malformed(_placed(ran.stderr.decode("utf-8", "replace")), query, prefixes)
        if ran.returncode or not explained.exists():
            raise QueryError(
                "this query cannot be explained: it makes a graph, or its process was ended",
                fix="explain a SELECT or ASK; ask for less: fewer nested braces, a LIMIT",
            )
        tree = json.loads(explained.read_bytes())["plan"]
    return "".join(f"{line}\n" for line in (f"{'ms':>10} {'rows':>9}", *_lines(tree, prefixes)))


def _run(command: list[str], query: str, timeout: float) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            command,
            input=query.encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
            preexec_fn=(lambda: limit_memory(2 * MEMORY)) if sys.platform != "win32" else None,
        )
    except subprocess.TimeoutExpired:
        raise QueryError(
            f"the query was stopped after {timeout:g} seconds, so there are no times to show",
            fix="give it more time with --timeout, or take parts of it away until it ends",
        ) from None


def _placed(message: str) -> str:
    """With the place in the query as it was given, without the line of the prefixes."""
    return _PLACE.sub(lambda place: f"error at {int(place[1]) - 1}:", message)


def _lines(node: Mapping[str, Any], prefixes: Mapping[str, str], depth: int = 0) -> Iterator[str]:
    milliseconds = 1_000 * float(node.get("duration in seconds", 0))
    step = _IRI.sub(lambda iri: _short(iri[1], prefixes), " ".join(node["name"].split()))
    yield f"{milliseconds:10.2f} {node.get('number of results', 0):9,} {'  ' * depth}{step}"
    for child in node.get("children", []):
        yield from _lines(child, prefixes, depth + 1)


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [(ns, name) for name, ns in prefixes.items() if iri.startswith(ns)]
    namespace, name = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
    return f"{name}:{iri.removeprefix(namespace)}" if name else f"<{iri}>"
