"""What `kg import` says: what was read, what each label became, counts that add up, losses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.cells import cell_len, set_cell_size

from kg.commands.importing import Import
from kg.interchange.placing import WRITTEN
from kg.interchange.table import STEP
from kg.results import counted

MOST_LABELS = 40
"""Rows of the table; the others are counted, and stand in the map file."""
_WIDEST = 36
Cells = tuple[str, ...]


def summary(plan: Import, paths: Sequence[Path], *, dry: bool) -> list[str]:
    """All lines, for stdout."""
    marked = plan.matches or any(read.foreign.marks for read in plan.reads)
    joined = any(read.foreign.links for read in plan.reads)
    return [
        *_read_lines(plan),
        *(_marked_lines(plan) if marked else _count_lines(plan) if joined else ()),
        *_file_lines(plan, paths, dry),
        *_next_lines(plan),
    ]


def _marked_lines(plan: Import) -> Iterator[str]:
    yield from _table(plan)
    yield from _coder_lines(plan)
    yield from _count_lines(plan)


def _read_lines(plan: Import) -> Iterator[str]:
    groups: dict[str, list[int]] = {}
    units: Counter[str] = Counter()
    for read in plan.reads:
        foreign = read.foreign
        figures = (1, len(foreign.documents), foreign.marks, foreign.links)
        total = groups.setdefault(read.format or "nothing", [0, 0, 0, 0])
        total[:] = [old + new for old, new in zip(total, figures, strict=True)]
        units.update(document.unit for document in foreign.documents if document.marks)
    for name, (files, texts, marks, links) in groups.items():
        parts = [counted(texts, "texts"), counted(marks, "marks"), counted(links, "relations")]
        yield f"read {counted(files, 'files')} as {name}: {', '.join(parts)}"
    if units:
        in_words = [f"{unit} in {counted(count, 'texts')}" for unit, count in units.items()]
        yield f"offsets count {', '.join(in_words)}"
    yield from (remark for read in plan.reads for remark in read.foreign.remarks)


def _table(plan: Import) -> Iterator[str]:
    rows: list[Cells] = [("label", "concept", "by", "marks")]
    for number, (kind, foreign, match, count) in enumerate(plan.matches):
        if number and kind == "relation" != plan.matches[number - 1][0]:
            rows.append(("", "", "", ""))
        near = f"nearest: {', '.join(match.nearest)}" if match.nearest else "nothing near"
        how = match.how or near
        name = _tail(foreign) if kind == "label" else f"{foreign} (relation)"
        rows.append((name, match.name.strip('"') or "–", how, f"{count:,}"))
    left = len(rows) - 1 - MOST_LABELS
    yield ""
    yield from _columns(rows[: MOST_LABELS + 1])
    if left > 0:
        yield f"and {left:,} more: --map FILE lists all"
    yield ""


def _tail(label: str) -> str:
    """The telling end of a code's path that is too long for the table.

    >>> _tail("Settlements and what they hold > rural-area")
    '… > rural-area'
    """
    name, steps = label, label.split(STEP)
    while cell_len(name) > _WIDEST and len(steps) > 1:
        steps = steps[1:]
        name = STEP.join(("…", *steps))
    return name


def _columns(rows: Sequence[Cells]) -> Iterator[str]:
    widths = [min(_WIDEST, max(map(cell_len, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (set_cell_size(cell, width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _coder_lines(plan: Import) -> Iterator[str]:
    for name, key in plan.coders.items():
        known = f", shown as {plan.project.coders[key]}" if key in plan.project.coders else ""
        yield f"coder {name or '(not named)'} → {key}{known}"
    if any(key not in plan.project.coders for key in plan.coders.values()):
        yield "  how coders are shown stands in kg.toml, under [coders]"


def _count_lines(plan: Import) -> Iterator[str]:
    yield _sum("marks", plan.tally.marks)
    if any(plan.tally.links.values()):
        yield _sum("relations", plan.tally.links)
    lost = [f"{what} ({count:,})" for what, count in plan.tally.lost.items() if count]
    if lost:
        yield f"cannot be kept: {'; '.join(lost)}"


def _next_lines(plan: Import) -> Iterator[str]:
    """What a codebook leaves to a person."""
    if not plan.made or not plan.made.turtle:
        return
    [file] = (path for path, data in plan.files.items() if data is plan.made.turtle)
    if plan.made.iris:
        made = counted(len(plan.made.iris), "new concepts")
        yield f"{made} without a class: give each one in {file}; kg build works without"
    if plan.made.relations:
        made = counted(len(set(plan.made.relations.values())), "new relations")
        yield f"{made} between any concepts: narrow rdfs:domain and rdfs:range in {file}"


def _sum(noun: str, counts: Counter[str]) -> str:
    """
    >>> _sum("marks", Counter({"written": 3, "unreadable": 1}))
    'marks: 4 = 3 written + 1 unreadable'
    """
    others = [f"{count:,} {what}" for what, count in counts.items() if count and what != WRITTEN]
    return f"{noun}: {counts.total():,} = " + " + ".join(
        [f"{counts[WRITTEN]:,} {WRITTEN}", *others]
    )


def _file_lines(plan: Import, paths: Iterable[Path], dry: bool) -> Iterator[str]:
    new = set(paths)
    for path in plan.files:
        if path in new:
            yield f"wrote {path}"
        elif dry:
            there = " (is there already)" if path.exists() else ""
            yield f"would write {path}{there}"
        else:
            yield f"{path} is there already, with just this in it"
