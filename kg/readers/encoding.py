"""A file as text: read as UTF-8, or refused with the encoding that it looks like.

Never guesses in order to read, so that no mojibake gets in.
"""

from __future__ import annotations

import re
from pathlib import Path

from kg.readers.faults import Faults

# The commonest characters of Chinese prose, simplified and traditional: real text is full of them.
_COMMON_HAN = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動"
    "同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力里水化高自二理"
    "起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合因由其些然前外天政四日那社"
    "义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又利比或但质質第向道命此变變条條"
    "城乡鄉县縣镇鎮区區农農村"
)
_HAN = re.compile("[\u3400-\u9fff]")
_PLAUSIBLE_HAN = 0.15  # of all Chinese characters; prose has over 0.4, mojibake under 0.05
_PLAUSIBLE_NUL = 0.1  # of all bytes; Latin text in UTF-16 has nearly 0.5
_RESAVE = (
    "save it again as UTF-8: most editors ask for the encoding under Save as; "
    "or convert it: iconv -f ENCODING -t UTF-8 old > new"
)
_MOSTLY_GOOD = 4  # whole characters for each damaged one
_UNUSED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def read_bytes(path: Path, faults: Faults, most: int) -> bytes | None:
    """A file's bytes; None and an issue if it cannot be had or holds more than `most`."""
    try:
        size = path.stat().st_size
        if size <= most:
            return path.read_bytes()
    except OSError as error:
        what = f"this file cannot be read: {error.strerror}"
        faults.error(0, "unreadable-file", what, "check that it exists and that you may read it")
        return None
    what = f"this file has {size:,} bytes; the limit is {most:,}"
    faults.error(0, "too-large", what, "split it")
    return None


def decode(data: bytes, faults: Faults) -> str | None:
    """The text without byte order mark, or None and an issue."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"at byte {error.start} (0x{data[error.start]:02x})"
        faults.error(line, "wrong-encoding", f"not UTF-8 {place}{_looks(data)}", _RESAVE)
        return None
    if text.count("\0") > _PLAUSIBLE_NUL * len(text):
        faults.error(1, "wrong-encoding", f"not UTF-8, though it passes{_looks(data)}", _RESAVE)
        return None
    return text


def _looks(data: bytes) -> str:
    name = likely_encoding(data)
    return f"; it looks like {name}" if name else ""


def likely_encoding(data: bytes) -> str:
    """The encoding that bytes which are not UTF-8 look like, "" where none is plausible.

    >>> likely_encoding("县城是城乡融合发展的关键支撑".encode("gb18030"))
    'GB18030'
    >>> likely_encoding("the county’s “carrier”".encode("windows-1252"))
    'windows-1252'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return _utf16(data)
    if damaged := _damaged_utf8(data):
        return damaged
    best = max(("GB18030", "Big5"), key=lambda name: _common_han(data, name))
    if _common_han(data, best) >= _PLAUSIBLE_HAN:
        return best
    return "" if _UNUSED_IN_CP1252.search(data) else "windows-1252"


def _utf16(data: bytes) -> str:
    even, odd = data[::2].count(0), data[1::2].count(0)
    if data.startswith(b"\xff\xfe") or odd >= _PLAUSIBLE_NUL * len(data) > even:
        return "UTF-16 (little-endian)"
    if data.startswith(b"\xfe\xff") or even >= _PLAUSIBLE_NUL * len(data) > odd:
        return "UTF-16 (big-endian)"
    return ""


def _damaged_utf8(data: bytes) -> str:
    """Text in another encoding hardly ever holds whole UTF-8 characters; a damaged file many."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - sum(map(str.isascii, text))
    return "UTF-8 with some characters damaged" if good > _MOSTLY_GOOD * bad else ""


def _common_han(data: bytes, encoding: str) -> float:
    """The share of very common characters in all Chinese ones; mojibake is made of rare ones."""
    try:
        han = _HAN.findall(data.decode(encoding))
    except UnicodeDecodeError:
        return 0.0
    return sum(char in _COMMON_HAN for char in han) / len(han) if han else 0.0


def control_characters(text: str) -> tuple[int, int]:
    """How many characters there are that neither XML nor YAML can hold, and where the first is."""
    first = _CONTROL.search(text)
    return (len(_CONTROL.findall(text)), first.start()) if first else (0, 0)


def without_control_characters(text: str) -> str:
    """The same text with a space for each of them, so that offsets stay."""
    return _CONTROL.sub(" ", text)
