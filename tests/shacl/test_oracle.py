"""Do shapes compiled to SPARQL find what pySHACL finds, result by result?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.ontology import local_name
from kg.shacl import Finding, Shapes
from kg.shacl.fallback import validate_by_pyshacl
from kg.shacl.run import split, validate_shapes

HEAD = """
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

CONSTRAINTS = [
    "sh:class :Animal",
    "sh:class :Animal , :Thing",
    "sh:datatype xsd:integer",
    "sh:datatype xsd:string",
    "sh:datatype xsd:boolean",
    "sh:datatype xsd:date",
    "sh:datatype rdf:langString",
    "sh:nodeKind sh:IRI",
    "sh:nodeKind sh:Literal",
    "sh:nodeKind sh:BlankNodeOrLiteral",
    "sh:minLength 2",
    "sh:maxLength 3",
    'sh:pattern "^[a-c]+"',
    'sh:pattern "^B" ; sh:flags "i"',
    'sh:languageIn ( "en" "zh" )',
    "sh:in ( :a 2 'two' )",
    "sh:hasValue :a",
    "sh:disjoint :q",
    "sh:not [ sh:class :Dog ]",
    "sh:or ( [ sh:class :Dog ] [ sh:datatype xsd:integer ] )",
    "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class :Animal ] )",
    "sh:xone ( [ sh:class :Dog ] [ sh:class :Animal ] [ sh:nodeKind sh:Literal ] )",
    "sh:node [ sh:class :Animal ; sh:property [ sh:path :q ; sh:minCount 1 ] ]",
    "sh:not [ sh:property [ sh:path :q ; sh:class :Dog ] ]",
    "sh:class :Dog ; sh:severity sh:Warning",
    "sh:class :Dog ; sh:deactivated true",
]
"""What may stand in a shape of nodes and in a shape of a path alike."""

OF_ORDER = ["sh:minInclusive 2", "sh:maxInclusive 2.5", "sh:minExclusive 2", "sh:maxExclusive 12"]
ORDER_OF_PATHS = ["sh:lessThan :q", "sh:lessThanOrEquals :q"]

OF_PATHS = [
    "sh:minCount 1",
    "sh:minCount 2",
    "sh:maxCount 1",
    "sh:maxCount 0",
    "sh:uniqueLang true",
    "sh:equals :q",
]
INSIDE = "sh:property [ sh:path :q ; {} ]"
SHARED = ":a a :Animal ; :p :b . :b a :Animal ."
"""A value node of two focus nodes: behind `:p*` of both :a and :b stands :b."""

PATHS = [
    ":p",
    "[ sh:inversePath :p ]",
    "( :p :q )",
    "[ sh:alternativePath ( :p :q ) ]",
    "[ sh:zeroOrMorePath :p ]",
    "[ sh:oneOrMorePath [ sh:inversePath :p ] ]",
    "[ sh:zeroOrOnePath :p ]",
]

TARGETS = [
    "sh:targetClass :Animal",
    "sh:targetSubjectsOf :p",
    "sh:targetObjectsOf :q",
    "sh:targetNode :a , :d",
    "sh:targetClass :Dog ; sh:targetSubjectsOf :q",
]

ONTOLOGY = ":Dog rdfs:subClassOf :Animal . :Pug rdfs:subClassOf :Dog ."
NODES = (":a", ":b", ":c", ":d")
pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")  # rdflib's

NUMBERS = ("2", "12", "2.5")
VALUES = (
    *NUMBERS, '""', '"two"', '"abc"', '"Bcd"',
    '"hello"@en', '"hi"@en', '"你好"@zh-Hans', '"salut"@fr',
    "true", '"maybe"^^xsd:boolean', '"x"^^xsd:integer',
    '"2024-02-30"^^xsd:date', '"2024-02-29"^^xsd:date',
)  # fmt: skip


def parsed(turtle: str) -> list[ox.Quad]:
    return list(ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE))


def graphs(values: Sequence[str]) -> st.SearchStrategy[str]:
    """Small graphs of the four nodes, with these values too."""
    kinds = st.sampled_from([":Dog", ":Pug", ":Animal", ":Stone"])
    nodes = st.sampled_from(NODES)
    typed = st.tuples(nodes, st.just("a"), kinds)
    valued = st.tuples(nodes, st.sampled_from([":p", ":q"]), st.sampled_from([*NODES, *values]))
    triples = st.lists(typed | valued, max_size=14)
    return triples.map(lambda rows: ONTOLOGY + " ".join(f"{s} {p} {o} ." for s, p, o in rows))


def results(findings: list[Finding]) -> Counter[tuple[str, ...]]:
    """What a report says, whoever made it: a component by its parameter's name."""
    return Counter(
        (f.focus, f.value, f.severity, f.shape, component(f.component)) for f in findings
    )


def component(iri: str) -> str:
    name = iri.rpartition("#")[2].removesuffix("ConstraintComponent")
    return name[0].lower() + name[1:]


def both(data: str, shape: str) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """(by SPARQL, by pySHACL)"""
    store = ox.Store()
    store.extend(parsed(data))
    shapes = Shapes(parsed(shape))
    return results(validate_shapes(store, shapes)), results(validate_by_pyshacl(store, shapes))


@pytest.mark.parametrize(
    "constraint",
    [*CONSTRAINTS, *OF_PATHS, *OF_ORDER, *ORDER_OF_PATHS, INSIDE.format("sh:minCount 1")],
)
def test_the_constraint_is_compiled(constraint: str) -> None:
    shape = f":S sh:targetClass :Animal ; sh:property [ sh:path :p ; {constraint} ] ."
    assert split(Shapes(parsed(shape)))[1] == []


@pytest.mark.parametrize("constraint", CONSTRAINTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=graphs(VALUES), target=st.sampled_from(TARGETS))
@example(data=ONTOLOGY + " ".join(f":a :p {value} . :d :q {value} ." for value in VALUES),
         target=TARGETS[1])  # fmt: skip
def test_a_constraint_on_nodes(constraint: str, data: str, target: str) -> None:
    ours, theirs = both(data, f":S a sh:NodeShape ; {target} ; {constraint} .")
    assert ours == theirs


@pytest.mark.parametrize("constraint", [*CONSTRAINTS, *OF_PATHS])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=graphs(VALUES), target=st.sampled_from(TARGETS), path=st.sampled_from(PATHS))
@example(data=ONTOLOGY + " ".join(f":a :p {value} ; :q {value} ." for value in VALUES),
         target=TARGETS[1], path=PATHS[0])  # fmt: skip
def test_a_constraint_on_the_values_of_a_path(
    constraint: str, data: str, target: str, path: str
) -> None:
    shape = f":S a sh:NodeShape ; {target} ; sh:property [ sh:path {path} ; {constraint} ] ."
    ours, theirs = both(data, shape)
    assert ours == theirs


@pytest.mark.parametrize("constraint", ["sh:minCount 1", "sh:maxCount 0", "sh:class :Dog"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=graphs(VALUES), target=st.sampled_from(TARGETS), path=st.sampled_from(PATHS))
@example(data=ONTOLOGY + SHARED, target=TARGETS[0], path=PATHS[4])
def test_a_shape_of_paths_inside_a_shape_of_paths(
    constraint: str, data: str, target: str, path: str
) -> None:
    """pySHACL says of a value node that it fails once for each focus node that leads to it."""
    inside = INSIDE.format(constraint)
    shape = f":S a sh:NodeShape ; {target} ; sh:property [ sh:path {path} ; {inside} ] ."
    ours, theirs = both(data, shape)
    assert ours == Counter(set(theirs))


@pytest.mark.parametrize("constraint", [*OF_ORDER, *ORDER_OF_PATHS])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=graphs(NUMBERS).filter(lambda data: not re.search(r":[pq] :", data)))
def test_a_constraint_on_the_order_of_numbers(constraint: str, data: str) -> None:
    shape = f":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; {constraint} ] ."
    ours, theirs = both(data, shape)
    assert ours == theirs


@pytest.mark.parametrize("value", ["true", '"2024-02-29"^^xsd:date', '"abc"', ":b"])
@pytest.mark.parametrize("constraint", [*OF_ORDER, *ORDER_OF_PATHS])
def test_what_has_no_order_with_numbers_breaks_it(constraint: str, value: str) -> None:
    """As the specification says; pySHACL orders some of them by their datatypes."""
    shape = f":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; {constraint} ] ."
    store = ox.Store()
    store.extend(parsed(f":a :p {value} ; :q 3 ."))
    found = validate_shapes(store, Shapes(parsed(shape)))
    assert [local_name(finding.focus) for finding in found] == ["a"]


@pytest.mark.filterwarnings("ignore::pyshacl.errors.ShapeRecursionWarning")
def test_what_has_no_translation_goes_to_pyshacl_with_the_rest_kept() -> None:
    shapes = Shapes(parsed("""
        :Few a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxCount 1 ] .
        :Closed a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:closed true ;
            sh:property [ sh:path :p ] .
        :Asks a sh:NodeShape ; sh:targetSubjectsOf :q ;
            sh:sparql [ sh:select "SELECT $this WHERE { $this <https://example.org/q> 1 }" ] .
        :Some a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [
            sh:path :p ; sh:qualifiedValueShape [ sh:class :Dog ] ; sh:qualifiedMinCount 1 ] .
        :Loop a sh:NodeShape ; sh:targetSubjectsOf :q ; sh:node :Loop ; sh:nodeKind sh:Literal .
        :Odd a sh:NodeShape ; sh:targetObjectsOf :q ; sh:pattern "(?=x)" .
        :Stone a rdfs:Class , sh:NodeShape ; sh:property [ sh:path :q ; sh:maxCount 0 ] .
    """))  # fmt: skip
    store = ox.Store()
    store.extend(parsed(":a :p 1 , 2 ; :q 1 . :b a :Stone ; :q 2 ."))
    assert {local_name(node.value) for node in split(shapes)[1]} == {
        "Closed", "Asks", "Some", "Loop", "Odd", "Stone",
    }  # fmt: skip
    found = {(local_name(f.focus), component(f.component)) for f in validate_shapes(store, shapes)}
    assert found == {
        ("a", "maxCount"), ("a", "closed"), ("a", "sPARQL"), ("a", "qualifiedMinCount"),
        ("1", "pattern"), ("2", "pattern"), ("a", "nodeKind"), ("b", "nodeKind"),
        ("a", "node"), ("b", "node"), ("b", "maxCount"),
    }  # fmt: skip


def test_messages_and_severity_are_those_of_the_shape_that_is_broken() -> None:
    shapes = Shapes(parsed("""
        :S sh:targetSubjectsOf :p ; sh:message "outer"@en ; sh:property [
            sh:path [ sh:inversePath :p ] ; sh:minCount 1 ; sh:severity sh:Info ;
            sh:message "inner"@en , "内"@zh-Hans ] .
    """))  # fmt: skip
    store = ox.Store()
    store.extend(parsed(":a :p :b ."))
    (finding,) = validate_shapes(store, shapes)
    assert finding.messages == {"en": "inner", "zh-hans": "内"}
    assert (finding.severity, finding.path) == ("warning", "https://example.org/p")
