"""What `kg build` says: at most 25 lines of what was done, what the graph holds, where to go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.cells import cell_len, set_cell_size

from kg.errors import errors, issue_as_json
from kg.export import PAGES
from kg.filling.workshop import KINDS
from kg.matrix import Matrix, matrix
from kg.pipeline import Built, Filled
from kg.results import counted
from kg.rows import rows

ROWS = 6
COLUMNS = 4
LAYERS = 3
LABEL = 38
CELL = 14


def counts(filled: Filled) -> dict[str, int]:
    """How much there is of everything."""
    entries = [entry for entry in filled.ledger.entries.values() if entry.counts[0]]
    ((direct, inferred),) = rows(filled.store, "sizes", base=filled.project.base)
    return {
        "documents": len(entries),
        **{kind: sum(e.counts[n] for e in entries) for n, kind in enumerate(KINDS, 1)},
        "coders": len({coder for entry in entries for coder in entry.coders}),
        "concepts": len(filled.ontology.concepts),
        "direct": int(direct),
        "inferred": int(inferred),
        "triples": filled.ledger.quads,
        "errors": len(errors(filled.issues)),
        "warnings": len(filled.issues) - len(errors(filled.issues)),
    }


def as_json(built: Built) -> dict[str, Any]:
    """The same for programs: stable, without times."""
    filled = built.filled
    return {
        "build": filled.build,
        "counts": counts(filled),
        "issues": issues_as_json(filled),
        "files": [path.relative_to(filled.project.root).as_posix() for path in built.files],
    }


def issues_as_json(filled: Filled) -> list[dict[str, str | int]]:
    """Every finding as a flat object."""
    return [issue_as_json(issue) for issue in filled.issues]


def summary(built: Built, here: str) -> Iterator[str]:
    """The lines for a person; `here` is the ` --project …` to repeat in commands, or ""."""
    n = counts(built.filled)
    project = built.filled.project
    times = " · ".join(f"{name} {seconds:.2f} s" for name, seconds in built.steps.seconds.items())
    yield times
    yield ""
    yield project.title
    yield f"  {counted(n['documents'], 'documents')} · {counted(n['coders'], 'coders')}"
    codings = " · ".join(counted(n[nouns], nouns) for nouns in KINDS)
    yield f"  all coders' work: {codings}"
    yield (
        f"  merged: {counted(n['concepts'], 'concepts')} · "
        f"{counted(n['direct'], 'relations')} that texts state, each with its words · "
        f"{counted(n['inferred'], 'triples')} inferred · {n['triples']:,} in all"
    )
    yield from left_out(built.filled)
    yield from _matrix(built.filled)
    yield ""
    yield from _next(built, here)


def left_out(filled: Filled) -> Iterator[str]:
    """What stands in the files and not in the graph."""
    found = Counter(issue.code for issue in errors(filled.issues))
    if found:
        each = ", ".join(f"{code} × {number}" for code, number in found.most_common(5))
        total = counted(sum(found.values()), "errors")
        yield f"  {total}, and what they concern was left out: {each}"
        yield f"  what a code means: kg explain {next(iter(found))}"


def _matrix(filled: Filled) -> Iterator[str]:
    table = matrix(filled.store, base=filled.project.base, languages=filled.project.languages)
    if table is None or not table.cells:
        return
    yield ""
    yield from matrix_lines(table)


def matrix_lines(table: Matrix) -> Iterator[str]:
    """The fullest rows and columns: distinct passages, and the layers that a row stands in."""
    columns = _fullest(table.columns, lambda col: [table.passages(r, col) for r in table.rows])
    shown = columns[:COLUMNS]
    rows = _fullest(table.rows, lambda row: [table.passages(row, c) for c in shown])[:ROWS]
    heading = f"{table.labels[table.row_class]} × {table.labels[table.column_class]}, in passages"
    names = "".join(padded(f" {table.labels[column]}", CELL) for column in shown)
    yield f"  {padded(heading, LABEL)}{names} {table.labels.get(table.layer_class, '')}".rstrip()
    for row in rows:
        cells = (str(len(table.passages(row, column)) or "·") for column in shown)
        where = _named(table, [x for x in table.layers if x and _stands_in(table, row, x)])
        line = f"  {padded(table.labels[row], LABEL)}"
        yield (line + "".join(padded(f" {cell}", CELL) for cell in cells) + f" {where}").rstrip()
    hidden = len([row for row in table.rows if any(k[0] == row for k in table.cells)]) - len(rows)
    if hidden > 0 or len(columns) > len(shown):
        yield f"  … and {max(hidden, 0)} more rows, {len(columns) - len(shown)} more columns"


def _named(table: Matrix, layers: Sequence[str]) -> str:
    names = [table.labels[layer] for layer in layers]
    more = f" and {len(names) - LAYERS} more" if len(names) > LAYERS else ""
    return ", ".join(names[:LAYERS]) + more


def _fullest(axis: Iterable[str], cells: Callable[[str], list[tuple[str, ...]]]) -> list[str]:
    """Those with any passages, the fullest first; the axis' own order among equals."""
    sums = {concept: sum(map(len, cells(concept))) for concept in axis}
    return sorted((concept for concept in sums if sums[concept]), key=lambda c: -sums[c])


def _stands_in(table: Matrix, row: str, layer: str) -> bool:
    return any((row, column, layer) in table.cells for column in table.columns)


def _next(built: Built, here: str) -> Iterator[str]:
    output = built.filled.project.output
    pages = [path for path in built.files if path.name in PAGES]
    if pages:
        yield f"  open    {'   '.join(map(_shown, pages))}"
    yield f"  ask     kg questions{here}   kg query claims{here}"
    yield f"  export  kg export csv{here}   ({len(built.files)} files are in {_shown(output)})"


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def padded(text: str, width: int) -> str:
    """Text cut or filled to a width in terminal cells (a Chinese character takes two).

    >>> padded("county town", 6), padded("县城", 6)
    ('count…', '县城  ')
    """
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)
