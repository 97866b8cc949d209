"""The texts that graphs were built from, kept under `.kg/texts/`, so that a change can be followed.

They are a cache: nothing but convenience is lost with them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kg.atomic import write_atomically
from kg.model import Document

MOST_KEPT = 5
"""Versions of one text."""


def keep_texts(cache: Path, documents: Iterable[Document]) -> None:
    """Put each text away under its digest; the oldest versions go."""
    for document in documents:
        folder = cache / "texts" / document.key
        path = folder / f"{document.sha256}.txt"
        if path.exists():
            os.utime(path)
            continue
        write_atomically(path, document.text.encode())
        for old in _by_age(folder)[MOST_KEPT:]:
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
