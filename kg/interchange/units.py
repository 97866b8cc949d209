"""What a foreign offset counts: tried on the quotes of a file, because tools seldom say.

JavaScript and Java count UTF-16 code units, where an emoji is two; some tools count the two
characters of a Windows line end as one, or a plain one as those two. What fits most quotes, or most
edges of words, is what the file means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

POINTS = "code points"
UTF16 = "UTF-16 code units"
ONE_LINE_END = "code points, \\r\\n as one"
TWO_LINE_END = "code points, \\n as two"
UTF16_ONE_LINE_END = "UTF-16 code units, \\r\\n as one"
UTF16_TWO_LINE_END = "UTF-16 code units, \\n as two"
_LAST_SINGLE = "\uffff"
_LONE = re.compile(r"(?<!\r)\n")
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\U00020000-\U0003ffff]"
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

Claim = tuple[int, int, str]
"""Start, end and the words that stand there, as a file has them."""


@dataclass(frozen=True)
class Ruler:
    """Turns offsets of one unit into code points of one text.

    `table` maps each foreign offset to a code point, -1 inside of a character; None where the two
    are the same.
    """

    unit: str
    length: int
    table: Sequence[int] | None

    def point(self, offset: int) -> int:
        """The code point, -1 for an offset that lies beyond the text or inside of a character."""
        if self.table is None:
            return offset if 0 <= offset <= self.length else -1
        return self.table[offset] if 0 <= offset < len(self.table) else -1

    def inside(self, offset: int) -> bool:
        """Whether an offset lies in the text, though in the middle of a character."""
        return self.table is not None and 0 <= offset < len(self.table) and self.table[offset] < 0


@lru_cache(maxsize=8)
def ruler(text: str, unit: str = POINTS) -> Ruler:
    """
    >>> [ruler("a🐟b", UTF16).point(offset) for offset in range(5)]
    [0, 1, -1, 2, 3]
    """
    double = _ASTRAL.search(text) if unit.startswith(UTF16) else None
    single = "\r\n" in text and unit in (ONE_LINE_END, UTF16_ONE_LINE_END)
    twice = unit in (TWO_LINE_END, UTF16_TWO_LINE_END) and _LONE.search(text)
    if not double and not single and not twice:
        return Ruler(unit, len(text), None)
    table: list[int] = []
    for at, char in enumerate(text):
        follows = char == "\n" and at > 0 and text[at - 1] == "\r"
        if single and follows:
            continue
        table.append(at)
        if double and char > _LAST_SINGLE:
            table.append(-1)
        if twice and char == "\n" and not follows:
            table.append(at)
    table.append(len(text))
    return Ruler(unit, len(text), table)


def best_ruler(text: str, claims: Sequence[Claim], units: Sequence[str]) -> Ruler:
    """The ruler by which most quotes stand where they are claimed to; the first of equals."""
    found = {unit: ruler(text, unit) for unit in units}
    plain = [unit for unit in units if found[unit].table is not None]
    if not claims or not plain:
        return found[units[0]]
    return max(found.values(), key=lambda each: sum(_fits(text, claim, each) for claim in claims))


def likely_ruler(
    text: str, claims: Sequence[Claim], places: Sequence[tuple[int, int]], units: Sequence[str]
) -> Ruler:
    """The same where there are few quotes or none: by them first, then by the edges of words."""
    found = [ruler(text, unit) for unit in units]
    if all(each.table is None for each in found):
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
    return 0 <= start < end and text[start:end] == claim[2]


def utf16_length(text: str) -> int:
    """
    >>> utf16_length("a🐟")
    3
    """
    return len(text) + len(_ASTRAL.findall(text))
