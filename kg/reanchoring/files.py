"""One coder's file: each of its passages found again, and the file as it should be written then.

`at:` and `sha256:` are set, and the words of a passage put right; nothing else is touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from kg.encoding import byte_order_mark
from kg.readers.faults import Faults
from kg.readers.tidy import last_offset
from kg.readers.tree import Lines, Mapping, Node, Scalar, Sequence, read_tree
from kg.reanchoring.finding import (
    Passed,
    find_by_change,
    find_by_words,
    find_within,
)
from kg.reanchoring.model import CONTEXT, Found, Sought
from kg.reanchoring.rewording import Edit, MarkLost, reworded
from kg.reanchoring.searching import Ground, Hit
from kg.reanchoring.sheets import Coded, Entry, Item, Sheet


@dataclass(frozen=True)
class Old:
    """An old text of a document, made ready; `passed` says what became of it in the new one."""

    name: str
    sha256: str
    ground: Ground
    passed: Callable[[], Passed]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one passage; `raw` are its words as they have to be written now.

    `lost` are the words of a mark that are gone: then nothing of the passage is written.
    """

    entry: Item
    found: Found
    raw: str
    lost: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of all that one coder marked in a text; `old` names the old text that was
    followed, "" if there was none."""

    text: str
    sha256: str
    results: tuple[Result, ...]
    old: str

    @property
    def settled(self) -> int:
        """How many passages have a place in which all their marks have words."""
        return sum(each.found.span is not None and not each.lost for each in self.results)


def settled(outcomes: Iterable[Outcome]) -> int:
    """The same of several together."""
    return sum(each.settled for each in outcomes)


@dataclass(frozen=True)
class Anchored(Outcome):
    """A whole file."""

    sheet: Sheet

    @cached_property
    def content(self) -> bytes:
        """The file as it should be; its bytes as they are where that cannot be made sure of."""
        text = self.sheet.lines.text
        for start, end, new in sorted(self._edits(), reverse=True):
            text = text[:start] + new + text[end:]
        mark = byte_order_mark(self.sheet.data)
        return mark + text.encode() if _says_the_same(self.sheet.root, text) else self.sheet.data

    def _edits(self) -> list[Edit]:
        lines = self.sheet.lines
        edits = [_set(lines, self.sheet.root, "sha256", self.sha256, ("coder", "document"))]
        for each in self.results:
            entry, span = each.entry, each.found.span
            if each.lost or not isinstance(entry, Entry):
                continue
            at = f"{span.start}-{span.end}" if span else each.found.state
            edits.append(_set(lines, entry.node, "at", at, ("nth", "text")))
            if each.raw != entry.raw:
                end = entry.start + len(entry.raw.rstrip())
                edits.append((entry.start, end, each.raw.rstrip()))
        return edits


def anchored(sheet: Sheet, now: Ground, sha256: str, olds: Iterable[Old]) -> Anchored:
    """Find every passage of a file in the text as it is now."""
    found, old = found_again(sheet, now, sha256, olds)
    pairs = zip(sheet.entries, found, strict=True)
    results = tuple(_result(entry, each) for entry, each in pairs)
    return Anchored(now.folded.source, sha256, results, old.name if old else "", sheet)


def found_again(
    sheet: Coded, now: Ground, sha256: str, olds: Iterable[Old]
) -> tuple[list[Found], Old | None]:
    """What became of each passage, and the old text that was followed, if any was."""
    is_same = sheet.sha256 == sha256
    old = None if is_same else _best_fitting(sheet, olds)
    found = _by_change(sheet, now, old) if old else _by_words(sheet, now, is_same)
    return found, old


def _best_fitting(sheet: Coded, olds: Iterable[Old]) -> Old | None:
    """The text that was coded: by its digest, else the one in which most passages stand."""
    olds = tuple(olds)
    by_digest = [old for old in olds if old.sha256 == sheet.sha256]
    if by_digest:
        return by_digest[0]

    def fitting(old: Old) -> int:
        return sum(entry.place(old.ground) is not None for entry in sheet.entries)

    best = max(olds, key=fitting, default=None)
    return best if best and fitting(best) else None


def _by_change(sheet: Coded, now: Ground, old: Old) -> list[Found]:
    found = []
    for number, entry in enumerate(sheet.entries):
        hit = entry.place(old.ground)
        sought = _sought(sheet, number)
        if hit is None:
            found.append(_known_place(find_by_words(now, sought), entry))
        else:
            span = old.ground.span(hit)
            passed = old.passed()
            whole = passed.old.hit(span.start, span.end)
            found.append(find_by_change(passed, replace(sought, alone=True), whole, now))
    return found


def _by_words(sheet: Coded, now: Ground, is_same: bool) -> list[Found]:
    """Without the old text. Where nothing shows that the text has changed, what a reader of the
    file would find is taken as it is."""
    places = [entry.place(now) for entry in sheet.entries]
    both = list(zip(sheet.entries, places, strict=True))
    is_same = is_same or not (sheet.sha256 or any(_is_stale(now, *each) for each in both))
    taken = [hit for entry, hit in both if hit and (is_same or not entry.nth)]
    found = []
    for number, (_, hit) in enumerate(both):
        if hit and is_same:
            found.append(Found("exact", now.span(hit), 1.0))
        else:
            found.append(find_by_words(now, _sought(sheet, number), taken))
    return [
        _known_place(_within_others(sheet, now, number, found), entry)
        for number, entry in enumerate(sheet.entries)
    ]


def _within_others(sheet: Coded, now: Ground, number: int, found: list[Found]) -> Found:
    """A passage that is part of another one stands where that has been found."""
    entry, own = sheet.entries[number], found[number]
    if own.span or entry.nth:
        return own
    for other, place in zip(sheet.entries, found, strict=True):
        is_part = len(other.quote) > len(entry.quote) and other.quote.count(entry.quote) == 1
        if is_part and place.span:
            whole = now.hit(place.span.start, place.span.end)
            return find_within(now, entry.quote, other.quote, whole) or own
    return own


def _is_stale(now: Ground, entry: Item, hit: Hit | None) -> bool:
    """Whether a passage shows that the text is another one now."""
    if hit is None:
        return True
    span = now.span(hit)
    return entry.at not in (None, (span.start, span.end))


def _known_place(found: Found, entry: Item) -> Found:
    """What is known of the place from the file itself."""
    was = found.was or entry.at
    here = found.span and (found.span.start, found.span.end)
    has_moved = found.state == "exact" and was not in (None, here)
    return replace(found, state="moved" if has_moved else found.state, was=was)


def _sought(sheet: Coded, number: int) -> Sought:
    """A passage between those beside it in the file: mostly its neighbours in the text."""
    entries = sheet.entries
    before = entries[number - 1].quote[-CONTEXT:] if number else ""
    after = entries[number + 1].quote[:CONTEXT] if number + 1 < len(entries) else ""
    return Sought(entries[number].quote, before, after, alone=not entries[number].nth)


def _result(entry: Entry, found: Found) -> Result:
    if not found.span:
        return Result(entry, found, entry.raw)
    try:
        return Result(entry, found, reworded(entry.raw, entry.markup, found.span.quote))
    except MarkLost as lost:
        return Result(entry, found, entry.raw, str(lost) or found.span.quote)


def _set(lines: Lines, node: Mapping, key: str, value: str, behind: tuple[str, ...]) -> Edit:
    """The value of a key, written over the one that is there or as a line behind another key."""
    there = node.get(key)
    if isinstance(there, Scalar) and not there.is_block:
        return there.start, there.end, value
    before = next((node.entries[name] for name in behind if name in node.entries), None)
    if before is None:
        first = next(iter(node.entries.values()))
        return first.key.start, first.key.start, f"{key}: {value}{_line_end(lines)}"
    at = lines.start(lines.number(last_offset(before.value, lines.text)) + 1)
    column = before.key.start - lines.start(before.key.line)
    missing = "" if lines.text[:at][-1:] in "\r\n" else _line_end(lines)
    return at, at, f"{missing}{' ' * column}{key}: {value}{_line_end(lines)}"


def _line_end(lines: Lines) -> str:
    match = re.search(r"\r\n|\r|\n", lines.text)
    return match.group() if match else "\n"


def _says_the_same(old: Mapping, text: str) -> bool:
    """The last check before a file is written anew: all but words, places, digest is the same."""
    new = read_tree(text, Faults(""))
    return new is not None and _without(old) == _without(new)


def _without(root: Mapping) -> object:
    return _plain(root, ("sha256",))


def _plain(node: Node, left_out: tuple[str, ...] = ("text", "at")) -> object:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return [(key, _plain(e.value)) for key, e in node.entries.items() if key not in left_out]
