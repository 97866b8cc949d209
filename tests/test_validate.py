"""Is what breaks a shape found, and led back to the line that a coder wrote?"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.pipeline import Filled, fill
from kg.project import read_project
from kg.shacl import Finding, validate_shapes
from kg.shacl.fallback import validate_by_pyshacl
from kg.shacl.run import split
from kg.validate import read_shapes, validate

CODER = "passages/no1-document-county-integration.a1.yaml"
FARMERS = "  - township serves farmer\n"


def findings(folder: Path) -> list[tuple[str, str]]:
    """(place, what) of every broken shape."""
    issues = fill(read_project(folder)).issues
    return [(str(issue.place), issue.what) for issue in issues if issue.code == "breaks-shape"]


def insert(folder: Path, lines: str) -> int:
    """Put statements behind a known one; the line of the first."""
    path = folder / CODER
    text = path.read_text("utf-8")
    assert FARMERS in text
    path.write_text(text.replace(FARMERS, FARMERS + lines), encoding="utf-8")
    return text[: text.index(FARMERS)].count("\n") + 2


def test_the_two_texts_break_no_shape(filled: Filled) -> None:
    assert [str(issue) for issue in filled.issues] == []


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("  - county isPartOf village\n", "This tier ends up inside itself by “is part of”"),
        (
            "  - enhance-county-town-service-capacity requires build-key-towns\n"
            "  - build-key-towns requires enhance-county-town-service-capacity\n",
            "“requires” is stated in both directions",
        ),
        ("  - build-key-towns requires build-key-towns\n", "or of a concept and itself"),
        ("  - township complements township\n", "is stated of a tier and itself"),
    ],
)
def test_a_claim_that_cannot_be_is_led_back_to_its_line(
    two_texts: Path, lines: str, says: str
) -> None:
    line = insert(two_texts, lines)
    found = findings(two_texts)
    assert any(place == f"{CODER}:{line}" and says in what for place, what in found), found
    assert not any(".:" in what for _, what in found), "the claim follows its sentence"


def test_the_message_is_in_the_first_language_of_the_project(two_texts: Path) -> None:
    settings = two_texts / "kg.toml"
    text = settings.read_text("utf-8").replace('["en", "zh-Hans"]', '["zh-Hans", "en"]')
    settings.write_text(text, encoding="utf-8")
    insert(two_texts, "  - county isPartOf village\n")
    assert any("该层级沿“属于”最终包含自身" in what for _, what in findings(two_texts))


def without(filled: Filled, predicate: str) -> ox.Store:
    """The two texts but for one property."""
    store = ox.Store()
    store.extend(q for q in filled.store if not q.predicate.value.endswith(f"core#{predicate}"))
    return store


@pytest.mark.parametrize(
    ("predicate", "says"),
    [
        ("modality", "it needs one modality"),
        ("inPassage", "it needs one passage that says it"),
        ("confidence", "it needs one confidence from 0 to 1"),
        ("status", "it needs one status"),
        ("claim", "it needs one claim"),
        ("flowOf", "a flow needs one concept that moves"),
    ],
)
def test_every_statement_has_its_fields(filled: Filled, predicate: str, says: str) -> None:
    found = validate(
        without(filled, predicate), Path("none.ttl"), data="", places={}, language="en"
    )
    assert {issue.what.partition(":")[0] for issue in found} == {says}


def test_shapes_that_are_no_turtle_are_one_finding(two_texts: Path) -> None:
    (two_texts / "ontology" / "shapes.ttl").write_text("@prefix : <x:> .\n:a :b\n")
    issues = fill(read_project(two_texts)).issues
    assert [(str(i.place), i.code) for i in issues] == [("ontology/shapes.ttl:3", "bad-turtle")]


@pytest.mark.parametrize(
    "rule",
    [
        'sh:class "Animal"',
        'sh:minCount "many"',
        "sh:property [ sh:minCount 1 ]",
        "sh:in 3",
        "sh:or sm:Some",
        "sh:property [ sh:path [ ] ; sh:minCount 1 ]",
        'sh:property [ sh:path "p" ; sh:minCount 1 ]',
        'sh:datatype "x"',
        'sh:pattern "("',
    ],
)
def test_a_rule_that_makes_no_sense_is_no_traceback(starter: Path, rule: str) -> None:
    (starter / "ontology" / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix sm: <https://example.org/school-meals/terms#> .\n"
        f"sm:S a sh:NodeShape ; sh:targetSubjectsOf sm:reaches ; {rule} .\n"
    )
    codes = {issue.code for issue in fill(read_project(starter)).issues}
    assert codes in ({"bad-shapes"}, {"breaks-shape"})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this",
        "SELECT $this { SERVICE <http://example.org/> { $this ?p ?o } }",
    ],
)
def test_shapes_that_cannot_run_are_one_finding(starter: Path, query: str) -> None:
    (starter / "ontology" / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix sm: <https://example.org/school-meals/terms#> .\n"
        "sm:S a sh:NodeShape ; sh:targetSubjectsOf sm:reaches ;\n"
        f'  sh:sparql [ sh:select "{query}" ] .\n'
    )
    filled = fill(read_project(starter))
    assert [(str(i.place), i.code) for i in filled.issues] == [
        ("ontology/shapes.ttl", "bad-shapes")
    ]
    assert len(filled.store) > 800


def test_shapes_compiled_to_sparql_find_in_the_two_texts_what_pyshacl_finds(
    filled: Filled,
) -> None:
    damaged = without(filled, "modality")
    inferred = ox.NamedNode(filled.graphs.inferred)
    damaged.remove_graph(inferred)
    shapes = read_shapes(filled.project.ontology / "shapes.ttl")
    assert split(shapes)[1] == []

    def found(findings: list[Finding]) -> set[tuple[str, ...]]:
        return {(f.focus, f.path, f.value, f.severity, f.shape) for f in findings}

    by_sparql = found(validate_shapes(damaged, shapes))
    assert len(by_sparql) > 700
    assert by_sparql == found(validate_by_pyshacl(damaged, shapes))
