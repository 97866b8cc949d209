"""Tables of coded segments, as spreadsheets, MAXQDA and QualCoder export them: one mark a row.

Sample    document,quote,label,coder,prefix,suffix
          notes,county town,place,ann,the ,; then
Columns   by their heading, in any order: see `COLUMNS`; others are kept as fields of the mark
Offsets   code points, if there are start and end; else the quote is looked for, told apart by
          prefix and suffix, or by the number of the occurrence, from 1
Read      comma, semicolon or tab between cells; a label such as `A > B` is a path in a code tree
Dropped   nothing in silence; rows without any cell are passed over
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.anchoring import CONTEXT, Anchors
from kg.interchange.intake import Incoming, shown
from kg.interchange.model import Annotated, Circumstances, Foreign, Mark
from kg.interchange.quotes import Quote, locate
from kg.interchange.source import Source
from kg.model import Document
from kg.readers.faults import Fault

COLUMNS = {
    "document": ("document", "document name", "doc", "file", "filename", "source", "文档"),
    "quote": ("quote", "segment", "coded segment", "text", "exact", "seltext", "引文"),
    "label": ("label", "code", "codename", "code name", "concept", "category", "tag", "编码"),
    "coder": ("coder", "author", "annotator", "user", "owner", "created by", "编码者"),
    "time": ("time", "coded", "date", "created", "creation date", "modified"),
    "note": ("note", "comment", "memo", "备注"),
    "confidence": ("confidence", "score"),
    "status": ("status",),
    "prefix": ("prefix", "before"),
    "suffix": ("suffix", "after"),
    "occurrence": ("occurrence", "nth"),
    "start": ("start", "beginning", "begin", "pos0"),
    "end": ("end", "pos1"),
    "id": ("id",),
}  # fmt: skip
_MEANING = {heading: name for name, headings in COLUMNS.items() for heading in headings}
_DELIMITERS = ",;\t"
_PATH = re.compile(r" > |\\")
_LONGEST_CELL = 10_000_000
_TRIES = 10
Row = Mapping[str, str]


def looks_like_csv(path: Path, text: str) -> bool:
    headings = _headings(text)
    return path.suffix in (".csv", ".tsv") or {"quote", "label"} <= {*headings.values()}


def _first_line(text: str) -> str:
    return text.lstrip("\ufeff \r\n")[:10_000].split("\n", 1)[0]


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=_first_line(text).count)


def _headings(text: str) -> dict[str, str]:
    """Heading as written → what it means; none where the first line is no row."""
    try:
        cells = next(csv.reader([_first_line(text)], delimiter=_delimiter(text)), [])
    except csv.Error:
        cells = []
    found: dict[str, str] = {}
    for cell in cells:
        meaning = _MEANING.get(" ".join(cell.casefold().split()), "")
        found[cell] = "" if meaning in found.values() else meaning
    return found


def read_csv(source: Source) -> Foreign:
    """The rows of a table, on the texts that their documents name."""
    headings = _headings(source.text)
    missing = [name for name in ("quote", "label") if name not in headings.values()]
    if "start" in headings.values() and missing == ["quote"]:
        missing = []
    if missing:
        what = f"no column of this table is called {' or '.join(missing)}"
        names = "; ".join(f"{name}: {', '.join(COLUMNS[name][:4])}" for name in missing)
        source.faults.error(1, "missing-column", what, f"name the columns ({names})")
        return source.intake.foreign()
    table = _Table(source)
    for line, cells in _rows(source):
        try:
            table.take(line, _meant(cells, headings))
        except Fault as fault:
            source.intake.marks += 1
            source.faults.add(line, fault)
    return source.intake.foreign()


def _rows(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the headings with their lines; a broken row costs itself."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = io.StringIO(source.text, newline="").readlines()
    delimiter = _delimiter(source.text)
    first = next((n for n, line in enumerate(lines) if line.strip("\ufeff \r\n")), 0)
    names = [*_headings(source.text)]
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


def _meant(cells: Mapping[str, str], headings: Mapping[str, str]) -> Row:
    """The cells by what they mean; those of other columns by their heading with a colon."""
    return {headings[name] or f":{name}": value for name, value in cells.items() if value.strip()}


@dataclass
class _Table:
    """The rows of a file on their way in."""

    source: Source
    opened: dict[str, tuple[Incoming, Anchors]] = field(default_factory=dict)

    def take(self, line: int, row: Row) -> None:
        incoming, anchors = self._document(row.get("document", ""), line)
        quote = row.get("quote")
        offsets: tuple[object, object] = (row.get("start"), row.get("end"))
        if "start" not in row or "end" not in row:
            offsets = locate(anchors, _quote(row), self.source.faults)
        said = Circumstances(
            coder=row.get("coder", ""),
            time=row.get("time", ""),
            note=row.get("note", ""),
            confidence=row.get("confidence", ""),
            status=row.get("status", ""),
            more=tuple((name[1:], value) for name, value in row.items() if name.startswith(":")),
        )
        parts = _PATH.split(row.get("label", ""))
        label = [part.strip() for part in parts if part.strip()]
        id_ = row.get("id", f"row {line}")
        incoming.mark(id_, label, [offsets], line, quote=quote, said=said)

    def _document(self, name: str, line: int) -> tuple[Incoming, Anchors]:
        if name not in self.opened:
            document = self._text(name)
            if document is None:
                what = f"there is no text for the document `{shown(name)}`"
                fix = f"put it beside this table or into passages/, as {name or 'NAME'}.txt"
                raise Fault("no-text", what, fix)
            keys = {incoming.key: found for found in self.opened.values() for incoming in found[:1]}
            if document.key not in keys:
                incoming = self.source.intake.document(document.key, document.text, line)
                keys[document.key] = incoming, Anchors.of(incoming.text, document.body)
            self.opened[name] = keys[document.key]
        return self.opened[name]

    def _text(self, name: str) -> Document | None:
        texts = self.source.texts
        if found := texts.find(name, "" if name else self.source.path.stem):
            return found
        keys = {document.key for document in texts.documents}
        return texts.documents[0] if not name and len(keys) == 1 else None


def _quote(row: Row) -> Quote:
    occurrence = row.get("occurrence", "").strip()
    number = int(occurrence) if re.fullmatch("[0-9]{1,9}", occurrence) else 0
    if occurrence and not number:
        what = f"`{shown(occurrence)}` is no number of an occurrence"
        raise Fault("bad-occurrence", what, "write 1 for the first, 2 for the second …")
    return Quote(row.get("quote", ""), row.get("prefix", ""), row.get("suffix", ""), number)


HEADER = ("id", "document", "label", "quote", "prefix", "suffix", "start", "end", "coder", "time",
          "note", "confidence", "status")  # fmt: skip


def write_csv(documents: Sequence[Annotated]) -> dict[str, bytes]:
    """One table, and the text of each document beside it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADER)
    for document in documents:
        writer.writerows(_cells(document, mark) for mark in document.marks)
    texts = {f"{document.key}.txt": document.text.encode() for document in documents}
    return {"annotations.csv": buffer.getvalue().encode(), **texts}


def _cells(document: Annotated, mark: Mark) -> tuple[str | int, ...]:
    text, said = document.text, mark.said
    (start, end) = mark.spans[0]
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    place = (text[start:end], prefix, suffix, start, end)
    who = (said.coder, said.time, said.note, said.confidence, said.status)
    return (mark.id, document.key, " > ".join(mark.label), *place, *who)
