"""What does the network of concepts show, and how much evidence does it count?"""

from __future__ import annotations

import networkx
import pyoxigraph as ox
import pytest

from kg.identifiers import claim_id
from kg.network import concept_network
from tests.fisheries import BASE, CONCEPT, LANGUAGES, TERM, fisheries, name

PROTECTS, CLOSURE = f"{TERM}protects", f"{TERM}TimedClosure"


@pytest.fixture(scope="module")
def network() -> networkx.MultiDiGraph[str]:
    return concept_network(fisheries(), base=BASE, languages=LANGUAGES)


def edges(network: networkx.MultiDiGraph[str], kind: str) -> dict[str, int]:
    """Subject, label and object of the edges of a kind → how many passages say so."""
    return {
        f"{name(source)} [{edge['label']}] {name(target)}": edge["evidence"]
        for source, target, edge in network.edges(data=True)
        if edge["kind"] == kind
    }


def test_a_node_says_what_the_concept_is_and_how_often_it_is_mentioned(
    network: networkx.MultiDiGraph[str],
) -> None:
    assert network.nodes[f"{CONCEPT}close-season"] == {
        "label": "close season",
        "labels": {"en": "close season", "pt-BR": "período de defeso"},
        "class": CLOSURE,  # the narrower of the two that are declared
        "class_label": "timed closure",
        "colour": "#0d3b66",
        "shape": "diamond",
        "passages": 2,
        "background": False,
    }


def test_what_is_not_known_of_a_concept_is_none(network: networkx.MultiDiGraph[str]) -> None:
    coast, unclassed = network.nodes[f"{CONCEPT}coast"], network.nodes[f"{CONCEPT}unclassed"]
    assert (coast["colour"], coast["shape"], coast["background"]) == (None, None, True)
    assert (unclassed["class"], unclassed["class_label"]) == (None, None)


def test_a_label_falls_back_to_another_language_and_then_to_the_name(
    network: networkx.MultiDiGraph[str],
) -> None:
    assert network.nodes[f"{CONCEPT}hake"]["label"] == "pescada"
    assert network.nodes[f"{CONCEPT}unclassed"]["label"] == "unclassed"


def test_every_concept_is_a_node_and_nothing_else_is(
    network: networkx.MultiDiGraph[str],
) -> None:
    assert [name(concept) for concept in network] == [
        "close-season", "coast", "hake", "harbour", "law-2009", "north-coast", "regulation",
        "sardine", "trawl-ban", "unclassed",
    ]  # fmt: skip


def test_an_edge_counts_passages_and_not_coders(network: networkx.MultiDiGraph[str]) -> None:
    """Two coders say it of one passage, one of another; what is denied or rejected counts not."""
    assert edges(network, "direct") == {
        "close-season [protects] sardine": 2,
        "close-season [applies to] north-coast": 1,
        "trawl-ban [protects] hake": 1,
        "north-coast [lies within] coast": 1,  # in the ontology too, but a passage says it
    }


def test_what_only_the_ontology_says_is_background(network: networkx.MultiDiGraph[str]) -> None:
    assert edges(network, "background") == {"harbour [lies within] coast": 0}


def test_what_an_analyst_says_is_a_classification(network: networkx.MultiDiGraph[str]) -> None:
    assert edges(network, "classification") == {"close-season [uses instrument] regulation": 1}


def test_a_flow_runs_the_way_of_the_movement(network: networkx.MultiDiGraph[str]) -> None:
    """Where one end is not said, what moves stands in for it."""
    assert edges(network, "flow") == {
        "north-coast [sardine] harbour": 1,
        "hake [pescada] harbour": 1,
        "coast [pescada] hake": 1,
    }


def test_a_flow_says_what_moves_and_by_what(network: networkx.MultiDiGraph[str]) -> None:
    ((_, edge),) = network[f"{CONCEPT}north-coast"][f"{CONCEPT}harbour"].items()
    assert (name(edge["of"]), name(edge["via"])) == ("sardine", "trawl-ban")
    ((_, edge),) = network[f"{CONCEPT}coast"][f"{CONCEPT}hake"].items()
    assert edge["via"] is None


def test_an_edge_is_named_by_its_claim_and_lists_its_documents(
    network: networkx.MultiDiGraph[str],
) -> None:
    season, sardine = f"{CONCEPT}close-season", f"{CONCEPT}sardine"
    edge = network.edges[season, sardine, claim_id(season, PROTECTS, sardine)]
    assert edge["relation"] == PROTECTS
    assert edge["labels"] == {"en": "protects", "pt-BR": "protege"}
    assert edge["documents"] == ("plano", "report")
    assert edge["weight"] == 2


def test_an_inverse_that_only_the_ontology_states_is_not_shown_twice() -> None:
    store = fisheries("c:coast f:protectedBy c:harbour . c:coast pkg:notToBeConfusedWith c:hake .")
    network = concept_network(store, base=BASE, languages=LANGUAGES)
    assert edges(network, "background") == {"harbour [lies within] coast": 0}


def test_an_empty_dataset_is_an_empty_network() -> None:
    assert len(concept_network(ox.Store(), base=BASE, languages=LANGUAGES)) == 0
