"""What a foreign offset counts: tried on the quotes of a file, because tools seldom say.

JavaScript and Java count UTF-16 code units, where an emoji is two; some tools count the two
characters of a Windows line end as one. What fits most quotes is what the file means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

POINTS = "code points"
UTF16 = "UTF-16 code units"
ONE_LINE_END = "code points, \\r\\n as one"
UTF16_ONE_LINE_END = "UTF-16 code units, \\r\\n as one"
_LAST_SINGLE = "\uffff"
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
    double = _ASTRAL.search(text) if unit in (UTF16, UTF16_ONE_LINE_END) else None
    single = "\r\n" in text if unit in (ONE_LINE_END, UTF16_ONE_LINE_END) else False
    if not double and not single:
        return Ruler(unit, len(text), None)
    table: list[int] = []
    for at, char in enumerate(text):
        if single and char == "\n" and at and text[at - 1] == "\r":
            continue
        table.append(at)
        if double and char > _LAST_SINGLE:
            table.append(-1)
    table.append(len(text))
    return Ruler(unit, len(text), table)


def best_ruler(text: str, claims: Sequence[Claim], units: Sequence[str]) -> Ruler:
    """The ruler by which most quotes stand where they are claimed to; the first of equals."""
    found = {unit: ruler(text, unit) for unit in units}
    plain = [unit for unit in units if found[unit].table is not None]
    if not claims or not plain:
        return found[units[0]]
    return max(found.values(), key=lambda each: sum(_fits(text, claim, each) for claim in claims))


def _fits(text: str, claim: Claim, by: Ruler) -> bool:
    start, end = by.point(claim[0]), by.point(claim[1])
    return 0 <= start < end and text[start:end] == claim[2]


def utf16_length(text: str) -> int:
    """
    >>> utf16_length("a🐟")
    3
    """
    return len(text) + len(_ASTRAL.findall(text))
