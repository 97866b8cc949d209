"""JSON Lines, `passages/<name>.jsonl`: any number of documents, each followed by its passages.

Sample    {"document": "river", "language": "en", "text": "Otters eat salmon here."}
          {"document": "river", "coder": "a1", "coded": "2026-11-22T09:00:00Z",
           "start": 0, "end": 17, "quote": "Otters eat salmon",
           "mentions": [{"concept": "otter", "start": 0, "end": 6, "quote": "Otters"}],
           "statements": [{"subject": "otter", "relation": "eats", "object": "salmon",
                           "modality": "descriptive"}]}
          (each of the two on one line)
Offsets   code points of `text`, end excluded, in passages and mentions alike
Read      all of it; the keys of each object stand in README.md
Dropped   nothing in silence: a fault costs the line, or the mention or statement, that it stands in

One document after the other is read; nothing of it is kept for the next.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from kg.encoding import BadFile, decode, open_bytes
from kg.errors import Issue, Place
from kg.model import METADATA, Document, Passage, Unplaced
from kg.readers.documents import (
    UNREAD,
    Body,
    check_text,
    checked,
    checked_body,
    described,
)
from kg.readers.faults import Fault, Faults
from kg.readers.names import Names
from kg.readers.objects import (
    Object,
    check_keys,
    half_characters,
    key_of,
    needed,
    read_object,
    text_of,
)
from kg.readers.records import read_record
from kg.readers.unplaced import is_unplaced, read_unplaced

LONGEST_LINE = 100_000_000
"""Bytes: a text is one line with all that is known of it."""
DOCUMENT_KEYS = frozenset({"document", "text", "sha256", "body", *METADATA})
_DOCUMENT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"document"\s*:\s*"([^"\\]*)"')
_PAIR = 2
_SHOWN = 40

Found = tuple[Document | None, tuple[Issue, ...]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one document in a file of many: from byte `start` to `end`, from `line` on.

    `key` is what they call their document, "" for lines before the first one.
    """

    key: str
    digest: str
    file: Path
    start: int
    end: int
    line: int

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def place(self) -> Place:
        return Place(f"{self.file.parent.name}/{self.file.name}", self.line)


def stretches(path: Path) -> Iterator[Stretch]:
    """The stretches of a file; BadFile where it cannot be read.

    A document's lines begin where a line names another document and is not just a passage gone
    astray.
    """
    with open_bytes(path) as stream:
        key, start, first, end, content = "", 0, 1, 0, hashlib.sha256()
        following = 1
        for line in _lines(stream, 1):
            named = _named(line.data)
            other = _begun_by(line.data) if named is None or named != key else ""
            if other and other != key:
                if end:
                    yield Stretch(_nfc(key), content.hexdigest()[:16], path, start, end, first)
                key, start, first, content = other, line.start, line.number, hashlib.sha256()
                following = first
            content.update(b"\n" * (line.number - following) + line.data)
            following = line.number + 1
            end = line.start + line.length
        if end:
            yield Stretch(_nfc(key), content.hexdigest()[:16], path, start, end, first)


def read_stretch(stretch: Stretch, names: Names) -> Found:
    """The document with its passages, and an issue for each fault; None where there is none."""
    faults = Faults(stretch.place.file)
    try:
        document = _read_document(stretch.key, entries_of(stretch, faults), names, faults)
    except BadFile as bad:
        faults.unusable(bad)
        return None, faults.issues
    return document, faults.issues


def read_stretch_text(stretch: Stretch) -> Found:
    """The document without its passages."""
    faults = Faults(stretch.place.file)
    for number, entry in entries_of(stretch, faults):
        if _is_document(entry):
            return _document(entry, number, faults), faults.issues
    return None, faults.issues


def entries_of(stretch: Stretch, faults: Faults) -> Iterator[tuple[int, Object]]:
    """Every line of a stretch that holds an object, with its number."""
    with open_bytes(stretch.file) as stream:
        stream.seek(stretch.start)
        for line in _lines(stream, stretch.line, stretch.end):
            if not line.data:
                what = f"this line is longer than {LONGEST_LINE:,} bytes, which is the limit"
                faults.error(line.number, "too-large", what, "split the document, or the passage")
            elif (entry := _entry(line, faults)) is not None:
                yield line.number, entry


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, counted from 1, and where it lies; `data` is empty for one that is too long."""

    number: int
    start: int
    length: int
    data: bytes


def _lines(stream: BinaryIO, number: int, end: int | None = None) -> Iterator[_Line]:
    """The lines that hold anything, from here to byte `end`."""
    start = stream.tell()
    while start != end and (data := stream.readline(LONGEST_LINE + 1)):
        length = len(data)
        if length > LONGEST_LINE:
            while data and not data.endswith(b"\n"):
                data = stream.readline(LONGEST_LINE)
                length += len(data)
            data = b""
        if not data or data.strip():
            yield _Line(number, start, length, data)
        start, number = start + length, number + 1


def _nfc(key: str) -> str:
    return unicodedata.normalize("NFC", key)


def _is_document(entry: Object) -> bool:
    return "coder" not in entry and "quote" not in entry


def _named(data: bytes) -> str | None:
    """The document that a line names, None where that is not to be seen at its beginning."""
    match = _DOCUMENT.match(data)
    return match[1].decode("utf-8", "replace") if match else None


def _begun_by(data: bytes) -> str:
    """The key of the document that a line begins, "" for a line that begins none.

    A broken line that names a document begins one, so that its passages do not go to another.
    """
    try:
        entry = read_object(decode(data))
        return text_of(entry, "document") if _is_document(entry) else ""
    except (Fault, BadFile):
        return _named(data) or ""


def _read_document(
    key: str, entries: Iterator[tuple[int, Object]], names: Names, faults: Faults
) -> Document | None:
    document: Document | None = None
    passages: dict[tuple[str, str], Passage] = {}
    unplaced: list[Unplaced] = []
    stray: dict[str, list[int]] = {}
    for line, entry in entries:
        if _is_document(entry):
            if document:
                what = f"the document `{key}` stands here again, after line {_line(document)}"
                faults.error(line, "document-twice", what, "give one of them another key")
            else:
                document = _document(entry, line, faults)
        elif document is None or _nfc(str(entry.get("document"))) != key:
            stray.setdefault(str(entry.get("document")), []).append(line)
        elif is_unplaced(entry):
            unplaced += read_unplaced(entry, key, faults, line)
        elif passage := read_record(entry, document, names, faults, line):
            first = passages.setdefault((passage.id, passage.coder), passage)
            if first is not passage:
                what = f"this passage stands in line {_line(first)} already"
                fix = "put the marks and statements of both into one"
                faults.error(line, "passage-twice", what, fix)
    for other, lines in stray.items():
        _tell_stray(lines, other, faults)
    if document is None:
        return None
    return replace(document, passages=tuple(passages.values()), unplaced=tuple(unplaced))


def _line(found: Document | Passage) -> int:
    return found.place.line if found.place else 0


def _tell_stray(stray: list[int], key: str, faults: Faults) -> None:
    more = f" and {len(stray) - 1:,} more below" if stray[1:] else ""
    what = f"this passage{more} of `{key[:_SHOWN]}` follows no line with the text of that document"
    fix = 'write {"document": …, "text": …} first, then its passages, no other between'
    faults.error(stray[0], "stray-passage", what, fix)


def _entry(line: _Line, faults: Faults) -> Object | None:
    """The object of a line, None and an issue where there is none."""
    try:
        text = decode(line.data)
        entry = read_object(text)
    except BadFile as bad:
        faults.error(line.number, bad.code, bad.what, bad.fix)
    except Fault as fault:
        faults.add(line.number, fault)
    else:
        if whole := half_characters(text, entry):
            what = "this line holds half a character (a lone surrogate); it is read as \ufffd"
            fix = "write the line again; some program cut an emoji apart"
            faults.warning(line.number, "half-character", what, fix)
        return whole or entry
    return None


def _document(entry: Object, line: int, faults: Faults) -> Document | None:
    """The document of a line, without passages; None and an issue where it cannot be used."""
    try:
        key = key_of(entry, "document")
        text = needed(entry, "text")
        body = _body(entry, len(text))
        known = {name: text_of(entry, name).strip() for name in METADATA}
        digest = _digest(entry, text, line, faults)
        check_keys(entry, DOCUMENT_KEYS, "a document")
    except Fault as fault:
        faults.add(line, fault)
        return None
    check_text(text, faults, line)
    known = {name: checked(name, value, line, faults) for name, value in known.items()}
    return described(Document(key, text, digest, body, place=faults.place(line)), known)


def _body(entry: Object, length: int) -> Body:
    """Pairs of offsets; all of the text where there are none."""
    given = entry.get("body", [[0, length]])
    pairs = given if isinstance(given, list) else [given]
    for pair in pairs:
        whole = isinstance(pair, list) and all(type(offset) is int for offset in pair)
        if not whole or len(pair) != _PAIR or not 0 <= pair[0] < pair[1]:
            what = f"`body` holds no stretches of text{UNREAD}"
            raise Fault("bad-body", what, "write [[0, 81], [95, 5167]]")
    return checked_body([(start, end) for start, end in pairs], length)


def _digest(entry: Object, text: str, line: int, faults: Faults) -> str:
    """The SHA-256 of the text as the line gives it, of the text itself where that is another.

    A file may begin with a byte order mark, which counts in its digest and is no part of the text.
    """
    data = text.encode()
    given, found = text_of(entry, "sha256").lower(), hashlib.sha256(data).hexdigest()
    if given in ("", found) or given == hashlib.sha256(codecs.BOM_UTF8 + data).hexdigest():
        return given or found
    what = "this text is not the one that `sha256` is of"
    faults.warning(line, "text-changed", what, f"check it, then write {found}, or leave it out")
    return found
