"""Can an OWL reasoner read the core and the ontology of the two texts, as they stand?"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

ONTOLOGY = Path(__file__).parent.parent / "ontology"
PKG = "https://w3id.org/policy-kg/core#"
VOCABULARY = (OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ONTOLOGY / "core.ttl").parse(ONTOLOGY / "policy.ttl")


def named(graph: Graph, kind: URIRef) -> set[URIRef]:
    return {term for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)}


def test_a_property_is_of_one_kind(graph: Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    objects, data, annotations = (named(graph, kind) for kind in kinds)
    assert URIRef(PKG + "matrixRow") in annotations
    assert objects & data == objects & annotations == data & annotations == set()


def test_what_is_said_of_classes_and_relations_is_an_annotation(graph: Graph) -> None:
    spoken_of = set().union(*(named(graph, kind) for kind in VOCABULARY))
    used = {p for term in spoken_of for p in graph.predicates(term) if p.startswith(PKG)}
    assert URIRef(PKG + "colour") in used
    assert used - named(graph, OWL.AnnotationProperty) == set()


def test_a_range_is_a_declared_class_or_a_datatype(graph: Graph) -> None:
    classes = named(graph, OWL.Class)
    objects = {r for p in named(graph, OWL.ObjectProperty) for r in graph.objects(p, RDFS.range)}
    data = {r for p in named(graph, OWL.DatatypeProperty) for r in graph.objects(p, RDFS.range)}
    assert SKOS.Concept in objects
    assert objects - classes == set()
    assert {r for r in data if not r.startswith("http://www.w3.org/2001/XMLSchema#")} == set()
