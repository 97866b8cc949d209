"""Annotated texts of every awkward kind, made by hypothesis; and when two are the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from kg.anchoring import squeeze
from kg.interchange.model import Annotated, Circumstances, Link, Mark
from kg.interchange.moments import confidence
from kg.interchange.placing import Ground, Tally

LABELS = ["salmon", "otter", "grey-heron", "upper-river", "winter"]
RELATIONS = ["near", "eats", "livesIn"]
CHARACTERS = [
    *"abcXY.,;:!?'\"()[]{}#=&-\\…é",
    *(" ", "  ", "\n", "\r\n", "\r", "\t", "\u00a0", "\u3000", "\u200b", "\u2028", "\x85"),
    *(
        "🐟",
        "𠀀",
        "👨\u200d👩\u200d👧",
        "🇨🇳",
        "e\u0301",
        "\u0e33",
        "鲑鱼。",
        "الأسماك",
        "דג",
        "\u202e",
    ),
]
TEXTS = st.lists(st.sampled_from(CHARACTERS), min_size=1, max_size=40).map("".join)
TIMES = st.sampled_from(["2026-11-22T09:00:00Z", "2026-01-02T03:04:05.678+08:00"])
WORDS = st.sampled_from(["", "seen twice", "鱼 🐟", 'he said "no"', "a, b; [c] {d} #e =f \\"])
SAID = st.builds(
    Circumstances,
    coder=st.sampled_from(["ann", "bob"]),
    time=TIMES,
    note=WORDS,
    confidence=st.sampled_from(["", "0.5", "0.875"]),
    status=st.sampled_from(["", "draft", "rejected", "suggested"]),
    more=st.sampled_from(
        [(), (("colour", "red"),), (("colour", "red"), ("colour", "blue"), ("weight", "3 kg"))]
    ),
)


@st.composite
def documents(draw: st.DrawFn, said: st.SearchStrategy[Circumstances] = SAID) -> Annotated:
    """A text with marks that nest, cross and lie in pieces, and relations between them."""
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    marks = []
    for number in range(draw(st.integers(0, 6))):
        drawn = [sorted(draw(st.tuples(places, places))) for _ in range(draw(st.integers(1, 3)))]
        spans = apart([(start, end) for start, end in drawn if squeeze(text[start:end])])
        label = (draw(st.sampled_from(LABELS)),)
        if spans:
            marks.append(Mark(f"n{number}", spans, label, draw(said)))
    links = []
    for number in range(draw(st.integers(0, 3)) if marks else 0):
        ends = [draw(st.sampled_from(marks)).id for _ in range(2)]
        relation = draw(st.sampled_from(RELATIONS))
        links.append(Link(f"r{number}", *ends, relation, draw(said)))
    return Annotated("notes", text, tuple(marks), tuple(links))


def apart(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Those that do not overlap an earlier one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def ground(document: Annotated) -> Ground:
    body = ((0, len(document.text)),)
    return Ground(document, body, None, {}, "", Tally())  # type: ignore[arg-type]


Alike = tuple[str, list[object], list[object]]


def alike(document: Annotated) -> Alike:
    """What two documents have to share to say the same: order and ids do not count, nor does white
    space at the edges of marks and in notes."""
    here = ground(document)
    marks = {mark.id: _mark(here, mark) for mark in document.marks}
    links = [
        (marks[link.origin], marks[link.target], link.label, _said(link.said))
        for link in document.links
    ]
    return document.text, sorted(marks.values(), key=repr), sorted(links, key=repr)


def _mark(here: Ground, mark: Mark) -> tuple[object, ...]:
    return here.trimmed(mark.spans), mark.label, _said(mark.said)


def _said(said: Circumstances) -> Circumstances:
    note = " ".join(said.note.split())
    return replace(said, note=note, confidence=confidence(said.confidence))
