"""The words of a mark's braces, a statement and a flow: one lexer for all three.

    {county town #m1 confidence=0.8}
    m1 removes "dual system", land {descriptive in=city}

A word ends at white space, a comma, # = { } or a quotation mark; "quoted" words may hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.readers.faults import Fault

Kind = Literal["word", "quoted", "pair", "id", "comma", "open", "close"]

_WORD = r'[^\s,#="{}]+'
_TOKEN = re.compile(
    rf"""
      (?P<pair>(?P<key>{_WORD})=(?:"(?P<quoted_value>[^"]*)"|(?P<value>[^\s,"{{}}]+)))
    | (?P<id>\#(?P<name>{_WORD}))
    | "(?P<quoted>[^"]*)"
    | {_WORD}
    | [,{{}}]
    | (?P<space>\s+)
    """,
    re.VERBOSE,
)
_PUNCTUATION: dict[str, Kind] = {",": "comma", "{": "open", "}": "close"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_FULL_WIDTH = re.compile("[，、｛｝＝＃；：“”]")


@dataclass(frozen=True, slots=True)
class Token:
    """`key` is set for a pair; `offset` counts from the start of the text taken apart."""

    kind: Kind
    value: str
    offset: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """What a coder wrote for a concept; a quoted name is never an id or a relation."""

    text: str
    quoted: bool = False

    def __str__(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text


def tokens(text: str) -> Iterator[Token]:
    """Takes a text apart; what fits nowhere is a Fault."""
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if not match:
            raise _misplaced(text, offset)
        if match.lastgroup != "space":
            yield _token(match)
        offset = match.end()


def _token(match: re.Match[str]) -> Token:
    if match["pair"] is not None:
        value = match["value"] if match["quoted_value"] is None else match["quoted_value"]
        return Token("pair", value, match.start(), match["key"])
    if match["id"] is not None:
        return Token("id", match["name"], match.start())
    if match["quoted"] is not None:
        return Token("quoted", match["quoted"], match.start())
    return Token(_PUNCTUATION.get(match.group(), "word"), match.group(), match.start())


def visible(text: str) -> str:
    """A name without characters that nobody can see in it."""
    return _INVISIBLE.sub("", text)


def _misplaced(text: str, offset: int) -> Fault:
    shown = text[offset : offset + 20]
    if shown.lstrip("=").startswith('"'):
        what = f"the quotation mark at `{shown}` is never closed"
        return Fault("unclosed-quote", what, 'close it: "words in quotation marks"')
    what = f"`{text[offset]}` stands alone before `{shown[1:]}`"
    fix = "write key=value and #id without spaces; put names that hold # or = in quotation marks"
    return Fault("misplaced-character", what, fix)


def punctuation_advice(text: str) -> str:
    """A half sentence for names that hold Chinese punctuation where ASCII is due, else ""."""
    if not _FULL_WIDTH.search(text):
        return ""
    return '; separate names by an ASCII comma, and write { } = # " in ASCII too'
