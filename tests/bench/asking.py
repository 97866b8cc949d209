"""The named questions, measured: by Oxigraph alone, through kg's worker, and by rdflib."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph import Graph
from kg.project import read_project
from kg.questions import Question

LATE = 5
"""Seconds after which rdflib is stopped."""
TIMES = 3
"""How often each question is asked."""
VALUES = {
    "concept": "county-town",
    "document": "report-000001",
    "coder": "a1",
    "relation": "appliesTo",
    "text": "steady harbour",
}
OTHERS = {"other": "report-000003"}
"""Of parameters that must not have the same value as another."""


def graph_of(folder: Path) -> Graph:
    return Graph(read_project(folder / "project"))


def asked(graph: Graph, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Each question as SPARQL, with its first parameter; `whole`: with none it can spare."""
    for name, question in graph.questions.items():
        yield name, graph.bind(question, given(question, whole=whole))


def given(question: Question, *, whole: bool) -> Mapping[str, str]:
    parameters = [p for p in question.parameters if p.required]
    if not parameters and not whole:
        parameters = list(question.parameters[:1])
    return {
        p.name: OTHERS.get(p.name) or (p.example if p.kind == "concept" else "") or VALUES[p.kind]
        for p in parameters
    }


def natively(folder: Path, clock: Any) -> dict[str, Any]:
    """Every question, asked of Oxigraph in this process, all rows taken as terms."""
    graph = graph_of(folder)
    questions = list(asked(graph, whole=False))
    store = graph.store()
    _rows(store, graph, questions[0][1])
    with clock.running():
        for _ in range(TIMES):
            for _, sparql in questions:
                _rows(store, graph, sparql)
    return {"questions": len(questions)}


def by_worker(folder: Path, clock: Any) -> dict[str, Any]:
    """The same through kg, the start of the worker and its first answer included."""
    graph = graph_of(folder)
    questions = list(asked(graph, whole=False))
    graph.close()
    with clock.running():
        for _ in range(TIMES):
            for _, sparql in questions:
                graph.query(sparql)
        graph.close()
    return {
        "questions": len(questions),
        "cold": 1_000 * min(_waited(graph, close=True) for _ in range(5)),
        "warm": 1_000 * min(_waited(graph, close=False) for _ in range(50)),
    }


def _waited(graph: Graph, *, close: bool) -> float:
    """Seconds on the clock for the smallest query."""
    if close:
        graph.close()
    start = time.perf_counter()
    graph.query("ASK { ?s ?p ?o }")
    return time.perf_counter() - start


def _rows(store: ox.Store, graph: Graph, sparql: str) -> list[Any]:
    found = store.query(sparql, prefixes=graph.prefixes, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return list(map(tuple, found))


def each(folder: Path, _: Any) -> dict[str, Any]:
    """Of each question: CPU seconds as it is asked, and for everything at once; rows."""
    from tests.bench.steps import cpu

    graph = graph_of(folder)
    store, found = graph.store(), {}
    for whole in (False, True):
        for name, sparql in asked(graph, whole=whole):
            start = cpu()
            rows = len(_rows(store, graph, sparql))
            found.setdefault(name, []).extend([cpu() - start, rows])
    return {"each": found}


def by_rdflib(folder: Path, clock: Any) -> dict[str, Any]:
    """The same of rdflib, over the union as one graph; and of Oxigraph, those that rdflib ended."""
    from rdflib import Dataset
    from rdflib import Graph as Plain
    from rdflib.namespace import NamespaceManager

    from tests.bench.steps import Clock

    graph = graph_of(folder)
    text = (folder / "graph.nq").read_text("utf-8")
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.N_QUADS)
    data, plain = Dataset().parse(data=text, format="nquads"), Plain()
    plain.namespace_manager = NamespaceManager(plain)
    for quad in data.quads((None, None, None, None)):
        plain.add(quad[:3])
    late, ours = [], Clock()
    signal.signal(signal.SIGALRM, _stop)
    on_one_graph = [(n, s) for n, s in asked(graph, whole=False) if "GRAPH ?" not in s]
    for name, sparql in on_one_graph:
        signal.alarm(LATE)
        try:
            with clock.running():
                list(plain.query(sparql, initNs=graph.prefixes))
        except TimeoutError:
            late.append(name)
        finally:
            signal.alarm(0)
        with ours.running():
            _rows(store, graph, sparql)
    return {"ours": ours.seconds, "late": late, "asked": len(on_one_graph)}


def _stop(*_: object) -> None:
    raise TimeoutError
