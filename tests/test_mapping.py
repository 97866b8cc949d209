"""Does each kind of record become the Turtle that its docstring shows?"""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg import mapping
from kg.identifiers import Graphs
from kg.mapping import Source
from kg.model import (
    Classification,
    Document,
    Flow,
    Mention,
    Passage,
    Span,
    Statement,
    Unplaced,
)
from kg.namespaces import PREFIXES

BASE = "https://example.org/"
TEXT = "The towns grow."
DOCUMENT = Document(
    key="a",
    text=TEXT,
    sha256="00ff",
    body=((0, len(TEXT)),),
    title="On towns",
    creator="Somebody",
    issued="2024-04-01",
    publisher="A press",
    source="https://example.org/on-towns",
    language="en",
    rights="All rights reserved",
)
SOURCE = Source(DOCUMENT, f"{BASE}data/", f"<{BASE}graph/doc-a>")
WHEN = "2026-11-22T09:00:00Z"
PASSAGE = Passage(
    "p-1", Span(0, 15, TEXT), "a1", WHEN, note="Compare the title.", uncoded="A greeting."
)


def concept(key: str) -> str:
    return f"{BASE}concept/{key}"


SAID = {
    mapping.description_quads: lambda: mapping.description_quads(SOURCE),
    mapping.target_quads: lambda: mapping.target_quads("t-1", Span(4, 9, "towns"), SOURCE),
    mapping.passage_quads: lambda: mapping.passage_quads(PASSAGE, SOURCE),
    mapping.unplaced_quads: lambda: mapping.unplaced_quads(
        Unplaced("p-2", "Villages shrink.", "orphaned", "a1", WHEN, note="Ask."), SOURCE
    ),
    mapping.remark_quads: lambda: mapping.remark_quads(PASSAGE, SOURCE),
    mapping.mention_quads: lambda: mapping.mention_quads(
        Mention("m-1", (Span(0, 3, "The"), Span(10, 14, "grow")), concept("town"), "a1", WHEN),
        "p-1",
        SOURCE,
    ),
    mapping.statement_quads: lambda: mapping.statement_quads(
        Statement(
            "s-1",
            concept("town"),
            f"{BASE}serves",
            concept("village"),
            "required",
            "a1",
            WHEN,
            qualifiers=((f"{BASE}where", concept("county")),),
            source=concept("white-paper"),
            confidence="0.95",
            subject_mentions=("m-1",),
            object_mentions=("m-2",),
            note="Cautious.",
        ),
        "p-1",
        SOURCE,
    ),
    mapping.flow_quads: lambda: mapping.flow_quads(
        Flow(
            "f-1",
            *map(concept, ("grain", "village", "town", "road")),
            "descriptive",
            "a1",
            WHEN,
            explicitness="implied",
            status="draft",
        ),
        "p-1",
        SOURCE,
    ),
    mapping.classification_quads: lambda: mapping.classification_quads(
        Classification("x-1", concept("town"), f"{BASE}hasType", concept("small"), "a1", WHEN),
        "p-1",
        SOURCE,
    ),
    mapping.coder_quads: lambda: mapping.coder_quads("a1", "Ana", Graphs(BASE)),
    mapping.dataset_quads: lambda: mapping.dataset_quads(
        Graphs(BASE),
        titles={"en": "Towns", "zh": "县城"},
        build="b-1",
        documents=["a"],
        coders={},
    ),
}


def turtle_of(function: Callable[..., str]) -> set[ox.Triple]:
    """The triples of a docstring, below its first paragraph."""
    _, _, turtle = inspect.getdoc(function).partition("\n\n")
    prefixes = PREFIXES | {"d": f"{BASE}data/", "c": f"{BASE}concept/"}
    heading = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    return {quad.triple for quad in ox.parse(heading + turtle, format=ox.RdfFormat.TURTLE)}


def triples_of(nquads: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)}


@pytest.mark.parametrize("function", SAID, ids=lambda function: function.__name__)
def test_a_record_becomes_the_turtle_of_its_docstring(function: Callable[..., str]) -> None:
    assert triples_of(SAID[function]()) == turtle_of(function)


def test_every_mapping_shows_its_turtle() -> None:
    public = {
        function
        for name, function in inspect.getmembers(mapping, inspect.isfunction)
        if name.endswith("_quads") and not name.startswith("_")
    }
    assert public - set(SAID) == {mapping.document_quads}


def test_a_title_with_quotes_and_a_line_break_stays_one_literal() -> None:
    hostile = 'A "title"\\ with\na break'
    document = Document("a", TEXT, "00", ((0, 15),), title=hostile, language="zh-Hans")
    quads = mapping.description_quads(Source(document, f"{BASE}data/", f"<{BASE}graph/doc-a>"))
    titles = [t.object for t in triples_of(quads) if t.predicate.value.endswith("title")]
    assert titles == [ox.Literal(hostile, language="zh-hans")]


def test_the_words_around_a_quote_never_come_from_outside_the_body() -> None:
    text = "MENU The towns grow. FOOTER"
    document = Document("a", text, "00", ((5, 20),))
    source = Source(document, f"{BASE}data/", "<g:a>")
    assert source.context(Span(5, 8, "The")) == ("", " towns grow.")


def test_a_qualifier_may_hold_a_literal() -> None:
    year = "http://www.w3.org/2001/XMLSchema#gYear"
    source = Source(DOCUMENT, f"{BASE}data/", f"<{BASE}graph/doc-a>", {f"{BASE}since": year})
    said = Statement(
        "s-1", concept("a"), f"{BASE}r", concept("b"), "required", "a1", WHEN,
        qualifiers=((f"{BASE}since", "2020"),),
    )  # fmt: skip
    triples = triples_of(mapping.statement_quads(said, "p-1", source))
    values = [t.object for t in triples if t.predicate.value == f"{BASE}since"]
    assert values == [ox.Literal("2020", datatype=ox.NamedNode(year))]
