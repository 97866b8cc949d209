"""Which stretch of the text a passage is: its words, and `nth` or `at` where these stand twice.

Never picks: words that stand twice are an issue with both places, words that stand nowhere one with
the place that resembles them most.
"""

from __future__ import annotations

import re
from itertools import islice

from kg.anchoring import Anchors
from kg.model import Span
from kg.readers.faults import Fault
from kg.readers.markup import Markup
from kg.readers.sheet import Sheet
from kg.readers.tree import Mapping

UNPLACED = ("ambiguous", "orphaned")
"""What `kg anchor` writes as `at` of a passage that it could not place."""
MOST_PLACES = 10_000
"""Occurrences of one quote that are looked at; fewer of one that is absurdly long."""
_MOST_WORK = 20_000_000
_SHOWN = 3
_SHOWN_WORDS = 40
_AROUND = 12
_BEFORE_FAULT, _AFTER_FAULT = 10, 14
_RANGE = re.compile(r"(\d{1,12})-(\d{1,12})")


def place_quote(sheet: Sheet, markup: Markup, node: Mapping) -> int:
    """The hit of a passage's quote, or the Fault that says why there is none or no single one."""
    anchors, quote = sheet.anchors, markup.quote
    nth, at = sheet.text_of(node, "nth"), sheet.text_of(node, "at")
    most = max(_SHOWN + 1, min(MOST_PLACES, _MOST_WORK // (len(quote) or 1)))
    hits = list(islice(anchors.hits(quote), most))
    if not hits:
        raise _not_found(sheet, quote, markup.words)
    if at:
        wanted = _range(at)
        for hit in hits:
            span = anchors.span(hit, hit + len(quote))
            if (span.start, span.end) == wanted:
                return hit
        _tell_stale(sheet, node.entries["at"].key.line, at, wanted)
    if nth:
        return _by_number(anchors, hits, quote, nth)
    if len(hits) > 1:
        raise _twice(anchors, hits, quote)
    return hits[0]


def _range(at: str) -> tuple[int, int]:
    match = _RANGE.fullmatch(at)
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    if start >= end:
        what = f"`at: {at}` is no range of offsets"
        raise Fault("bad-range", what, "delete the line; `at` is written by the program")
    return start, end


def _tell_stale(sheet: Sheet, line: int, at: str, wanted: tuple[int, int]) -> None:
    """A range that no longer fits decides nothing: an edit further up moves all of them."""
    text = sheet.anchors.text
    words = " ".join(text[wanted[0] : wanted[1]].split())
    found = f"“{words[:_SHOWN_WORDS]}{'…' if words[_SHOWN_WORDS:] else ''}” stands there"
    if wanted[1] > len(text):
        found = f"the text has only {len(text):,} characters"
    what = f"`at: {at}` does not fit these words and is passed over: {found}"
    fix = "delete the line, or set it right; the offsets count characters of the text from 0"
    sheet.faults.warning(line, "stale-range", what, fix)


def _by_number(anchors: Anchors, hits: list[int], quote: str, nth: str) -> int:
    number = int(nth) if re.fullmatch("[0-9]{1,9}", nth) else 0
    if 1 <= number <= len(hits):
        return hits[number - 1]
    places = _places(anchors, hits, quote)
    what = f"`nth: {nth}` does not fit: these words stand {_times(len(hits))}: {places}"
    fix = f"write a number from 1 to {len(hits)}" if hits[1:] else "delete the line"
    raise Fault("bad-nth", what, fix)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _twice(anchors: Anchors, hits: list[int], quote: str) -> Fault:
    what = f"these words stand {_times(len(hits))} in the text: {_places(anchors, hits, quote)}"
    fix = "quote more of the sentence, or add `nth: 1` (`nth: 2`, …) under `text`"
    return Fault("quote-twice", what, fix)


def _places(anchors: Anchors, hits: list[int], quote: str) -> str:
    spans = [anchors.span(hit, hit + len(quote)) for hit in hits[:_SHOWN]]
    more = ", …" if len(hits) > _SHOWN else ""
    return ", ".join(shown(anchors, span) for span in spans) + more


def shown(anchors: Anchors, span: Span) -> str:
    """Line and column with some words around: 3:14 “in the city and …”."""
    before, after = anchors.around(span)
    if len(before) > _AROUND:
        before = before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0]
    words = span.quote if len(span.quote) <= 2 * _AROUND else span.quote[: 2 * _AROUND] + "…"
    line, column = anchors.line_column(span.start)
    return f"{line}:{column} “{' '.join((before + words + after).split())}”"


def _not_found(sheet: Sheet, quote: str, words: str) -> Fault:
    anchors, whole = sheet.anchors, sheet.anchors.whole
    outside = next(whole.hits(quote), None) if whole is not anchors else None
    if outside is not None:
        place = shown(whole, whole.span(outside, outside + len(quote)))
        what = f"these words stand only outside the body of the document: {place}"
        fix = "leave them uncoded, or widen `body` in the document's own file"
        return Fault("quote-outside-body", what, fix)
    near = sheet.nearest(quote)
    if not near:
        what = "these words are not in the text, nor was anything like them found"
        return Fault("quote-not-found", what, "is this the right document? quote it exactly")
    line, column = anchors.line_column(near.span.start)
    found, wanted = difference(Anchors.of(near.span.quote), Anchors.of(words), near.quote)
    what = f"these words are not in the text; nearest is {line}:{column}, {near.score:.0f} % alike"
    what += f": the text has “{found}” where the quote has “{wanted}”"
    fix = "copy the words from the text; marks apart, only white space may differ"
    return Fault("quote-not-found", what, fix)


def difference(found: Anchors, written: Anchors, quote: str) -> tuple[str, str]:
    """The first place where a squeezed quote, as written, parts from the words that were found.

    >>> difference(Anchors.of("a county towns"), Anchors.of("a county town is"), "acountytownis")
    ('county towns', 'county town is')
    """
    pairs = enumerate(zip(found.squeezed, quote, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(found.squeezed), len(quote)))
    hit = next(written.hits(quote), 0)
    return _excerpt(found, 0, at), _excerpt(written, hit, at)


def _excerpt(anchors: Anchors, first: int, at: int) -> str:
    start = first + max(0, at - _BEFORE_FAULT)
    end = min(len(anchors.squeezed), first + at + _AFTER_FAULT)
    return " ".join(anchors.span(start, end).quote.split()) if start < end else ""
