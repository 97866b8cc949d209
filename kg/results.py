"""What a query answered, and the forms in which it can be written.

`Rows` are read by people: an IRI shows as its label. The exact terms are in `terms`.
"""

from __future__ import annotations

import csv
import io
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

import pyoxigraph as ox

from kg.errors import MissingExtra
from kg.notebook import table
from kg.terms import Term, value

if TYPE_CHECKING:
    import pandas

Namer = Callable[[str], str]
"""From an IRI to what people read instead of it."""


@dataclass(frozen=True)
class Rows:
    """The rows, or the one answer of yes or no, in the order the query gave them.

    Iterating gives named tuples of text, "" where a variable is unbound; `name` turns IRIs into
    labels.
    """

    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    name: Namer = field(repr=False)
    raw: bytes = field(repr=False)
    nouns: ClassVar[str] = "rows"

    def __iter__(self) -> Iterator[Any]:
        row = namedtuple("Row", self.variables, rename=True)  # type: ignore[misc]
        return (row(*map(self._text, terms)) for terms in self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def _text(self, term: Term | None) -> str:
        if term is None:
            return ""
        return self.name(term.value) if isinstance(term, ox.NamedNode) else value(term)

    def _repr_html_(self) -> str:
        """For notebooks: the same text as a table, in which addresses are links."""
        rows = (
            [(self._text(t), value(t) if isinstance(t, ox.NamedNode) else "") for t in terms]
            for terms in self.terms[:MOST]
        )
        return table(self.variables, rows, len(self) - MOST)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame of the same text; needs pandas, which is not installed with kg."""
        try:
            import pandas
        except ImportError:
            raise MissingExtra("pandas", "pip install pandas") from None

        return pandas.DataFrame(list(self), columns=list(self.variables))


@dataclass(frozen=True)
class Triples:
    """The graph that a query made, as sorted N-Triples."""

    ntriples: str
    prefixes: Mapping[str, str]
    nouns: ClassVar[str] = "triples"

    def __len__(self) -> int:
        return self.ntriples.count("\n")


def parse_results(raw: bytes, prefixes: Mapping[str, str], name: Namer) -> Rows | Triples:
    """From what the worker answered."""
    if not raw.lstrip().startswith(b"{"):
        lines = sorted(set(raw.decode().split("\n")) - {""})
        return Triples("".join(f"{line}\n" for line in lines), prefixes)
    results = ox.parse_query_results(raw, format=ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        answer = ox.Literal("yes" if results else "no")
        return Rows(("answer",), ((answer,),), name, raw)
    names = tuple(variable.value for variable in results.variables)
    terms = tuple(map(tuple, results))
    return Rows(names, terms, name, raw)


LONGEST = 72
"""Characters of a cell that a table on a terminal shows; the other formats hold all."""
MOST = 500
"""Rows that a table on a terminal or in a notebook shows."""
WIDE = 7
"""Columns from which on a row is shown as a block of lines."""


def to_table(rows: Rows) -> str:
    """For the terminal: long cells shortened, Chinese counted at its width, at most 500 rows."""
    shown = _blocks(rows) if len(rows.variables) > WIDE else _grid(rows)
    hidden = len(rows) - MOST
    return shown + (f"… and {hidden:,} more rows: --format csv has them all\n" * (hidden > 0))


def _blocks(rows: Rows) -> str:
    """Each row as lines of a name and a value: for more columns than a terminal is wide."""
    width = max(map(len, rows.variables))
    return "\n".join(
        "".join(
            f"{name.ljust(width)}  {cell}\n"
            for name, cell in zip(rows.variables, row, strict=True)
            if cell
        )
        for row in islice(rows, MOST)
    )


def _grid(rows: Rows) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for variable in rows.variables:
        table.add_column(variable, overflow="fold")
    for row in islice(rows, MOST):
        table.add_row(*(Text(shortened(cell)) for cell in row))
    console = Console(file=io.StringIO(), width=_width())
    console.print(table)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def shortened(cell: str) -> str:
    """One line of at most 72 characters.

    >>> shortened("in\\nurban areas")
    'in urban areas'
    """
    line = " ".join(cell.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _width() -> int:
    import shutil

    return max(60, shutil.get_terminal_size((120, 40)).columns)


def to_markdown(rows: Rows) -> str:
    """A pipe table; bars and line breaks inside cells are escaped."""

    def line(cells: Iterator[str] | tuple[str, ...]) -> str:
        escaped = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
        return "| " + " | ".join(escaped) + " |\n"

    rule = line(tuple("---" for _ in rows.variables))
    return line(rows.variables) + rule + "".join(line(row) for row in rows)


def counted(number: int, nouns: str) -> str:
    """
    >>> counted(1, "rows"), counted(2000, "rows")
    ('1 row', '2,000 rows')
    """
    return f"{number:,} {nouns[:-1] if number == 1 else nouns}"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("-0.5"), guarded("town")
    ("'=1+1", '-0.5', 'town')
    """
    risky = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if risky and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def to_csv(rows: Rows) -> str:
    """SPARQL 1.1 CSV: values in full, IRIs too; cells that look like formulas are guarded."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(rows.variables)
    writer.writerows([guarded(value(t)) if t else "" for t in terms] for terms in rows.terms)
    return buffer.getvalue()


def _standard(format: ox.QueryResultsFormat) -> Callable[[Rows], str]:
    def write(rows: Rows) -> str:
        results = ox.parse_query_results(rows.raw, format=ox.QueryResultsFormat.JSON)
        return (results.serialize(format=format) or b"").decode() + "\n"

    return write


def to_xlsx(rows: Rows) -> bytes:
    """A workbook with one sheet of text."""
    from kg.workbook import workbook

    return workbook({"answer": [rows.variables, *rows]})


def _graph(format: ox.RdfFormat) -> Callable[[Triples], str]:
    def write(triples: Triples) -> str:
        parsed = ox.parse(triples.ntriples, format=ox.RdfFormat.N_TRIPLES)
        plain = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in parsed)
        prefixes = dict(triples.prefixes)
        return (ox.serialize(plain, format=format, prefixes=prefixes) or b"").decode()

    return write


ROW_FORMATS: dict[str, Callable[[Rows], str | bytes]] = {
    "table": to_table,
    "csv": to_csv,
    "tsv": _standard(ox.QueryResultsFormat.TSV),
    "json": _standard(ox.QueryResultsFormat.JSON),
    "xml": _standard(ox.QueryResultsFormat.XML),
    "md": to_markdown,
    "xlsx": to_xlsx,
}
GRAPH_FORMATS: dict[str, Callable[[Triples], str]] = {
    "ttl": _graph(ox.RdfFormat.TURTLE),
    "nt": _graph(ox.RdfFormat.N_TRIPLES),
    "jsonld": _graph(ox.RdfFormat.JSON_LD),
}
