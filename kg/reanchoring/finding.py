"""Finding words again in a text that has changed. Never a guess: what is not sure is told.

With the old text, the changes from it to the new one say where the words went; then they are
compared. Without it, every exact place and the one that resembles the words and their neighbours
most are weighed, and one is taken only if it is good and clearly better than the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.model import Span
from kg.reanchoring.alignment import Alignment
from kg.reanchoring.searching import Ground, Hit

State = Literal["exact", "moved", "fuzzy", "ambiguous", "orphaned"]
STATES: tuple[State, ...] = ("exact", "moved", "fuzzy", "ambiguous", "orphaned")
FOUND = frozenset({"exact", "moved", "fuzzy"})

GOOD = 0.80
MARGIN = 0.02
CONTEXT = 32
"""Characters on each side that tell places apart."""
TELLING = 20
"""Characters of words that by themselves are no chance hit; half of them in Chinese."""
_SHOWN = 3
_WORTH_SHOWING = 0.5
_SAME_PLACE = 0.5


@dataclass(frozen=True, slots=True)
class Sought:
    """Words, normal form: what stands before and after them, and whether that is certain.

    `alone` says that they stood only once, so that they need no neighbours to be told apart.
    """

    quote: str
    before: str = ""
    after: str = ""
    is_certain: bool = False
    alone: bool = True

    @property
    def is_telling(self) -> bool:
        weight = sum(1 if char.isascii() else 2 for char in self.quote)
        return self.alone and weight >= TELLING


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand now, None if that is not sure; else `places` are those where they may.

    `score` is their likeness, from 0 to 1; `was` their place in the old text, where that is known.
    """

    state: State
    span: Span | None = None
    score: float = 0.0
    places: tuple[Span, ...] = ()
    was: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    hit: Hit


@dataclass(frozen=True)
class Passed:
    """An old text, the new one, and what of the one stands where in the other."""

    old: Ground
    new: Ground
    alignment: Alignment

    @classmethod
    def of(cls, old: Ground, new: Ground) -> Passed:
        """Of the whole texts: what belongs to the body may have changed, too."""
        old, new = old.whole(), new.whole()
        return cls(old, new, Alignment.of(old.squeezed, new.squeezed))

    def follow(self, hit: Hit) -> Hit:
        """Where some words of the old text stand in the new one."""
        start, end = self.alignment.carry(*hit)
        return self.new.whole_words((start, end)) if start < end else (start, end)

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The same for a stretch of the text as it lies."""
        hit = self.alignment.carry(*self.old.hit(start, end))
        span = self.new.span(hit) if hit[0] < hit[1] else Span(0, 0, "")
        return span.start, span.end


def find_by_change(passed: Passed, sought: Sought, hit: Hit, body: Ground) -> Found:
    """Words that stood at a place of the old text; `body` is the new text within its body."""
    new, old = passed.new, passed.old.span(hit)
    was = (old.start, old.end)
    before, after = passed.old.around(hit, CONTEXT, CONTEXT)
    told = replace(sought, before=before, after=after, is_certain=True)
    place = passed.follow(hit)
    follows = _Candidate(_likeness(passed, sought.quote, hit, place), place)
    if follows.score == 1:
        return _decided(body, new, sought, [follows], [], was)
    stayed = [follows] if follows.score >= GOOD else []
    fresh = [_Candidate(1.0, other) for other in _fresh(passed, sought.quote, hit)]
    if stayed and fresh:
        stayed = [replace(follows, score=1.0)]
    elif fresh and not sought.is_telling:
        fresh = _sorted(_Candidate(_score(new, told, each.hit), each.hit) for each in fresh)
    elif not stayed and not fresh:
        alone = replace(told, before="", after="") if sought.is_telling else told
        most = _SAME_PLACE * len(sought.quote)
        fresh = [each for each in _weighed(new, alone) if passed.alignment.known(*each.hit) < most]
    candidates = [*stayed, *fresh]
    near = [] if candidates else [follows, *_weighed(new, told)]
    return _decided(body, new, sought, candidates, near, was)


def _likeness(passed: Passed, quote: str, hit: Hit, place: Hit) -> float:
    """How much of the words is left: they may have grown, and then all of them is."""
    if place[0] >= place[1] or place[1] - place[0] > 2 * len(quote) + CONTEXT:
        return 0.0
    words = passed.new.words(place)
    if words == quote:
        return 1.0
    return max(_alike(quote, words), min(0.99, passed.alignment.kept(*hit) / len(quote)))


def _fresh(passed: Passed, quote: str, hit: Hit) -> list[Hit]:
    """Where the very words stand that did not stand there before: nothing old has come there."""
    images = {passed.alignment.carry(*other) for other in passed.old.hits(quote) if other != hit}
    place = passed.follow(hit)
    return [new for new in passed.new.hits(quote) if new not in images and new != place]


def find_by_words(new: Ground, sought: Sought, taken: Sequence[Hit] = ()) -> Found:
    """Words of which no old text is known; on `taken` places other words were found exactly."""
    weighed = [
        candidate
        for candidate in _weighed(new, sought)
        if new.words(candidate.hit) == sought.quote
        or not any(_is_same(candidate.hit, other) for other in taken)
    ]
    is_known = sought.is_telling or sought.before or sought.after
    return _decided(new, new, sought, weighed if is_known else [], weighed, None)


def _weighed(new: Ground, sought: Sought) -> list[_Candidate]:
    """Every exact place and those that resemble most, the best first.

    Telling words are weighed by themselves first; what that leaves open, by their neighbours.
    """
    exact = new.hits(sought.quote)
    has_neighbours = bool(sought.before or sought.after)
    bare = sought.is_telling and not (sought.is_certain and has_neighbours)
    places = dict.fromkeys(exact)
    ways = [(sought.before, sought.after)] * has_neighbours + [("", "")] * bare
    for before, after in ways:
        for hit in new.resembling(before, sought.quote, after):
            if not any(_overlap(hit, other) for other in places):
                places[hit] = None
    if bare:
        alone = replace(sought, before="", after="")
        weighed = _sorted(_Candidate(_score(new, alone, hit), hit) for hit in places)
        if _is_clear(weighed) or not has_neighbours:
            return weighed
    return _sorted(_Candidate(_score(new, sought, hit), hit) for hit in places)


def _sorted(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    return sorted(candidates, key=lambda each: (-each.score, each.hit))


def _is_clear(candidates: Sequence[_Candidate]) -> bool:
    runner_up = candidates[1].score if candidates[1:] else 0.0
    return bool(candidates) and candidates[0].score - runner_up >= MARGIN


def _overlap(one: Hit, other: Hit) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_same(one: Hit, other: Hit) -> bool:
    """Whether two places are mostly one."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common > _SAME_PLACE * (max(one[1], other[1]) - min(one[0], other[0]))


def _score(new: Ground, sought: Sought, hit: Hit) -> float:
    """The likeness of the words at a place and of what stands around them, by their lengths."""
    before, after = new.around(hit, len(sought.before), len(sought.after))
    pairs = [(sought.quote, new.words(hit)), (sought.before, before), (sought.after, after)]
    total = sum(len(wanted) for wanted, _ in pairs)
    return sum(_alike(wanted, found) * len(wanted) for wanted, found in pairs if wanted) / total


def _alike(one: str, other: str) -> float:
    from rapidfuzz.distance import Indel

    return 1.0 if one == other else Indel.normalized_similarity(one, other)


def _decided(
    body: Ground,
    new: Ground,
    sought: Sought,
    candidates: Sequence[_Candidate],
    near: Sequence[_Candidate],
    was: tuple[int, int] | None,
) -> Found:
    """The best candidate if it is clearly the best; places for a person to look at if not."""
    best = candidates[0] if candidates else None
    if best and best.score >= GOOD and _is_clear(candidates):
        span = new.span(best.hit)
        if not _is_within(body, span):
            return Found("orphaned", None, best.score, (span,), was)
        likeness = _alike(sought.quote, new.words(best.hit))
        if likeness < 1:
            return Found("fuzzy", span, likeness, (), was)
        state: State = "exact" if was in (None, (span.start, span.end)) else "moved"
        return Found(state, span, 1.0, (), was)
    if best and best.score >= GOOD:
        rivals = [each for each in candidates if best.score - each.score < MARGIN]
        places = tuple(sorted(new.span(each.hit) for each in rivals))
        return Found("ambiguous", None, best.score, places, was)
    worth = [each for each in near if each.score >= _WORTH_SHOWING and each.hit[0] < each.hit[1]]
    stands = any(new.words(each.hit) == sought.quote for each in worth)
    places = tuple(dict.fromkeys(new.span(each.hit) for each in worth[:_SHOWN]))
    score = worth[0].score if worth else 0.0
    return Found("ambiguous" if stands else "orphaned", None, score, places, was)


def _is_within(ground: Ground, span: Span) -> bool:
    return any(start <= ground.folded.forth(span.start) and ground.folded.forth(span.end) <= end
               for start, end in ground.anchors.body)  # fmt: skip
