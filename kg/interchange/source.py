"""A foreign file as text, and the texts that it may be about.

UTF-8, or the encoding that is named, by the user or by HTML; never a guess. Line ends stay as they
are, because offsets count them. Control characters are read as spaces: no XML and no
YAML could hold them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.encoding import BadFile, declared_encoding
from kg.errors import InputError
from kg.interchange.intake import Intake
from kg.limits import raised
from kg.model import Document
from kg.readers.documents import read_document
from kg.readers.encoding import control_characters, decode, read_bytes, without_control_characters
from kg.readers.faults import Faults
from kg.zips import open_zip

LARGEST_FOREIGN = 50_000_000
"""Bytes of one file."""
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How zip files begin, and old Office files, which are told of like these."""
_LONGEST_KEY = 60
_MOST_OF_A_NAME = 500
_PDF = b"%PDF-"
_START = 1_024
"""Bytes in which a file says what it is."""


@dataclass
class Texts:
    """The texts in some folders, read when first asked for; the first folder counts most."""

    folders: tuple[Path, ...]
    _documents: list[Document] | None = field(default=None, repr=False)
    _found: dict[tuple[str, ...], Document | None] = field(default_factory=dict, repr=False)

    @property
    def documents(self) -> list[Document]:
        if self._documents is None:
            paths = [path for folder in self.folders for path in sorted(folder.glob("*.txt"))]
            read = [read_document(path)[0] for path in paths]
            self._documents = [document for document in read if document]
        return self._documents

    def find(self, *names: str) -> Document | None:
        """The text that has one of these names as its key, title or source, if it is one only."""
        if names not in self._found:
            self._found[names] = self._find(names)
        return self._found[names]

    def _find(self, names: Iterable[str]) -> Document | None:
        for name in filter(None, names):
            keys = {name, key_of(name), key_of(Path(name).stem), name.rsplit("/", 1)[-1]}
            known = self._by_name
            by_key = [document for key in sorted(keys) for document in known.get(("key", key), ())]
            for found in (by_key, known.get(("source", name)), known.get(("title", name))):
                if found and all(document.text == found[0].text for document in found):
                    return found[0]
        return None

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Document]]:
        found: dict[tuple[str, str], list[Document]] = {}
        for document in self.documents:
            for kind in ("key", "source", "title"):
                found.setdefault((kind, getattr(document, kind)), []).append(document)
        return found


@dataclass(frozen=True)
class Source:
    """A file that is to be read: where it lies, what it holds, what it may be about.

    The `text` of a zip file is the names of its entries, a line each; that of a PDF says only so.
    `data` are the bytes of a PDF, empty for any other file; `encoding` is the one that
    was named, "" for UTF-8; `columns` what a person says of the headings of a table.
    """

    path: Path
    text: str
    intake: Intake
    texts: Texts
    data: bytes = field(default=b"", repr=False)
    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def faults(self) -> Faults:
        return self.intake.faults

    @property
    def key(self) -> str:
        """What its text is called, or what the names of its texts begin with."""
        return key_of(self.path.stem) or "document"


def open_source(path: Path, texts: Sequence[Path], encoding: str = "") -> Source:
    """A file made ready; one that cannot be used is an issue, and its text is ""."""
    faults = Faults(path.as_posix())
    packed = is_zip(path)
    data = None if packed else read_bytes(path, faults, raised(LARGEST_FOREIGN))
    text = _entries(path) if packed else _opening(data, faults, encoding)
    folders = tuple(dict.fromkeys([path.parent, *texts]))
    unread = data if data and text == _PDF.decode() else b""
    return Source(path, text or "", Intake(faults), Texts(folders), unread, encoding)


def _entries(path: Path) -> str:
    """The names in a zip file; none where it cannot be used, which its reader tells."""
    try:
        with open_zip(path) as archive:
            return "\n".join(archive.names)
    except BadFile:
        return ""


def _opening(data: bytes | None, faults: Faults, encoding: str) -> str | None:
    """What tells the format: the text, or of a PDF its first letters."""
    if data is None:
        return None
    if _PDF in data[:_START]:
        return _PDF.decode()
    return decoded(data, faults, encoding or declared_encoding(data))


def is_zip(path: Path) -> bool:
    """Whether a file begins as zip files do."""
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(len(_ZIPS[-1])).startswith(_ZIPS)
    except OSError:
        return False


def decoded(data: bytes, faults: Faults, encoding: str) -> str | None:
    """The text of a file, None and an issue where it is in another encoding."""
    if not encoding:
        told = len(faults.issues)
        text = decode(data, faults)
        if len(faults.issues) > told:
            what = "no encoding was named for it"
            fix = "name the one it was saved in: --encoding GB18030 (or UTF-16, windows-1252 …)"
            faults.error(faults.issues[-1].place.line, "wrong-encoding", what, fix)
        return without_controls(text, faults) if text is not None else None
    try:
        return without_controls(
            data.decode(known_encoding(encoding)).removeprefix("\ufeff"), faults
        )
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"this file is not {encoding} at byte {error.start}"
        faults.error(line, "wrong-encoding", what, "name another encoding, or save it as UTF-8")
    return None


def known_encoding(name: str) -> str:
    """The codec of a text encoding, or an InputError."""
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)
    except LookupError:
        fix = "write it as iconv does: UTF-8, UTF-16, GB18030, Big5, windows-1252 …"
        raise InputError(f"there is no encoding `{name}`", fix=fix) from None
    return codec.name


def without_controls(text: str, faults: Faults, line: int = 0) -> str:
    """The same text with spaces for control characters, and a warning."""
    found, first = control_characters(text)
    if found:
        where = line or text.count("\n", 0, first) + 1
        fix = "nothing, if they came along from a PDF; offsets are as they were"
        faults.warning(where, "control-character", f"read as spaces: {found}", fix)
    return without_control_characters(text)


def key_of(name: str) -> str:
    """A name as a document or a coder may be called in the names of files.

    >>> key_of("acct:ann.lee@example.org"), key_of("  "), key_of("县城 (2).txt")
    ('acct-ann-lee-example-org', '', '县城-2-txt')
    """
    words = re.sub(
        r"[^\w\u0300-\u036f]+|_+(?=\W|$)", "-", unicodedata.normalize("NFC", name[:_MOST_OF_A_NAME])
    )
    return words.strip("-_")[:_LONGEST_KEY].rstrip("-_")
