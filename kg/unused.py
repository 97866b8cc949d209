"""What the ontology declares and nobody used: concepts and relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from kg.errors import Issue, Place
from kg.model import CODED, Passage
from kg.namespaces import OWL, PKG, RDF, RDFS
from kg.ontology import Ontology, objects, subjects
from kg.terms import value


def unused(passages: Sequence[Passage], ontology: Ontology) -> list[Issue]:
    """A warning for each, in the order of the ontology's files."""
    return sorted([*_concepts(passages, ontology), *_relations(passages, ontology)])


def _concepts(passages: Iterable[Passage], ontology: Ontology) -> Iterator[Issue]:
    used = {iri for passage in passages for iri in _named(passage)}
    for iri in ontology.concepts.keys() - used - _background(ontology):
        yield Issue(
            ontology.places.get(iri, Place("ontology")),
            "unused-concept",
            f"the concept '{ontology.concepts[iri].key}' is marked and named nowhere",
            "code it where a text names it, or take it out; if a hierarchy or list needs it, "
            "add pkg:background true",
            severity="warning",
        )


def _background(ontology: Ontology) -> set[str]:
    quads = ontology.store.quads_for_pattern(None, ox.NamedNode(PKG.background), None)
    return {value(quad.subject) for quad in quads if value(quad.object) in ("true", "1")}


def _named(passage: Passage) -> Iterator[str]:
    """Whatever is marked in a passage, said of it, or narrows what is said."""
    yield from (mention.concept for mention in passage.mentions if mention.status in CODED)
    for said in passage.statements:
        if said.status in CODED:
            yield from (said.subject, said.object, said.source, *_values(said.qualifiers))
    for flow in passage.flows:
        if flow.status in CODED:
            yield from (flow.of, flow.origin, flow.destination, flow.via, flow.source)
            yield from _values(flow.qualifiers)
    for reading in passage.classifications:
        if reading.status in CODED:
            yield from (reading.subject, reading.object)


def _values(qualifiers: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (value for _, value in qualifiers)


def _relations(passages: Iterable[Passage], ontology: Ontology) -> Iterator[Issue]:
    """A relation is used as well by its inverse, by a narrower one, by the ontology itself."""
    used = _with_what_follows({iri for p in passages for iri in _predicates(p)}, ontology)
    backwards = set(subjects(ontology.store, RDF.type, PKG.InverseRelation))
    for relation in ontology.relations.values():
        facts = ontology.store.quads_for_pattern(None, ox.NamedNode(relation.iri), None)
        if relation.iri not in used | backwards and not any(True for _ in facts):
            yield Issue(
                ontology.places.get(relation.iri, Place("ontology")),
                "unused-relation",
                f"no statement uses the relation '{relation.key}'",
                "look once more for passages that say so; if there are none, it can be taken out",
                severity="warning",
            )


def _predicates(passage: Passage) -> Iterator[str]:
    yield from (said.predicate for said in passage.statements if said.status in CODED)
    yield from (read.predicate for read in passage.classifications if read.status in CODED)


def _with_what_follows(used: set[str], ontology: Ontology) -> set[str]:
    """The relations that statements use, those above them, and their inverses."""
    reached: set[str] = set()
    waiting = list(used)
    while waiting:
        if (iri := waiting.pop()) not in reached:
            reached.add(iri)
            waiting += objects(ontology.store, iri, RDFS.subPropertyOf)
            waiting += objects(ontology.store, iri, OWL.inverseOf)
            waiting += subjects(ontology.store, OWL.inverseOf, iri)
    return reached
