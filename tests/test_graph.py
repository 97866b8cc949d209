"""Does the Python interface do what its few names promise?"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.graph import Graph
from kg.results import Rows


def test_three_lines_from_a_folder_to_an_answer(starter: Path) -> None:
    graph = kg.build(starter)
    rows = graph.ask("measures-for", group="children")
    assert [(row.measure, row.coder) for row in rows] == [("free school lunch", "The first coder")]


def test_a_built_graph_is_opened_without_building(starter: Path) -> None:
    with pytest.raises(kg.KgError, match="kg build"):
        kg.open(starter)
    kg.build(starter)
    assert len(kg.open(str(starter)).ask("concepts")) == 9


def test_what_was_coded_is_plain_data(starter: Path) -> None:
    reading = kg.read(starter)
    assert reading.issues == ()
    (document,) = reading.documents
    first = document.passages[0].mentions[0]
    assert document.text[first.spans[0].start : first.spans[0].end] == first.spans[0].quote
    assert isinstance(document.passages[0].statements[0], kg.Statement)


def test_other_libraries_see_the_same_graph(graph: Graph) -> None:
    dataset = graph.rdflib()
    assert len(dataset) == sum(1 for _ in graph.store())
    land = rdflib.URIRef("https://w3id.org/policy-kg/concept/land")
    assert rdflib.Literal("土地", lang="zh-Hans") in set(
        dataset.objects(land, rdflib.SKOS.prefLabel)
    )
    network = graph.networkx()
    assert network.nodes[str(land)]["label"] == "land"
    frame = graph.ask("mentions", concept="land")
    assert isinstance(frame, Rows)
    assert list(frame.to_pandas().columns) == list(frame.variables)


def test_the_store_is_read_only(graph: Graph) -> None:
    node = ox.NamedNode("https://example.org/x")
    with pytest.raises(RuntimeError, match="only possible on read-write"):
        graph.store().add(ox.Quad(node, node, node, node))


def test_a_notebook_shows_the_page_in_a_frame_that_cannot_reach_it(graph: Graph) -> None:
    shown = str(graph._repr_html_())
    assert "allow-same-origin" not in shown.partition("srcdoc")[0]
    inside = shown.partition('srcdoc="')[2].removesuffix('"></iframe>')
    assert not set('<>"') & set(inside)


def test_nothing_else_is_public() -> None:
    nouns = {
        "Classification",
        "Document",
        "Flow",
        "Mention",
        "Passage",
        "Reading",
        "Span",
        "Statement",
    }
    assert set(kg.__all__) == nouns | {"Issue", "KgError", "Place", "build", "open", "read"}
