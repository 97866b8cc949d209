"""A file as text: read as UTF-8, or refused with the encoding that it looks like.

Never guesses in order to read, so that no mojibake gets in.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_SAMPLE = 200_000
"""Bytes that a guess is made from."""
_RESAVE = (
    "save it again as UTF-8: most editors ask for the encoding under Save as; "
    "or convert it: iconv -f ENCODING -t UTF-8 old > new"
)
_NO_TEXT = "put a plain text there, saved as UTF-8; a PDF or a word processor's file is none"


CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Neither XML nor YAML can hold these."""


class BadFile(Exception):
    """Why a file cannot be used as text; `line` is 0 where the whole file is meant."""

    def __init__(self, code: str, line: int, what: str, fix: str) -> None:
        self.code, self.line, self.what, self.fix = code, line, what, fix
        super().__init__(what)


def unreadable(what: str, fix: str, line: int = 0) -> BadFile:
    return BadFile("unreadable-file", line, what, fix)


def byte_order_mark(data: bytes) -> bytes:
    """The mark with which a text in UTF-8 may begin; none if it does not."""
    return codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """A file's bytes, at most so many; never waits for a pipe or reads a device."""
    with open_bytes(path) as file:
        size = os.fstat(file.fileno()).st_size
        if most is None or size <= most:
            return file.read()
    what = f"this file has {size:,} bytes; the limit is {most:,}"
    raise BadFile("too-large", 0, what, "split it")


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """A file to read; what fails on the way is a BadFile too."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            what = "this is not a readable file, but a folder, a pipe or a device"
            fix = "put a file of that name there, or give this another name"
            raise unreadable(what, fix)
        with path.open("rb") as file:
            yield file
    except OSError as error:
        what = f"this is not a readable file: {error.strerror}"
        with suppress(OSError):
            what += f" (it is a link to {path.readlink()})"
        fix = "check that it exists and that you may read it"
        raise unreadable(what, fix) from None


def bytes_or_empty(path: Path) -> bytes:
    """A file's bytes, none where it cannot be read: the readers tell of that."""
    try:
        return read_bytes(path)
    except BadFile:
        return b""


def decode(data: bytes) -> str:
    """The text without byte order mark; a BadFile names the line of the first bad byte."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"not UTF-8 at byte {error.start} (0x{data[error.start]:02x})"
        raise _wrong(line, place, data, error.start) from None
    if text.count("\0") > _PLAUSIBLE_NUL * len(text):
        raise _wrong(1, "not UTF-8, though it passes", data, 0)
    return text


def _wrong(line: int, place: str, data: bytes, at: int) -> BadFile:
    name = likely_encoding(data, at)
    if name:
        return BadFile("wrong-encoding", line, f"{place}; it looks like {name}", _RESAVE)
    if _is_binary(data):
        return BadFile("wrong-encoding", line, f"{place}; this looks like no text at all", _NO_TEXT)
    return BadFile("wrong-encoding", line, place, _RESAVE)


@dataclass(frozen=True)
class _Script:
    """Letters of a script, the commonest of them, and the share that these have in real prose.

    `joins` is for scripts whose letters stand beside Latin ones without a space.
    """

    common: frozenset[str]
    least: float
    joins: bool = False


# The commonest characters of Chinese prose, simplified and traditional: real text is full of them.
_HAN = _Script(
    frozenset(
        "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動"
        "同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力里水化高自二理"
        "起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合因由其些然前外天政四日那社"
        "义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又利比或但质質第向道命此变變条條"
        "城乡鄉县縣镇鎮区區农農村"
    ),
    least=0.15,  # prose has over 0.4, mojibake under 0.05
    joins=True,
)
_KANA = _Script(
    frozenset("のにはをたがでとしていなかるもらりこれさすくっまあおよりきうけどつ"), 0.25, True
)
_HANGUL = _Script(
    frozenset(
        "이다는의가에을고은하로지한기도서사정대인시자부해나일과리어있그들수를했여연성제적산업위전라년게장주공국동"
        "만스아오보조안구신상생화"
    ),
    least=0.3,
    joins=True,
)
_CYRILLIC = _Script(frozenset("оеаинтсрвлкмдп"), 0.6)
_ARABIC = _Script(frozenset("اليمنرتبوعدسةهفحك"), 0.6)
_SCRIPTS = (_HAN, _KANA, _HANGUL, _CYRILLIC, _ARABIC)
# Name as iconv takes it, Python's codec, and the scripts that it was made for.
_CANDIDATES = (
    ("GB18030", "gb18030", (_HAN,)),
    ("Big5", "big5", (_HAN,)),
    ("Shift_JIS", "shift_jis", (_KANA,)),
    ("CP932", "cp932", (_KANA,)),
    ("EUC-JP", "euc_jp", (_KANA,)),
    ("EUC-KR", "euc_kr", (_HANGUL,)),
    ("CP949", "cp949", (_HANGUL,)),
    ("windows-1251", "cp1251", (_CYRILLIC,)),
    ("KOI8-R", "koi8_r", (_CYRILLIC,)),
    ("windows-1256", "cp1256", (_ARABIC,)),
    ("UTF-16 (little-endian)", "utf_16_le", _SCRIPTS),
    ("UTF-16 (big-endian)", "utf_16_be", _SCRIPTS),
)
_PLAUSIBLE_NUL = 0.1  # of all bytes; Latin text in UTF-16 has nearly 0.5
_PLAUSIBLE_CONTROL = 0.02
_MOSTLY_GOOD = 4  # whole characters for each damaged one
_ACCENTED = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßðþ")
_WESTERN_SIGNS = frozenset("‘’“”‚„…–—•«»‹›€£§°©®™·¿¡\u00a0\u00adªº´")
_MOST_ACCENTED = 0.3  # of all letters
_MOSTLY_WESTERN = 0.9
_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def likely_encoding(data: bytes, at: int = 0) -> str:
    """The encoding that bytes which are not UTF-8 look like, "" where none is plausible.

    Judged by the lines around byte `at`.

    >>> likely_encoding("县城是城乡融合发展的关键支撑".encode("gb18030"))
    'GB18030'
    >>> likely_encoding("the county’s “carrier”".encode("windows-1252"))
    'windows-1252'
    """
    if name := _marked_utf16(data):
        return name
    start = data.rfind(b"\n", 0, at) + 1
    sample = data[start : start + _SAMPLE]
    if b"\0" not in sample and (damaged := _damaged_utf8(sample)):
        return damaged
    scores = {
        name: _likeness(data[:_SAMPLE] if scripts is _SCRIPTS else sample, codec, scripts)
        for name, codec, scripts in _CANDIDATES
        if scripts is _SCRIPTS or not _is_binary(sample)
    }
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 1:
        return best
    return "windows-1252" if not _is_binary(sample) and _is_western(sample) else ""


def _is_binary(data: bytes) -> bool:
    controls = len(_CONTROL.findall(data[:_SAMPLE]))
    return b"\0" in data or controls > _PLAUSIBLE_CONTROL * min(len(data), _SAMPLE)


def _marked_utf16(data: bytes) -> str:
    """By its byte order mark, or by the empty half of every Latin character."""
    data = data[:_SAMPLE]
    even, odd = data[::2].count(0), data[1::2].count(0)
    little = data.startswith(b"\xff\xfe") or odd >= _PLAUSIBLE_NUL * len(data) > 4 * even
    big = data.startswith(b"\xfe\xff") or even >= _PLAUSIBLE_NUL * len(data) > 4 * odd
    for is_it, name, codec in (
        (little, "UTF-16 (little-endian)", "utf_16_le"),
        (big, "UTF-16 (big-endian)", "utf_16_be"),
    ):
        if is_it and "\0" not in (_decoded(data, codec) or "\0"):
            return name
    return ""


def _damaged_utf8(data: bytes) -> str:
    """Text in another encoding hardly ever holds whole UTF-8 characters; a damaged file many."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - sum(map(str.isascii, text))
    return "UTF-8 with some characters damaged" if good > _MOSTLY_GOOD * bad else ""


def _decoded(data: bytes, codec: str) -> str:
    """As far as whole characters go, "" where a byte does not fit."""
    try:
        return codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return ""


def _likeness(data: bytes, codec: str, scripts: tuple[_Script, ...]) -> float:
    """At least 1 where the letters beyond ASCII are as common as those of prose.

    Mojibake is made of rare letters, and of words that mix Latin letters with others.
    """
    words = _WORD.findall(_decoded(data, codec).lower())
    letters = [(char, word) for word in words for char in word if not char.isascii()]
    if not letters:
        return 0.0
    mixed = {word for word in set(words) if len(word) == 1 or any(map(str.isascii, word))}
    return max(_commonness(letters, mixed, script) for script in scripts)


def _commonness(letters: list[tuple[str, str]], mixed: set[str], script: _Script) -> float:
    common = sum(
        char in script.common and (script.joins or word not in mixed) for char, word in letters
    )
    return common / (script.least * len(letters) + 1)  # one common letter may be chance


def _is_western(data: bytes) -> bool:
    """Whether it is Latin text with some accents and curly quotation marks."""
    text = _decoded(data, "cp1252")
    letters = [char for char in text.lower() if char.isalpha()]
    foreign = [char for char in text.lower() if not char.isascii()]
    accented = sum(char in _ACCENTED for char in foreign)
    usual = accented + sum(char in _WESTERN_SIGNS for char in foreign)
    return (
        0 < len(foreign) < len(letters)
        and accented <= _MOST_ACCENTED * len(letters)
        and usual >= _MOSTLY_WESTERN * len(foreign)
    )


_HEAD = 4_096
"""Bytes in which HTML says its encoding."""
_HTML_SPACE = b" \t\r\n\f"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_AS_BROWSERS = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "windows-1252"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-8", "utf8", "unicode"), ""),
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
}  # fmt: skip


def declared_encoding(data: bytes) -> str:
    """The encoding that a page of HTML names in its head, "" for none; as browsers take it.

    >>> declared_encoding(b'<meta charset="gb2312"><p>')
    'gb18030'
    """
    start = data[:_HEAD].lstrip(_HTML_SPACE)
    found = _CHARSET.search(start) if start.startswith(b"<") else None
    name = found[1].decode().lower() if found else ""
    name = _AS_BROWSERS.get(name, name)
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""
