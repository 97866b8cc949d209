"""What of an old text stands where in a new one: runs of characters that both have, in order.

Clauses that stand once in both hold the two together (patience diff); between them the fewest
changes are worked out character by character, and chance likenesses are thrown out again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_CLAUSE = re.compile(
    r"[^,;.!?:，。；、！？：]{1,80}[,;.!?:，。；、！？：]*|[,;.!?:，。；、！？：]+"
)
MOST_CELLS = 100_000_000
"""Of the table in which two stretches are compared character by character."""
_SLIDING = 12
"""Characters by which an edge may be moved."""

Stretches = tuple[int, int, int, int]
"""Start and end in the old text, start and end in the new one."""


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """`length` characters that stand at `old` in the one text and at `new` in the other."""

    old: int
    new: int
    length: int


@dataclass(frozen=True)
class Alignment:
    """The runs of two texts in order, between two empty ones at the edges of the texts."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, old: str, new: str) -> Alignment:
        kept = _without_chance([*_runs(old, new), Run(len(old), len(new), 0)])
        return cls((Run(0, 0, 0), *kept))

    def carry(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the old text stands in the new one; empty where nothing is left."""
        first = bisect_right(self.runs, start, key=_old) - 1
        run = self.runs[first]
        begin = run.new + start - run.old
        if start >= run.old + run.length and first + 1 < len(self.runs):
            following = self.runs[first + 1]
            begin = max(run.new + run.length, following.new - (following.old - start))
        last = max(0, bisect_left(self.runs, end, key=_old) - 1)
        run = self.runs[last]
        stop = run.new + end - run.old
        if end > run.old + run.length:
            stop = min(stop, self.runs[last + 1].new)
        return (begin, stop) if begin < stop else (begin, begin)

    def slid_start(self, old: int, new: int, text: str) -> int:
        """A beginning moved behind what was put in after its first letters, where those stand there
        as well: “T[his is new. T]o” is “[This is new. ]To”."""
        at = bisect_right(self.runs, old, key=_old) - 1
        run, following = self.runs[at], self.runs[min(at + 1, len(self.runs) - 1)]
        left = run.old + run.length - old
        is_put_in = following.old == run.old + run.length and following.new > new + left
        if 0 < left < _SLIDING and is_put_in:
            slid = following.new - left
            return slid if text[slid : following.new] == text[new : new + left] else new
        return new

    def slid_end(self, old: int, new: int, text: str) -> int:
        """An end moved before what was put in ahead of its last letters, in the same way."""
        at = max(0, bisect_left(self.runs, old, key=_old) - 1)
        run, before = self.runs[at], self.runs[max(0, at - 1)]
        right = old - run.old
        end = before.new + before.length
        is_put_in = before.old + before.length == run.old and run.new > end
        if 0 < right < _SLIDING and right <= run.length and is_put_in:
            slid = end + right
            return slid if text[end:slid] == text[new - right : new] else new
        return new

    def kept(self, start: int, end: int) -> int:
        """How many characters of a stretch of the old text the new one has."""
        first = max(0, bisect_right(self.runs, start, key=_old) - 1)
        runs = self.runs[first : bisect_left(self.runs, end, key=_old)]
        overlaps = (min(end, run.old + run.length) - max(start, run.old) for run in runs)
        return sum(max(0, overlap) for overlap in overlaps)

    def known(self, start: int, end: int) -> int:
        """How many characters of a stretch of the new text the old one has."""
        first = max(0, bisect_right(self.runs, start, key=_new) - 1)
        runs = self.runs[first : bisect_left(self.runs, end, key=_new)]
        overlaps = (min(end, run.new + run.length) - max(start, run.new) for run in runs)
        return sum(max(0, overlap) for overlap in overlaps)


def _old(run: Run) -> int:
    return run.old


def _new(run: Run) -> int:
    return run.new


def _runs(old: str, new: str) -> Iterator[Run]:
    """In order; what is too large to be compared and shares no clause has none."""
    waiting: list[Stretches | Run] = [(0, len(old), 0, len(new))]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Run):
            yield part
            continue
        a, b, c, d = part
        before = _common(old, new, a, c, min(b - a, d - c))
        rest = min(b - a, d - c) - before
        after = _common(old[b - rest : b][::-1], new[d - rest : d][::-1], 0, 0, rest)
        inner = (a + before, b - after, c + before, d - after)
        parts = [Run(a, c, before), *_between(old, new, inner), Run(b - after, d - after, after)]
        waiting += [part for part in reversed(parts) if not isinstance(part, Run) or part.length]


def _common(old: str, new: str, a: int, c: int, most: int) -> int:
    """How many characters are the same from two places on, at most so many: by halving."""
    same, other = 0, most + 1
    while other - same > 1:
        middle = (same + other) // 2
        if old[a + same : a + middle] == new[c + same : c + middle]:
            same = middle
        else:
            other = middle
    return same


def _between(old: str, new: str, part: Stretches) -> list[Stretches | Run]:
    """Runs and stretches still to be compared, for a stretch with other edges in either text."""
    a, b, c, d = part
    if a == b or c == d:
        return []
    if (b - a) * (d - c) <= MOST_CELLS:
        from rapidfuzz.distance import Levenshtein

        edits = Levenshtein.opcodes(old[a:b], new[c:d])
        return [
            Run(a + edit.src_start, c + edit.dest_start, edit.src_end - edit.src_start)
            for edit in edits
            if edit.tag == "equal"
        ]
    held = _clauses_of_both(old, new, part)
    if not held:
        return []
    found: list[Stretches | Run] = []
    for earlier, later in pairwise([Run(a, c, 0), *held, Run(b, d, 0)]):
        found.append(earlier)
        found.append(
            (earlier.old + earlier.length, later.old, earlier.new + earlier.length, later.new)
        )
    return found


def _clauses_of_both(old: str, new: str, part: Stretches) -> list[Run]:
    """Clauses that stand once in either stretch, the longest row of them in the same order."""
    a, b, c, d = part
    olds, news = _once(old, a, b), _once(new, c, d)
    common = [Run(olds[clause], news[clause], len(clause)) for clause in olds if clause in news]
    return _rising(common)


def _once(text: str, start: int, end: int) -> dict[str, int]:
    clauses = [(match.group(), match.start()) for match in _CLAUSE.finditer(text, start, end)]
    counts = Counter(clause for clause, _ in clauses)
    return {clause: at for clause, at in clauses if counts[clause] == 1}


def _rising(runs: list[Run]) -> list[Run]:
    """The longest row that is in order in both texts; the runs are in order of the old one."""
    tails: list[int] = []
    numbers: list[int] = []
    before: list[int] = []
    for number, run in enumerate(runs):
        at = bisect_left(tails, run.new)
        before.append(numbers[at - 1] if at else -1)
        tails[at : at + 1] = [run.new]
        numbers[at : at + 1] = [number]
    row: list[Run] = []
    number = numbers[-1] if numbers else -1
    while number >= 0:
        row.append(runs[number])
        number = before[number]
    return row[::-1]


def _without_chance(runs: list[Run]) -> list[Run]:
    """Runs joined where they touch, and those left out that are shorter than the changes on both
    sides of them: so short a likeness is chance. The last run is kept."""
    kept = [Run(0, 0, 0)]
    for run, following in pairwise([*_joined(runs), Run(-1, -1, 0)]):
        last = kept[-1]
        change = max(run.old - last.old - last.length, run.new - last.new - last.length)
        coming = max(following.old - run.old, following.new - run.new) - run.length
        if following.old < 0 or not (run.length <= change and run.length <= coming):
            kept.append(run)
    return kept[1:]


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else Run(-1, -1, 0)
        if (last.old + last.length, last.new + last.length) == (run.old, run.new):
            joined[-1] = Run(last.old, last.new, last.length + run.length)
        else:
            joined.append(run)
    return joined
