"""What follows from the documents' graphs: edges between concepts, and where nodes were written.

An edge stands in `g:direct` as long as any accepted statement, not denied, makes its claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

import pyoxigraph as ox

from kg.errors import Place
from kg.filling.workshop import Edge, places_of
from kg.identifiers import Graphs, claim_id
from kg.ledger import Entry
from kg.namespaces import PKG
from kg.ontology import Ontology
from kg.readers.bundles import Bundle, read_bundle
from kg.readers.names import Names
from kg.rows import rows

KEPT = 50
"""Documents whose places are kept while findings are placed."""


def stated(store: ox.Store, graph: str) -> set[Edge]:
    """The claims that a document's graph makes."""
    return {(s, p, o) for s, p, o in rows(store, "stated", document=graph)}


def update_direct(store: ox.Store, graphs: Graphs, withdrawn: Set[Edge], made: Set[Edge]) -> None:
    """`g:direct` after some documents have withdrawn claims and some have made claims.

    What the ontology says already is left out.
    """
    direct, ontology = ox.NamedNode(graphs.direct), ox.NamedNode(graphs.ontology)
    for edge in withdrawn - made:
        claim = graphs.data + claim_id(*edge)
        if next(rows(store, "backed", claim=claim), None) is None:
            store.remove(_quad(edge, direct))
    store.extend(_quad(edge, direct) for edge in made if _quad(edge, ontology) not in store)


def _quad(edge: Edge, graph: ox.NamedNode) -> ox.Quad:
    subject, relation, value = map(ox.NamedNode, edge)
    return ox.Quad(subject, relation, value, graph)


def replace_graph(store: ox.Store, graph: str, triples: Iterable[ox.Triple]) -> None:
    """Put triples in the place of whatever a graph holds."""
    name = ox.NamedNode(graph)
    store.remove_graph(name)
    store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)


def copy_graphs(source: ox.Store, target: ox.Store, *graphs: str) -> None:
    """Put some graphs of a store into another."""
    for name in map(ox.NamedNode, graphs):
        text = source.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""
        target.load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=name)


def triples_of(store: ox.Store, *graphs: str) -> list[ox.Triple]:
    """What some graphs say."""
    return [
        quad.triple
        for graph in graphs
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    ]


class Places:
    """Where IRIs were written: claims as the ledger has it; for other nodes of a document it is
    read again."""

    def __init__(
        self,
        store: ox.Store,
        graphs: Graphs,
        ontology: Ontology,
        bundles: Sequence[Bundle],
        entries: Mapping[str, Entry],
    ) -> None:
        self._store, self._graphs, self._names = store, graphs, Names(ontology)
        self._bundles = {graphs.document(bundle.key): bundle for bundle in bundles}
        self._entries = entries
        self._written: dict[str, dict[str, Place]] = {}

    def get(self, iri: str) -> Place | None:
        """Where a node, or first a claim, was written; None for what nobody wrote."""
        if not iri.startswith(self._graphs.data):
            return self._names.ontology.places.get(iri)
        node = ox.NamedNode(iri)
        quads = [*self._store.quads_for_pattern(None, ox.NamedNode(PKG.claim), node)]
        quads = quads or [*self._store.quads_for_pattern(node, None, None)]
        found = {getattr(quad.graph_name, "value", "") for quad in quads}
        graph = min(found & self._bundles.keys(), default="")
        if not graph:
            return None
        bundle = self._bundles[graph]
        claim = iri.removeprefix(self._graphs.data)
        known = self._entries[bundle.key].place_of(claim, bundle.place)
        return known or self._of_document(graph).get(iri)

    def _of_document(self, graph: str) -> dict[str, Place]:
        if graph not in self._written:
            if len(self._written) >= KEPT:
                self._written.clear()
            document, _ = read_bundle(self._bundles[graph], self._names)
            self._written[graph] = places_of(document, self._graphs.data) if document else {}
        return self._written[graph]
