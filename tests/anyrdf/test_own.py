"""Is our own graph, read back from an export, the page that a project makes of it?"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import Graph
from kg.pipeline import Built
from tests.anyrdf.pages import Drawn, drawn, written

BASE = "https://w3id.org/policy-kg/"


@pytest.fixture(scope="module")
def exports(built: Built) -> Path:
    return built.filled.project.output


@pytest.fixture(scope="module")
def page(exports: Path) -> Drawn:
    return drawn(exports / "graph.trig")


def test_its_concepts_and_relations_are_those_of_the_project(page: Drawn, graph: Graph) -> None:
    network = graph.networkx()
    assert {node["label"] for node in page.table("nodes")} == {
        iri.rpartition("/")[2] for iri in network
    }
    claims = {edge["id"] for edge in page.table("edges") if edge["kind"] != "inferred"}
    assert claims == {claim for *_, claim in network.edges(keys=True)}
    assert page.data["languages"] == ["en", "zh-Hans"]
    assert page.data["title"] == graph.project.title


def test_every_passage_has_its_words(page: Drawn, built: Built) -> None:
    texts = {document.key: document.text for document in built.filled.documents}
    bodies = page.data["documents"]
    passages = page.table("passages")
    assert len(passages) == sum(
        len({passage.id for passage in document.passages}) for document in built.filled.documents
    )
    for passage in passages:
        document = bodies[passage["document"]]
        start, end = passage["start"], passage["end"]
        body = next(
            body
            for body in document["bodies"]
            if body["start"] <= start and end <= body["start"] + len(body["text"])
        )
        words = body["text"][start - body["start"] : end - body["start"]]
        assert words == texts[document["key"]][start:end]


def test_it_is_said_that_the_texts_are_not_whole(page: Drawn) -> None:
    assert page.data["words"] == ["quotes"]
    assert any("not with whole texts" in sentence for sentence in page.sentences)


@pytest.mark.parametrize("name", ["graph.ttl", "graph.rdf"])
def test_formats_that_put_all_into_one_graph_show_the_same(
    exports: Path, page: Drawn, name: str
) -> None:
    found = drawn(exports / name)
    kinds = {edge["id"]: edge["kind"] for edge in found.table("edges")}
    for edge in page.table("edges"):
        inferred = edge["kind"] == "inferred"
        assert kinds[edge["id"]] == ("background" if inferred else edge["kind"])
    assert len(found.table("sayings")) == len(page.table("sayings"))
    assert "does not tell what follows" in found.sentences[-1]


def test_what_somebody_broke_by_hand_costs_only_itself(exports: Path, tmp_path: Path) -> None:
    store = ox.Store()
    store.load(path=str(exports / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    start = ox.NamedNode("http://www.w3.org/ns/oa#start")
    first = min(store.quads_for_pattern(None, start, None), key=str)
    for value in (ox.Literal("early"), ox.Literal(10**12)):
        store.add(ox.Quad(first.subject, start, value, first.graph_name))
    dumped = store.dump(format=ox.RdfFormat.N_QUADS) or b""
    assert len(drawn(written(tmp_path, "broken.nq", dumped)).labels) > 200
