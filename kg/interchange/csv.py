"""Tables of coded segments, as spreadsheets, MAXQDA and QualCoder export them: one mark a row.

Sample    document,quote,label,coder,prefix,suffix
          notes,county town,place,ann,the ,; then
Columns   by their heading, in any order: see `table`; others are kept as fields of the mark
Offsets   code points, if there are start and end; else the quote is looked for, told apart by
          prefix and suffix, or by the number of the occurrence, from 1
Read      comma, semicolon or tab between cells; a label such as `A > B` is a path in a code tree
Dropped   nothing in silence; rows without any cell are passed over
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.interchange.model import Annotated, Foreign
from kg.interchange.source import Source
from kg.interchange.table import HEADER, Table, headings, is_table, mark_cells

_DELIMITERS = ",;\t"
_LONGEST_CELL = 10_000_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def looks_like_csv(path: Path, text: str) -> bool:
    return path.suffix in (".csv", ".tsv") or {"quote", "label"} <= {
        *headings(_header(text), {}).values()
    }


def _first_line(text: str) -> str:
    return text.lstrip("\ufeff \r\n")[:10_000].split("\n", 1)[0]


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=_first_line(text).count)


def _header(text: str) -> list[str]:
    """The cells of the first line; none where it is no row."""
    try:
        return next(csv.reader([_first_line(text)], delimiter=_delimiter(text)), [])
    except csv.Error:
        return []


def read_csv(source: Source) -> Foreign:
    """The rows of a table, on the texts that their documents name."""
    meanings = headings(_header(source.text), source.columns)
    if is_table(source, meanings, 1):
        table = Table(source)
        for line, cells in _rows(source):
            table.take(line, cells, meanings)
    return source.intake.foreign()


@dataclass
class _Lines:
    """The lines of a text with their ends; `at` is where the next one begins, `number` the last."""

    text: str
    at: int = 0
    number: int = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        start = self.at
        found = _LINE.match(self.text, start)
        if found is None:
            raise StopIteration
        self.at = found.end()
        self.number += 1
        return self.text[start : self.at]


def _rows(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the headings with their lines; a broken row costs itself."""
    csv.field_size_limit(_LONGEST_CELL)
    names, delimiter = _header(source.text), _delimiter(source.text)
    lines = _Lines(source.text)
    while not next(lines).strip("\ufeff \r\n"):
        pass
    while True:
        begun = replace(lines)
        try:
            for cells in csv.reader(lines, delimiter=delimiter, strict=True):
                named = _named(source, names, cells, begun.number + 1)
                if named:
                    yield begun.number + 1, named
                begun.at, begun.number = lines.at, lines.number
        except csv.Error as error:
            what = f"this row cannot be read: {error}"
            fix = 'write "" for a quotation mark inside of a quoted cell, and close every cell'
            source.intake.refuse(begun.number + 1, "bad-line", what, fix)
            lines = begun
            next(lines)
        else:
            return


def _named(source: Source, names: Sequence[str], cells: list[str], line: int) -> dict[str, str]:
    """The cells that hold anything, by their headings; of two with one heading, the first."""
    named = {}
    for name, cell in zip(names, cells):  # noqa: B905 - rows may be shorter, or longer
        if cell and name not in named and not cell.isspace():
            named[name] = cell
    if len(cells) > len(names) and any(map(str.strip, cells)):
        what = f"this row has {len(cells)} cells, but there are {len(names)} columns"
        fix = "put cells that hold the separator in quotation marks; the cells behind are left out"
        source.faults.warning(line, "bad-line", what, fix)
    return named


def write_csv(documents: Sequence[Annotated]) -> dict[str, bytes]:
    """One table, and the text of each document beside it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADER)
    for document in documents:
        writer.writerows(mark_cells(document, mark) for mark in document.marks)
    texts = {f"{document.key}.txt": document.text.encode() for document in documents}
    return {"annotations.csv": buffer.getvalue().encode(), **texts}
