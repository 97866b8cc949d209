"""Fill a server with a graph: each named graph over the Graph Store Protocol, one after the other.

A graph that is sent replaces what the server had of it, so a request may be repeated and nothing is
doubled. What has been sent is noted after each graph, by its digest, in a file; whoever is
interrupted begins again where it ended, and what has not changed is not sent again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from kg.errors import ServerError
from kg.identifiers import digest
from kg.servers.endpoint import Endpoint

WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before a request that failed is repeated."""
PASSING = {0, 408, 429, 500, 502, 503, 504}
"""Failures that may pass; 0 is one that has no number."""
TIMEOUT = 600.0
"""Seconds that a server may take for one graph."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One named graph, as sorted N-Triples."""

    graph: str
    ntriples: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.ntriples).hexdigest()


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many graphs were sent, were there already, and were removed."""

    sent: int = 0
    same: int = 0
    removed: int = 0


def store_pieces(store: ox.Store) -> Iterator[Piece]:
    """The named graphs of a store."""
    for graph in sorted(str(name.value) for name in store.named_graphs()):
        dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b""
        yield Piece(graph, b"".join(sorted(dumped.splitlines(keepends=True))))


def push(
    pieces: Iterable[Piece],
    endpoint: Endpoint,
    notes: Path,
    *,
    waits: tuple[float, ...] = WAITS,
    told: Callable[[Pushed], None] = lambda _: None,
) -> Pushed:
    """Send every piece that the server does not have yet, and remove what was sent and is gone.

    ServerError where a request fails for good: what was sent until then stays and is noted.
    """
    before = _noted(notes, endpoint)
    done = Pushed()
    seen: set[str] = set()
    with notes.open("a", encoding="utf-8") as file:
        for piece in pieces:
            seen.add(piece.graph)
            if before.get(piece.graph) == piece.digest:
                done = Pushed(done.sent, done.same + 1)
            else:
                put = partial(endpoint.put, piece.graph, piece.ntriples, TIMEOUT)
                _insist(put, waits, done)
                _note(file, piece.digest, piece.graph)
                done = Pushed(done.sent + 1, done.same)
            told(done)
        for graph in sorted(set(before) - seen):
            _insist(partial(endpoint.delete, graph, TIMEOUT), waits, done)
            _note(file, _GONE, graph)
            done = Pushed(done.sent, done.same, done.removed + 1)
    return done


_GONE = "gone"


def notes_path(cache: Path, url: str) -> Path:
    """Where it is noted what a server has: one file a server."""
    return cache / f"pushed-{digest(url.rstrip('/'))}.txt"


def _noted(notes: Path, endpoint: Endpoint) -> dict[str, str]:
    """Graph → digest, of those that were sent and that the server still has."""
    found: dict[str, str] = {}
    if notes.exists():
        for line in notes.read_text("utf-8").split("\n")[:-1]:
            sent, _, graph = line.partition(" ")
            found[graph] = sent
    there = set(endpoint.graphs()) if found else set()
    return {graph: sent for graph, sent in found.items() if sent != _GONE and graph in there}


def _note(file: TextIO, sent: str, graph: str) -> None:
    file.write(f"{sent} {graph}\n")
    file.flush()


def _insist(act: Callable[[], None], waits: tuple[float, ...], done: Pushed) -> None:
    """Do it, again after each wait if the failure may pass."""
    for wait in waits:
        try:
            return act()
        except ServerError as error:
            if error.status not in PASSING:
                raise
            time.sleep(wait)
    try:
        return act()
    except ServerError as error:
        raise ServerError(
            f"{error.what}; {done.sent + done.same} graphs are there",
            fix=f"{error.fix}; then give the same command again: it goes on where it ended",
            status=error.status,
        ) from None
