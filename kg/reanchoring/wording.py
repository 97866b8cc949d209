"""Two wordings of one passage compared word by word, and within a word letter by letter.

Comparing letters alone would call “The county” → “County” an exchange of letters, and a mark would
begin in the middle of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.anchoring import squeeze
from kg.reanchoring.searching import is_letter

Change = tuple[int, int, int, int]
"""Start and end in the old wording, start and end in the new one."""
Token = tuple[int, int]

_MOST_CELLS = 250_000
_LIKE = 0.5
_CAPITALS = 0.1


@dataclass(frozen=True, slots=True)
class Wording:
    """What counts of some words, and before which of its characters white space stands."""

    squeezed: str
    spaced: tuple[bool, ...]

    @classmethod
    def of(cls, text: str) -> Wording:
        spaced: list[bool] = []
        is_spaced = False
        for char in text:
            if squeeze(char):
                spaced.append(is_spaced)
                is_spaced = False
            else:
                is_spaced = is_spaced or char.isspace()
        return cls(squeeze(text), tuple(spaced))

    def is_spaced(self, at: int) -> bool:
        return 0 < at < len(self.spaced) and self.spaced[at]

    def is_one_word(self, at: int) -> bool:
        """Whether a character goes on with the word of the one before it."""
        if not 0 < at < len(self.squeezed) or self.spaced[at]:
            return False
        return is_letter(self.squeezed[at - 1]) and is_letter(self.squeezed[at])

    def text(self, start: int, end: int) -> str:
        """Characters with the spaces between them."""
        spaces = (" " if self.spaced[at] and at > start else "" for at in range(start, end))
        return "".join(map(str.__add__, spaces, self.squeezed[start:end]))

    def tokens(self) -> list[Token]:
        starts = [at for at in range(len(self.squeezed)) if not self.is_one_word(at)]
        return list(zip(starts, [*starts[1:], len(self.squeezed)], strict=True))


def changes(old: Wording, new: Wording) -> Iterator[Change]:
    """What has to be exchanged, in order: stretches of one word, or whole words."""
    from rapidfuzz.distance import Levenshtein

    olds, news = old.tokens(), new.tokens()
    edits = Levenshtein.opcodes(_texts(old, olds), _texts(new, news))
    for is_same, run in groupby(edits, key=lambda edit: edit.tag == "equal"):
        first, *rest = run
        last = rest[-1] if rest else first
        if not is_same:
            a, b = first.src_start, last.src_end
            part = olds[a:b], news[first.dest_start : last.dest_end]
            yield from _joined(_paired(old, new, *part, (*olds, (len(old.squeezed), 0))[a][0]))


def _texts(wording: Wording, tokens: Iterable[Token]) -> list[str]:
    return [wording.squeezed[start:end] for start, end in tokens]


def _joined(found: Iterable[Change]) -> Iterator[Change]:
    """What is put in at one place, as one change."""
    waiting: Change | None = None
    for change in found:
        if waiting and waiting[:2] == (change[0], change[0]) == (change[1], change[1]):
            waiting = (*waiting[:3], change[3])
        else:
            if waiting:
                yield waiting
            waiting = change
    if waiting:
        yield waiting


def _paired(
    old: Wording, new: Wording, olds: Sequence[Token], news: Sequence[Token], at: int
) -> Iterator[Change]:
    """Words that stand for each other compared by letters; those that do not, taken out and put
    in, what is put in standing before the old character `at`."""
    for a, b in _pairs(old.squeezed, new.squeezed, olds, news):
        if a and b:
            yield from _letters(old.squeezed, new.squeezed, a, b)
            at = a[1]
        elif a:
            yield (*a, 0, 0)
            at = a[1]
        elif b:
            yield (at, at, *b)


def _letters(old: str, new: str, a: Token, b: Token) -> Iterator[Change]:
    from rapidfuzz.distance import Levenshtein

    one, other = old[slice(*a)], new[slice(*b)]
    if Levenshtein.normalized_similarity(one, other) < _LIKE:
        yield (*a, *b)
        return
    for edit in Levenshtein.opcodes(one, other):
        if edit.tag != "equal":
            places = (edit.src_start, edit.src_end, edit.dest_start, edit.dest_end)
            yield a[0] + places[0], a[0] + places[1], b[0] + places[2], b[0] + places[3]


def _pairs(
    old: str, new: str, olds: Sequence[Token], news: Sequence[Token]
) -> list[tuple[Token | None, Token | None]]:
    """Which word became which: the way with the fewest letters to exchange; too many words to
    compare each with each are paired as they stand."""
    if len(olds) * len(news) > _MOST_CELLS:
        both = min(len(olds), len(news))
        rest = [(a, None) for a in olds[both:]] + [(None, b) for b in news[both:]]
        return [*zip(olds[:both], news[:both], strict=True), *rest]
    costs = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in reversed(range(len(olds) + 1)):
        for j in reversed(range(len(news) + 1)):
            if i < len(olds) or j < len(news):
                costs[i][j] = min(cost for cost, _, _ in _ways(old, new, olds, news, costs, i, j))
    found: list[tuple[Token | None, Token | None]] = []
    i = j = 0
    while i < len(olds) or j < len(news):
        _, a, b = min(_ways(old, new, olds, news, costs, i, j))
        found.append((olds[i] if a else None, news[j] if b else None))
        i, j = i + a, j + b
    return found


def _ways(
    old: str, new: str, olds: Sequence[Token], news: Sequence[Token], costs: list[list[float]],
    i: int, j: int,
) -> Iterator[tuple[float, int, int]]:  # fmt: skip
    """What each next step costs to the end, and how many words it takes of either wording."""
    from rapidfuzz.distance import Indel

    if i < len(olds) and j < len(news):
        one, other = old[slice(*olds[i])], new[slice(*news[j])]
        cost = Indel.distance(one.casefold(), other.casefold()) + _CAPITALS * (one != other)
        yield cost + costs[i + 1][j + 1], 1, 1
    if i < len(olds):
        yield olds[i][1] - olds[i][0] + costs[i + 1][j], 1, 0
    if j < len(news):
        yield news[j][1] - news[j][0] + costs[i][j + 1], 0, 1
