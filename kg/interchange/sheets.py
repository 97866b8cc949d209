"""The cells of a workbook, ECMA-376 (.xlsx, .xlsm), as text: what a person sees who opens it.

Read      shared and inline texts, numbers, dates (as ISO 8601), truth values, results of formulas
Dropped   formulas themselves, formats, readings above characters, errors such as #N/A
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from kg.encoding import BadFile
from kg.limits import raised
from kg.plainxml import Plain, read_xml
from kg.zips import Archive

WORKBOOK = "xl/workbook.xml"
MOST_CELLS = 2_000_000
"""Of one sheet."""
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_ESCAPE = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
_COLUMN = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
Row = tuple[int, Mapping[int, str]]
"""Its number, from 1, and the texts of its cells by column, from 0."""


@dataclass(frozen=True)
class Workbook:
    """What the sheets of a workbook share."""

    archive: Archive = field(repr=False)
    sheets: Mapping[str, str]
    """Name → entry, in the order of the tabs."""
    texts: list[str] = field(repr=False)
    dates: frozenset[int]
    """Styles in which a number is a day."""
    epoch: datetime

    def rows(self, name: str) -> list[Row]:
        """The rows of a sheet that hold anything; BadFile where it cannot be read."""
        if self.sheets[name] not in self.archive.names:
            raise BadFile("bad-zip", 0, "this sheet is not in the file", "save the workbook again")
        sheet = _Sheet(self)
        sheet.parse(self.archive.read(self.sheets[name]))
        return sheet.rows


def open_workbook(archive: Archive) -> Workbook:
    """BadFile where it is none."""
    if WORKBOOK not in archive.names:
        raise BadFile("bad-zip", 0, f"there is no {WORKBOOK} in it: it is no .xlsx", "save it so")
    root = read_xml(archive.read(WORKBOOK))
    targets = dict(_targets(archive))
    found = {
        each.get("name", ""): targets.get(identifier, "")
        for each in root.iter()
        if _name(each) == "sheet"
        for key, identifier in each.items()
        if key.endswith("}id")
    }
    is_1904 = any(each.get("date1904") in ("1", "true") for each in root.iter())
    epoch = _EPOCH_1904 if is_1904 else _EPOCH
    return Workbook(archive, found, _texts(archive), _dates(archive), epoch)


def _targets(archive: Archive) -> Iterator[tuple[str, str]]:
    for each in _part(archive, "xl/_rels/workbook.xml.rels"):
        target = posixpath.join("/xl", each.get("Target", ""))
        yield each.get("Id", ""), posixpath.normpath(target).lstrip("/")


def _texts(archive: Archive) -> list[str]:
    return [
        "".join(plain_text(each.text or "") for each in _text_elements(item))
        for item in _part(archive, "xl/sharedStrings.xml")
    ]


def _text_elements(item: Element) -> Iterator[Element]:
    """Those of its runs, but not the readings above them."""
    for each in item:
        if _name(each) == "t":
            yield each
        elif _name(each) == "r":
            yield from (inner for inner in each if _name(inner) == "t")


def _dates(archive: Archive) -> frozenset[int]:
    own: set[int] = set(_BUILT_IN_DATES)
    styles: list[int] = []
    for group in _part(archive, "xl/styles.xml"):
        for each in group:
            number = each.get("numFmtId", "")
            if number.isdecimal() and _name(group) == "numFmts" and is_date_format(each):
                own.add(int(number))
            elif _name(group) == "cellXfs":
                styles.append(int(number) if number.isdecimal() else 0)
    return frozenset(place for place, number in enumerate(styles) if number in own)


def is_date_format(element: Element) -> bool:
    code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", element.get("formatCode", "").lower())
    return bool(re.search("[ymdhs]", code)) and "general" not in code


def _part(archive: Archive, name: str) -> list[Element]:
    return list(read_xml(archive.read(name))) if name in archive.names else []


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def plain_text(text: str) -> str:
    """
    >>> plain_text("two_x000D_lines"), plain_text("_x005F_x000D_")
    ('two\\rlines', '_x000D_')
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


class _Sheet(Plain):
    """The rows of a sheet, as they are met."""

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self.book = book
        self.rows: list[Row] = []
        self.cells: dict[int, str] = {}
        self.row = self.column = self.count = 0
        self.kind, self.is_date = "n", False
        self.words: list[str] = []
        self.within: list[str] = []
        self.parser.CharacterDataHandler = self._data

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        name = name.rpartition("}")[2]
        self.within.append(name)
        if name == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdecimal() and len(number) < 8 else self.row + 1  # noqa: PLR2004
            self.cells, self.column = {}, -1
        elif name == "c":
            place = _COLUMN.fullmatch(attributes.get("r", ""))
            self.column = _number(place[1]) if place else self.column + 1
            self.kind, style = attributes.get("t", "n"), attributes.get("s", "")
            self.is_date = style.isdecimal() and int(style) in self.book.dates
            self.words = []

    def _data(self, data: str) -> None:
        if self.within[-1] == "v" or (self.within[-1] == "t" and "rPh" not in self.within):
            self.words.append(data)

    def end(self, name: str) -> None:
        super().end(name)
        name = self.within.pop()
        if name == "c" and (text := self._text("".join(self.words))):
            self.count += 1
            if self.count > (most := raised(MOST_CELLS)):
                what = f"this sheet has more than {most:,} cells, which is the limit"
                raise BadFile("too-large", self.line, what, "split it")
            self.cells[self.column] = text
        elif name == "row" and self.cells:
            self.rows.append((self.row, self.cells))

    def _text(self, words: str) -> str:
        if self.kind == "s":
            known = words.strip().isdecimal() and int(words) < len(self.book.texts)
            return self.book.texts[int(words)] if known else ""
        if self.kind in ("inlineStr", "str"):
            return plain_text(words)
        if self.kind == "n":
            return _figure(words, self.book.epoch if self.is_date else None)
        return {"b": {"1": "TRUE", "0": "FALSE"}.get(words, ""), "d": words}.get(self.kind, "")


def _number(letters: str) -> int:
    """
    >>> _number("A"), _number("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _figure(words: str, epoch: datetime | None) -> str:
    """
    >>> _figure("5.0", None), _figure("0.75", None), _figure("45383.375", _EPOCH)
    ('5', '0.75', '2024-04-01T09:00:00')
    """
    try:
        number = float(words)
        if epoch is None:
            return str(int(number)) if number.is_integer() else repr(number)
        at = epoch + timedelta(seconds=round(number * 86_400))
    except (ValueError, OverflowError):
        return words
    return at.date().isoformat() if at.time() == datetime.min.time() else at.isoformat()
