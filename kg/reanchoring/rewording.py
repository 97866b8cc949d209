"""The words of a passage put right after the text, with every mark and every space where it was.

    the [county towns]{county-town} grow   ← "the county-level towns  will grow"
    the [county-level towns]{county-town} will grow

A mark whose words are gone, or are quite other ones now, is for the coder to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from kg.anchoring import squeeze
from kg.readers.faults import Faults
from kg.readers.markup import BRACES, ESCAPED, MARKUP, Markup, read_markup
from kg.reanchoring.wording import Change, Wording, changes

Edit = tuple[int, int, str]
"""What of a written text is replaced by what."""

_LIKE = 0.5


class MarkLost(Exception):
    """The words of a mark are gone: its words as they were."""


def reworded(raw: str, markup: Markup, words: str) -> str:
    """A written block that says `words`, a slice of the text, or MarkLost."""
    new = Wording.of(words)
    if new.squeezed == markup.quote:
        return raw
    written = _written(raw, markup.quote)
    old = _wording(raw, markup.quote, written)
    edits = [edit for change in changes(old, new) for edit in _edits(raw, written, new, change)]
    for start, end, text in sorted(edits, key=itemgetter(0))[::-1]:
        raw = raw[:start] + text + raw[end:]
    _check_marks(raw, markup, new.squeezed)
    return raw


def _written(raw: str, quote: str) -> list[tuple[int, int]]:
    """Where each character of a quote stands in the block, escapes included."""
    found: list[tuple[int, int]] = []
    characters: list[str] = []
    for start, end, char in _characters(raw):
        if squeeze(char):
            found.append((start, end))
            characters.append(char)
    first = "".join(characters).find(quote)
    return found[first : first + len(quote)]


def _characters(raw: str) -> Iterator[tuple[int, int, str]]:
    """The words of a block, without brackets and braces, character by character."""
    at = 0
    while at < len(raw):
        match = MARKUP.match(raw, at)
        if match is None or match.group() == "…":
            yield at, at + 1, raw[at]
            at += 1
        elif match.group() == "]":
            braces = BRACES.match(raw, at + 1)
            at = braces.end() if braces else at + 1
        else:
            if match.group() != "[":
                yield at, match.end(), match.group()[1]
            at = match.end()


def _wording(raw: str, quote: str, written: Sequence[tuple[int, int]]) -> Wording:
    gaps = [raw[a:b] for (_, a), (b, _) in pairwise(written)]
    spaced = (any(map(str.isspace, BRACES.sub("", gap))) for gap in gaps)
    return Wording(quote, (False, *spaced))


def _edits(
    raw: str, written: Sequence[tuple[int, int]], new: Wording, change: Change
) -> Iterator[Edit]:
    """One change of characters as edits of the block: replaced in place, the rest put in or taken
    out behind that."""
    a, b, c, d = change
    same = min(b - a, d - c)
    for step in range(same):
        yield *written[a + step], new.squeezed[c + step].translate(ESCAPED)
    yield from _deletions(raw, written[a + same : b])
    if c + same < d:
        yield _insertion(raw, written, new, (a + same, c + same, d))


def _deletions(raw: str, places: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Characters taken out, with the spaces between them and one of those at their two sides."""
    at = 0
    while at < len(places):
        start, end = places[at]
        while (at := at + 1) < len(places) and not raw[end : places[at][0]].strip(" "):
            end = places[at][1]
        line = raw[raw.rfind("\n", 0, start) + 1 : start]
        if not line[-1:].strip():
            end += len(raw[end:]) - len(raw[end:].lstrip(" "))
        if line.strip() and not raw[end : end + 1].strip("\r\n"):
            start -= len(line) - len(line.rstrip(" "))
        yield start, end, ""


def _insertion(
    raw: str, written: Sequence[tuple[int, int]], new: Wording, where: tuple[int, int, int]
) -> Edit:
    """New characters before character `at`: inside a mark only as part of one of its words."""
    at, start, end = where
    after = written[at - 1][1] if at else written[0][0]
    before = written[at][0] if at < len(written) else written[-1][1]
    text = new.text(start, end).translate(ESCAPED)
    if at and new.is_one_word(start):
        return after, after, text
    if at < len(written) and new.is_one_word(end):
        return before, before, text
    between = raw[after:before]
    place = after + len(between[: between.rfind("}") + 1]) if at else _opening(raw, after)
    lead = " " if new.is_spaced(start) and raw[:place][-1:].strip() else ""
    trail = " " if new.is_spaced(end) and raw[place:][:1].strip() and at < len(written) else ""
    return place, place, lead + text + trail


def _opening(raw: str, at: int) -> int:
    """In front of the brackets that open before a character."""
    return len(raw[:at].rstrip("["))


def _check_marks(raw: str, markup: Markup, squeezed: str) -> None:
    """MarkLost where a mark would hold no words, or quite other ones."""
    again = read_markup(raw, lambda _: 0, Faults(""))
    if again is None or again.quote != squeezed or len(again.marks) != len(markup.marks):
        raise MarkLost(_first_lost(markup, again))
    for before, after in zip(markup.marks, again.marks, strict=True):
        old, now = markup.quote[before.start : before.end], again.quote[after.start : after.end]
        if not is_like(old, now):
            raise MarkLost(old)


def is_like(old: str, now: str) -> bool:
    """Whether the words of a mark are still much the same."""
    from rapidfuzz.distance import OSA

    return old == now or OSA.normalized_similarity(old, now) >= _LIKE


def _first_lost(markup: Markup, again: Markup | None) -> str:
    kept = [mark.items for mark in again.marks] if again else []
    lost = (mark for mark in markup.marks if mark.items not in kept)
    return next((markup.quote[mark.start : mark.end] for mark in lost), "")
