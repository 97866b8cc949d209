"""A file's bytes, its text, and the invisible characters in it, with an issue for each fault."""

from __future__ import annotations

from pathlib import Path

from kg import encoding
from kg.encoding import CONTROL_CHARACTER
from kg.readers.faults import Faults


def read_bytes(path: Path, faults: Faults, most: int) -> bytes | None:
    """A file's bytes; None and an issue if it cannot be had or holds more than `most`."""
    try:
        return encoding.read_bytes(path, most)
    except encoding.BadFile as bad:
        faults.unusable(bad)
    return None


def decode(data: bytes, faults: Faults) -> str | None:
    """The text without byte order mark, or None and an issue."""
    try:
        return encoding.decode(data)
    except encoding.BadFile as bad:
        faults.unusable(bad)
    return None


def control_characters(text: str) -> tuple[str, int]:
    """Those that neither XML nor YAML can hold, in words ("" for none), and where the first is.

    >>> control_characters("page\\fpage")
    ('1 invisible control character (U+000C)', 4)
    """
    found = CONTROL_CHARACTER.findall(text)
    if not found:
        return "", 0
    code = f"U+{ord(found[0]):04X}"
    if len(found) == 1:
        return f"1 invisible control character ({code})", text.index(found[0])
    what = f"{len(found):,} invisible control characters (the first is {code})"
    return what, text.index(found[0])


def without_control_characters(text: str) -> str:
    """The same text with a space for each of them, so that offsets stay."""
    return CONTROL_CHARACTER.sub(" ", text)
