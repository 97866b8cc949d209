"""Zip files that others made, read within limits: nothing is ever unpacked to disk.

    with open_zip(path) as archive:              # or the bytes of a zip within a zip
        for entry, bad in archive.refused:       # leading elsewhere, with a password …
            faults.error(...)                    # `entry_place(path, entry)` says where
        for name in archive.names:               # files only, `/` between folders, in their order
            data = archive.read(name)            # whole, or BadFile: too large, damaged

A `BadFile` (code, line, what, fix) of `open_zip` is about the whole file; one of `read` about that
entry. Bytes are counted while they are unpacked, whatever the file says of them, over all calls of
`read`. Packing methods other than deflate are refused: their memory is the packer's choice.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from kg.encoding import BadFile, unreadable
from kg.errors import Place
from kg.limits import raised

_CHUNK = 1024**2
_DIRECTORY = 8_000_000
"""Bytes of the list of entries: it is read before anything of it can be counted."""
_LONGEST_NAME = 500
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_THEN = (1980, 1, 1, 0, 0, 0)
"""The time of all entries that are written: zip files know none before."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WITH_PASSWORD = 0x1
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    ValueError,
    OSError,
    RuntimeError,
)
_AGAIN = "get the whole file again from where it was made"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may come out of one zip file; sizes in bytes, unpacked."""

    entries: int = 10_000
    entry: int = 100_000_000
    total: int = 400_000_000

    def raised(self) -> Limits:
        return Limits(raised(self.entries), raised(self.entry), raised(self.total))


@dataclass
class Archive:
    """An open zip file: the entries that may be read, and those that may not."""

    names: tuple[str, ...]
    refused: tuple[tuple[str, BadFile], ...]
    _file: zipfile.ZipFile = field(repr=False)
    _entries: dict[str, zipfile.ZipInfo] = field(repr=False)
    _limits: Limits = field(repr=False)
    _left: int = field(repr=False)

    def read(self, name: str) -> bytes:
        """All of an entry of `names`."""
        most = min(self._limits.entry, self._left)
        unpacked = bytearray()
        try:
            with self._file.open(self._entries[name]) as stream:
                while data := stream.read(_CHUNK):
                    unpacked += data
                    if len(unpacked) > most:
                        raise self._too_large(most)
        except _DAMAGED as error:
            what = f"this entry is damaged and cannot be unpacked: {error}"
            raise BadFile("bad-zip", 0, what, _AGAIN) from None
        finally:
            self._left -= len(unpacked)
        return bytes(unpacked)

    def _too_large(self, most: int) -> BadFile:
        what = f"this entry unpacks to more than {most:,} bytes, which is the limit"
        if most < self._limits.entry:
            what = f"this file unpacks to more than {self._limits.total:,} bytes, the limit"
        return BadFile("too-large", 0, what, "take only the part of it that is needed")


@contextmanager
def open_zip(source: Path | bytes, limits: Limits = Limits()) -> Iterator[Archive]:
    """A zip file, as long as it is needed; BadFile where it cannot be used at all."""
    try:
        raw = io.FileIO(source) if isinstance(source, Path) else io.BytesIO(source)
    except OSError as error:
        what = f"this is not a readable file: {error.strerror}"
        fix = "check that it exists and that you may read it"
        raise unreadable(what, fix) from None
    with _Packed(cast(io.RawIOBase, raw)) as packed:
        if packed.peek(len(_OLD_OFFICE)).startswith(_OLD_OFFICE):
            what = "this is an old Office file (.doc, .xls), or a new one with a password"
            raise BadFile("bad-zip", 0, what, "save it as .docx or .xlsx, without a password")
        try:
            file = zipfile.ZipFile(packed)
        except _DAMAGED as error:
            what = f"this is no zip file, or breaks off: {error}"
            raise BadFile("bad-zip", 0, what, _AGAIN) from None
        with file:
            yield _archive(file, limits.raised())


def entry_place(file: str, entry: str, line: int = 0) -> Place:
    """How messages name an entry.

    >>> str(entry_place("report.docx", "word/document.xml", 3))
    'report.docx!word/document.xml:3'
    """
    return Place(f"{file}!{entry}", line)


class _Packed(io.BufferedReader):
    """The bytes of a zip file, which refuses to read a list of entries that fills the memory."""

    def read(self, size: int | None = -1) -> bytes:
        most = _DIRECTORY + 1 if size is None or size < 0 else size
        data = super().read(min(most, _DIRECTORY + 1))
        if len(data) > _DIRECTORY:
            raise BadFile(
                "too-large", 0, "the list of entries of this zip file is huge", "split it"
            )
        return data


def _archive(file: zipfile.ZipFile, limits: Limits) -> Archive:
    if len(file.infolist()) > limits.entries:
        what = f"this zip file holds more than {limits.entries:,} entries, which is the limit"
        raise BadFile("too-large", 0, what, "split it")
    entries: dict[str, zipfile.ZipInfo] = {}
    refused: list[tuple[str, BadFile]] = []
    for info in file.infolist():
        name = info.filename.replace("\\", "/").removeprefix("./")
        if info.filename.endswith("/"):
            continue
        if bad := _bad(name, info, name in entries):
            refused.append((name[:_LONGEST_NAME], bad))
        else:
            entries[name] = info
    return Archive(tuple(entries), tuple(refused), file, entries, limits, limits.total)


def _bad(name: str, info: zipfile.ZipInfo, is_twice: bool) -> BadFile | None:
    """Why an entry is not to be read."""
    if len(name) > _LONGEST_NAME or leads_elsewhere(name):
        what = "this entry has a name that leads out of the file, or is no name"
        return BadFile("unsafe-path", 0, what, "do not trust this file; the entry is left out")
    if stat.S_ISLNK(info.external_attr >> 16):
        what = "this entry is a link to another file"
        return BadFile("unsafe-path", 0, what, "do not trust this file; the entry is left out")
    if info.flag_bits & _WITH_PASSWORD:
        return BadFile("bad-zip", 0, "this entry has a password", "make the file without one")
    if info.compress_type not in _METHODS:
        what = f"this entry is packed in an unusual way (method {info.compress_type})"
        return BadFile("bad-zip", 0, what, "pack it again as an ordinary zip file (deflate)")
    if is_twice:
        what = "this file has a second entry of the same name"
        return BadFile("bad-zip", 0, what, "the first is the one read; look which of them is meant")
    return None


def leads_elsewhere(name: str) -> bool:
    """Whether a name within a file is none, or points out of it.

    >>> [leads_elsewhere(name) for name in ("a/b.txt", "../b", "/etc/x", "C:/x", "a/../b", "")]
    [False, True, True, True, True, True]
    """
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not all(parts) or parts[0][1:2] == ":" or not name.isprintable()


def zipped(entries: Mapping[str, bytes | str]) -> bytes:
    """A zip file that is the same whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, _THEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()
