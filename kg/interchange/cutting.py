"""Where passages begin and end: at sentences, as few as hold what belongs together.

A passage is what a person reads to judge a mark. Measured on hand-coded law, the sentence or line
around a mark stands only once in its document in 99.8 % of all cases, the marked words in 25 %.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from kg.interchange.model import Stretch

# A full stop ends a sentence before a capital or a script without capitals, but not behind a single
# letter ("J. Smith") nor before a figure ("Art. 5"). A line that goes on in small letters was only
# wrapped.
_END = re.compile(
    r"""
      (?<![\W_]\w) (?<![.!?…]) [.!?…]++ ["'’”»)\]]*+ (?=\s+["'‘“«(\[]*[^\Wa-z_0-9])
    | [。！？；]++ ["'’”»」』）)\]]*+
    | (?> \r\n | \r | \n ) (?: [^\S\r\n]*+ (?> \r\n | \r | \n ) )++
    | (?> \r\n | \r | \n ) (?! [^\S\r\n]*+ [a-zà-öø-ÿ] )
    """,
    re.VERBOSE,
)
FARTHEST = 1_000
"""Characters of a passage that is lengthened so that it holds both ends of a relation."""


def sentences(text: str, body: Iterable[Stretch]) -> list[Stretch]:
    """Every sentence and line of the body, in order, without gaps inside a stretch.

    >>> sentences("One. Two.\\n三。四", [(0, 14)])
    [(0, 4), (4, 9), (9, 10), (10, 12), (12, 13)]
    """
    found: list[Stretch] = []
    for first, last in body:
        ends = [match.end() for match in _END.finditer(text, first, last)]
        found += pairwise(sorted({first, min(last, len(text)), *ends}))
    return found


def passages(units: list[Stretch], hulls: Iterable[Stretch]) -> list[Stretch]:
    """The sentences that hold the stretches, those joined that one stretch runs through.

    >>> passages([(0, 5), (5, 9), (9, 20)], [(1, 2), (4, 6)])
    [(0, 9)]
    """
    starts = [start for start, _ in units]
    joined: list[Stretch] = []
    for start, end in sorted(hulls):
        first = units[bisect_right(starts, start) - 1][0]
        last = units[bisect_left(starts, end) - 1][1]
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
