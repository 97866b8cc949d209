"""The network of concepts: what pictures, graph files and edge tables show.

A node is a concept, an edge a claim: one for each (subject, relation, object), whoever says it.
Passages, documents and coders are no nodes; they are the evidence, and an edge counts it.

Node attributes
    label, labels       in the project's first language; by language tag
    class, class_label  the most specific class, None for a concept without one
    colour, shape       of the class, None where the ontology gives none
    passages            distinct passages with an accepted mention
    background          True where the ontology expects no text to mention it

Edge attributes (key: the claim's id, k-…)
    relation            its IRI; pkg:Flow for a flow
    label, labels       of the relation; of what flows
    kind                direct: a text says it; classification: an analyst; flow; background: only
                        the ontology says it
    evidence, weight    distinct passages that say it, accepted and not denied; 0 for background and
                        for a classification that names no passage
    documents           the keys of their documents, a tuple
    of, via             for flows: what moves, and by what (None where not said)

A flow runs from where something comes from to where it goes. Where one end is not said, what moves
stands in for it, so that the arrow still points the way of the movement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyoxigraph as ox

from kg.identifiers import Graphs, claim_id, document_id
from kg.labels import Texts, label, labels
from kg.namespaces import PKG
from kg.ontology import local_name
from kg.rows import pairs, rows
from kg.terms import value

if TYPE_CHECKING:
    import networkx

Kind: TypeAlias = Literal["direct", "classification", "flow", "background"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says something: how many passages, of which documents (their keys)."""

    passages: int = 0
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """One claim between two concepts; `named` is what gives the edge its label."""

    source: str
    target: str
    claim: str
    relation: str
    named: str
    kind: Kind
    of: str = ""
    via: str = ""


def concept_network(
    store: ox.Store, *, base: str, languages: Sequence[str]
) -> networkx.MultiDiGraph[str]:
    """The network of a dataset; nodes and edges in the order of their IRIs."""
    import networkx

    known = labels(store, languages)
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for concept, attributes in _nodes(store, Graphs(base), known, languages):
        network.add_node(concept, **attributes)
    evidence = read_evidence(store)
    for edge in sorted({*_relations(store, Graphs(base), evidence), *_flows(store)}):
        if edge.source in network and edge.target in network:
            found = evidence.get(edge.claim, Evidence())
            attributes = _edge_attributes(edge, found, known, languages)
            network.add_edge(edge.source, edge.target, edge.claim, **attributes)
    return network


def concept_classes(store: ox.Store, graphs: Graphs) -> dict[str, str | None]:
    """Concept → its most specific class, None where it has none; in the order of the IRIs."""
    found: dict[str, list[str]] = defaultdict(list)
    for concept, cls, is_root in rows(store, "concepts", base=graphs.base):
        found[concept] += [] if is_root == "true" else [cls]
    return {concept: min(found[concept], default=None) for concept in sorted(found)}


def read_evidence(store: ox.Store) -> dict[str, Evidence]:
    """The claim's id → who makes it."""
    passages: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for claim, passage, document in rows(store, "evidence"):
        passages[local_name(claim)].add(passage)
        documents[local_name(claim)].add(local_name(document).removeprefix(document_id("")))
    return {
        claim: Evidence(len(found), tuple(sorted(documents[claim])))
        for claim, found in passages.items()
    }


def _nodes(
    store: ox.Store, graphs: Graphs, known: Mapping[str, Texts], languages: Sequence[str]
) -> Iterator[tuple[str, dict[str, object]]]:
    passages = pairs(store, "passages")
    background = {concept for (concept,) in rows(store, "background-concepts")}
    colours, shapes = _values(store, PKG.colour), _values(store, PKG.shape)
    for concept, cls in concept_classes(store, graphs).items():
        yield (
            concept,
            {
                "label": label(concept, known, languages),
                "labels": known.get(concept, {}),
                "class": cls,
                "class_label": label(cls, known, languages) if cls else None,
                "colour": colours.get(cls or ""),
                "shape": shapes.get(cls or ""),
                "passages": int(passages.get(concept, "0")),
                "background": concept in background,
            },
        )


def _values(store: ox.Store, predicate: str) -> dict[str, str]:
    """Of everything that has it, the first value in code-point order."""
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), None)
    pairs = sorted(((value(q.subject), value(q.object)) for q in quads), reverse=True)
    return dict(pairs)


def _relations(store: ox.Store, graphs: Graphs, evidence: Mapping[str, Evidence]) -> Iterator[Edge]:
    """What `g:direct` says, and what the ontology says with the project's own relations.

    A triple stands in one graph only: what a text says and the ontology too stands there.
    """
    analyst = {relation: bool(kind) for relation, kind in rows(store, "relations")}
    direct, ontology = ox.NamedNode(graphs.direct), ox.NamedNode(graphs.ontology)
    known = (
        store.quads_for_pattern(None, ox.NamedNode(relation), None, ontology)
        for relation in analyst
    )
    for quad in chain(store.quads_for_pattern(None, None, None, direct), *known):
        subject, relation, object_ = map(value, quad.triple)
        claim = claim_id(subject, relation, object_)
        kind: Kind = "classification" if analyst.get(relation) else "direct"
        if quad.graph_name == ontology and claim not in evidence:
            kind = "background"
        yield Edge(subject, object_, claim, relation, relation, kind)


def _flows(store: ox.Store) -> Iterator[Edge]:
    for claim, of, origin, destination, via in rows(store, "flows"):
        source, target = origin or of, destination or of
        yield Edge(source, target, local_name(claim), PKG.Flow, of, "flow", of, via)


def _edge_attributes(
    edge: Edge, found: Evidence, known: Mapping[str, Texts], languages: Sequence[str]
) -> dict[str, object]:
    ends = {"of": edge.of, "via": edge.via or None} if edge.kind == "flow" else {}
    return {
        "relation": edge.relation,
        "label": label(edge.named, known, languages),
        "labels": known.get(edge.named, {}),
        "kind": edge.kind,
        "evidence": found.passages,
        "weight": found.passages,
        "documents": found.documents,
        **ends,
    }
