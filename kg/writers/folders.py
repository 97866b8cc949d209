"""A format of many files in a folder of its own: what an earlier export left there goes, no more.

`.written.json` keeps the digest of each file that was written. One that is not made any more is
taken away if nobody has changed it since; whatever else lies in the folder stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kg.atomic import write_atomically
from kg.zips import leads_elsewhere

WRITTEN = ".written.json"


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put all files into the folder, and the list of them last."""
    before = _written(folder)
    for name, data in files.items():
        write_atomically(folder / name, data)
    there = {name.casefold() for name in files}
    for name, digest in before.items():
        if name.casefold() not in there and not leads_elsewhere(name):
            _take_away(folder / name, digest)
    digests = {name: _digest(data) for name, data in sorted(files.items())}
    write_atomically(folder / WRITTEN, json.dumps(digests, indent=0).encode() + b"\n")


def _written(folder: Path) -> dict[str, str]:
    """What the last export wrote; nothing where that cannot be told."""
    try:
        found = json.loads((folder / WRITTEN).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: digest for name, digest in pairs if isinstance(digest, str)}


def _take_away(path: Path, digest: str) -> None:
    with suppress(OSError):
        if path.is_file() and not path.is_symlink() and _digest(path.read_bytes()) == digest:
            path.unlink()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
