"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kg.errors import OutputError, Place

FOR_EVERYBODY = 0o666


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` under that name; whatever goes wrong, the old file stays and nothing else is left.

    The folder is made where it is missing.
    """
    write_in_parts(path, [data])


def write_in_parts(path: Path, parts: Iterable[bytes]) -> None:
    """The same for what is too large to be held at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, parts)
    except OSError as error:
        raise _cannot_write(path, error) from None


def write_aside(folder: Path, contents: Iterable[bytes]) -> list[Path]:
    """Files with numbers for names, all of them safe on the disk in the end.

    Of many small files the disk is flushed once: waiting for each would take minutes.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(contents):
            written.append(folder / str(number))
            written[-1].write_bytes(data)
        if hasattr(os, "sync"):
            os.sync()
    except OSError as error:
        raise _cannot_write(written[-1] if written else folder, error) from None
    return written


def move(source: Path, target: Path) -> Path:
    """Put a file that was written aside in its place; OutputError as above."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from None
    return target


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"this file cannot be written: {error.strerror or error}",
        fix="check the permissions of its folder and the free space on the disk; "
        "the file is as it was before",
        place=Place(str(path)),
    )


def _replace(path: Path, parts: Iterable[bytes]) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else those that a new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return FOR_EVERYBODY & ~umask
