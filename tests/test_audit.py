"""Does a filled graph that breaks a promise say so, at the line where the matter was written?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import pipeline
from kg.assets import asset
from kg.check import read_checks
from kg.errors import Issue
from kg.filling import changes
from kg.filling.workshop import Workshop
from kg.namespaces import OA, PKG, RDF
from kg.pipeline import Filled, build_project
from kg.project import read_project
from tests.conftest import fill_folder

BASE = "https://example.org/school-meals/"
CODED = "passages/canteens.me.yaml"
TEXT = "passages/canteens.txt"
Tamper = Callable[[ox.Store], None]
Check = Callable[[Tamper], list[tuple[str, str, str]]]


def filled_anew(folder: Path) -> Filled:
    return fill_folder(folder)


def brought_up_to_date(folder: Path) -> Filled:
    """The graph on disk, in which another document has stayed."""
    return build_project(read_project(folder)).filled


def prepare(folder: Path) -> None:
    """Build, and change what was coded, so that the next build changes one of two documents."""
    settings = folder / "kg.toml"
    settings.write_text("exports = []\n" + settings.read_text("utf-8"), encoding="utf-8")
    (folder / "passages" / "other.txt").write_text("Another text.", encoding="utf-8")
    build_project(read_project(folder))
    with (folder / CODED).open("a", encoding="utf-8") as file:
        file.write("# checked\n")


@pytest.fixture(params=[filled_anew, brought_up_to_date])
def tampered(
    starter: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Check:
    """Fill the starter's graph, tamper with it, and see (place, code, what) of all findings."""
    if request.param is brought_up_to_date:
        prepare(starter)
    return tampering(starter, monkeypatch, request.param)


def tampering(
    starter: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Filled]
) -> Check:
    derive = pipeline.add_inferred

    def check(tamper: Tamper) -> list[tuple[str, str, str]]:
        def derive_and_tamper(store: ox.Store, *given: Any) -> list[Issue]:
            issues = derive(store, *given)
            tamper(store)
            return issues

        monkeypatch.setattr(pipeline, "add_inferred", derive_and_tamper)
        issues = make(starter).issues
        return [(str(issue.place), issue.code, issue.what) for issue in issues]

    return check


def edge(graph: str, *names: str) -> ox.Quad:
    """A quad of three names behind the project's base."""
    subject, relation, value = (ox.NamedNode(BASE + name) for name in names)
    return ox.Quad(subject, relation, value, ox.NamedNode(f"{BASE}graph/{graph}"))


def line_of(folder: Path, words: str) -> str:
    lines = (folder / CODED).read_text("utf-8").splitlines()
    return f"{CODED}:{next(n for n, line in enumerate(lines, 1) if words in line)}"


REACHES = ("concept/local-purchasing", "terms#reaches", "concept/farmers")


def test_the_two_texts_keep_every_promise(filled: Filled) -> None:
    codes = {rule.code for rule in read_checks(asset("checks/dataset"))}
    assert codes == {"unbacked-edge", "missing-edge", "triple-in-two-graphs"}
    assert codes.isdisjoint(issue.code for issue in filled.issues)


def test_an_edge_that_nothing_says(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No document that could have left it has changed: it is found in a graph that is new."""
    new = edge("direct", "concept/farm", "terms#reaches", "concept/pupils")
    tampered = tampering(starter, monkeypatch, filled_anew)
    assert tampered(lambda store: store.add(new)) == [
        (
            "ontology/school-meals.ttl:101",
            "unbacked-edge",
            "'farm' reaches 'pupils' stands in the graph, but nothing accepted says so",
        ),
    ]


def test_a_large_change_is_audited_like_a_new_graph(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(starter)
    monkeypatch.setattr(changes, "FEW", 0)
    new = edge("direct", "concept/farm", "terms#reaches", "concept/pupils")
    tampered = tampering(starter, monkeypatch, brought_up_to_date)
    found = tampered(lambda store: store.add(new))
    assert [finding[1] for finding in found] == ["unbacked-edge"]


def test_an_edge_that_is_not_said_any_more(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(starter)
    text = (starter / CODED).read_text("utf-8")
    line = line_of(starter, "local-purchasing reaches farmers")
    rejected = text.replace("reaches farmers", "reaches farmers {rejected}")
    (starter / CODED).write_text(rejected, encoding="utf-8")
    tampered = tampering(starter, monkeypatch, brought_up_to_date)
    found = tampered(lambda store: store.add(edge("direct", *REACHES)))
    assert [finding[:2] for finding in found] == [(line, "unbacked-edge")]


@pytest.mark.parametrize("status", ["draft", "rejected", "suggested"])
def test_an_edge_whose_only_statement_is_not_accepted(
    tampered: Check, starter: Path, status: str
) -> None:
    def withdraw(store: ox.Store) -> None:
        (said,) = statements_of(store, "farmers")
        accepted = ox.NamedNode(PKG.iri + "status-accepted")
        (quad,) = store.quads_for_pattern(said, ox.NamedNode(PKG.status), accepted)
        store.remove(quad)
        value = ox.NamedNode(f"{PKG.iri}status-{status}")
        store.add(ox.Quad(said, quad.predicate, value, quad.graph_name))

    assert [finding[:2] for finding in tampered(withdraw)] == [
        (line_of(starter, "local-purchasing reaches farmers"), "unbacked-edge"),
    ]


def test_a_statement_without_its_edge(tampered: Check, starter: Path) -> None:
    assert tampered(lambda store: store.remove(edge("direct", *REACHES))) == [
        (
            line_of(starter, "local-purchasing reaches farmers"),
            "missing-edge",
            "a statement is accepted, but 'local-purchasing' reaches 'farmers' does not stand in "
            "the graph",
        ),
    ]


def test_a_triple_in_two_graphs(tampered: Check, starter: Path) -> None:
    assert tampered(lambda store: store.add(edge("inferred", *REACHES))) == [
        (
            line_of(starter, "local-purchasing reaches farmers"),
            "triple-in-two-graphs",
            "'local-purchasing' reaches 'farmers' stands in two graphs, direct and inferred, and "
            "would be counted twice",
        ),
    ]


def test_a_passage_in_two_graphs(tampered: Check, starter: Path) -> None:
    def repeat(store: ox.Store) -> None:
        (said,) = statements_of(store, "farmers")
        (stands,) = store.quads_for_pattern(said, ox.NamedNode(PKG.inPassage), None)
        kind, passage = ox.NamedNode(RDF.type), ox.NamedNode(PKG.Passage)
        other = ox.NamedNode(f"{BASE}graph/doc-other")
        store.add(ox.Quad(stands.object, kind, passage, other))

    [(place, code, what)] = tampered(repeat)
    number = int(line_of(starter, "Kitchens should").removeprefix(f"{CODED}:"))
    assert (place, code) == (f"{CODED}:{number - 1}", "triple-in-two-graphs")
    assert "stands in two graphs, doc-canteens and doc-other," in what


def test_a_quote_beside_its_words(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shift(store: ox.Store) -> None:
        start = ox.NamedNode(OA.start)
        exact, words = ox.NamedNode(OA.exact), ox.Literal("Vegetables")
        (quote,) = store.quads_for_pattern(None, exact, words)
        position = ox.NamedNode(quote.subject.value.removesuffix("-quote") + "-pos")
        (quad,) = store.quads_for_pattern(position, start, None)
        store.remove(quad)
        before = ox.Literal(int(quad.object.value) - 1)
        store.add(ox.Quad(position, start, before, quad.graph_name))

    def fill_and_shift(*given: Any) -> ox.Store:
        store = beside_ontology(*given)
        shift(store)
        return store

    beside_ontology = Workshop.beside_ontology
    monkeypatch.setattr(Workshop, "beside_ontology", fill_and_shift)
    issues = fill_folder(starter).issues
    assert [(str(issue.place), issue.code, issue.what) for issue in issues] == [
        (
            line_of(starter, "[Vegetables]{vegetables}"),
            "wrong-quote",
            "the graph quotes 'Vegetables', but ' Vegetables' stands at 225-236",
        ),
    ]


@pytest.mark.parametrize("change", [lambda path: path.write_text("Else."), Path.unlink])
def test_a_text_that_changes_meanwhile(
    tampered: Check, starter: Path, change: Callable[[Path], None]
) -> None:
    assert tampered(lambda _: change(starter / TEXT)) == [
        (
            TEXT,
            "wrong-digest",
            "this text is not the one that the graph was filled from: its SHA-256 differs",
        ),
    ]


def statements_of(store: ox.Store, name: str) -> list[ox.NamedNode]:
    """The statements whose object is that concept."""
    node = ox.NamedNode(f"{BASE}concept/{name}")
    rdf_object = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#object")
    return [quad.subject for quad in store.quads_for_pattern(None, rdf_object, node)]
