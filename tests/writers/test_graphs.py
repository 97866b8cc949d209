"""Do graph tools get the network whole, in files that are valid against their schemas?"""

from __future__ import annotations

import io
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest
from lxml import etree

from kg.identifiers import claim_id
from kg.writers import FILES
from kg.writers.gexf import LEAST_WEIGHT
from tests.fisheries import BASE, CONCEPT, TERM, dataset, fisheries, name

SCHEMAS = Path(__file__).parent.parent / "schemas"
SEASON, SARDINE = f"{CONCEPT}close-season", f"{CONCEPT}sardine"
CLAIM = claim_id(SEASON, f"{TERM}protects", SARDINE)
MORE = f"""
    <https://elsewhere.example/coast> a skos:Concept , f:Area ;
        skos:prefLabel "other\\rcoast \\u0001 🐟 <&>"@en .
    c:coast f:within <https://elsewhere.example/coast> .
    <{BASE}concept/a,b(c)> a skos:Concept , f:Stock .
    f:Area pkg:colour "red; }}" ; pkg:shape "hexagon" .
"""


def parse(data: bytes) -> etree._ElementTree:
    return etree.parse(io.BytesIO(data), etree.XMLParser(no_network=True, resolve_entities=False))


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
@pytest.mark.parametrize("more", ["", MORE])
def test_the_file_is_valid_against_its_schema(kind: str, more: str) -> None:
    schema = etree.XMLSchema(parse_schema(kind))
    schema.assertValid(parse(FILES[f"graph.{kind}"](dataset(fisheries(more)))))


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_a_network_without_concepts_is_a_valid_file(kind: str) -> None:
    written = FILES[f"graph.{kind}"](dataset(ox.Store()))
    etree.XMLSchema(parse_schema(kind)).assertValid(parse(written))


def parse_schema(kind: str) -> etree._ElementTree:
    return etree.parse(str(SCHEMAS / f"{kind}.xsd"), etree.XMLParser(no_network=True))


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_the_schema_would_find_a_fault(kind: str) -> None:
    broken = FILES[f"graph.{kind}"](dataset()).replace(b'source="', b'from="', 1)
    assert not etree.XMLSchema(parse_schema(kind)).validate(parse(broken))


@pytest.mark.parametrize("more", ["", MORE])
def test_graphml_reads_back_equal(more: str) -> None:
    data = dataset(fisheries(more))
    graph = networkx.parse_graphml(FILES["graph.graphml"](data).decode(), force_multigraph=True)
    expected = data.flat
    iri = networkx.get_node_attributes(graph, "iri")
    assert nodes(networkx.relabel_nodes(graph, iri)) == nodes(expected)
    assert edges(networkx.relabel_nodes(graph, iri)) == edges(expected)


@pytest.mark.parametrize("more", ["", MORE])
def test_gexf_reads_back_equal(more: str) -> None:
    data = dataset(fisheries(more))
    graph = networkx.read_gexf(io.BytesIO(FILES["graph.gexf"](data)))
    expected = data.flat
    for _, node in graph.nodes(data=True):
        del node["viz"]
    for _, _, edge in expected.edges(data=True):
        edge["weight"] = max(edge["weight"], LEAST_WEIGHT)
    assert nodes(graph) == nodes(expected)
    assert edges(graph) == edges(expected)


def nodes(graph: networkx.MultiDiGraph[str]) -> dict[str, dict[str, object]]:
    return {node: dict(attributes) for node, attributes in graph.nodes(data=True)}


def edges(graph: networkx.MultiDiGraph[str]) -> dict[tuple[str, ...], dict[str, object]]:
    """By source, target and claim; networkx makes a plain graph of one without parallel edges."""
    if not graph.is_multigraph():
        graph = networkx.MultiDiGraph(
            [(source, target, edge["id"], edge) for source, target, edge in graph.edges(data=True)]
        )
    return {
        (source, target, claim): {key: value for key, value in edge.items() if key != "id"}
        for source, target, claim, edge in graph.edges(data=True, keys=True)
    }


def test_a_graph_tool_sees_labels_classes_and_counts() -> None:
    network = dataset().flat
    assert network.nodes[SEASON] == {
        "label": "close season",
        "label_en": "close season",
        "label_pt-BR": "período de defeso",
        "iri": SEASON,
        "class": "timed closure",
        "class_iri": f"{TERM}TimedClosure",
        "colour": "#0d3b66",
        "shape": "diamond",
        "passages": 2,
        "background": False,
    }
    assert network.edges[SEASON, SARDINE, CLAIM] == {
        "label": "protects",
        "label_en": "protects",
        "label_pt-BR": "protege",
        "relation": f"{TERM}protects",
        "kind": "direct",
        "evidence": 2,
        "weight": 2,
        "documents": "plano report",
    }


def test_two_edges_between_the_same_concepts_stay_two() -> None:
    store = fisheries("c:north-coast f:protects c:coast .")
    graph = networkx.read_gexf(io.BytesIO(FILES["graph.gexf"](dataset(store))))
    between = graph[f"{CONCEPT}north-coast"][f"{CONCEPT}coast"].values()
    assert sorted(edge["label"] for edge in between) == ["lies within", "protects"]


def test_gephi_gets_colour_shape_size_and_a_weight_it_does_not_ignore() -> None:
    root = parse(FILES["graph.gexf"](dataset())).getroot()
    spaces = {"g": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}
    (season,) = root.iterfind(f".//g:node[@id='{SEASON}']", spaces)
    assert dict(season.find("viz:color", spaces).attrib) == {
        "r": "13",
        "g": "59",
        "b": "102",
        "a": "1.0",
    }
    assert season.find("viz:shape", spaces).get("value") == "diamond"
    assert float(season.find("viz:size", spaces).get("value")) > 4
    weights = {name(e.get("source")): e.get("weight") for e in root.iterfind(".//g:edge", spaces)}
    assert weights["harbour"] == str(LEAST_WEIGHT)  # background


def test_graphml_spells_truth_values_as_xml_does() -> None:
    text = FILES["graph.graphml"](dataset()).decode()
    assert ">true</data>" in text
    assert "True" not in text


def test_concepts_of_the_same_local_name_stay_apart_in_graphml() -> None:
    text = FILES["graph.graphml"](dataset(fisheries(MORE))).decode()
    assert '<node id="coast">' in text
    assert '<node id="coast-2">' in text


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_no_date_and_no_version_moves_the_file(kind: str) -> None:
    text = FILES[f"graph.{kind}"](dataset()).decode()
    assert "date" not in text.replace("2draft", "")
    assert networkx.__version__ not in text
