"""One query in a process of its own: `python -m kg.worker STORE < request > answer`.

Oxigraph has no timeout, and a query can exhaust the stack or the memory of the process that runs
it. So the caller (`kg.query`) starts this module, waits as long as it wants, and kills it. Where
the system allows it, the process has no network.

The request is JSON: `query`, `prefixes` (not to be declared), `memory` and `longest` (in bytes).
The answer is SPARQL 1.1 Results JSON, or N-Triples for a graph. Exit 3 is a syntax error (told on
stderr), 4 an answer longer than `longest`.
"""

from __future__ import annotations

import json
import sys
from typing import TypedDict

import pyoxigraph as ox

from kg.confined import leave_network, limit_memory

SYNTAX_ERROR = 3
TOO_LONG = 4


class Request(TypedDict):
    """What the caller asks."""

    query: str
    prefixes: dict[str, str]
    memory: int
    longest: int


def answer(store: ox.Store, request: Request) -> bytes:
    """The serialised result of a request."""
    results = store.query(
        request["query"],
        prefixes=request["prefixes"],
        use_default_graph_as_union=True,
    )
    if isinstance(results, ox.QueryTriples):
        return ox.serialize(results, format=ox.RdfFormat.N_TRIPLES) or b""
    return results.serialize(format=ox.QueryResultsFormat.JSON) or b""


def main() -> None:
    request: Request = json.load(sys.stdin)
    leave_network()
    store = ox.Store.read_only(sys.argv[1])
    # the store starts threads of its own, which take address space at random: limit what follows
    limit_memory(request["memory"])
    try:
        reply = answer(store, request)
    except SyntaxError as error:
        sys.stderr.write(str(error.msg))
        sys.exit(SYNTAX_ERROR)
    if len(reply) > request["longest"]:
        sys.exit(TOO_LONG)
    sys.stdout.buffer.write(reply)


if __name__ == "__main__":
    main()
