"""A file made ready for the parser: unpacked, in UTF-8, of a size that can be read, harmless."""

from __future__ import annotations

import codecs
import gzip
import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.anyrdf.formats import SAMPLE, foreign, syntax_of
from kg.anyrdf.xml import as_utf8, check_xml
from kg.encoding import BadFile, byte_order_mark, decode, open_bytes, unreadable

LARGEST = 1024**3
"""Bytes of a file, unpacked."""
DEEPEST = 200
"""Brackets within brackets in JSON; the parser needs the cube of it."""
CHOOSE = "choose a file in Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD"
_CHUNK = 1024**2
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Opened:
    """A file that stands where the parser shall begin."""

    file: IO[bytes]
    syntax: ox.RdfFormat


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The file for as long as it is read; a BadFile says why it cannot be."""
    with _binary(path) as file:
        start = _sample(file)
        if not start.removeprefix(codecs.BOM_UTF8).strip():
            raise unreadable("this file is empty", CHOOSE)
        if words := foreign(start):
            raise unreadable(f"this is no RDF, but {words}", CHOOSE)
        syntax = syntax_of(path, start)
        if syntax == ox.RdfFormat.RDF_XML:
            yield Opened(_checked_xml(file), syntax)
        else:
            _check_text(file, start, syntax)
            yield Opened(file, syntax)


@contextmanager
def _binary(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked into a temporary one that has no name where need be."""
    with open_bytes(path) as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            raise _too_large()
        if file.read(2) != _GZIP:
            yield file
            return
        file.seek(0)
        with tempfile.TemporaryFile() as unpacked:
            _unpack(file, unpacked)
            yield unpacked


def _unpack(packed: IO[bytes], unpacked: IO[bytes]) -> None:
    left = LARGEST
    try:
        with gzip.open(packed) as stream:
            while data := stream.read(_CHUNK):
                left -= unpacked.write(data)
                if left < 0:
                    raise _too_large()
    except EOFError:
        raise unreadable(
            "this packed file breaks off before its end", "get the whole file again"
        ) from None
    except (gzip.BadGzipFile, zlib.error):
        raise unreadable("this file is damaged: it cannot be unpacked", "get it again") from None


def _sample(file: IO[bytes]) -> bytes:
    file.seek(0)
    start = file.read(SAMPLE)
    file.seek(0)
    return start


def _checked_xml(file: IO[bytes]) -> IO[bytes]:
    try:
        text = as_utf8(file)
    except (UnicodeError, LookupError) as error:
        fix = "save it again as UTF-8"
        raise unreadable(f"this XML is not in the encoding that it names: {error}", fix) from None
    check_xml(text)
    text.seek(0)
    return text


def _check_text(file: IO[bytes], start: bytes, syntax: ox.RdfFormat) -> None:
    """Leave the file behind its byte order mark; BadFile for another encoding, or deep JSON."""
    if syntax == ox.RdfFormat.JSON_LD:
        _check_depth(decode(file.read()))
    elif b"\0" in start:
        decode(file.read())
    file.seek(len(byte_order_mark(start)))


_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|([\[{])|([\]}])|(\n)', re.DOTALL)


def _check_depth(text: str) -> None:
    depth, line = 0, 1
    for token in _BRACKET.finditer(text):
        depth += (token.lastindex == 1) - (token.lastindex == 2)  # noqa: PLR2004 - a closing one
        line += token.lastindex == 3  # noqa: PLR2004 - the end of a line
        if depth > DEEPEST:
            what = f"this JSON is nested more than {DEEPEST} deep"
            raise unreadable(what, "save it as Turtle, and draw that", line)


def _too_large() -> BadFile:
    what = f"this file has more than {LARGEST // 1024**2:,} MB (unpacked)"
    return unreadable(what, "take the part of it that is to be seen")
