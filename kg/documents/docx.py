"""Word's .docx, ECMA-376: a zip of XML of which only the words are read.

Read      paragraphs, tables, text boxes, formulas as their letters; title, creator, date of making
Body      all but tables of contents, footnotes and endnotes, which stand at the end
Dropped   images, headers and footers, comments, deletions of tracked changes, hidden words, and the
          numbers and bullets of lists, which Word makes anew each time
Tables    a line for each row, a tab between cells
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.documents.clean import TABLES, Clean, Paragraphs
from kg.encoding import BadFile
from kg.plainxml import read_xml
from kg.readers.faults import Faults
from kg.zips import Archive, Limits, open_zip

MAIN = "word/document.xml"
LIMITS = Limits()
_SKIPPED = {
    "del": "deletions of tracked changes",
    "moveFrom": "deletions of tracked changes",
    "Fallback": "",
    "rt": "readings above characters",
    "instrText": "",
    "delText": "",
    "pPrChange": "",
    "rPrChange": "",
}
_PICTURES = ("drawing", "pict", "object")
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_ABOUT = {"title": "title", "creator": "creator", "created": "issued", "language": "language",
          "rights": "rights", "publisher": "publisher"}  # fmt: skip


def read_docx(data: bytes, faults: Faults) -> Clean | None:
    """The words of a document; None and an issue where there are none to be had."""
    try:
        with open_zip(data, LIMITS) as archive:
            for entry, bad in archive.refused:
                faults.unusable(bad, entry)
            return _read(archive, faults)
    except BadFile as bad:
        faults.unusable(bad)
    return None


def _read(archive: Archive, faults: Faults) -> Clean | None:
    root = _part(archive, MAIN, faults)
    if root is None:
        if MAIN not in archive.names:
            what, fix = f"there is no {MAIN} in this file: it is no .docx", "save it as .docx"
            faults.error(0, "bad-zip", what, fix)
        return None
    words = _Words(Paragraphs())
    words.take(root)
    paragraphs = words.paragraphs
    for kind in ("footnotes", "endnotes"):
        _add_notes(_part(archive, f"word/{kind}.xml", faults), kind, paragraphs)
    edges = sum(bool(re.match(r"word/(header|footer)\d*\.xml$", name)) for name in archive.names)
    paragraphs.dropped["headers and footers"] += edges
    comments = _part(archive, "word/comments.xml", faults)
    paragraphs.dropped["comments"] += sum(1 for _ in comments) if comments is not None else 0
    core = _part(archive, "docProps/core.xml", faults)
    about = {_ABOUT[name]: each.text or "" for each in core if (name := _name(each)) in _ABOUT} \
        if core is not None else {}  # fmt: skip
    return paragraphs.clean(about)


def _part(archive: Archive, name: str, faults: Faults) -> Element | None:
    """An entry as XML; None where there is none, or none that can be read."""
    if name not in archive.names:
        return None
    try:
        return read_xml(archive.read(name))
    except BadFile as bad:
        faults.unusable(bad, name)
    return None


def _add_notes(root: Element | None, kind: str, paragraphs: Paragraphs) -> None:
    notes = [] if root is None else [note for note in root if _value(note, "type") is None]
    for note in notes:
        words = _Words(Paragraphs())
        words.take(note)
        paragraphs.add(words.paragraphs.clean({}).text, inside=False)
        paragraphs.dropped.update(words.paragraphs.dropped)
    paragraphs.changed[f"{kind}, at the end and outside of the body"] += len(notes)


class _Words:
    """What is met on the way through a part; a text box within a paragraph stands behind it."""

    def __init__(self, paragraphs: Paragraphs) -> None:
        self.paragraphs = paragraphs
        self.words: list[str] = []
        self.outer: list[tuple[list[str], int, bool]] = []
        self.tables = 0
        self.beside = False
        self.pictures: list[bool] = []
        """Of the drawings around: whether each holds a picture, and no text."""

    def take(self, root: Element) -> None:
        for element, is_start in _steps(root, self.paragraphs):
            if is_start:
                self._start(element, _name(element))
            else:
                self._end(_name(element))
        self._paragraph()

    def _start(self, element: Element, name: str) -> None:
        counts = self.paragraphs.dropped
        if name == "t":
            self.words.append(element.text or "")
        elif name in _SIGNS:
            self.words.append(_SIGNS[name])
        elif name == "tbl":
            self.paragraphs.changed[TABLES] += 1
            self._paragraph() if not self.tables else None
            self.tables += 1
        elif name in ("softHyphen", "sym"):
            counts["characters of special fonts" if name == "sym" else "soft hyphens"] += 1
        elif name in _PICTURES:
            self.pictures.append(True)
        elif name == "numPr":
            counts["numbers and bullets of lists"] += 1
        elif name == "pStyle":
            self.beside = (_value(element, "val") or "").lower().startswith("toc")
        elif name == "txbxContent":
            self.outer.append((self.words, self.tables, self.beside))
            self.words, self.tables, self.beside = [], 0, False
            self.pictures[-1:] = [False] * bool(self.pictures)

    def _end(self, name: str) -> None:
        if name == "p":
            if self.tables:
                self.words.append(" ")
            else:
                self._paragraph()
        elif name == "tc" and self.tables == 1:
            self.words.append("\t")
        elif name == "tr":
            self.words.append("\n" if self.tables == 1 else " ")
        elif name == "tbl":
            self.tables -= 1
            self._paragraph() if not self.tables else None
        elif name in _PICTURES:
            self._picture(self.pictures.pop())
        elif name == "txbxContent":
            self._paragraph()
            self.words, self.tables, self.beside = self.outer.pop()

    def _picture(self, is_one: bool) -> None:
        self.paragraphs.dropped["images"] += is_one
        if not is_one:
            self.pictures[-1:] = [False] * bool(self.pictures)

    def _paragraph(self) -> None:
        key = "tables of contents, outside of the body (lines)"
        self.paragraphs.changed[key] += self.beside
        self.paragraphs.add("".join(self.words), inside=not self.beside)
        self.words, self.beside = [], False


def _steps(root: Element, paragraphs: Paragraphs) -> Iterator[tuple[Element, bool]]:
    """Every element as it begins and as it ends, but those that hold no words of the document."""
    ways: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
    while ways:
        element, children = ways[-1]
        child = next(children, None)
        if child is None:
            ways.pop()
            yield element, False
            continue
        name = _name(child)
        if name in _SKIPPED:
            paragraphs.dropped[_SKIPPED[name]] += bool(_SKIPPED[name])
        elif name == "r" and _is_hidden(child):
            paragraphs.dropped["hidden words"] += 1
        else:
            yield child, True
            ways.append((child, iter(child)))


def _is_hidden(run: Element) -> bool:
    found = run.find("{*}rPr/{*}vanish")
    return found is not None and _value(found, "val") not in ("0", "false", "off")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Element, name: str) -> str | None:
    """An attribute, whichever of the two namespaces of WordprocessingML it has."""
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), None)
