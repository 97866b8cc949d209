"""What a foreign offset counts: tried on the quotes of a file, because tools seldom say.

JavaScript and Java count UTF-16 code units, where an emoji is two; some tools count the two
characters of a Windows line end as one, or a plain one as those two. What fits most quotes, or most
edges of words, is what the file means.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.interchange.graphemes import has_clusters, starts

POINTS = "code points"
UTF16 = "UTF-16 code units"
ONE_LINE_END = "code points, \\r\\n as one"
TWO_LINE_END = "code points, \\n as two"
UTF16_ONE_LINE_END = "UTF-16 code units, \\r\\n as one"
UTF16_TWO_LINE_END = "UTF-16 code units, \\n as two"
GRAPHEMES = "characters as they are seen"
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\U00020000-\U0003ffff]"
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_WIDER = {
    UTF16: _ASTRAL,
    ONE_LINE_END: re.compile("\r\n"),
    TWO_LINE_END: re.compile("(?<!\r)\n"),
    UTF16_ONE_LINE_END: re.compile("\r\n|[\U00010000-\U0010ffff]"),
    UTF16_TWO_LINE_END: re.compile("(?<!\r)\n|[\U00010000-\U0010ffff]"),
}
"""What is wider in a unit than in code points, or narrower."""


Claim = tuple[int, int, str]
"""Start, end and the words that stand there, as a file has them."""


@dataclass(frozen=True)
class Ruler:
    """Turns offsets of one unit into code points of one text.

    `specials` are the foreign offsets of all that is wider in one of the two, in order; `places`
    are the code points there, `middles` what is in the middle of each (-1 for no place), and
    `shifts` by how much the two differ behind it.
    """

    unit: str
    length: int
    specials: Sequence[int] = ()
    places: Sequence[int] = ()
    middles: Sequence[int] = ()
    shifts: Sequence[int] = ()

    @property
    def is_plain(self) -> bool:
        """Whether its offsets are code points."""
        return not self.specials

    @property
    def foreign_length(self) -> int:
        return self.length + (self.shifts[-1] if self.shifts else 0)

    def point(self, offset: int) -> int:
        """The code point, -1 for an offset that lies beyond the text or inside of a character."""
        if not 0 <= offset <= self.foreign_length:
            return -1
        at = bisect_right(self.specials, offset) - 1
        if at < 0:
            return offset
        if offset == self.specials[at]:
            return self.places[at]
        point = offset - self.shifts[at]
        if point > self.places[at]:
            return point
        return self.middles[at]

    def inside(self, offset: int) -> bool:
        """Whether an offset lies in the text, though in the middle of a character."""
        return 0 <= offset <= self.foreign_length and self.point(offset) < 0

    def offset(self, point: int) -> int:
        """The foreign offset of a code point."""
        at = bisect_left(self.places, point) - 1
        return point if at < 0 else point + self.shifts[at]


@lru_cache(maxsize=8)
def ruler(text: str, unit: str = POINTS) -> Ruler:
    """
    >>> by = ruler("a🐟b", UTF16)
    >>> [by.point(offset) for offset in range(6)], by.offset(2)
    ([0, 1, -1, 2, 3, -1], 3)
    """
    specials, places, middles, shifts = (array("q") for _ in range(4))
    shift = 0
    for place, change in _differing(text, unit):
        places.append(place)
        specials.append(place + shift)
        middles.append(place if change > 0 and text[place] == "\n" else -1)
        shift += change
        shifts.append(shift)
    return Ruler(unit, len(text), specials, places, middles, shifts)


def _differing(text: str, unit: str) -> Iterator[tuple[int, int]]:
    """Where a unit counts otherwise than code points do, and by how much more."""
    if unit == GRAPHEMES:
        for start, end in pairwise([*starts(text), len(text)] if has_clusters(text) else []):
            if end - start > 1:
                yield start, 1 - (end - start)
    elif wider := _WIDER.get(unit):
        for match in wider.finditer(text):
            yield match.start(), -1 if match[0] == "\r\n" else 1


def best_ruler(text: str, claims: Sequence[Claim], units: Sequence[str]) -> Ruler:
    """The ruler by which most quotes stand where they are claimed to; the first of equals."""
    found = {unit: ruler(text, unit) for unit in units}
    if not claims or all(each.is_plain for each in found.values()):
        return found[units[0]]
    return max(found.values(), key=lambda each: sum(_fits(text, claim, each) for claim in claims))


def likely_ruler(
    text: str, claims: Sequence[Claim], places: Sequence[tuple[int, int]], units: Sequence[str]
) -> Ruler:
    """The same where there are few quotes or none: by them first, then by the edges of words."""
    found = [ruler(text, unit) for unit in units]
    if all(each.is_plain for each in found):
        return ruler(text, POINTS)

    def score(by: Ruler) -> tuple[int, int, int]:
        points = [(by.point(start), by.point(end)) for start, end in places]
        return (
            sum(_fits(text, claim, by) for claim in claims),
            sum(0 <= start < end for start, end in points),
            sum(_begins_well(text, start) + _ends_well(text, end) for start, end in points),
        )

    return max(found, key=score)


def _begins_well(text: str, at: int) -> bool:
    return 0 <= at < len(text) and not text[at].isspace() and not _is_in_word(text, at)


def _ends_well(text: str, at: int) -> bool:
    return at > 0 and not text[at - 1].isspace() and not _is_in_word(text, at)


def _is_in_word(text: str, at: int) -> bool:
    """Whether a word goes on across a place; scripts without spaces tell nothing of that."""
    around = text[max(0, at - 1) : at + 1]
    return len(around) > 1 and around.isalnum() and not _SPACELESS.search(around)


def _fits(text: str, claim: Claim, by: Ruler) -> bool:
    start, end = by.point(claim[0]), by.point(claim[1])
    return 0 <= start < end and end - start == len(claim[2]) and text[start:end] == claim[2]


def utf16_length(text: str) -> int:
    """
    >>> utf16_length("a🐟")
    3
    """
    return len(text) + len(_ASTRAL.findall(text))
