"""The text as published, `passages/<document>.txt`, and what is known of it, `<document>.yaml`.

Sample    title: Using county towns as carriers
          issued: 2024-04-01
          body: 0-81, 95-5167
Offsets   code points of the decoded file as it lies: `\\r` counted, a byte order mark not
Read      title, creator, issued, publisher, source, language, rights, body
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.errors import Issue, Place
from kg.model import METADATA, Document
from kg.namespaces import XSD
from kg.readers.encoding import control_characters, decode, read_bytes
from kg.readers.faults import Fault, Faults
from kg.readers.literals import is_literal
from kg.readers.manner import unknown_key
from kg.readers.tree import LARGEST_YAML, Lines, Mapping, Scalar, read_tree

LARGEST_TEXT = 50_000_000
"""Bytes."""
_DATES = (XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_RANGE = re.compile(r"\s*(\d{1,12})\s*-\s*(\d{1,12})\s*")
Body = tuple[tuple[int, int], ...]


def read_document(
    path: Path, about: Path | None = None
) -> tuple[Document | None, tuple[Issue, ...]]:
    """The document of a text file, without passages; None and an issue if it cannot be used.

    `about` is the file about it: if not given, the one of the same name, if there is one.
    """
    folder = path.parent.name
    faults = Faults(f"{folder}/{path.name}")
    data = read_bytes(path, faults, LARGEST_TEXT)
    text = decode(data, faults) if data is not None else None
    if data is None or text is None:
        return None, faults.issues
    check_text(text, faults)
    beside = path.with_suffix(".yaml")
    about = about or (beside if os.path.lexists(beside) else None)
    about_faults = Faults(f"{folder}/{about.name}" if about else "")
    known, body = _about(about, text, about_faults) if about else ({}, None)
    issues = faults.issues + about_faults.issues
    if body == ():
        return None, issues
    document = Document(
        key=unicodedata.normalize("NFC", path.stem),
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        body=body or ((0, len(text)),),
        place=Place(faults.file),
    )
    return described(document, known), issues


def described(document: Document, known: dict[str, str]) -> Document:
    """A document with what is known of it, by the keys of `METADATA`."""
    given: dict[str, Any] = {name: known.get(name, "") for name in METADATA}
    return replace(document, **given)


def check_text(text: str, faults: Faults, line: int = 0) -> None:
    """Issues for a text that is empty or holds what nobody can see; `line` is where it stands in a
    file that holds more."""
    if not text.strip():
        faults.error(line, "missing-text", "this text is empty", "put the published text into it")
    found, first = control_characters(text)
    if found:
        fix = "delete them if the text is yours to clean; they never count in a quote"
        faults.warning(
            line or Lines(text).number(first), "control-character", f"in this text: {found}", fix
        )


def _about(path: Path, text: str, faults: Faults) -> tuple[dict[str, str], Body | None]:
    """Metadata and body; None for a body that is not given, () for one that cannot be used."""
    data = read_bytes(path, faults, LARGEST_YAML)
    written = decode(data, faults) if data is not None else None
    root = read_tree(written, faults) if written is not None else None
    if root is None:
        return {}, ()
    known = {}
    for key, entry in root.entries.items():
        line = entry.key.line
        if key not in (*METADATA, "body"):
            faults.add(line, unknown_key(key, (*METADATA, "body"), "a document"))
        elif not isinstance(entry.value, Scalar):
            what = f"`{key}` is text, but a list or keys stand here"
            faults.error(line, "bad-value", what, "write it on one line")
        elif key != "body":
            known[key] = checked(key, entry.value.value.strip(), line, faults)
    return known, _body(root, text, faults)


def checked(key: str, value: str, line: int, faults: Faults) -> str:
    """The value, or "" and an issue for a date or language tag that is none."""
    if key == "issued" and value and not is_date(value):
        what = f"`issued: {value}` is no date"
        faults.error(line, "bad-date", what, "write 2024-04-01, 2024-04 or 2024; or leave it out")
        return ""
    if key == "language" and value and not is_language(value):
        what = f"`language: {value}` is no language tag"
        faults.error(line, "bad-language", what, "write en, zh-Hans, zh-Hant …")
        return ""
    return value


def is_date(value: str) -> bool:
    """Whether a text may have it as its `issued`."""
    return any(is_literal(value, kind) for kind in _DATES)


def is_language(value: str) -> bool:
    return bool(_LANGUAGE.fullmatch(value))


def is_body(value: str, length: int) -> bool:
    """Whether a text of that many characters may have it as its `body`."""
    try:
        return bool(stretches(value, length))
    except Fault:
        return False


def _body(root: Mapping, text: str, faults: Faults) -> Body | None:
    node = root.get("body")
    if not isinstance(node, Scalar):
        return () if node else None
    try:
        return stretches(node.value, len(text))
    except Fault as fault:
        faults.add(node.line, fault)
        return ()


def stretches(written: str, length: int) -> Body:
    """
    >>> stretches("0-81, 95-5167", 6000)
    ((0, 81), (95, 5167))
    """
    found = []
    for part in written.split(","):
        match = _RANGE.fullmatch(part)
        start, end = (int(match[1]), int(match[2])) if match else (0, 0)
        if start >= end:
            what, fix = f"`{part.strip()}` is no stretch of text", "write offsets: 0-81, 95-5167"
            raise Fault("bad-body", what + UNREAD, fix)
        found.append((start, end))
    return checked_body(found, length)


UNREAD = "; nothing of this document is read"


def checked_body(stretches: Sequence[tuple[int, int]], length: int) -> Body:
    """The stretches, in order and within a text of that length, or the Fault of the first that is
    not."""
    last = 0
    for start, end in stretches:
        if end > length:
            what = f"the body reaches to {end}, but the text has only {length} characters"
            fix = "has the text changed? count again, in characters from 0"
        elif start < last:
            what = f"the stretches of the body overlap at {start}"
            fix = "write them in order, each behind the one before"
        else:
            last = end
            continue
        raise Fault("bad-body", what + UNREAD, fix)
    return tuple(stretches)
