"""A text in which quotes are sought, and the places of it that resemble some words.

Places are hits: they count the characters of the squeezed, folded text (`kg.anchoring`, `folding`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from kg.anchoring import Anchors, squeeze
from kg.grams import Grams
from kg.model import Span
from kg.reanchoring.alignment import Alignment, Run
from kg.reanchoring.folding import Folded, fold

Hit = tuple[int, int]
"""Start and end of words in the squeezed, folded text."""

MOST_HITS = 10_000
_MOST_SEEDS = 64
_SEED, _LONGER, _USUAL = 8, 4, 4
"""Characters of the pieces by which places are found, half of them in Chinese; how many more for
each digit that the length of a text has beyond the usual ones."""
_EDGE = 24
_COMMON = 100
"""A seed that stands so often tells no place."""
_DIAGONALS = 3
_SLACK = 8
NO_SPACES_FROM = "\u0e00"
"""From here on, most scripts put no space between words."""
_LARGEST_HASHED = 20_000_000
PATIENCE = 20_000_000_000
"""Characters of text that may be run through, so that nothing costs minutes."""


@dataclass
class Ground:
    """A text made ready: `anchors` find within the body, `whole` everywhere."""

    folded: Folded
    anchors: Anchors
    grams: dict[int, Grams] = field(default_factory=dict, compare=False, repr=False)
    searched: int = field(default=0, compare=False)

    @classmethod
    def of(cls, text: str, body: tuple[Hit, ...] = ()) -> Ground:
        folded = Folded.of(text)
        stretches = [(folded.forth(start), folded.forth(end)) for start, end in body]
        return cls(folded, Anchors.of(folded.text, stretches))

    @property
    def squeezed(self) -> str:
        return self.anchors.squeezed

    def whole(self) -> Ground:
        return (
            self if self.anchors.whole is self.anchors else Ground(self.folded, self.anchors.whole)
        )

    def hits(self, words: str) -> list[Hit]:
        """Where squeezed, folded words stand."""
        found = islice(self.anchors.hits(words), MOST_HITS)
        return [(hit, hit + len(words)) for hit in found]

    def span(self, hit: Hit) -> Span:
        """A place as a stretch of the text as it lies."""
        inner = self.anchors.span(*hit)
        start, end = self.folded.back(inner.start, inner.end)
        return Span(start, end, self.folded.source[start:end])

    def hit(self, start: int, end: int) -> Hit:
        """A stretch of the text as it lies as a place."""
        return (
            self.anchors.hit(self.folded.forth(start)),
            self.anchors.hit(self.folded.forth(end)),
        )

    def words(self, hit: Hit) -> str:
        return self.squeezed[hit[0] : hit[1]]

    def around(self, hit: Hit, before: int, after: int) -> tuple[str, str]:
        return self.squeezed[max(0, hit[0] - before) : hit[0]], self.squeezed[
            hit[1] : hit[1] + after
        ]

    def resembling(self, before: str, quote: str, after: str) -> Iterator[Hit]:
        """The places of a quote between its neighbours that look most like it, the best first."""
        wanted = before + quote + after
        for at in self._diagonals(wanted):
            slack = _width(wanted)
            first = max(0, at - slack)
            window = self.squeezed[first : at + len(wanted) + 3 * slack]
            alignment = _solid(Alignment.of(wanted, window), len(wanted), len(window))
            start, end = alignment.carry(len(before), len(before) + len(quote))
            start, end = self._with_fitting_edges((first + start, first + end), quote)
            if start < end and "\n" not in self.squeezed[start:end]:
                yield self.whole_words((start, end))

    def _with_fitting_edges(self, hit: Hit, quote: str) -> Hit:
        """The same place, each edge moved a little to where the words look most like the quote."""
        from rapidfuzz.distance import Indel

        def at_end(end: int) -> tuple[float, int]:
            words = self.squeezed[max(hit[0], end - _EDGE) : end]
            return Indel.normalized_similarity(quote[-_EDGE:], words), -abs(end - hit[1])

        def at_start(start: int) -> tuple[float, int]:
            words = self.squeezed[start : min(hit[1], start + _EDGE)]
            return Indel.normalized_similarity(quote[:_EDGE], words), -abs(start - hit[0])

        first, last = max(0, hit[0] - _SLACK), min(len(self.squeezed), hit[1] + _SLACK)
        start = max(range(first, hit[0] + _SLACK), key=at_start)
        return start, max(range(hit[1] - _SLACK, last + 1), key=at_end)

    def _diagonals(self, wanted: str) -> list[int]:
        """Where the words would begin, by the places of short pieces of them."""
        size = _SEED + _LONGER * max(0, len(str(len(self.squeezed))) - _USUAL)
        size = min(size if wanted.isascii() else size // 2, max(1, len(wanted) // 3))
        step = max(1, (len(wanted) - size) // _MOST_SEEDS)
        votes: Counter[int] = Counter()
        width = _width(wanted)
        for offset in range(0, len(wanted) - size + 1, step):
            seed = wanted[offset : offset + size]
            hits = list(islice(self._seed_hits(seed), _COMMON + 1))
            if len(hits) <= _COMMON:
                votes.update({(hit - offset) // width for hit in hits})
        return [number * width for number in _peaks(votes)]

    def _seed_hits(self, seed: str) -> Iterator[int]:
        if len(seed) >= _SEED // 2 and len(self.squeezed) <= _LARGEST_HASHED:
            if len(seed) not in self.grams:
                self.grams[len(seed)] = Grams.of(self.squeezed, len(seed))
            return self.grams[len(seed)].starts(seed)
        self.searched += len(self.squeezed)
        return self.anchors.hits(seed) if self.searched <= PATIENCE else iter(())

    def whole_words(self, hit: Hit) -> Hit:
        """The same place, without cutting a word of an alphabet in two."""
        start, end = hit
        while start > 0 and self._is_one_word(start - 1) and hit[0] - start < _SLACK:
            start -= 1
        while end < len(self.squeezed) and self._is_one_word(end - 1) and end - hit[1] < _SLACK:
            end += 1
        return start, end

    def _is_one_word(self, at: int) -> bool:
        """Whether two letters stand side by side in the text, in a script that parts its words."""
        here, there = self.squeezed[at], self.squeezed[at + 1]
        if not (is_letter(here) and is_letter(there)):
            return False
        return self.anchors.offset(at + 1) - self.anchors.offset(at) == 1


def is_letter(char: str) -> bool:
    return (char.isalnum() or "\u0300" <= char <= "\u036f") and char < NO_SPACES_FROM


def _width(wanted: str) -> int:
    """How far a beginning may be from where the pieces of some words let it expect."""
    return max(_SLACK, len(wanted) // 8)


def _peaks(votes: Counter[int]) -> list[int]:
    """The numbers with most votes, the next one's counted with them; no two side by side."""
    totals = {number: votes[number] + votes[number + 1] for number in votes}
    peaks: list[int] = []
    for number in sorted(totals, key=lambda number: (-totals[number], number)):
        if all(abs(number - peak) > 1 for peak in peaks):
            peaks.append(number)
        if len(peaks) == _DIAGONALS:
            break
    return peaks


def _solid(alignment: Alignment, old: int, new: int) -> Alignment:
    """Without what stands apart at the edges: in a window wider than the words, that is chance."""
    runs = list(alignment.runs[1:-1])
    while len(runs) > 1 and _stands_apart(runs[0].length, runs[0], runs[1]):
        del runs[0]
    while len(runs) > 1 and _stands_apart(runs[-1].length, runs[-2], runs[-1]):
        del runs[-1]
    if not runs:
        return alignment
    first, last = runs[0], runs[-1]
    end = last.new + old - last.old
    edges = Run(0, max(0, first.new - first.old), 0), Run(old, min(new, end), 0)
    return Alignment((edges[0], *runs, edges[1]))


def _stands_apart(length: int, first: Run, second: Run) -> bool:
    """Whether a short run is shorter than what one text has more than the other beside it."""
    return length < _SLACK and abs((second.new - first.new) - (second.old - first.old)) > length


def normal(words: str) -> str:
    """Words as they are sought: squeezed and folded."""
    return squeeze(fold(words))
