"""Do shapes that see one document after the other find what they find in the whole graph?"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import Issue, Place
from kg.filling import workshop as filling
from kg.filling.workshop import places_of
from kg.pipeline import Filled, fill
from kg.project import read_project
from kg.shacl.scope import Scope, scope
from kg.validate import read_shapes, validate, vocabulary
from tests.test_incremental import LINE, STATEMENT, TEXT, starter

HEAD = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix pkg: <https://w3id.org/policy-kg/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix sm: <https://example.org/school-meals/terms#> .
@prefix c: <https://example.org/school-meals/concept/> .
sm:Shape a sh:NodeShape ;
"""
EVIDENCE, CONCEPTS, EVERYTHING = Scope.EVIDENCE, Scope.CONCEPTS, Scope.EVERYTHING
NONE = "sh:maxCount 0"
SHAPES = {
    f"sh:targetClass pkg:Statement ; sh:property [ sh:path pkg:modality ; {NONE} ]": EVIDENCE,
    "sh:targetClass pkg:Mention ; sh:property [ sh:path oa:hasBody ; sh:in ( c:farm ) ]": EVIDENCE,
    f"sh:targetClass oa:Annotation ; sh:property [ sh:path (oa:hasBody skos:prefLabel) ; {NONE} ]":
        EVIDENCE,
    "sh:targetSubjectsOf pkg:inPassage ; sh:not [ sh:class pkg:Statement ]": EVIDENCE,
    f"sh:targetSubjectsOf dcterms:identifier ; sh:property [ sh:path dcterms:title ; {NONE} ]":
        EVIDENCE,
    f"sh:targetSubjectsOf sm:reaches ; sh:property [ sh:path sm:reaches ; {NONE} ]": CONCEPTS,
    "sh:targetObjectsOf sm:reaches ; sh:property [ sh:path [ sh:inversePath sm:reaches ] ; "
    f"{NONE} ]": CONCEPTS,
    "sh:targetSubjectsOf skos:prefLabel ; sh:property [ sh:path [ sh:inversePath oa:hasBody ] ; "
    "sh:maxCount 3 ]": EVERYTHING,
    f"sh:targetObjectsOf oa:hasBody ; sh:property [ sh:path skos:prefLabel ; {NONE} ]": EVERYTHING,
    f"sh:targetClass pkg:Mention ; sh:property [ sh:path (oa:hasBody sm:reaches) ; {NONE} ]":
        EVERYTHING,
    "sh:targetClass pkg:Passage ; sh:property [ sh:path [ sh:inversePath pkg:inPassage ] ; "
    "sh:maxCount 1 ]": EVERYTHING,
    f"sh:targetNode c:farmers ; sh:property [ sh:path skos:prefLabel ; {NONE} ]": EVERYTHING,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some documents that say the same, filled one by one."""
    monkeypatch.setattr(filling, "AT_A_TIME", 1)
    folder = starter(tmp_path / "project")
    said = [{**STATEMENT, "subject": "local-purchasing"}]
    lines = [
        json.dumps(line)
        for key in "abcd"
        for line in ({"document": key, "text": TEXT}, {"document": key, **LINE, "statements": said})
    ]
    (folder / "passages" / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def at_once(filled: Filled) -> list[Issue]:
    """What all shapes find in the whole graph, before anything was inferred."""
    store = ox.Store()
    inferred = ox.NamedNode(filled.graphs.inferred)
    store.extend(quad for quad in filled.store if quad.graph_name != inferred)
    places: dict[str, Place] = dict(filled.ontology.places)
    for document in filled.documents:
        places = places_of(document, filled.graphs.data) | places
    shapes = filled.project.ontology / "shapes.ttl"
    return validate(store, shapes, data=filled.graphs.data, places=places, language="en")


def found(filled: Filled) -> list[Issue]:
    return [issue for issue in filled.issues if issue.code == "breaks-shape"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_finds_the_same_piece_by_piece(folder: Path, shape: str) -> None:
    path = folder / "ontology" / "shapes.ttl"
    path.write_text(f"{HEAD}  {shape} .\n", encoding="utf-8")
    filled = fill(read_project(folder))
    assert found(filled) == at_once(filled) != []
    node = ox.NamedNode("https://example.org/school-meals/terms#Shape")
    assert scope(read_shapes(path), node, vocabulary(filled.ontology)) is SHAPES[shape]


def test_a_shape_that_has_no_translation_sees_the_whole_graph(folder: Path) -> None:
    (folder / "ontology" / "shapes.ttl").write_text(
        f"{HEAD}  sh:targetClass pkg:Document ; sh:closed true .\n", encoding="utf-8"
    )
    filled = fill(read_project(folder))
    assert found(filled) == at_once(filled) != []
