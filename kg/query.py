"""Ask the graph in SPARQL: read-only, without network, and never longer than allowed.

Each query runs in a worker process (`kg.worker`) that is killed at the timeout. SERVICE and updates
are refused before anything runs (`kg.guard`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from kg.errors import QueryError
from kg.guard import refuse_unsafe
from kg.worker import SYNTAX_ERROR, TOO_LONG, Request

TIMEOUT = 60.0
"""Seconds after which a query is stopped."""
MEMORY = 1536 * 1024**2
"""Bytes of address space for a query; an idle worker takes a third of them, mostly unused."""
LONGEST = 64 * 1024**2
"""Bytes of the longest answer that is handed on."""

_POSITION = re.compile(r"error at (\d+):(\d+)")
_REASON = re.compile(r"\bThe [A-Za-z ]{10,}")
_PREFIX = re.compile(r"(?<![\w?$:@.-])([A-Za-z][\w-]*):(?![:/])", re.ASCII)
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):", re.IGNORECASE)
_TEXT = re.compile(r'"(?:[^"\\\n\r]|\\.)*"|<[^<>\s]*>|#[^\n\r]*')


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
    refuse_unsafe(query)
    request: Request = {
        "query": query,
        "prefixes": dict(prefixes),
        "memory": memory,
        "longest": LONGEST,
    }
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
        raise _malformed(worker.stderr.decode("utf-8", "replace"), query, prefixes)
    if worker.returncode == TOO_LONG:
        raise QueryError(
            f"the answer is longer than {LONGEST // 1024**2} MB",
            fix="ask for less: end the query with LIMIT 10000, or count instead of listing",
        )
    if worker.returncode:
        raise QueryError(
            "the query is too large or too deeply nested and was ended",
            fix="ask for less: fewer nested braces, a LIMIT, or several smaller queries",
        )
    return worker.stdout


def _malformed(message: str, query: str, prefixes: Mapping[str, str]) -> QueryError:
    visible = _TEXT.sub(" ", query)
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
