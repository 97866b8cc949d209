"""The texts that graphs were built from, kept under `.kg/texts/`, so that a change can be followed.

They are a cache: nothing but convenience is lost with them.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kg.atomic import write_atomically
from kg.readers import read_document

MOST_KEPT = 5
"""Versions of one text."""


def keep_texts(cache: Path, paths: Iterable[Path]) -> None:
    """Put each text away under its digest, unless it is older than what is there; the oldest
    versions go."""
    for path in paths:
        folder = cache / "texts" / unicodedata.normalize("NFC", path.stem)
        kept = _by_age(folder)
        if kept and kept[0].stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        document, _ = read_document(path)
        if document:
            _keep(folder / f"{document.sha256}.txt", document.text)


def _keep(path: Path, text: str) -> None:
    if path.exists():
        os.utime(path)
        return
    write_atomically(path, text.encode())
    for old in _by_age(path.parent)[MOST_KEPT:]:
        with suppress(OSError):
            old.unlink()


def kept_texts(cache: Path, key: str) -> dict[str, str]:
    """The versions of a text by the digests of their files, the newest first."""
    found = {}
    for path in _by_age(cache / "texts" / key):
        with suppress(OSError, UnicodeDecodeError):
            found[path.stem] = path.read_bytes().decode()
    return found


def _by_age(folder: Path) -> list[Path]:
    """The newest first."""
    return sorted(folder.glob("*.txt"), key=lambda path: (-path.stat().st_mtime_ns, path.name))
