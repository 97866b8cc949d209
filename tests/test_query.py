"""Can a query hurt: hang, eat the memory, reach the network, change the graph?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.graph import Graph
from kg.query import refuse_unsafe, run_query
from kg.results import Rows, Triples
from kg.store import current_folder


@pytest.fixture(scope="module")
def store(graph: Graph) -> Path:
    return current_folder(graph.project.cache)


def test_a_query_answers_over_all_graphs_at_once(store: Path) -> None:
    answer = run_query(
        store,
        "ASK { ?s oa:hasBody ?concept . ?concept a skos:Concept }",
        prefixes={
            "oa": "http://www.w3.org/ns/oa#",
            "skos": "http://www.w3.org/2004/02/skos/core#",
        },
    )
    assert json.loads(answer) == {"head": {}, "boolean": True}


def test_a_runaway_query_is_stopped_and_the_next_one_works(store: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(QueryError, match=r"(?s)stopped after 0.5 seconds.*--timeout"):
        run_query(store, endless, prefixes={}, timeout=0.5)
    assert b"true" in run_query(store, "ASK { ?s ?p ?o }", prefixes={})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 4_000 + "?s ?p ?o" + "}" * 4_000,
        "SELECT * { FILTER (" + "(" * 9_000 + "1" + ")" * 9_000 + ") }",
        "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 15_000) + " }",
    ],
    ids=["braces", "parentheses", "unions"],
)
def test_a_query_that_kills_its_process_kills_nothing_else(store: Path, query: str) -> None:
    with pytest.raises(QueryError, match="too large or too deeply nested"):
        run_query(store, query, prefixes={})


def test_a_query_that_eats_memory_is_ended(store: Path) -> None:
    doubling = "'xxxxxxxx'"
    for _ in range(60):
        doubling = f"REPLACE({doubling}, 'x', 'xx')"
    with pytest.raises(QueryError):
        run_query(store, f"SELECT ({doubling} AS ?x) {{}}", prefixes={}, timeout=20)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . SERVICE<http://example.org/>{} }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://example.org/> { } }",
        "SELECT * { ?s ?p <http://a#b> . SERVICE <http://example.org/> { } }",
    ],
)
def test_no_query_asks_another_server(query: str) -> None:
    with pytest.raises(QueryError, match="never use the network"):
        refuse_unsafe(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a <http://example.org/SERVICE> }",
        "SELECT * { ?s rdfs:label 'customer SERVICE <x>' }",
        "SELECT * { ?s pol:service ?o } # SERVICE <http://example.org/>",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:load ?o }",
        'SELECT * { ?s ?p """a "quoted" SERVICE <x> {""" }',
    ],
)
def test_the_word_alone_is_no_crime(query: str) -> None:
    refuse_unsafe(query)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://example.org/data.ttl>",
        "CLEAR GRAPH <x:g>",
        "DROP ALL",
    ],
)
def test_no_query_changes_the_graph(update: str) -> None:
    with pytest.raises(QueryError, match=r"read-only"):
        refuse_unsafe(update)


def test_a_slip_is_explained_with_its_place(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"not SPARQL.*at line 1, column \d+"):
        graph.query("SELECT ?s { ?s ?p }")


def test_a_prefix_that_is_not_declared_is_named(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"(?s)prefix 'ex:' is not declared.*PREFIX ex:") as caught:
        graph.query("SELECT ?s { ?s ex:knows ?o }")
    assert "skos" in str(caught.value)


def test_the_projects_prefixes_need_no_declaration(graph: Graph) -> None:
    rows = graph.query("SELECT ?label { c:land skos:prefLabel ?label } ORDER BY ?label")
    assert isinstance(rows, Rows)
    assert [row.label for row in rows] == ["land", "土地"]


def test_an_ask_answers_yes_or_no(graph: Graph) -> None:
    answer = graph.query("ASK { c:land a skos:Concept }")
    assert [tuple(row) for row in answer] == [("yes",)]


def test_a_construct_answers_sorted_triples(graph: Graph) -> None:
    answer = graph.query("CONSTRUCT { ?s a skos:Concept } { VALUES ?s { c:land c:data } }")
    assert isinstance(answer, Triples)
    assert [line.partition("> ")[0][-5:] for line in answer.ntriples.splitlines()] == [
        "/data",
        "/land",
    ]


def test_rows_show_labels_and_keep_terms(graph: Graph) -> None:
    rows = graph.query("SELECT ?what ?none { BIND (c:land AS ?what) }")
    assert isinstance(rows, Rows)
    assert [tuple(row) for row in rows] == [("land", "")]
    assert rows.terms[0][0].value == "https://w3id.org/policy-kg/concept/land"
    assert rows.to_pandas().to_dict("records") == [{"what": "land", "none": ""}]


def test_an_emptied_store_is_not_taken_for_a_graph(starter: Path) -> None:
    from kg.pipeline import build_project
    from kg.project import read_project

    project = read_project(starter)
    with pytest.raises(StoreError, match=r"no graph here yet.*\n.*kg build"):
        Graph(project)
    build_project(project)
    store = current_folder(project.cache)
    for path in store.iterdir():
        path.unlink()
    with pytest.raises(StoreError, match=r"damaged or incomplete.*\n.*kg build --fresh"):
        Graph(project)
    build_project(project, fresh=True)
    assert len(Graph(project).query("SELECT * { ?s a pkg:Document }")) == 1
