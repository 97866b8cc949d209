"""Does each kind of record become the Turtle that its docstring shows?"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def serving(id_: str, *, status: str = "accepted", polarity: str = "positive") -> Statement:
    """That the town serves the village."""
    ends = (concept("town"), f"{BASE}serves", concept("village"))
    return Statement(id_, *ends, "required", "a1", WHEN, status=status, polarity=polarity)


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
    mapping.repeat_quads: lambda: mapping.repeat_quads(serving("s-2"), serving("s-1"), SOURCE),
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


def repeated(*placed: tuple[int, int, Statement]) -> list[tuple[str, str]]:
    """Which statement repeats which, of a document with such passages."""
    passages = tuple(
        Passage(f"p-{start}-{end}", Span(start, end, TEXT[start:end]), "a1", WHEN, statements=(s,))
        for start, end, s in placed
    )
    pairs = mapping.repeats(replace(DOCUMENT, passages=passages))
    return sorted((again.id, earlier.id) for again, earlier in pairs)


def test_one_who_reads_the_same_words_again_is_no_second_witness() -> None:
    first, longer, apart = serving("s-1"), serving("s-2"), serving("s-3")
    assert repeated((0, 3, first), (0, 9, longer), (9, 15, apart)) == [("s-2", "s-1")]
    other = replace(longer, object=concept("town"))
    assert repeated((0, 3, first), (0, 9, other)) == []
    assert repeated((4, 9, first), (4, 9, longer)) == []
    assert repeated((0, 9, serving("s-1", status="draft")), (4, 9, longer)) == []
    assert repeated((0, 9, first), (4, 9, serving("s-2", polarity="negative"))) == []


STRETCHES = st.tuples(st.integers(0, 13), st.integers(1, 6)).map(lambda p: (p[0], min(15, sum(p))))


@settings(max_examples=200)
@given(st.lists(STRETCHES, max_size=8))
def test_a_statement_repeats_if_its_passage_overlaps_an_earlier_one(
    stretches: list[tuple[int, int]],
) -> None:
    named = {f"s-{number}": stretch for number, stretch in enumerate(stretches)}
    found = repeated(*((*stretch, serving(id_)) for id_, stretch in named.items()))
    for again, earlier in found:
        assert named[earlier] < named[again]
        assert named[earlier][1] > named[again][0]
    assert {again for again, _ in found} == {
        id_
        for id_, (start, end) in named.items()
        if any(other < (start, end) and other[1] > start for other in stretches)
    }
    assert len(found) == len(dict(found))
