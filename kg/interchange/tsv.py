"""The lines, cells and values of WebAnno TSV 3, without what they mean together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNIT = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)\t(\d{1,12})-(\d{1,12})(?:\t([^\t]*)(.*))?")
_LAYER = re.compile(r"#T_(SP|RL|CH)=([^|]*)(.*)")
_NUMBER = re.compile(r"\d{1,9}(?:_\d{1,9})?\]")
_CHAIN = re.compile(r"(.*)(->\d{1,9}-\d{1,9})", re.DOTALL)
_PIECES = re.compile(r"\\.|.", re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|->|.)", re.DOTALL)
_MEANT = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
_SPECIAL = re.compile(r"->|[\\\[\]|_;\t\n*]")
_WRITTEN = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f", "\b": "\\b"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layer: `kind` is feature, role, target, base or link."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A line of the head: SP for spans, RL for relations between those of `base`, CH for chains."""

    kind: str
    name: str
    columns: tuple[Column, ...]
    base: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or a part of one, with its cells."""

    id: str
    start: int
    end: int
    word: str
    cells: Sequence[str]
    line: int


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a cell: `number` tells annotations apart, `chain` is `->chain-element`."""

    text: str
    number: str = ""
    chain: str = ""

    @classmethod
    def of(cls, written: str, kind: str) -> Value:
        """
        >>> Value.of("Town[3]", "feature"), Value.of("1-1[2_0]", "base")
        (Value(text='Town', number='3', chain=''), Value(text='1-1', number='2_0', chain=''))
        """
        if kind == "link" and (match := _CHAIN.fullmatch(written)):
            return cls(match[1], "", match[2])
        text, bracket, number = written.rpartition("[")
        if kind != "target" and bracket and _NUMBER.fullmatch(number):
            return cls(text, number[:-1])
        return cls(written)


def layer_of(line: str) -> Layer | None:
    """A line of the head, None for any other line."""
    match = _LAYER.fullmatch(line.rstrip())
    if not match:
        return None
    kind, name = match[1], match[2]
    columns: list[Column] = []
    base = ""
    for written in match[3].split("|")[1:] or [""]:
        column = Column(written, "feature")
        if kind == "RL" and written.startswith("BT_"):
            base = written.removeprefix("BT_")
            column = Column("", "base")
        elif kind == "SP" and written.startswith("ROLE_"):
            feature = written.removeprefix("ROLE_").partition(":")[2].partition("_")[0]
            column = Column(feature or written, "role")
        elif columns and columns[-1].kind == "role":
            column = Column(columns[-1].name, "target")
        elif kind == "CH" and written == "referenceRelation":
            column = Column(written, "link")
        columns.append(column)
    return Layer(kind, name, tuple(columns), base)


def unit_of(line: str, number: int) -> Unit | None:
    """A line of a word, None for any other."""
    match = _UNIT.fullmatch(line)
    if not match:
        return None
    cells = (match[5] or "").split("\t")[1:]
    return Unit(match[1], int(match[2]), int(match[3]), text_of(match[4] or ""), cells, number)


def split(text: str, separator: str) -> list[str]:
    """
    >>> split("a|b\\\\|c", "|")
    ['a', 'b\\\\|c']
    """
    if separator not in text:
        return [text]
    parts = [""]
    for piece in _PIECES.findall(text):
        if piece == separator:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def unescaped(text: str) -> str:
    """The value of a cell as it was before it was written."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _MEANT.get(match[1], match[1]), text)


def text_of(text: str) -> str:
    """The words of a sentence or a token as they were before they were written."""

    def meant(match: re.Match[str]) -> str:
        escape = match[1]
        if len(escape) > 1 and escape.startswith("u"):
            return chr(int(escape[1:], 16))
        return _MEANT.get(escape, escape)

    return _ESCAPE.sub(meant, text) if "\\" in text else text


def escaped(value: str) -> str:
    """A value as it stands in a cell.

    >>> print(escaped("a_b [c]"))
    a\\_b \\[c\\]
    """
    return _SPECIAL.sub(lambda match: _WRITTEN.get(match[0], "\\" + match[0]), value)


def text_written(text: str) -> str:
    """Words as they stand in a sentence or a token."""
    return re.sub(r"[\\\t\n\r\f\b]", lambda match: _WRITTEN.get(match[0], "\\\\"), text)
