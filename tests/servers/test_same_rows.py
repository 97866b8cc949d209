"""Do the same questions give the same rows from the store on disk and from two servers?

Virtuoso sorts by IRI within a language's rules, so there the order is not compared. It leaves out
paths of no length that begin anywhere: a question names the kinds and what is under them apart.
"""

from __future__ import annotations

import re

import pytest

from kg.graph import Graph
from kg.servers.endpoint import Endpoint

QUESTIONS = [
    "actors document=county-towns-as-carriers",
    "attention",
    "attributed",
    "barriers",
    "beneficiaries actor=farmer",
    "changes type=functional space",
    "claims document=county-towns-as-carriers",
    "coders",
    "compare-claims one=county-towns-as-carriers other=no1-document-county-integration",
    "compare-concepts one=county-towns-as-carriers other=no1-document-county-integration",
    "concepts",
    "conditional-measures",
    "firmness",
    "flows",
    "goals goal=urban-rural-integrated-development",
    "goals-without-measures",
    "instruments coder=a1",
    "instruments-of measure=increase-housing-supply",
    "least-certain",
    "measures-mobilising factor=land",
    "measures-mobilising kind_of=land",
    "measures-on kind_of=township",
    "measures-on tier=county-town",
    "measures-without-goal",
    "mentions",
    "mentions concept=county-town",
    "narrowed",
    "neighbours concept=land",
    "people-moving",
    "people-moving into=rural-area",
    "relations",
    "repeated",
    "required-of tier=township",
    "roles tier=county-town",
    "search text=COUNTY towns",
    "single-witness",
    "together concept=land",
    "unnamed-factors",
    "where subject=county relation=complements",
    "who-acts",
]


def rows(graph: Graph, question: str) -> list[tuple[str, ...]]:
    name, *given = re.split(r" (?=\w+=)", question)
    parameters = dict(part.split("=") for part in given)
    return [tuple(row) for row in graph.ask(name, **parameters)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_oxigraph_gives_the_same_rows(
    graph: Graph, oxigraph_filled: Endpoint, question: str
) -> None:
    served = Graph(graph.project, endpoint=oxigraph_filled)
    assert rows(served, question) == rows(graph, question) != []


@pytest.mark.virtuoso
@pytest.mark.parametrize("question", QUESTIONS)
def test_virtuoso_gives_the_same_rows(
    graph: Graph, virtuoso_filled: Endpoint, question: str
) -> None:
    served = Graph(graph.project, endpoint=virtuoso_filled)
    assert sorted(rows(served, question)) == sorted(rows(graph, question))


CONSTRUCTED = "CONSTRUCT { ?c skos:prefLabel ?l } { ?c a pol:FactorType ; skos:prefLabel ?l }"


def test_oxigraph_gives_the_same_triples(graph: Graph, oxigraph_filled: Endpoint) -> None:
    served = Graph(graph.project, endpoint=oxigraph_filled)
    assert served.query(CONSTRUCTED) == graph.query(CONSTRUCTED)


@pytest.mark.virtuoso
def test_virtuoso_gives_the_same_triples(graph: Graph, virtuoso_filled: Endpoint) -> None:
    served = Graph(graph.project, endpoint=virtuoso_filled)
    assert served.query(CONSTRUCTED) == graph.query(CONSTRUCTED)
