"""A passage with its marks, written in the grammar of the coder's file.

Marks that cross are cut into pieces, which the grammar joins again by their #id:

    one [two [three]{a #m1, b #m2}]{#m1} [four]{#m2}
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.interchange.model import Stretch
from kg.readers.markup import ESCAPED

WIDTH = 92
MOST_PIECES = 100_000
"""Of all marks of a passage together, after those that cross have been cut."""


@dataclass(frozen=True, slots=True)
class Marking:
    """What is to be marked: pieces in offsets of the text, and what stands between the braces.

    `item` is the concept, quoted where it has to be; `settings` are ` confidence=0.8 note="…"`.
    """

    pieces: tuple[Stretch, ...]
    item: str
    settings: str = ""
    id: str = ""


@dataclass(slots=True)
class Bracket:
    """One pair of brackets; `of` are the markings, by number, that it is a piece of."""

    start: int
    end: int
    of: list[int]


def nested(markings: Sequence[Marking], most: int) -> list[Bracket] | None:
    """The brackets in the order in which they open, cut so that none crosses another; None where
    that makes more than so many, or an absurd number of pieces."""
    waiting = [(s, -e, number) for number, each in enumerate(markings) for s, e in each.pieces]
    heapq.heapify(waiting)
    brackets: list[Bracket] = []
    opened: list[Bracket] = []
    pieces = 0
    while waiting:
        pieces += 1
        if len(brackets) > most or pieces > MOST_PIECES:
            return None
        start, end, number = heapq.heappop(waiting)
        end = -end
        while opened and opened[-1].end <= start:
            opened.pop()
        if opened and end > opened[-1].end:
            heapq.heappush(waiting, (opened[-1].end, -end, number))
            end = opened[-1].end
        if opened and (opened[-1].start, opened[-1].end) == (start, end):
            opened[-1].of.append(number)
        else:
            opened.append(Bracket(start, end, [number]))
            brackets.append(opened[-1])
    return brackets if len(brackets) <= most else None


def pieces_of(brackets: Iterable[Bracket], count: int) -> list[int]:
    """How many brackets each marking has."""
    counts = [0] * count
    for bracket in brackets:
        for number in bracket.of:
            counts[number] += 1
    return counts


def marked(text: str, span: Stretch, markings: Sequence[Marking], brackets: list[Bracket]) -> str:
    """The words of a stretch with its brackets; a marking in pieces needs an id."""
    return "".join(_parts(text, span, markings, brackets))


def _parts(
    text: str, span: Stretch, markings: Sequence[Marking], brackets: list[Bracket]
) -> Iterator[str]:
    at = span[0]
    opened: list[tuple[int, str]] = []
    named: set[int] = set()
    for bracket in [*brackets, Bracket(span[1], span[1], [])]:
        while opened and opened[-1][0] <= bracket.start:
            end, closing = opened.pop()
            yield text[at:end].translate(ESCAPED)
            yield closing
            at = end
        words = text[bracket.start : bracket.end]
        start = bracket.start + len(words) - len(words.lstrip())
        yield text[at:start].translate(ESCAPED)
        at = start
        if bracket.of:
            items = ", ".join(_item(markings[number], number in named) for number in bracket.of)
            named.update(bracket.of)
            opened.append((bracket.end, f"]{{{items}}}"))
            yield "["


def _item(marking: Marking, again: bool) -> str:
    if again:
        return f"#{marking.id}"
    return marking.item + (f" #{marking.id}" if marking.id else "") + marking.settings


def folded(text: str) -> str:
    """Lines for a block, broken at white space; what has none stays one line."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "".join(f"    {line}\n" for line in lines)
