"""One entry under `passages:`: its words found in the text; marks, statements and flows read."""

from __future__ import annotations

import json

from kg.identifiers import passage_id
from kg.model import Classification, Flow, Passage, Span, Statement, Unplaced
from kg.readers.faults import Fault
from kg.readers.literals import is_moment
from kg.readers.manner import INHERITED, Manner, overlay
from kg.readers.markup import Markup, read_markup
from kg.readers.mentions import Ground, Marked, read_mentions
from kg.readers.placing import UNPLACED, place_quote
from kg.readers.sheet import Sheet
from kg.readers.statements import SaidHere
from kg.readers.tidy import last_offset
from kg.readers.tree import Lines, Mapping, Node, Scalar
from kg.readers.unplaced import NO_PLACE, WRITTEN

PASSAGE_KEYS = (
    "text",
    "nth",
    "at",
    "coded",
    *INHERITED,
    "note",
    "uncoded",
    "statements",
    "flows",
)


def read_passage(sheet: Sheet, node: Node, coded: str, manner: Manner) -> Passage | None:
    """The passage, or None and an issue; `coded` and `manner` are what the file says for all."""
    if not isinstance(node, Mapping):
        what = "an entry under `passages` is no passage"
        fix = "begin each passage with `- text: >-` and its words on indented lines"
        sheet.faults.error(node.line, "bad-passage", what, fix)
        return None
    sheet.check_keys(node, PASSAGE_KEYS, "a passage")
    try:
        block = _block(node)
        markup = _markup(sheet, block)
        if not markup:
            return None
        if (state := sheet.text_of(node, "at")) in UNPLACED:
            _set_aside(sheet, node, markup, state, coded)
            return None
        hit = place_quote(sheet, markup, node)
    except Fault as fault:
        sheet.faults.add(_text_line(node), fault)
        return None
    coded = read_moment(sheet, node) or coded
    manner = overlay(manner, sheet.defaults(node))
    span = sheet.anchors.span(hit, hit + len(markup.quote))
    id_ = passage_id(sheet.document, span.quote, sheet.anchors.occurrence(span))
    ground = Ground(id_, span, hit, coded, manner)
    marked = read_mentions(sheet, markup, ground)
    said = SaidHere(sheet, marked, ground)
    said.read(node)
    _check_uncoded(sheet, node, marked, said)
    return _passage(sheet, node, ground, marked, said)


def _set_aside(sheet: Sheet, node: Mapping, markup: Markup, state: str, coded: str) -> None:
    """A passage that `kg anchor` could not place: it is kept, but says nothing."""
    words, line = " ".join(markup.words.split()), _text_line(node)
    sheet.unplaced.append(
        Unplaced(
            id=passage_id(sheet.document, words, 0),
            quote=words,
            state=state,
            coder=sheet.coder,
            coded=read_moment(sheet, node) or coded,
            note=sheet.text_of(node, "note"),
            rest=json.dumps({WRITTEN: _as_written(sheet, node)}, ensure_ascii=False),
            place=sheet.faults.place(line),
        )
    )
    fix = "quote the words that stand there now, or say which with `nth`, and delete `at`"
    sheet.faults.warning(line, f"{state}-anchor", NO_PLACE, fix)


def _as_written(sheet: Sheet, node: Mapping) -> str:
    """The entry as it stands in the file."""
    text = sheet.lines.text
    first = next(iter(node.entries.values())).key.start
    return text[first : last_offset(node, text) + 1]


def _text_line(node: Mapping) -> int:
    entry = node.entries.get("text")
    return entry.key.line if entry else node.line


def _block(node: Mapping) -> Scalar:
    """The words of the passage, which must be a block: there nothing but marks has a meaning."""
    text = node.get("text")
    if text is None or (isinstance(text, Scalar) and not text.value.strip()):
        raise Fault("missing-text", "this passage has no words", "quote them under `text: >-`")
    if not isinstance(text, Scalar) or not text.is_block:
        what = "`text` is no block; in other forms YAML changes brackets, colons and backslashes"
        raise Fault("text-not-block", what, "write `text: >-`, then the words on indented lines")
    return text


def _markup(sheet: Sheet, block: Scalar) -> Markup | None:
    start, raw = raw_lines(sheet.lines, block)
    markup = read_markup(raw, lambda offset: sheet.lines.number(start + offset), sheet.faults)
    if markup and not markup.quote:
        raise Fault("missing-text", "this passage has no words", "quote them under `text: >-`")
    return markup


def raw_lines(lines: Lines, block: Scalar) -> tuple[int, str]:
    """A block as it was written, behind the line that holds `>-`, and where that begins."""
    start = lines.start(lines.number(block.start) + 1)
    return start, lines.text[start : max(start, block.end)]


def read_moment(sheet: Sheet, node: Mapping) -> str:
    """The value of `coded`, "" if there is none or it is none."""
    coded = sheet.text_of(node, "coded")
    if coded and not is_moment(coded):
        what = f"`coded: {coded}` is no date and time with a zone"
        fix = "write it like 2026-11-22T09:00:00Z or 2026-11-22T17:00:00+08:00"
        sheet.faults.error(node.entries["coded"].key.line, "bad-time", what, fix)
        return ""
    return coded


def _check_uncoded(sheet: Sheet, node: Mapping, marked: Marked, said: SaidHere) -> None:
    if "uncoded" in node.entries and (marked.mentions or said.found):
        what = "this passage says why nothing is coded in it, and yet something is"
        fix = "take `uncoded` away, or the marks and statements"
        sheet.faults.warning(node.entries["uncoded"].key.line, "uncoded-but-coded", what, fix)


def _passage(
    sheet: Sheet, node: Mapping, ground: Ground, marked: Marked, said: SaidHere
) -> Passage:
    everything = said.found.values()
    return Passage(
        id=ground.passage,
        span=Span(ground.span.start, ground.span.end, ground.span.quote),
        coder=sheet.coder,
        coded=ground.coded,
        mentions=marked.mentions,
        statements=tuple(found for found in everything if isinstance(found, Statement)),
        flows=tuple(found for found in everything if isinstance(found, Flow)),
        classifications=tuple(found for found in everything if isinstance(found, Classification)),
        note=sheet.text_of(node, "note"),
        uncoded=sheet.text_of(node, "uncoded"),
        place=sheet.faults.place(_text_line(node)),
    )
