"""One query in a process of its own: `python -m kg.worker STORE < request > answer`.

Oxigraph has no timeout, and a query can exhaust the stack or the memory of the process that runs
it. So the caller (`kg.query`) starts this module, waits as long as it wants, and kills it.

The request is JSON: `query`, `prefixes` (that need not be declared) and `memory` (bytes).
The answer is SPARQL 1.1 Results JSON, or N-Triples for a graph; a syntax error goes to stderr with
exit code 3.
"""

from __future__ import annotations

import json
import sys
from typing import TypedDict

import pyoxigraph as ox

SYNTAX_ERROR = 3


class Request(TypedDict):
    """What the caller asks."""

    query: str
    prefixes: dict[str, str]
    memory: int


def limit_memory(size: int) -> None:
    """Where the system can: an allocation beyond it ends the process."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


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
    limit_memory(request["memory"])
    try:
        reply = answer(ox.Store.read_only(sys.argv[1]), request)
    except SyntaxError as error:
        sys.stderr.write(str(error.msg))
        sys.exit(SYNTAX_ERROR)
    sys.stdout.buffer.write(reply)


if __name__ == "__main__":
    main()
