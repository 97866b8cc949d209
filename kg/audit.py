"""Whether a filled graph keeps its promises: every edge has its evidence, every quote its place.

What a graph must hold of itself is a rule in `kg/checks/dataset/`, written like those on the
ontology; quotes are compared with the texts that they were taken from, and these with the files as
they lie on disk now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.assets import asset
from kg.check import offenders, read_checks, shortened
from kg.errors import Issue, Place
from kg.identifiers import Graphs, claim_id
from kg.namespaces import PKG, RDF
from kg.readers.bundles import Bundle
from kg.rows import rows

FIX = "the graph is not to be trusted: build again; if this comes back, it is a fault of kg"


def audit(store: ox.Store, graphs: Graphs, placed: Callable[[str], Place | None]) -> list[Issue]:
    """Each promise that a graph breaks; `placed` tells where an IRI comes from."""

    def place(words: Mapping[str, str]) -> Place:
        claim = graphs.data + claim_id(words["node"], words["value"], words["other"])
        return placed(claim) or placed(words["node"]) or Place("passages")

    issues: list[Issue] = []
    for rule in read_checks(asset("checks/dataset")):
        issues += shortened(offenders(rule, store, place, base=graphs.base))
    return issues


def touched(
    store: ox.Store, graphs: Graphs, keys: Iterable[str], edges: Iterable[tuple[str, str, str]]
) -> ox.Store:
    """What a small change can have broken of a graph that kept its promises, for the same audit.

    The graphs of the documents that are new, and whatever else is said of their passages; the edges
    that documents make now or made before, and whoever says them.
    """
    found = ox.Store()
    kind, passage = ox.NamedNode(RDF.type), ox.NamedNode(PKG.Passage)
    for graph in map(ox.NamedNode, map(graphs.document, keys)):
        found.extend(store.quads_for_pattern(None, None, None, graph))
        for quad in store.quads_for_pattern(None, kind, passage, graph):
            found.extend(store.quads_for_pattern(quad.subject, None, None))
    for edge in edges:
        found.extend(store.quads_for_pattern(*map(ox.NamedNode, edge)))
        claim = ox.NamedNode(graphs.data + claim_id(*edge))
        for said in store.quads_for_pattern(None, ox.NamedNode(PKG.claim), claim):
            found.extend(store.quads_for_pattern(said.subject, None, None))
    return found


def changed_meanwhile(filled: Iterable[Bundle], now: Iterable[Bundle]) -> Iterator[Issue]:
    """Each document that is not any more what the graph was filled from."""
    digests = {bundle.key: bundle.digest for bundle in now}
    for bundle in filled:
        if digests.get(bundle.key) != bundle.digest:
            what = "this text is not the one that the graph was filled from: its SHA-256 differs"
            yield Issue(bundle.place, "wrong-digest", what, FIX)


def wrong_quotes(
    store: ox.Store, texts: Mapping[str, str], places: Mapping[str, Place]
) -> Iterator[tuple[str, Issue]]:
    """Each quote that does not stand at its offsets, with its document; `texts` are by IRI."""
    for node, document, start, end, words in rows(store, "anchors"):
        if document in texts and (found := texts[document][int(start) : int(end)]) != words:
            yield (
                document,
                Issue(
                    places.get(node, Place("passages")),
                    "wrong-quote",
                    f"the graph quotes '{words}', but '{found}' stands at {start}-{end}",
                    FIX,
                ),
            )
