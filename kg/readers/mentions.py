"""From marks to mentions: concepts looked up, pieces of one #id put together, spans worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.anchoring import joined
from kg.identifiers import mention_id
from kg.model import Mention, Span
from kg.readers.faults import Fault
from kg.readers.manner import Manner, is_sound, look_up, overlay, said
from kg.readers.markup import Item, Markup
from kg.readers.sentences import FLOW_WORDS
from kg.readers.sheet import Sheet

Piece = tuple[int, int]


@dataclass(slots=True)
class Marked:
    """The mentions of a passage; `ids` and `broken` are the #ids of good and of faulty ones."""

    mentions: tuple[Mention, ...] = ()
    ids: dict[str, Mention] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    by_concept: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Draft:
    item: Item
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a passage stands: its id and span, and the place of its quote in the squeezed text."""

    passage: str
    span: Span
    hit: int
    coded: str
    manner: Manner


def read_mentions(sheet: Sheet, markup: Markup, ground: Ground) -> Marked:
    """Every mark that is in order; each other one is an issue at its line."""
    marked = Marked()
    found: dict[str, Mention] = {}
    for draft in _drafts(sheet, markup, marked):
        try:
            mention = _mention(sheet, draft, ground)
            if not mention:
                continue
        except Fault as fault:
            sheet.faults.add(draft.item.line, fault)
            if draft.item.id:
                marked.broken[draft.item.id] = draft.item.line
            continue
        if mention.id in found:
            _said_twice(sheet, draft, found[mention.id])
        found.setdefault(mention.id, mention)
        if draft.item.id:
            marked.ids[draft.item.id] = mention
    marked.mentions = tuple(sorted(found.values(), key=lambda m: (m.spans, m.concept)))
    marked.by_concept = _by_concept(marked.mentions)
    return marked


def _by_concept(mentions: Iterable[Mention]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for mention in mentions:
        found.setdefault(mention.concept, []).append(mention.id)
    return {concept: tuple(ids) for concept, ids in found.items()}


def _said_twice(sheet: Sheet, draft: _Draft, first: Mention) -> None:
    what = f"`{draft.item.concept}` is marked twice on the same words"
    if first.place:
        what += f" (first in line {first.place.line})"
    sheet.faults.error(draft.item.line, "said-twice", what, "delete one; the first is the one read")


def _drafts(sheet: Sheet, markup: Markup, marked: Marked) -> list[_Draft]:
    """One a concept; bare ids add their words to the draft of that id, wherever that stands."""
    drafts: list[_Draft] = []
    by_id: dict[str, _Draft] = {}
    bare: list[tuple[Item, Piece]] = []
    for mark in markup.marks:
        for item in mark.items:
            if item.concept is None:
                bare.append((item, (mark.start, mark.end)))
            elif _id_is_free(sheet, item, by_id):
                drafts.append(_Draft(item, [(mark.start, mark.end)]))
                if item.id:
                    by_id[item.id] = drafts[-1]
    for item, piece in bare:
        if item.id in by_id:
            by_id[item.id].pieces.append(piece)
        else:
            _unknown_id(sheet, item, by_id)
            marked.broken[item.id] = item.line
    return drafts


def _id_is_free(sheet: Sheet, item: Item, by_id: dict[str, _Draft]) -> bool:
    fault = None
    if item.id in by_id:
        what = f"#{item.id} is the id of another mark already (line {by_id[item.id].item.line})"
        fix = f"write {{#{item.id}}} alone for another piece of that mark, or choose another id"
        fault = Fault("id-twice", what, fix)
    elif item.id and any(concept.key == item.id for concept in sheet.names.find(item.id)):
        what = f"#{item.id} is also the key of a concept"
        fault = Fault("id-is-a-name", what, f"choose another id, such as #{item.id[0]}1")
    elif item.id in sheet.names.relations or item.id in FLOW_WORDS:
        what = f"#{item.id} is also a word of statements or flows"
        fault = Fault("id-is-a-name", what, f"choose another id, such as #{item.id[0]}1")
    if fault:
        sheet.faults.add(item.line, fault)
    return fault is None


def _unknown_id(sheet: Sheet, item: Item, by_id: dict[str, _Draft]) -> None:
    known = ", ".join(f"#{name}" for name in sorted(by_id)) or "none"
    what = f"#{item.id} is given to no concept in this passage"
    fix = f"write {{concept #{item.id}}} at one of its pieces; the ids of this passage: {known}"
    sheet.faults.error(item.line, "unknown-id", what, fix)


def _mention(sheet: Sheet, draft: _Draft, ground: Ground) -> Mention | None:
    """The mention, or None where what it inherits could not be read."""
    item = draft.item
    concept = sheet.names.concept(item.concept.text if item.concept else "").iri
    given = {key: look_up(key, [value], sheet.names) for key, value in item.settings.items()}
    manner = overlay(ground.manner, given)
    if not is_sound(manner, ("confidence", "status")):
        return None
    spans = tuple(
        sheet.anchors.span(ground.hit + start, ground.hit + end)
        for start, end in joined(draft.pieces)
    )
    start = ground.span.start
    within = [(span.start - start, span.end - start) for span in spans]
    return Mention(
        id=mention_id(ground.passage, within, concept, sheet.coder),
        spans=spans,
        concept=concept,
        coder=sheet.coder,
        coded=ground.coded,
        confidence=said(manner, "confidence"),
        status=said(manner, "status"),
        note=item.settings.get("note", ""),
        place=sheet.faults.place(item.line),
    )
