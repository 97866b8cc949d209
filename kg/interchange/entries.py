"""JSON files entry by entry: one after the other, or as one list, each with its line.

A fault costs the entry it stands in and no other. A list is taken apart from outside, so that what
stands before the point where a file was cut off is still read.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from kg.interchange.intake import worded
from kg.interchange.source import Source, key_of
from kg.readers.faults import Fault, Faults
from kg.readers.objects import DECODER, Json, Object

Entry: TypeAlias = tuple[int, Json]
"""The line on which a value begins, and the value."""

_SPACE = re.compile(r"[ \t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NEXT_ENTRY = re.compile(r"[\r\n][ \t]*+(?=[{\[])")
_TRIES = 100
"""Broken entries of one file after which reading it is given up."""


def read_entries(text: str, faults: Faults) -> Iterator[Entry]:
    """Every entry of a file of JSON Lines (pretty-printed ones too), or of one JSON list."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    at = _skip(text, 0)
    in_list = text.startswith("[", at) and _is_list_of_entries(text, at)
    at = _skip(text, at + 1) if in_list else at
    tries = 0
    while at < len(text) and not (in_list and text[at] == "]"):
        line = bisect_right(starts, at)
        try:
            value, end = _decoded(text, at)
        except Fault as broken:
            tries += 1
            line, broken.line = bisect_right(starts, broken.line), 0
            faults.add(line, broken)
            following = _NEXT_ENTRY.search(text, at + 1)
            if tries > _TRIES or not following:
                return
            at = following.end()
            continue
        yield line, value
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif in_list and not text.startswith("]", at):
            what = "this list is never closed: the file ends too early"
            if at < len(text):
                what = "a comma or the end of the list is due here"
            fault = Fault("bad-json", what, _AGAIN)
            faults.add(bisect_right(starts, min(at, len(text) - 1)), fault)


_AGAIN = "export the file again, or mend it; every other entry was read"


def _is_list_of_entries(text: str, at: int) -> bool:
    """A list of objects; a list such as `[0, 4, "label"]` is an entry itself."""
    return text[_skip(text, at + 1) : _skip(text, at + 1) + 1] in ("{", "]", "")


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _decoded(text: str, at: int) -> tuple[Json, int]:
    """A value and where it ends, or a Fault whose line is the offset of what is wrong."""
    place, code = at, "bad-json"
    try:
        return DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        ran_on = "\n{" in text[at : error.pos + 1]  # into the next entry: this one was cut off
        place = at if ran_on else min(error.pos, len(text) - 1)
        what = f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    except RecursionError:
        code, what = "too-deep", "this JSON is nested deeper than any annotation"
    except ValueError as error:
        what = f"this JSON cannot be used: {error}"
    fault = Fault(code, what, _AGAIN)
    fault.line = place
    raise fault


def key_of_entry(source: Source, entry: Object, number: int, taken: set[str]) -> str:
    """What the text of an entry is called: by its id, else its number; then it is taken."""
    key = f"{source.key}-{key_of(worded(entry.get('id'))) or number}"
    key = key if key.casefold() not in taken else f"{key}-{number}"
    taken.add(key.casefold())
    return key


@lru_cache(maxsize=1)
def first_entry(text: str) -> Json:
    """The first value of a file, None where it cannot be read: enough to tell its format."""
    return next(read_entries(text, Faults("")), (0, None))[1]
