"""A foreign file as text, and the texts that it may be about.

UTF-8, or the encoding that is named; never a guess. Line ends stay as they are, because offsets
count them. Control characters are read as spaces: no XML and no YAML could hold them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.interchange.intake import Intake
from kg.model import Document
from kg.readers.documents import read_document
from kg.readers.encoding import control_characters, decode, read_bytes, without_control_characters
from kg.readers.faults import Faults

LARGEST_FOREIGN = 50_000_000
"""Bytes of one file."""
_LONGEST_KEY = 60
_MOST_OF_A_NAME = 500


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
            for fits in (
                lambda document, keys=keys: document.key in keys,
                lambda document, name=name: name == document.source,
                lambda document, name=name: name == document.title,
            ):
                found = [document for document in self.documents if fits(document)]
                if found and all(document.text == found[0].text for document in found):
                    return found[0]
        return None


@dataclass(frozen=True)
class Source:
    """A file that is to be read: where it lies, what it holds, what it may be about."""

    path: Path
    text: str
    intake: Intake
    texts: Texts

    @property
    def faults(self) -> Faults:
        return self.intake.faults


def open_source(path: Path, texts: Sequence[Path], encoding: str = "") -> Source:
    """A file made ready; one that cannot be used is an issue, and its text is ""."""
    faults = Faults(path.as_posix())
    data = read_bytes(path, faults, LARGEST_FOREIGN)
    text = _decoded(data, faults, encoding) if data is not None else None
    folders = tuple(dict.fromkeys([path.parent, *texts]))
    return Source(path, text or "", Intake(faults), Texts(folders))


def _decoded(data: bytes, faults: Faults, encoding: str) -> str | None:
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
