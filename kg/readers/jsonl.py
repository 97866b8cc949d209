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

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from kg import encoding
from kg.encoding import BadFile
from kg.errors import Issue
from kg.model import Document, Passage
from kg.readers.documents import (
    METADATA,
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

LONGEST_LINE = 100_000_000
"""Bytes: a text is one line with all that is known of it."""
DOCUMENT_KEYS = ("document", "text", "sha256", "body", *METADATA)
_DOCUMENT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"document"\s*:\s*"([^"\\]*)"')
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PAIR = 2
_SHOWN = 40

Found = tuple[Document | None, tuple[Issue, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, counted from 1, and the key of the document among whose lines it stands."""

    number: int
    data: bytes
    document: str


def read_jsonl(path: Path, names: Names) -> Iterator[Found]:
    """Each document of a file with its passages, and an issue for each fault.

    None instead of a document for lines that make none.
    """
    file = f"{path.parent.name}/{path.name}"
    faults = Faults(file)
    try:
        with encoding.open_bytes(path) as stream:
            for key, lines in groupby(_lines(stream, faults), key=lambda line: line.document):
                yield _read_document(key, lines, names, Faults(file))
    except BadFile as bad:
        faults.error(bad.line, bad.code, bad.what, bad.fix)
    if faults.issues:
        yield None, faults.issues


def read_texts_of(path: Path) -> Iterator[Found]:
    """Each document of a file, without its passages."""
    faults = Faults(f"{path.parent.name}/{path.name}")
    with encoding.open_bytes(path) as stream:
        for line in _lines(stream, faults):
            entry = _entry(line, faults)
            if entry is not None and _is_document(entry):
                yield _document(entry, line.number, faults), faults.issues


def _is_document(entry: Object) -> bool:
    return "coder" not in entry and "quote" not in entry


def _lines(stream: BinaryIO, faults: Faults) -> Iterator[Line]:
    """The lines of a file, without those that are empty or longer than any should be.

    A document's lines begin where a line names another document and is not just a passage gone
    astray.
    """
    number, document = 0, ""
    while data := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(data) > LONGEST_LINE:
            what = f"this line is longer than {LONGEST_LINE:,} bytes, which is the limit"
            faults.error(number, "too-large", what, "split the document, or the passage")
            while data and not data.endswith(b"\n"):
                data = stream.readline(LONGEST_LINE)
        elif data.strip():
            match = _DOCUMENT.match(data)
            if match is None or match[1].decode("utf-8", "replace") != document:
                document = _begun_by(data) or document
            yield Line(number, data, document)


def _begun_by(data: bytes) -> str:
    """The key of the document that a line begins, "" for a line that begins none.

    A broken line that names a document begins one, so that its passages do not go to another.
    """
    match = _DOCUMENT.match(data)
    try:
        entry = read_object(encoding.decode(data))
        return text_of(entry, "document") if _is_document(entry) else ""
    except (Fault, BadFile):
        return match[1].decode("utf-8", "replace") if match else ""


def _read_document(key: str, lines: Iterator[Line], names: Names, faults: Faults) -> Found:
    document: Document | None = None
    passages: dict[tuple[str, str], Passage] = {}
    stray: dict[str, list[int]] = {}
    for line in lines:
        entry = _entry(line, faults)
        if entry is None:
            continue
        if _is_document(entry):
            if document:
                what = f"the document `{key}` stands here again, after line {_line(document)}"
                faults.error(line.number, "document-twice", what, "give one of them another key")
            else:
                document = _document(entry, line.number, faults)
        elif document is None or entry.get("document") != key:
            stray.setdefault(str(entry.get("document")), []).append(line.number)
        elif passage := read_record(entry, document, names, faults, line.number):
            first = passages.setdefault((passage.id, passage.coder), passage)
            if first is not passage:
                what = f"this passage stands in line {_line(first)} already"
                fix = "put the marks and statements of both into one"
                faults.error(line.number, "passage-twice", what, fix)
    for other, lines_of_it in stray.items():
        _tell_stray(lines_of_it, other, faults)
    if document:
        document = replace(document, passages=tuple(passages.values()))
    return document, faults.issues


def _line(found: Document | Passage) -> int:
    return found.place.line if found.place else 0


def _tell_stray(stray: list[int], key: str, faults: Faults) -> None:
    more = f" and {len(stray) - 1:,} more below" if stray[1:] else ""
    what = f"this passage{more} of `{key[:_SHOWN]}` follows no line with the text of that document"
    fix = 'write {"document": …, "text": …} first, then its passages, no other between'
    faults.error(stray[0], "stray-passage", what, fix)


def _entry(line: Line, faults: Faults) -> Object | None:
    """The object of a line, None and an issue where there is none."""
    try:
        text = encoding.decode(line.data)
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
    if given in ("", found) or given == hashlib.sha256(_BYTE_ORDER_MARK + data).hexdigest():
        return given or found
    what = "this text is not the one that `sha256` is of"
    faults.warning(line, "text-changed", what, f"check it, then write {found}, or leave it out")
    return found
