"""How far two coders agree who read the same words.

Common ground   the characters of a text that stand in passages of both, however each cut them
Units           passages that overlap, taken together: the smallest stretches that both delimited
Mentions        the share of each coder's marks on common ground that have a partner of the same
                concept, on the very same characters (`exact`) or on some of them (`overlap`); F1 is
                the harmonic mean of the two shares. What nobody marked cannot be counted, hence F1
                and no kappa: Hripcsak & Rothschild 2005, Agreement, the F-measure, and reliability
                in information retrieval, https://doi.org/10.1197/jamia.M1733
Concepts        Cohen's kappa over unit × concept: does a coder mark it there or not? The concepts
                are those that either marked on common ground: Cohen 1960, A coefficient of
                agreement for nominal scales, https://doi.org/10.1177/001316446002000104
Statements      claims (subject, relation, object; the ends of a flow) of each unit: made by both,
                and among those, in the same modality

What was rejected or is only suggested is not counted; a passage that was left uncoded was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.anchoring import joined
from kg.model import CODED, Document, Mention, Passage, Span

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Matches:
    """Marks of the first and the second coder, and how many of them have a partner."""

    first: int = 0
    second: int = 0
    first_exact: int = 0
    second_exact: int = 0
    first_overlap: int = 0
    second_overlap: int = 0

    @property
    def exact(self) -> float | None:
        """F1, None where there is nothing to compare."""
        return f1((self.first_exact, self.first), (self.second_exact, self.second))

    @property
    def overlap(self) -> float | None:
        """Likewise."""
        return f1((self.first_overlap, self.first), (self.second_overlap, self.second))


@dataclass(frozen=True, slots=True)
class Claims:
    """Pairs of unit and claim: of each coder, of both, and of both in one modality."""

    first: int = 0
    second: int = 0
    both: int = 0
    same_modality: int = 0

    @property
    def f1(self) -> float | None:
        return f1((self.both, self.first), (self.both, self.second))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of two coders on one document. `characters` are those of the common ground.

    `classes` maps the class of a concept, "" for none, to the marks of its concepts.
    """

    document: str
    coders: tuple[str, str]
    units: int
    characters: int
    mentions: Matches
    classes: Mapping[str, Matches]
    kappa: float | None
    statements: Claims


def agreements(
    documents: Iterable[Document], classes: Mapping[str, str | None]
) -> Iterator[Agreement]:
    """Each pair of coders with common ground; `classes` gives the class of each concept."""
    for document in documents:
        coders = sorted({passage.coder for passage in document.passages})
        for pair in combinations(coders, 2):
            first, second = ([p for p in document.passages if p.coder == coder] for coder in pair)
            if units := common_units(first, second):
                yield _agreement(document.key, pair, units, classes)


@dataclass(frozen=True, slots=True)
class Unit:
    """Passages of both coders that hang together, and the stretches that both hold."""

    passages: tuple[tuple[Passage, ...], tuple[Passage, ...]]
    ground: tuple[Range, ...]

    def mentions(self, coder: int) -> list[Mention]:
        """The marks of one of the two coders that lie on common ground with all their pieces."""
        return [
            mention
            for passage in self.passages[coder]
            for mention in passage.mentions
            if mention.status in CODED and all(self._holds(span) for span in mention.spans)
        ]

    def _holds(self, span: Span) -> bool:
        return any(start <= span.start and span.end <= end for start, end in self.ground)

    def claims(self, coder: int) -> dict[tuple[str, ...], set[str]]:
        """What one of the two coders reads here → in which modalities."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for passage in self.passages[coder]:
            for said in passage.statements:
                if said.status in CODED:
                    claim = (said.subject, said.predicate, said.object, said.polarity)
                    found[claim].add(said.modality)
            for flow in passage.flows:
                if flow.status in CODED:
                    ends = (flow.of, flow.origin, flow.destination, flow.via, flow.polarity)
                    found[ends].add(flow.modality)
        return found


def common_units(first: Sequence[Passage], second: Sequence[Passage]) -> list[Unit]:
    """In the order of the text; overlapping passages of one coder go together as well."""
    units = []
    for together in _hanging_together([*first, *second]):
        sides = (
            tuple(p for p in together if p.coder == first[0].coder),
            tuple(p for p in together if p.coder != first[0].coder),
        )
        ground = tuple(_shared(_union(sides[0]), _union(sides[1])))
        units += [Unit(sides, ground)] if ground else []
    return units


def _hanging_together(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    group: list[Passage] = []
    end = 0
    for passage in sorted(passages, key=lambda p: (p.span.start, p.span.end, p.coder)):
        if group and passage.span.start >= end:
            yield group
            group = []
        group.append(passage)
        end = max(end if group[1:] else 0, passage.span.end)
    if group:
        yield group


def _union(passages: Iterable[Passage]) -> list[Range]:
    return joined((each.span.start, each.span.end) for each in passages)


def _shared(first: Iterable[Range], second: Sequence[Range]) -> Iterator[Range]:
    """
    >>> list(_shared([(0, 5), (8, 20)], [(3, 10), (12, 14)]))
    [(3, 5), (8, 10), (12, 14)]
    """
    for start, end in first:
        for other_start, other_end in second:
            if max(start, other_start) < min(end, other_end):
                yield max(start, other_start), min(end, other_end)


def _agreement(
    document: str, coders: tuple[str, str], units: Sequence[Unit], classes: Mapping[str, str | None]
) -> Agreement:
    marks = ([m for u in units for m in u.mentions(0)], [m for u in units for m in u.mentions(1)])
    concepts = {mention.concept for side in marks for mention in side}
    by_class: dict[str, tuple[list[Mention], list[Mention]]] = defaultdict(lambda: ([], []))
    for coder, side in enumerate(marks):
        for mention in side:
            by_class[classes.get(mention.concept) or ""][coder].append(mention)
    return Agreement(
        document=document,
        coders=coders,
        units=len(units),
        characters=sum(end - start for unit in units for start, end in unit.ground),
        mentions=matches(*marks),
        classes={cls: matches(*by_class[cls]) for cls in sorted(by_class)},
        kappa=_kappa(units, concepts),
        statements=_claims(units),
    )


def matches(first: Sequence[Mention], second: Sequence[Mention]) -> Matches:
    """Which marks of two coders have a partner among the other's."""
    return Matches(
        first=len(first),
        second=len(second),
        first_exact=_partnered(first, second, _same),
        second_exact=_partnered(second, first, _same),
        first_overlap=_partnered(first, second, _overlap),
        second_overlap=_partnered(second, first, _overlap),
    )


def _partnered(
    side: Iterable[Mention], others: Sequence[Mention], fits: Callable[[Mention, Mention], bool]
) -> int:
    return sum(any(m.concept == o.concept and fits(m, o) for o in others) for m in side)


def _same(one: Mention, other: Mention) -> bool:
    return one.spans == other.spans


def _overlap(one: Mention, other: Mention) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.spans for b in other.spans)


def _kappa(units: Sequence[Unit], concepts: Iterable[str]) -> float | None:
    marked = [
        ({m.concept for m in u.mentions(0)}, {m.concept for m in u.mentions(1)}) for u in units
    ]
    return kappa([(c in one, c in other) for c in sorted(concepts) for one, other in marked])


def kappa(judgements: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two coders; None where both always say the same one thing.

    >>> kappa([(True, True)] * 4 + [(True, False)] + [(False, True)] * 2 + [(False, False)] * 3)
    0.4
    """
    total = len(judgements)
    same = sum(one == other for one, other in judgements)
    first, second = (sum(pair[coder] for pair in judgements) for coder in (0, 1))
    by_chance = first * second + (total - first) * (total - second)
    if total == 0 or by_chance == total * total:
        return None
    return (same * total - by_chance) / (total * total - by_chance)


def _claims(units: Iterable[Unit]) -> Claims:
    first = second = both = same = 0
    for unit in units:
        one, other = unit.claims(0), unit.claims(1)
        first, second = first + len(one), second + len(other)
        both += len(one.keys() & other.keys())
        same += sum(bool(one[claim] & other[claim]) for claim in one.keys() & other.keys())
    return Claims(first, second, both, same)


def f1(one: tuple[int, int], other: tuple[int, int]) -> float | None:
    """The harmonic mean of two shares, each (part, whole); None where both wholes are nothing.

    >>> f1((1, 2), (3, 3))
    0.6666666666666666
    """
    (part, whole), (other_part, other_whole) = one, other
    if not whole and not other_whole:
        return None
    if not part or not other_part:
        return 0.0
    return 2 / (whole / part + other_whole / other_part)
