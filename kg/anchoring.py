"""Finding a quote in a text where white space and zero-width characters do not count.

A quote is written with other line breaks than its source has, and folding puts spaces into Chinese
where the text has none. So both are squeezed first: what does not count is taken out, and every
place in the squeezed text knows its offset in the source. Offsets are code points, end excluded.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile

from kg.grams import SIZE, Grams
from kg.model import Span

# Control characters cannot be written in a coder's file, so they cannot count here either.
_UNCOUNTED = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)
_COUNTED_RUN = re.compile(f"[^{_UNCOUNTED}]+")
_UNCOUNTED_RUN = re.compile(f"[{_UNCOUNTED}]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BETWEEN_STRETCHES = "\n"
CONTEXT = 32
"""Characters of text kept on each side of a quote, at most."""
_LONG_QUOTE = 400
_LONG_TEXT = 1_000_000
_RESEMBLES = 60.0
_MANY = 100
"""Searches of one text from which on it is worth to hash it."""
_LONG_ENOUGH = 50_000
"""Characters of such a text: shorter ones are searched quickly."""
_MOST_KNOWN = 1_000
"""Quotes whose places are remembered; of those that stand at more places, only the last one."""


def squeeze(quote: str) -> str:
    """What counts of a quote.

    >>> squeeze("county \\u200btowns\\n 县城")
    'countytowns县城'
    """
    return _UNCOUNTED_RUN.sub("", quote)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without what does not count at its edges; empty where nothing of it counts.

    >>> trimmed("the  towns ,", 3, 11)
    (5, 10)
    """
    while start < end and _UNCOUNTED_RUN.match(text[start]):
        start += 1
    while start < end and _UNCOUNTED_RUN.match(text[end - 1]):
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class Near:
    """The place of a text that most resembles a quote, or the squeezed part `quote` of a long one.

    `score` runs from 0 to 100.
    """

    span: Span
    quote: str
    score: float


@dataclass(frozen=True)
class Anchors:
    """A document's text made ready for finding quotes in it, built once per document.

    Places in `squeezed` are called hits; `span` turns two of them into a stretch of the source.
    """

    text: str
    body: tuple[tuple[int, int], ...]
    squeezed: str
    _hits: array[int]
    _offsets: array[int]
    _searches: list[int] = field(default_factory=lambda: [0], repr=False, compare=False)
    _known: dict[tuple[str, int], list[Span]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, text: str, body: Iterable[tuple[int, int]] = ()) -> Anchors:
        """Each quote must lie within one stretch of `body`, which is all of the text by default."""
        stretches = tuple(body) or ((0, len(text)),)
        hits, offsets = array("q"), array("q")
        length = 0
        for start, end in stretches:
            for run in _COUNTED_RUN.finditer(text, start, end):
                first, last = run.span()
                hits.append(length)
                offsets.append(first)
                length += last - first
            length += len(_BETWEEN_STRETCHES)
        parts = (_UNCOUNTED_RUN.sub("", text[start:end]) for start, end in stretches)
        return cls(text, stretches, _BETWEEN_STRETCHES.join(parts), hits, offsets)

    def hits(self, squeezed: str) -> Iterator[int]:
        """Where a squeezed quote stands in the squeezed body, overlapping places included."""
        if self._is_worth_hashing() and len(squeezed) >= SIZE:
            yield from self._grams.starts(squeezed)
            return
        hit = self.squeezed.find(squeezed) if squeezed else -1
        while hit >= 0:
            yield hit
            hit = self.squeezed.find(squeezed, hit + 1)

    def stands_once(self, start: int, end: int) -> bool:
        """Whether the words between two places of the squeezed body stand nowhere else in it."""
        if self._is_worth_hashing() and self._grams.is_single(start, end):
            return True
        return len(list(islice(self.hits(self.squeezed[start:end]), 2))) == 1

    def _is_worth_hashing(self) -> bool:
        self._searches[0] += 1
        return self._searches[0] > _MANY and len(self.squeezed) >= _LONG_ENOUGH

    def offset(self, hit: int) -> int:
        """The offset in the source of one place in the squeezed body."""
        run = bisect_right(self._hits, hit) - 1
        return self._offsets[run] + hit - self._hits[run]

    def hit(self, offset: int) -> int:
        """The place in the squeezed body of an offset in it; of the next that counts, if it does
        not."""
        run = bisect_right(self._offsets, offset) - 1
        if run < 0:
            return 0
        following = self._hits[run + 1] if run + 1 < len(self._hits) else len(self.squeezed)
        if self.squeezed.endswith(_BETWEEN_STRETCHES, 0, following):
            following -= len(_BETWEEN_STRETCHES)
        return min(self._hits[run] + offset - self._offsets[run], following)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the source between two places of the squeezed body, without its edges."""
        first, last = self.offset(start), self.offset(end - 1) + 1
        return Span(first, last, self.text[first:last])

    def find(self, quote: str) -> Iterator[Span]:
        """Every stretch of the body that holds the quote's words, in the order of the text."""
        wanted = squeeze(quote)
        return (self.span(hit, hit + len(wanted)) for hit in self.hits(wanted))

    def first(self, quote: str, most: int) -> list[Span]:
        """The first stretches that `find` gives; those of the last quotes are remembered."""
        asked = quote, most
        if asked not in self._known:
            found = list(islice(self.find(quote), most))
            if len(self._known) >= _MOST_KNOWN or len(found) > _MOST_KNOWN:
                self._known.clear()
            self._known[asked] = found
        return self._known[asked]

    def occurrence(self, span: Span) -> int:
        """The number of a stretch among those of the body with the very same characters, from 1.

        White space counts here: this number goes into identifiers (`kg.identifiers.passage_id`).
        """
        earlier = takewhile(lambda other: other.start < span.start, self.find(span.quote))
        return 1 + sum(other.quote == span.quote for other in earlier)

    def nearest(self, quote: str) -> Near | None:
        """The stretch of the body that most resembles a quote which does not stand there.

        Of a long quote only the part around its first fault is compared; in a long text only the
        place where the words before that fault stand.
        """
        from rapidfuzz.fuzz import partial_ratio_alignment

        wanted, hit = self._around_fault(squeeze(quote))
        long_text = len(self.squeezed) > _LONG_TEXT
        first = max(0, hit - _LONG_QUOTE) if long_text else 0
        last = hit + 2 * _LONG_QUOTE if long_text else len(self.squeezed)
        found = partial_ratio_alignment(wanted, self.squeezed[first:last]) if last > 0 else None
        if not wanted or not found or found.score < _RESEMBLES:
            return None
        start, end = self._aligned(wanted, first + found.dest_start, first + found.dest_end)
        return Near(self.span(start, end), wanted, found.score) if start < end else None

    def _around_fault(self, wanted: str) -> tuple[str, int]:
        """The part of a quote around the first character that has no place, and where that part
        stands; the longest beginning of the quote that the text holds is found by halving."""
        known, unknown = 0, len(wanted) + 1
        while unknown - known > 1:
            middle = (known + unknown) // 2
            known, unknown = (
                (middle, unknown) if wanted[:middle] in self.squeezed else (known, middle)
            )
        start = max(0, known - _LONG_QUOTE // 2) if len(wanted) > _LONG_QUOTE else 0
        hit = self.squeezed.find(wanted[:known]) + start if known > 0 else -2 * _LONG_QUOTE
        return wanted[start : start + _LONG_QUOTE], hit

    def _aligned(self, wanted: str, start: int, end: int) -> tuple[int, int]:
        """A resembling place with its edges set right, in one stretch of the body."""
        from rapidfuzz.distance import Levenshtein

        margin = len(wanted) // 8 + 4
        first = 1 + self.squeezed.rfind(_BETWEEN_STRETCHES, max(0, start - margin), start)
        first = first or max(0, start - margin)
        last = self.squeezed.find(_BETWEEN_STRETCHES, first, end + margin)
        last = last if last >= 0 else min(len(self.squeezed), end + margin)
        edits = Levenshtein.opcodes(self.squeezed[first:last], wanted)
        same = [edit for edit in edits if edit.tag in ("equal", "replace")]
        return (first + same[0].src_start, first + same[-1].src_end) if same else (first, first)

    @cached_property
    def _grams(self) -> Grams:
        return Grams.of(self.squeezed)

    @cached_property
    def whole(self) -> Anchors:
        """The same text with nothing left out, to tell what stands outside the body."""
        everything = ((0, len(self.text)),)
        return self if self.body == everything else Anchors.of(self.text)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, as an editor counts them."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def around(self, span: Span) -> tuple[str, str]:
        """What stands before and after a stretch, at most 32 characters each, within the body."""
        start, end = next(
            (
                stretch
                for stretch in self.body
                if stretch[0] <= span.start and span.end <= stretch[1]
            ),
            (span.start, span.end),
        )
        before = self.text[max(start, span.start - CONTEXT) : span.start]
        return before, self.text[span.end : min(end, span.end + CONTEXT)]


def joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order; those that touch or overlap become one.

    >>> joined([(5, 9), (0, 2), (2, 4)])
    [(0, 4), (5, 9)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
