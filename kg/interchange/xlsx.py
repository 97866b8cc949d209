"""Tables of coded segments in a workbook, as MAXQDA and spreadsheets save them: one mark a row.

Sample    Document | Code | Segment | Author     the first row of a sheet; the marks below it
Columns   as in `csv`: by their heading, in any order; see `table`
Offsets   code points, if there are start and end; else the quote is looked for
Read      every sheet that has the columns; the texts lie beside the workbook or in passages/
Dropped   sheets without these columns, which is told; empty rows
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.encoding import BadFile
from kg.interchange.model import Annotated, Foreign
from kg.interchange.sheets import WORKBOOK, Row, Workbook, open_workbook
from kg.interchange.source import Source, without_controls
from kg.interchange.table import HEADER, Table, headings, is_table, mark_cells, missing_columns
from kg.workbook import workbook
from kg.zips import open_zip


def looks_like_xlsx(path: Path, text: str) -> bool:
    """Old and locked workbooks too, which the reader then tells of."""
    return WORKBOOK in text.split("\n") or path.suffix.lower() in (".xlsx", ".xlsm", ".xls")


def read_xlsx(source: Source) -> Foreign:
    """The rows of the sheets that have the columns of coded segments."""
    try:
        with open_zip(source.path) as archive:
            for entry, bad in archive.refused:
                source.faults.unusable(bad, entry)
            _read_sheets(source, open_workbook(archive))
    except BadFile as bad:
        source.faults.unusable(bad)
    return source.intake.foreign()


def _read_sheets(source: Source, book: Workbook) -> None:
    table = Table(source)
    found = [
        (name, rows) for name in book.sheets if (rows := _sheet(source, book, name)) is not None
    ]
    with_marks = [
        (name, rows) for name, rows in found if not missing_columns(_meanings(source, rows))
    ]
    passed = sum(bool(rows) for _, rows in found) - len(with_marks)
    if passed and with_marks:
        source.intake.remark("sheets without columns for codes and their words, not read", passed)
    for name, rows in with_marks or found[:1]:
        with source.faults.within(name):
            _read_rows(source, rows, table)


def _sheet(source: Source, book: Workbook, name: str) -> list[Row] | None:
    """Its rows; None and an issue where it cannot be read."""
    try:
        return book.rows(name)
    except BadFile as bad:
        source.faults.unusable(bad, name)
    return None


def _meanings(source: Source, rows: Sequence[Row]) -> dict[str, str]:
    return headings(rows[0][1].values(), source.columns) if rows else {}


def _read_rows(source: Source, rows: Sequence[Row], table: Table) -> None:
    meanings = _meanings(source, rows)
    first, names = rows[0] if rows else (0, {})
    if not is_table(source, meanings, first):
        return
    for number, cells in rows[1:]:
        beyond = [column for column in cells if column not in names]
        if beyond:
            what = f"{len(beyond)} cells of this row stand in columns without a heading"
            fix = "give each column a heading; these cells are left out"
            source.faults.warning(number, "bad-line", what, fix)
        row = {
            names[column]: without_controls(text, source.faults, number)
            for column, text in cells.items()
            if column in names
        }
        table.take(number, row, meanings)


def write_xlsx(documents: Sequence[Annotated]) -> dict[str, bytes]:
    """One sheet, and the text of each document beside it."""
    rows = [mark_cells(document, mark) for document in documents for mark in document.marks]
    texts = {f"{document.key}.txt": document.text.encode() for document in documents}
    return {"annotations.xlsx": workbook({"annotations": [HEADER, *rows]}), **texts}
