"""What `kg check --coverage` and `kg agree` say: a table for people, JSON for programs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from rich.cells import cell_len

from kg.agreement import Agreement, Matches
from kg.commands.report import padded
from kg.coverage import Coverage, Covered
from kg.errors import Issue, issue_as_json
from kg.results import counted

Namer = Callable[[str], str]
"""From the IRI of a class to its label."""


def coverage_lines(found: Coverage, here: str) -> Iterator[str]:
    """`here` is the ` --project …` to repeat in commands, or ""."""
    header = ("document", "in passages", "content words", "marked", "left out for a reason")
    yield from table(header, (_shares(document) for document in found.documents))
    yield (
        f"{found.single:,} of {counted(found.claims, 'claims')} rest on one passage only: "
        f"kg query single-witness{here}"
    )


def _shares(document: Covered) -> tuple[str, ...]:
    return (
        document.document,
        _percent(document.read, document.characters),
        f"{document.halves // 2:,}",
        _percent(document.marked, document.halves),
        _percent(document.excused, document.halves),
    )


def _percent(part: int, whole: int) -> str:
    """Rounded down: 100 % is all."""
    return f"{100 * part // whole} %" if whole else "–"


def coverage_as_json(issues: Iterable[Issue], found: Coverage) -> dict[str, Any]:
    """All findings of the check, those of the coverage last; shares run from 0 to 1."""
    return {
        "issues": [issue_as_json(issue) for issue in (*issues, *found.issues)],
        "documents": [
            {
                "document": document.document,
                "characters": document.characters,
                "in_passages": document.read,
                "in_passages_share": _share(document.read, document.characters),
                "content_words": document.halves / 2,
                "marked": document.marked / 2,
                "marked_share": _share(document.marked, document.halves),
                "excused": document.excused / 2,
            }
            for document in found.documents
        ],
        "claims": found.claims,
        "single_witness": found.single,
    }


def _share(part: int, whole: int) -> float | None:
    return math.floor(10_000 * part / whole) / 10_000 if whole else None


def agreement_lines(found: Iterable[Agreement], name: Namer) -> Iterator[str]:
    """A block for each document and pair of coders."""
    for each in found:
        first, second = each.coders
        said = each.statements
        yield (
            f"{each.document}: {first} and {second} on {counted(each.units, 'passages')}, "
            f"{counted(each.characters, 'characters')}"
        )
        header = ("mentions", first, second, "exact F1", "overlap F1")
        classes = [(f"  {name(cls) or '–'}", marks) for cls, marks in each.classes.items()]
        yield from table(header, (_marks(*row) for row in [("all", each.mentions), *classes]))
        yield f"Cohen's kappa, passage × concept: {_number(each.kappa)}"
        yield (
            f"statements and flows: {first} {said.first}, {second} {said.second}, both {said.both} "
            f"(F1 {_number(said.f1)}); in the same modality {said.same_modality}"
        )


def _marks(label: str, marks: Matches) -> tuple[str, ...]:
    f1 = (_number(marks.exact), _number(marks.overlap))
    return label, str(marks.first), str(marks.second), *f1


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def agreement_as_json(found: Iterable[Agreement]) -> list[dict[str, Any]]:
    return [
        {
            "document": each.document,
            "coders": list(each.coders),
            "units": each.units,
            "characters": each.characters,
            "mentions": _marks_as_json(each.mentions),
            "classes": {cls: _marks_as_json(marks) for cls, marks in each.classes.items()},
            "kappa": _rounded(each.kappa),
            "statements": {
                "first": each.statements.first,
                "second": each.statements.second,
                "both": each.statements.both,
                "f1": _rounded(each.statements.f1),
                "same_modality": each.statements.same_modality,
            },
        }
        for each in found
    ]


def _marks_as_json(marks: Matches) -> dict[str, int | float | None]:
    return {
        "first": marks.first,
        "second": marks.second,
        "exact_f1": _rounded(marks.exact),
        "overlap_f1": _rounded(marks.overlap),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as their widest cell; all but the first hold numbers, to the right.

    >>> list(table(("town", "n"), [("县城", "10"), ("town", "2")]))
    ['town   n', '县城  10', 'town   2']
    """
    lines = [header, *rows]
    widths = [max(cell_len(line[n]) for line in lines) for n in range(len(header))]
    for line in lines:
        numbers = (f"{cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))
        yield "  ".join([padded(line[0], widths[0]), *numbers])
