"""Rows as a spreadsheet opens them: RFC 4180, UTF-8 with a byte order mark.

Without the mark Excel shows Chinese as mojibake. A cell that a spreadsheet would take for a formula
gets an apostrophe in front (https://owasp.org/www-community/attacks/CSV_Injection); RDF keeps the
exact text. In Python: `open(path, encoding="utf-8-sig", newline="")`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The first of the rows is the heading."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
