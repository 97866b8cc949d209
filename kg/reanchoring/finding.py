"""Finding words again in a text that has changed. Never a guess: what is not sure is told.

With the old text, the changes from it to the new one say where the words went; then they are
compared. Without it, every exact place and the one that resembles the words and their neighbours
most are weighed, and one is taken only if it is good and clearly better than the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model import Span
from kg.reanchoring.alignment import Alignment
from kg.reanchoring.model import CONTEXT, Found, Sought, State
from kg.reanchoring.searching import Ground, Hit

GOOD = 0.80
MARGIN = 0.02
_OWN = 0.75
"""How much of the words themselves has to be left, whatever stands around them."""
_SHOWN = 3
_WORTH_SHOWING = 0.5
_SAME_PLACE = 0.5


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
        start = self.alignment.slid_start(hit[0], start, self.new.squeezed)
        end = self.alignment.slid_end(hit[1], end, self.new.squeezed)
        return self.new.whole_words((start, end)) if start < end else (start, start)

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
    follows = _followed(passed, sought.quote, hit)
    if follows.score == 1:
        return _decided(body, new, sought, [follows], [], was)
    stayed = [follows] if follows.score >= GOOD and not _is_old(passed, hit, follows.hit) else []
    fresh = [_Candidate(1.0, other) for other in _fresh(passed, sought.quote, hit)]
    if not sought.is_telling:
        fresh = _sorted(_Candidate(_score(new, told, each.hit), each.hit) for each in fresh)
        fresh = [each for each in fresh if each.score >= GOOD]
    if stayed and fresh:
        stayed = [replace(follows, score=1.0)]
    elif not stayed and not fresh:
        alone = replace(told, before="", after="") if sought.is_long else told
        most = _SAME_PLACE * len(sought.quote)
        fresh = [each for each in _weighed(new, alone) if passed.alignment.known(*each.hit) < most]
    candidates = [*stayed, *fresh]
    near = [] if candidates else [follows, *_weighed(new, told)]
    return _decided(body, new, sought, candidates, near, was)


def _followed(passed: Passed, quote: str, hit: Hit) -> _Candidate:
    """Where the changes lead; the very words, where they stand there or over an edge of it."""
    place = passed.follow(hit)
    score = _likeness(passed, quote, hit, place)
    if GOOD <= score < 1:
        exact = [other for other in passed.new.hits(quote) if _overlap(other, place)]
        return _Candidate(1.0, exact[0]) if len(exact) == 1 else _Candidate(score, place)
    return _Candidate(score, place)


def _is_old(passed: Passed, hit: Hit, place: Hit) -> bool:
    """Whether what stands at a place now stood elsewhere in the old text, word for word."""
    words = passed.new.words(place)
    return any(not _overlap(hit, other) for other in passed.old.hits(words))


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
    return [new for new in passed.new.hits(quote) if new not in images]


def find_by_words(new: Ground, sought: Sought, taken: Sequence[Hit] = ()) -> Found:
    """Words of which no old text is known; on `taken` places other words were found exactly."""
    weighed = [
        candidate
        for candidate in _weighed(new, sought)
        if new.words(candidate.hit) == sought.quote
        or not any(_is_same(candidate.hit, other) for other in taken)
    ]
    is_known = sought.has_neighbours or _tells(new, sought, weighed)
    return _decided(new, new, sought, weighed if is_known else [], weighed, None)


def find_within(new: Ground, quote: str, around: str, place: Hit) -> Found | None:
    """Words that are part of other ones, which have been found at a place."""
    alignment = Alignment.of(around, new.words(place))
    start = around.index(quote)
    first, last = alignment.carry(start, start + len(quote))
    hit = new.whole_words((place[0] + first, place[0] + last))
    likeness = _alike(quote, new.words(hit)) if first < last else 0.0
    if likeness < GOOD:
        return None
    return Found("exact" if likeness == 1 else "fuzzy", new.span(hit), likeness)


def _tells(new: Ground, sought: Sought, weighed: Sequence[_Candidate]) -> bool:
    """Whether the words by themselves are enough to tell the best place by."""
    is_exact = bool(weighed) and new.words(weighed[0].hit) == sought.quote
    return sought.is_telling if is_exact else sought.is_long


def _weighed(new: Ground, sought: Sought) -> list[_Candidate]:
    """Every exact place and those that resemble most, the best first.

    Telling words are weighed by themselves first; what that leaves open, by their neighbours.
    """
    exact = new.hits(sought.quote)
    bare = sought.is_telling and not (sought.is_certain and sought.has_neighbours)
    places = [*exact, *new.resembling(sought.before, sought.quote, sought.after)]
    if bare:
        alone = replace(sought, before="", after="")
        places += new.resembling("", sought.quote, "")
        weighed = _apart(exact, [_Candidate(_score(new, alone, hit), hit) for hit in places])
        if not sought.has_neighbours or (_is_clear(weighed) and _tells(new, sought, weighed)):
            return weighed
    return _apart(exact, [_Candidate(_score(new, sought, hit), hit) for hit in places])


def _apart(exact: Sequence[Hit], candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The best first; of those that overlap, the best one and the exact ones."""
    kept: list[_Candidate] = []
    certain = set(exact)
    for each in _sorted(set(candidates)):
        if each.hit in certain or not any(_overlap(each.hit, other.hit) for other in kept):
            kept.append(each)
    return kept


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
    """The likeness of the words at a place and of what stands around them, by their lengths.

    A neighbour that is not certain to be one counts only where it is found.
    """
    before, after = new.around(hit, len(sought.before), len(sought.after))
    pairs = [(sought.quote, new.words(hit)), (sought.before, before), (sought.after, after)]
    weighed = [(_alike(*pair), len(pair[0])) for pair in pairs]
    if sought.is_certain or not sought.has_neighbours:
        return _mean(weighed)
    words, left, right = weighed
    return max(_mean([words, *sides]) for sides in ([left, right], [left], [right]) if _mean(sides))


def _mean(weighed: Sequence[tuple[float, int]]) -> float:
    total = sum(weight for _, weight in weighed)
    return sum(score * weight for score, weight in weighed) / total if total else 0.0


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
        if likeness < _OWN:
            return Found("ambiguous", None, likeness, (span,), was)
        if likeness < 1:
            return Found("fuzzy", span, likeness, (), was)
        state: State = "exact" if was in (None, (span.start, span.end)) else "moved"
        return Found(state, span, 1.0, (), was)
    if best and best.score >= GOOD:
        rivals = [each for each in candidates if best.score - each.score < MARGIN]
        places = tuple(sorted(new.span(each.hit) for each in rivals))
        return Found("ambiguous", None, best.score, places, was)
    worth = [
        each
        for each in near
        if new.words(each.hit) == sought.quote
        or (each.score >= _WORTH_SHOWING and each.hit[0] < each.hit[1])
    ]
    stands = any(new.words(each.hit) == sought.quote for each in worth)
    places = tuple(dict.fromkeys(new.span(each.hit) for each in worth[:_SHOWN]))
    score = worth[0].score if worth else 0.0
    return Found("ambiguous" if stands else "orphaned", None, score, places, was)


def _is_within(ground: Ground, span: Span) -> bool:
    return any(start <= ground.folded.forth(span.start) and ground.folded.forth(span.end) <= end
               for start, end in ground.anchors.body)  # fmt: skip
