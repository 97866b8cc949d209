"""Who says again, over the same words, what was said before: one witness, not two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.mapping.source import Source
from kg.model import Document, Span, Statement
from kg.namespaces import PKG

Placed = tuple[Span, Statement]


def repeats(document: Document) -> Iterator[tuple[Statement, Statement]]:
    """Statements of the same claim whose passages overlap, each with one that begins before it.

    As coders make them who cut a text in different ways. Both are accepted and affirm the claim.
    """
    claims: dict[tuple[str, str, str], list[Placed]] = defaultdict(list)
    for passage in document.passages:
        for item in passage.statements:
            if (item.status, item.polarity) == ("accepted", "positive"):
                triple = (item.subject, item.predicate, item.object)
                claims[triple].append((passage.span, item))
    for placed in claims.values():
        yield from _overlapping(placed)


def _overlapping(placed: Iterable[Placed]) -> Iterator[tuple[Statement, Statement]]:
    """Beside each the one that reaches furthest of those that begin, or then end, before it."""
    reach, furthest = 0, None
    for (start, end), same in groupby(sorted(placed, key=_order), key=lambda p: _order(p)[:2]):
        here = [statement for _, statement in same]
        if furthest and reach > start:
            yield from ((statement, furthest) for statement in here)
        if end > reach:
            reach, furthest = end, here[0]


def _order(placed: Placed) -> tuple[int, int, str]:
    span, statement = placed
    return span.start, span.end, statement.id


def repeat_quads(statement: Statement, earlier: Statement, source: Source) -> str:
    """A statement that is no further witness of its claim.

    d:s-2  pkg:repeats d:s-1 .
    """
    return (
        f"<{source.data}{statement.id}> <{PKG.repeats}> "
        f"<{source.data}{earlier.id}> {source.graph} .\n"
    )
