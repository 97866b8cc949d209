"""Does the program serve a project that shares no language, class, base or name with ours?"""

from __future__ import annotations

import shutil
from pathlib import Path

import networkx as nx
import pytest
import rdflib

from kg.commands.report import summary
from kg.coverage import coverage
from kg.errors import errors
from kg.graph import Graph
from kg.pipeline import Built, build_project
from kg.project import EXPORTS, read_project
from kg.questions import read_questions
from kg.results import Rows

FOREIGN = Path(__file__).parent / "foreign"


@pytest.fixture(scope="module")
def forest(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("forest") / "wald"
    shutil.copytree(FOREIGN, folder)
    return build_project(read_project(folder))


@pytest.fixture(scope="module")
def wald(forest: Built) -> Graph:
    return Graph(forest.filled.project)


def ask(graph: Graph, question: str, **parameters: str) -> list[tuple[str, ...]]:
    rows = graph.ask(question, **parameters)
    assert isinstance(rows, Rows)
    return [tuple(row) for row in rows]


def test_it_builds_without_an_error(forest: Built) -> None:
    assert errors(forest.filled.issues) == []
    assert {issue.code for issue in forest.filled.issues} == {
        "missing-comment", "missing-domain", "missing-header", "missing-inverse", "missing-range",
        "missing-scheme",
    }  # fmt: skip
    assert [path.name for path in forest.files] == list(EXPORTS)


def test_its_own_question_with_its_own_qualifier(wald: Graph) -> None:
    assert ask(wald, "was-widersteht", gefahr="Dürre") == [("Rotbuche", "Dürre", "2018")]


def test_the_questions_that_hold_anywhere(wald: Graph) -> None:
    assert [row[:3] for row in ask(wald, "claims", concept="kiefer")] == [
        ("Rotbuche", "verdrängt", "Kiefer"),
        ("Kiefer", "verdrängt", "Fichte"),
    ]
    where = ask(wald, "where", subject="Buche", object="Kiefer")
    assert [(row[3], row[-2]) for row in where] == [("Waldbericht", "Anna B.")]
    assert ask(wald, "without-evidence") == []
    assert ask(wald, "flows") == []


@pytest.mark.parametrize("name", sorted(read_questions(FOREIGN / "none")))
def test_every_general_question_runs(wald: Graph, name: str) -> None:
    question = wald.questions[name]
    given = {"concept": "fichte", "text": "Buche", "document": "waldbericht", "coder": "anna",
             "relation": "verdrängt"}  # fmt: skip
    needed = {p.name: given[p.kind] for p in question.parameters if p.required}
    assert isinstance(wald.ask(name, **needed), Rows)


def test_a_denied_claim_is_no_edge_and_its_neighbour_is_inferred(wald: Graph) -> None:
    answer = wald.query(
        "SELECT ?a ?p ?b { GRAPH ?g { ?a ?p ?b } ?a a skos:Concept "
        "FILTER (STRSTARTS(STR(?p), STR(v:))) } ORDER BY ?g ?a ?p ?b"
    )
    assert [tuple(row) for row in answer] == [
        ("Rotbuche", "verdrängt", "Kiefer"),
        ("Rotbuche", "widersteht", "Dürre"),
        ("Kiefer", "verdrängt", "Fichte"),
        ("Rotbuche", "verdrängt", "Fichte"),
        ("Dürre", "verschont", "Rotbuche"),
    ]


def test_a_literal_qualifier_keeps_its_type(forest: Built) -> None:
    graph = rdflib.Graph().parse(forest.filled.project.output / "graph.ttl")
    seit = rdflib.URIRef("https://wald.example.de/vokabular#seit")
    assert list(graph.objects(None, seit)) == [rdflib.Literal("2018", datatype=rdflib.XSD.gYear)]


def test_quotes_hold_behind_a_byte_order_mark_an_emoji_and_crlf(forest: Built) -> None:
    document = forest.filled.documents[0]
    assert document.text.startswith("Der Wald 🌲 im Jahr 2020\r\n")
    spans = [s for p in document.passages for m in p.mentions for s in m.spans]
    assert [s.quote for s in spans[:3]] == ["Buche", "Du\u0308rre", "Fichte"]
    assert all(document.text[s.start : s.end] == s.quote for s in spans)


def test_its_network_has_its_names(forest: Built) -> None:
    network = nx.read_graphml(forest.filled.project.output / "graph.graphml")
    assert sorted(data["label"] for _, data in network.nodes(data=True)) == [
        "Borkenkäfer", "Dürre", "Fichte", "Kiefer", "Rotbuche",
    ]  # fmt: skip


def test_its_page_is_in_its_language(forest: Built) -> None:
    page = (forest.filled.project.output / "graph.html").read_text("utf-8")
    assert "<title>Wald im Klimawandel" in page
    assert "verdr\\u00e4ngt" in page or "verdrängt" in page


def test_its_summary_has_no_matrix(forest: Built) -> None:
    lines = list(summary(forest, ""))
    assert "Wald im Klimawandel" in lines
    assert not [line for line in lines if "×" in line]


def test_its_coverage_is_counted_in_its_own_words(forest: Built) -> None:
    """Two words of the title, and 6, 6 and 4 of the sentences; 3, 4 and 2 of them are marked."""
    (figures,) = coverage(forest.filled.documents, forest.filled.ontology).documents
    assert (figures.halves // 2, figures.marked // 2) == (18, 9)
