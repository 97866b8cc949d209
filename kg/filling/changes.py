"""What has changed since a store was filled, and bringing it up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import pyoxigraph as ox

from kg.filling.derived import stated, update_direct
from kg.filling.workshop import AT_A_TIME, Edge, Folio, entry_of
from kg.identifiers import Graphs
from kg.ledger import Entry, Ledger
from kg.mapping import dataset_quads
from kg.project import Project
from kg.readers.bundles import Bundle
from kg.store import load

FEW = 1_000
"""Edges up to which a change is small."""


@dataclass
class Change:
    """What is to be done: `kept` documents stay, `new` ones are filled, `gone` graphs leave."""

    kept: dict[str, Entry]
    new: list[Bundle]
    gone: list[str]
    withdrawn: set[Edge]

    @property
    def size(self) -> int:
        """Bytes to be filled."""
        return sum(bundle.size for bundle in self.new)

    def is_small(self, edges: Set[Edge]) -> bool:
        """Whether something stays, and memory can hold what was touched, these edges too."""
        return bool(self.kept) and self.size <= AT_A_TIME and len(edges) <= FEW


def changes(store: ox.Store, graphs: Graphs, known: Ledger, bundles: list[Bundle]) -> Change:
    """What is to be done with a store that `known` describes."""
    fitting = {
        bundle.key: known.entries[bundle.key]
        for bundle in bundles
        if bundle.key in known.entries and known.entries[bundle.key].fits(bundle)
    }
    new = [bundle for bundle in bundles if bundle.key not in fitting]
    gone = [
        graphs.document(key)
        for key, entry in known.entries.items()
        if key not in fitting and entry.counts[0]
    ]
    withdrawn = {edge for graph in gone for edge in stated(store, graph)}
    return Change(fitting, new, gone, withdrawn)


def apply(
    store: ox.Store, graphs: Graphs, change: Change, folios: Iterable[list[Folio]]
) -> tuple[dict[str, Entry], set[Edge]]:
    """Replace what has changed, and what `g:direct` owes to it.

    The entries of all documents, and the edges that were withdrawn or made.
    """
    entries = dict(change.kept)
    bundles = {bundle.key: bundle for bundle in change.new}
    made: set[Edge] = set()

    def quads() -> Iterator[bytes]:
        for folio in (each for batch in folios for each in batch):
            entries[folio.key] = entry_of(bundles[folio.key], folio)
            made.update(folio.edges)
            yield folio.quads

    for graph in change.gone:
        store.remove_graph(ox.NamedNode(graph))
    load(store, quads())
    update_direct(store, graphs, change.withdrawn, made)
    return entries, change.withdrawn | made


def describe(
    store: ox.Store, project: Project, graphs: Graphs, entries: Mapping[str, Entry], build: str
) -> None:
    """`g:dataset`: which documents and coders there are."""
    coders = sorted({coder for entry in entries.values() for coder in entry.coders})
    text = dataset_quads(
        graphs,
        titles=project.titles or {"": project.title},
        build=build,
        documents=[key for key, entry in sorted(entries.items()) if entry.counts[0]],
        coders={key: project.coders.get(key, key) for key in coders},
    )
    store.remove_graph(ox.NamedNode(graphs.dataset))
    load(store, [text.encode()])
