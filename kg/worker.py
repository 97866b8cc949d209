"""Queries in a process of their own: `python -m kg.worker STORE WORDS [--network]`, asked on stdin.

Oxigraph has no timeout, and a query can exhaust the stack or the memory of the process that runs
it. So the caller (`kg.query`) starts this file, waits as long as it wants, and kills it; a worker
that answered in time is asked again. Where the system allows it, the process has no network.

A request is a line of JSON: `query`, `prefixes` (not to be declared), `seconds` of computing after
which the process ends by itself if nobody ended it, `memory` and `longest` (in bytes); or `words`
instead of a query, for the quotes that hold them, as a JSON list. A reply is a line `OUTCOME BYTES`
and so many bytes: SPARQL 1.1 Results JSON, or N-Triples for a graph, or what was wrong. `WORDS` is
where the full-text index lies. Little is imported, so that it starts at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.confined import leave_network, limit_memory, limit_work

ANSWER, SYNTAX_ERROR, TOO_LONG, NO_STORE = "answer", "syntax-error", "too-long", "no-store"
MATCHES = "https://w3id.org/policy-kg/core#matches"
"""A function of two texts: whether the second occurs in the first, by the index of all quotes."""
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import TypedDict

    from kg.fulltext import Answer

    class Request(TypedDict):
        """What the caller asks."""

        query: str
        words: str
        prefixes: dict[str, str]
        seconds: float
        memory: int
        longest: int


def answer(store: ox.Store, request: Request, words: Path) -> bytes:
    """The serialised result of a request."""
    if request["words"]:
        return json.dumps(index().quotes(store, words, request["words"])).encode()
    results = store.query(
        request["query"],
        prefixes=request["prefixes"],
        use_default_graph_as_union=True,
        custom_functions=functions(store, request["query"], words),
    )
    if isinstance(results, ox.QueryTriples):
        return ox.serialize(results, format=ox.RdfFormat.N_TRIPLES) or b""
    return results.serialize(format=ox.QueryResultsFormat.JSON) or b""


def functions(
    store: ox.Store, query: str, words: Path
) -> dict[ox.NamedNode, Callable[..., Answer]]:
    """Those that a query may use and Oxigraph does not have."""
    if "matches" not in query:
        return {}
    return {ox.NamedNode(MATCHES): index().matching(store, words)}


def index() -> ModuleType:
    """The full-text index; its module takes time to start and is seldom needed."""
    from kg import fulltext

    return fulltext


def reply(store: ox.Store, request: Request, words: Path) -> tuple[str, bytes]:
    """How it went, and what there is to say."""
    limit_memory(request["memory"])
    limit_work(request["seconds"])
    try:
        found = answer(store, request, words)
    except SyntaxError as error:
        return SYNTAX_ERROR, str(error.msg).encode()
    return (TOO_LONG, b"") if len(found) > request["longest"] else (ANSWER, found)


def send(outcome: str, content: bytes) -> None:
    sys.stdout.buffer.write(f"{outcome} {len(content)}\n".encode() + content)
    sys.stdout.buffer.flush()


def main() -> None:
    store_folder, words, *options = sys.argv[1:]
    if "--network" not in options:
        leave_network()
    try:
        store = ox.Store.read_only(store_folder)
    except OSError as error:
        send(NO_STORE, str(error).encode())
        return
    # the store starts threads of its own, which take address space at random: limit what follows
    for line in sys.stdin.buffer:
        send(*reply(store, json.loads(line), Path(words)))


if __name__ == "__main__":
    main()
