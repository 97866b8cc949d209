"""Ask the graph in SPARQL: read-only, without network, and never longer than allowed.

Each query runs in a worker process (`kg.worker`) that is killed at the timeout. SERVICE, LOAD and
updates are refused before anything runs, by a scan of the query outside strings, IRIs and comments.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from kg.errors import QueryError
from kg.worker import SYNTAX_ERROR, Request

TIMEOUT = 60.0
"""Seconds after which a query is stopped."""
MEMORY = 4 * 1024**3
"""Bytes of address space that a query may use."""

_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_SILENT = re.compile(
    _IRI + r"|#[^\n\r]*"
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*'",
    re.DOTALL,
)
_WORD = r"(?<![\w?$:@-]){}(?![\w:-])"
_SERVICE = re.compile(_WORD.format("SERVICE"), re.IGNORECASE)
_UPDATE = re.compile(
    r"(?:\s|BASE\b|PREFIX\s+[\w.-]*:)*(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?<![\w?$:@.-])([A-Za-z][\w-]*):(?![:/])", re.ASCII)
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):", re.IGNORECASE)


def run_query(
    store: Path,
    query: str,
    *,
    prefixes: Mapping[str, str],
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
) -> bytes:
    """SPARQL 1.1 Results JSON, or N-Triples for CONSTRUCT and DESCRIBE.

    `prefixes` need not be declared in the query; `memory` is in bytes. Raises QueryError: refused,
    malformed, stopped after `timeout` seconds, too large.
    """
    visible = refuse_unsafe(query)
    request: Request = {"query": query, "prefixes": dict(prefixes), "memory": memory}
    try:
        worker = subprocess.run(
            [sys.executable, "-m", "kg.worker", str(store)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryError(
            f"the query was stopped after {timeout:g} seconds",
            fix="ask for less (a LIMIT, fewer patterns), or give it more time with --timeout",
        ) from None
    if worker.returncode == SYNTAX_ERROR:
        raise _malformed(worker.stderr.decode(), visible, prefixes)
    if worker.returncode:
        raise QueryError(
            "the query is too large or too deeply nested and was ended",
            fix="ask for less: fewer nested braces, a LIMIT, or several smaller queries",
        )
    return worker.stdout


def refuse_unsafe(query: str) -> str:
    """The query without strings, IRIs and comments; QueryError if it asks for too much."""
    decoded = _CODE_POINT.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), query)
    visible = _SILENT.sub(" ", decoded)
    if _SERVICE.search(visible):
        raise QueryError(
            "SERVICE asks another server, and queries here never use the network",
            fix="remove the SERVICE block; everything that kg knows is in this graph",
        )
    if _UPDATE.match(visible):
        raise QueryError(
            "this would change the graph, and the graph is read-only",
            fix="change the coder's files or the ontology, then: kg build",
        )
    return visible


def _malformed(message: str, visible: str, prefixes: Mapping[str, str]) -> QueryError:
    known = {*prefixes, *_DECLARED.findall(visible)}
    unknown = [name for name in _PREFIX.findall(visible) if name not in known]
    if unknown:
        return QueryError(
            f"the prefix '{unknown[0]}:' is not declared",
            fix=f"add a line PREFIX {unknown[0]}: <…>, or use one of: {', '.join(sorted(known))}",
        )
    position = _POSITION.search(message)
    reasons = _REASON.findall(message) or ([] if position else [message])
    where = [f"it cannot be read at line {position[1]}, column {position[2]}"] if position else []
    return QueryError(
        f"this is not SPARQL that can be run: {'; '.join([*where, *reasons])}",
        fix="look just before that place: a missing brace, full stop or question mark is usual",
    )


_POSITION = re.compile(r"error at (\d+):(\d+)")
_REASON = re.compile(r"\bThe [A-Za-z ]{10,}")
