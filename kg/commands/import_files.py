"""The files of an import, written together; no file that is there is ever changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.atomic import move, write_aside, write_atomically
from kg.commands.importing import Import, MissingTime, Wish, untimed
from kg.errors import OutputError, Place


class AlreadyThere(OutputError):
    """A file that would have to be changed."""

    code = "already-there"


def carry_out(plan: Import) -> list[Path]:
    """Write the files; those that are there already as they should be are left alone."""
    if plan.tally.marks["without a time"]:
        ((issue),) = untimed(plan)
        what = f"{issue.what}, so nothing was written"
        raise MissingTime(what, fix=issue.fix, place=issue.place)
    different = [path for path, data in plan.files.items() if _differs(path, data)]
    if different:
        more = f" (and {len(different) - 1} more)" if different[1:] else ""
        raise AlreadyThere(
            f"this file is there already{more}, and nothing was written",
            fix="no file is ever overwritten: move it away, or give the coder another name in a "
            "map file (--map FILE)",
            place=Place(str(different[0])),
        )
    new = {path: data for path, data in plan.files.items() if not path.exists()}
    aside = plan.project.cache / "import"
    try:
        written = write_aside(aside, new.values())
        return [move(source, path) for source, path in zip(written, new, strict=True)]
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _differs(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() != data


def write_map(plan: Import, wish: Wish) -> list[Path]:
    """Only the map file, where it is new: what a dry run may write."""
    if wish.map and wish.map in plan.files:
        write_atomically(wish.map, plan.files[wish.map])
        return [wish.map]
    return []
