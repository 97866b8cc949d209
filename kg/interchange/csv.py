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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kg.interchange.model import Annotated, Foreign
from kg.interchange.source import Source
from kg.interchange.table import HEADER, Table, headings, is_table, mark_cells

_DELIMITERS = ",;\t"
_LONGEST_CELL = 10_000_000
_TRIES = 10


def looks_like_csv(path: Path, text: str) -> bool:
    return path.suffix in (".csv", ".tsv") or {"quote", "label"} <= {*_headings(text, {}).values()}


def _first_line(text: str) -> str:
    return text.lstrip("\ufeff \r\n")[:10_000].split("\n", 1)[0]


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=_first_line(text).count)


def _headings(text: str, chosen: Mapping[str, str]) -> dict[str, str]:
    """Heading as written → what it means; none where the first line is no row."""
    try:
        cells = next(csv.reader([_first_line(text)], delimiter=_delimiter(text)), [])
    except csv.Error:
        cells = []
    return headings(cells, chosen)


def read_csv(source: Source) -> Foreign:
    """The rows of a table, on the texts that their documents name."""
    meanings = _headings(source.text, source.columns)
    if is_table(source, meanings, 1):
        table = Table(source)
        for line, cells in _rows(source):
            table.take(line, cells, meanings)
    return source.intake.foreign()


def _rows(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the headings with their lines; a broken row costs itself."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = io.StringIO(source.text, newline="").readlines()
    delimiter = _delimiter(source.text)
    first = next((n for n, line in enumerate(lines) if line.strip("\ufeff \r\n")), 0)
    names = [*_headings(source.text, source.columns)]
    at = first + 1
    for _ in range(_TRIES):
        reader = csv.reader(lines[at:], delimiter=delimiter, strict=True)
        begun = at
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield begun + 1, _named(source, names, cells, begun + 1)
                begun = at + reader.line_num
        except csv.Error as error:
            what = f"this row cannot be read: {error}"
            fix = 'write "" for a quotation mark inside of a quoted cell, and close every cell'
            source.intake.refuse(begun + 1, "bad-line", what, fix)
            at = begun + 1
        else:
            return


def _named(source: Source, names: list[str], cells: list[str], line: int) -> dict[str, str]:
    if len(cells) > len(names):
        what = f"this row has {len(cells)} cells, but there are {len(names)} columns"
        fix = "put cells that hold the separator in quotation marks; the cells behind are left out"
        source.faults.warning(line, "bad-line", what, fix)
    return dict(zip(names, cells, strict=False))


def write_csv(documents: Sequence[Annotated]) -> dict[str, bytes]:
    """One table, and the text of each document beside it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADER)
    for document in documents:
        writer.writerows(mark_cells(document, mark) for mark in document.marks)
    texts = {f"{document.key}.txt": document.text.encode() for document in documents}
    return {"annotations.csv": buffer.getvalue().encode(), **texts}
