"""JSON taken strictly, and the fields of its objects: what is not as it should be is a Fault."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Set
from typing import Any, NoReturn, TypeAlias

from kg.identifiers import KEY
from kg.readers.faults import Fault
from kg.readers.names import nearest

Json: TypeAlias = Any
"""A value of a JSON file, of whatever shape."""
Object: TypeAlias = dict[str, Json]

_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SHOWN = 40


def _object(pairs: list[tuple[str, Json]]) -> Object:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice[:_SHOWN]!r} stands twice in one object")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
"""Refuses keys that stand twice, and NaN."""


class Number(str):
    """A number with a fraction, as it is written."""

    __slots__ = ()


_EXACT = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_no_number, parse_float=Number
)  # fmt: skip


def read_object(text: str) -> Object:
    """The object of a line; its numbers with a fraction stay as they were written."""
    code, fix = "bad-json", "mend this line, or write the file again; every other line is read"
    try:
        found = _EXACT.decode(text)
    except json.JSONDecodeError as error:
        message = f"{error.msg[:1].lower()}{error.msg[1:]}"
        what = f"this line is no JSON: {message} at character {error.pos + 1:,}"
    except RecursionError:
        code, what = "too-deep", "this JSON is nested deeper than any line needs"
    except ValueError as error:
        what = f"this JSON cannot be used: {error}"
    else:
        if isinstance(found, dict):
            return found
        code, what = "bad-entry", "this line holds no object"
        fix = 'write one object a line: {"document": "…", …}'
    raise Fault(code, what, fix)


def written(value: Json) -> str:
    """JSON of what was read, on one line; a number that is too large for any reader as text.

    >>> written(read_object('{"a": 0.50, "b": [1e400]}'))
    '{"a": 0.5, "b": ["1e400"]}'
    """
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Json) -> Json:
    if isinstance(value, Number) and math.isfinite(float(value)):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def half_characters(text: str, entry: Object) -> Object | None:
    """The object of a line with U+FFFD for each half character; None where it holds none."""
    if not _ESCAPED_HALF.search(text):
        return None
    written = json.dumps(entry, ensure_ascii=False)
    return _EXACT.decode(_HALF.sub("\ufffd", written)) if _HALF.search(written) else None


def text_of(entry: Object, key: str) -> str:
    """A field that takes text, "" where there is none."""
    value = entry.get(key, "")
    if isinstance(value, str):
        return value
    raise Fault("bad-value", f"`{key}` holds no text", f'write "{key}": "…", in quotation marks')


def needed(entry: Object, key: str) -> str:
    """A field that takes text and may not be missing."""
    if value := text_of(entry, key):
        return value
    raise Fault("missing-key", f"`{key}` is missing", f'write "{key}": "…"')


def key_of(entry: Object, name: str) -> str:
    """A field that names a document or a coder."""
    key = unicodedata.normalize("NFC", needed(entry, name))
    if KEY.fullmatch(key):
        return key
    fix = "write letters, digits, - and _, without dots"
    raise Fault("bad-value", f"`{name}: {key[:_SHOWN]}` cannot be a key", fix)


def texts_of(entry: Object, key: str) -> list[str]:
    """A field that takes a list of texts, or one alone."""
    value = entry.get(key, [])
    values = [value] if isinstance(value, str) else value
    if isinstance(values, list) and all(isinstance(each, str) for each in values):
        return values
    raise Fault("bad-value", f"`{key}` holds no list of texts", f'write "{key}": ["…", "…"]')


def objects_of(entry: Object, key: str) -> list[Object]:
    """A field that takes a list of objects."""
    value = entry.get(key, [])
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return value
    fix = f'write "{key}": [{{…}}, {{…}}]'
    raise Fault("bad-value", f"`{key}` holds no list of objects", fix)


def number_of(entry: Object, key: str) -> str:
    """A field that takes a number, as it is written; "" where there is none."""
    value = entry.get(key, "")
    if isinstance(value, str) or type(value) is int:
        return str(value)
    raise Fault("bad-value", f"`{key}` holds no number", f'write "{key}": 0.8')


def offset_of(entry: Object, key: str) -> int:
    """A field that takes an offset."""
    value = entry.get(key)
    if type(value) is int and value >= 0:
        return value
    fix = f'write "{key}": 12, counting the characters of the text from 0'
    raise Fault("bad-offset", f"`{key}` holds no whole number from 0", fix)


def check_keys(entry: Object, allowed: Set[str], where: str) -> None:
    """Raise the Fault of the first key that means nothing here; `where` is "a passage" …"""
    if not entry.keys() <= allowed:
        key = min(entry.keys() - allowed)
        fix = f"{where} takes {nearest(key, allowed)}"
        raise Fault("unknown-key", f"`{key[:_SHOWN]}` is no key of {where}", fix)
