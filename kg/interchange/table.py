"""A table of coded segments, whichever file holds it: columns by their headings, a mark a row.

Each row has the words and a label; the words are looked for in the text that the row names, told
apart by prefix and suffix, by the number of the occurrence, or by offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from kg.anchoring import CONTEXT, Anchors
from kg.interchange.intake import Incoming, shown
from kg.interchange.model import Annotated, Circumstances, Mark
from kg.interchange.quotes import Quote, locate
from kg.interchange.source import Source
from kg.model import Document
from kg.readers.faults import Fault

COLUMNS = {
    "document": ("document", "document name", "doc", "file", "filename", "source", "dokument",
                 "dokumentname", "文档"),
    "quote": ("quote", "segment", "coded segment", "coded text", "text", "exact", "seltext",
              "excerpt", "quotation", "quotation content", "content", "zitat", "引文"),
    "label": ("label", "code", "codename", "code name", "concept", "category", "tag", "编码"),
    "coder": ("coder", "author", "annotator", "user", "owner", "created by", "autor",
              "erstellt von", "auteur", "编码者"),
    "time": ("time", "coded", "date", "created", "creation date", "modified", "erstellt am"),
    "note": ("note", "comment", "memo", "kommentar", "commentaire", "备注"),
    "confidence": ("confidence", "score"),
    "status": ("status",),
    "prefix": ("prefix", "before"),
    "suffix": ("suffix", "after"),
    "occurrence": ("occurrence", "nth"),
    "start": ("start", "begin", "pos0"),
    "end": ("end", "pos1"),
    "id": ("id",),
}  # fmt: skip
"""What a column means: how its heading may be written. `Beginning` of MAXQDA counts paragraphs."""
LEFT_OUT = "-"
STEP = " > "
"""Between the codes of a path."""
_MEANING = {heading: name for name, headings in COLUMNS.items() for heading in headings}
_PATH = re.compile(rf"{STEP}|\\")
Row = Mapping[str, str]
Text: TypeAlias = tuple[Incoming, Anchors]


def headings(cells: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Heading as written → what it means, "" for a column of another meaning.

    `chosen` is what a person says of headings, `-` for a column that is to be left out.

    >>> headings(["Code", "Stelle", "Weight", "End"], {"stelle": "quote"})
    {'Code': 'label', 'Stelle': 'quote', 'Weight': '', 'End': ''}
    """
    own = {_folded(heading): meaning for heading, meaning in chosen.items() if meaning}
    free = {heading: name for heading, name in _MEANING.items() if name not in own.values()}
    found: dict[str, str] = {}
    for cell in cells:
        if cell in found:
            continue
        meaning = own.get(_folded(cell)) or free.get(_folded(cell), "")
        found[cell] = "" if meaning in found.values() and meaning != LEFT_OUT else meaning
    if not {"start", "end"} <= {*found.values()}:
        return {cell: "" if meaning in ("start", "end") else meaning
                for cell, meaning in found.items()}  # fmt: skip
    return found


def _folded(heading: str) -> str:
    return " ".join(heading.casefold().split())


def missing_columns(meanings: Mapping[str, str]) -> list[str]:
    there = {*meanings.values()}
    missing = [name for name in ("quote", "label") if name not in there]
    return [] if "start" in there and missing == ["quote"] else missing


def is_table(source: Source, meanings: Mapping[str, str], line: int) -> bool:
    """Whether the columns are there that every row needs; an issue for those missing."""
    missing = missing_columns(meanings)
    if not missing:
        return True
    what = f"no column of this table is called {' or '.join(missing)}"
    names = "; ".join(f"{name}: {', '.join(COLUMNS[name][:4])}" for name in missing)
    fix = f"name the columns ({names}), or say in a map file which is which: column<TAB>HEADING"
    source.faults.error(line, "missing-column", what, f"{fix}<TAB>{missing[0]} (--map FILE)")
    return False


def _meant(cells: Mapping[str, str], meanings: Mapping[str, str]) -> Row:
    """The cells by what they mean; those of other columns by their heading with a colon."""
    return {
        meanings[name] or f":{name}": value
        for name, value in cells.items()
        if value.strip() and meanings[name] != LEFT_OUT
    }


@dataclass
class Table:
    """The rows of a file on their way in; its texts by the names in rows, and by key."""

    source: Source
    opened: dict[str, Text] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)

    def take(self, line: int, cells: Mapping[str, str], meanings: Mapping[str, str]) -> None:
        """A row with the headings of its cells; what is wrong with it costs only itself."""
        try:
            self._take(line, _meant(cells, meanings))
        except Fault as fault:
            self.source.intake.marks += 1
            self.source.faults.add(line, fault)

    def _take(self, line: int, row: Row) -> None:
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
            more=tuple((name[1:], row[name]) for name in row if name[0] == ":"),
        )
        label = _path(row.get("label", ""))
        id_ = row.get("id", f"row {line}")
        incoming.mark(id_, label, [offsets], line, quote=quote, said=said)

    def _document(self, name: str, line: int) -> Text:
        if name not in self.opened:
            document = self._text(name)
            if document is None:
                what = f"there is no text for the document `{shown(name)}`"
                fix = f"put it beside this table or into passages/, as {name or 'NAME'}.txt"
                raise Fault("no-text", what, fix)
            if document.key not in self.texts:
                incoming = self.source.intake.document(document.key, document.text, line)
                self.texts[document.key] = incoming, Anchors.of(incoming.text, document.body)
            self.opened[name] = self.texts[document.key]
        return self.opened[name]

    def _text(self, name: str) -> Document | None:
        texts = self.source.texts
        if found := texts.find(name, "" if name else self.source.path.stem):
            return found
        keys = {document.key for document in texts.documents}
        return texts.documents[0] if not name and len(keys) == 1 else None


@lru_cache(maxsize=10_000)
def _path(label: str) -> tuple[str, ...]:
    """A label by its steps in a code tree."""
    return tuple(part.strip() for part in _PATH.split(label) if part.strip())


def _quote(row: Row) -> Quote:
    occurrence = row.get("occurrence", "").strip()
    number = int(occurrence) if re.fullmatch("[0-9]{1,9}", occurrence) else 0
    if occurrence and not number:
        what = f"`{shown(occurrence)}` is no number of an occurrence"
        raise Fault("bad-occurrence", what, "write 1 for the first, 2 for the second …")
    return Quote(row.get("quote", ""), row.get("prefix", ""), row.get("suffix", ""), number)


HEADER = ("id", "document", "label", "quote", "prefix", "suffix", "start", "end", "coder", "time",
          "note", "confidence", "status")  # fmt: skip


def mark_cells(document: Annotated, mark: Mark) -> tuple[str | int, ...]:
    text, said = document.text, mark.said
    (start, end) = mark.spans[0]
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    place = (text[start:end], prefix, suffix, start, end)
    who = (said.coder, said.time, said.note, said.confidence, said.status)
    return (mark.id, document.key, STEP.join(mark.label), *place, *who)
