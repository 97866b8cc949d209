"""A file of JSON Lines, document by document: its passages found again, its lines set right.

A passage that has a place gets its words and offsets as they are there, and so do its marks; one
that has none keeps all that it holds, and `at` says why. No other line is touched.
"""

from __future__ import annotations

import codecs
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.anchoring import squeeze
from kg.encoding import BadFile
from kg.errors import Issue
from kg.model import Span
from kg.readers.documents import checked_body
from kg.readers.faults import Fault, Faults
from kg.readers.jsonl import Stretch, entries_of, stretches
from kg.readers.markup import Markup
from kg.readers.objects import Json, Object, written
from kg.readers.unplaced import is_unplaced
from kg.reanchoring.alignment import Alignment
from kg.reanchoring.files import Old, Outcome, Result, found_again, settled
from kg.reanchoring.finding import Passed
from kg.reanchoring.model import Found
from kg.reanchoring.rewording import MarkLost, is_like
from kg.reanchoring.searching import Ground, normal
from kg.reanchoring.sheets import Item

_DIGEST = 64
Pairs = tuple[tuple[int, int], ...]
Olds = Callable[[str], Mapping[str, str]]
"""From the key of a document to its old texts by digest or name."""
Carry = Callable[[int, int], Span]
"""From a stretch of the words as they were to one of the words as they are."""


@dataclass(frozen=True, slots=True)
class Record(Item):
    """A line that is a passage."""

    entry: Object


@dataclass(frozen=True)
class Records:
    """What one coder marked in one document of the file."""

    path: Path
    document: str
    sha256: str
    entries: tuple[Record, ...]
    unread: int = 0

    @property
    def place(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


@dataclass(frozen=True)
class AnchoredRecords(Outcome):
    """The same with what was found; `lines` are those that have to be written anew."""

    sheet: Records
    lines: Mapping[int, bytes]


def anchored_records(path: Path, olds: Olds) -> tuple[list[AnchoredRecords], list[Issue]]:
    """Every document of a file, one after the other."""
    found: list[AnchoredRecords] = []
    faults = Faults(f"{path.parent.name}/{path.name}")
    try:
        for stretch in stretches(path):
            found += _anchored(stretch, olds(stretch.key), faults)
    except BadFile as bad:
        faults.unusable(bad)
    return found, list(faults.issues)


def written_anew(path: Path, lines: Mapping[int, bytes]) -> Iterator[bytes]:
    """The file with other lines in it."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            yield lines.get(number, line)


def _anchored(stretch: Stretch, texts: Mapping[str, str], faults: Faults) -> list[AnchoredRecords]:
    entries = dict(entries_of(stretch, faults))
    line = next((number for number, each in entries.items() if _has_text(each)), 0)
    if not line:
        return []
    about = entries.pop(line)
    text, given = about["text"], str(about.get("sha256", "")).lower()
    sha256 = _digest(text, given)
    body = _body(about, len(text))
    olds = [_old(name, old, about, text) for name, old in texts.items() if old != text]
    sheets = _sheets(stretch, given, entries)
    found = [_found(sheet, text, body, sha256, olds) for sheet in sheets]
    used = next((old for old in olds if old.name in {each.old for each in found}), None)
    moved = _followed(about, used, text) if used and "body" in about else body
    if moved != body:
        again = [_found(sheet, text, moved, sha256, olds) for sheet in sheets]
        if settled(again) > settled(found):
            found, about = again, {**about, "body": [list(pair) for pair in moved]}
            what = f"`body` is of the old text; in the text as it is now it is {about['body']}"
            faults.warning(line, "body-moved", what, "kg anchor --write writes it")
    if found and (given != sha256 or moved != body):
        anew = {**found[0].lines, line: _line({**about, "sha256": sha256})}
        found[0] = replace(found[0], lines=anew)
    return found


def _has_text(entry: Object) -> bool:
    return isinstance(entry.get("text"), str) and "coder" not in entry


def _digest(text: str, given: str) -> str:
    """Of the file that the text was may be given, which began with a byte order mark."""
    data = text.encode()
    digests = [hashlib.sha256(mark + data).hexdigest() for mark in (b"", codecs.BOM_UTF8)]
    return given if given in digests else digests[0]


def _body(about: Object, length: int) -> Pairs:
    """The stretches that are the document; () for all of it, or where they do not fit the text."""
    given = about.get("body", [])
    try:
        return checked_body([(start, end) for start, end in given], length) if given else ()
    except (Fault, TypeError, ValueError):
        return ()


def _old(name: str, content: str, about: Object, text: str) -> Old:
    digest = name if len(name) == _DIGEST else ""
    ground = Ground.of(content, _body(about, len(content)))
    return Old(name, digest, ground, cache(lambda: Passed.of(ground, Ground.of(text))))


def _followed(about: Object, old: Old, text: str) -> Pairs:
    """What has become of the stretches of the body; () where that cannot be said."""
    passed = old.passed()
    pairs = _body(about, len(old.ground.folded.source))
    try:
        return checked_body([passed.stretch(*pair) for pair in pairs], len(text)) if pairs else ()
    except Fault:
        return ()


def _sheets(stretch: Stretch, sha256: str, entries: Mapping[int, Object]) -> list[Records]:
    """The passages by coder, in the order of the file: mostly that of the text."""
    records: dict[str, list[Record]] = {}
    unread: Counter[str] = Counter()
    for number, entry in entries.items():
        coder, quote = str(entry.get("coder", "")), entry.get("quote")
        if isinstance(quote, str) and squeeze(quote):
            markup = Markup(squeeze(quote), quote, ())
            record = Record(number, normal(quote), 0, _at(entry), markup, entry)
            records.setdefault(coder, []).append(record)
        else:
            unread[coder] += 1
    return [
        Records(stretch.file, stretch.key, sha256, tuple(found), unread[coder])
        for coder, found in records.items()
    ]


def _at(entry: Object) -> tuple[int, int] | None:
    start, end = entry.get("start"), entry.get("end")
    if isinstance(start, int) and isinstance(end, int) and not is_unplaced(entry):
        return start, end
    return None


def _found(
    sheet: Records, text: str, body: Pairs, sha256: str, olds: Iterable[Old]
) -> AnchoredRecords:
    found, old = found_again(sheet, Ground.of(text, body), sha256, olds)
    results, lines = [], {}
    for record, each in zip(sheet.entries, found, strict=True):
        lost = ""
        try:
            anew = _moved(record.entry, each)
        except MarkLost as mark:
            anew, lost = record.entry, str(mark)
        if anew != record.entry:
            lines[record.line] = _line(anew)
        results.append(Result(record, each, "", lost))
    name = old.name if old else ""
    return AnchoredRecords(text, sha256, tuple(results), name, sheet, lines)


def _line(entry: Object) -> bytes:
    return (written(entry) + "\n").encode()


def _moved(entry: Object, found: Found) -> Object:
    """The passage as it stands now; MarkLost where the words of a mark are gone."""
    if not found.span:
        return {**entry, "at": found.state}
    span = found.span
    anew = {key: value for key, value in entry.items() if key != "at"}
    anew |= {"start": span.start, "end": span.end, "quote": span.quote}
    carry = _carried(entry["quote"], span)
    if isinstance(mentions := entry.get("mentions"), list):
        anew["mentions"] = [_mention(entry, each, span, carry) for each in mentions]
    return anew


def _carried(quote: str, span: Span) -> Carry:
    old, new = Ground.of(quote), Ground.of(span.quote)
    alignment = Alignment.of(old.squeezed, new.squeezed)

    def carried(start: int, end: int) -> Span:
        hit = old.hit(start, end)
        place = alignment.carry(*hit)
        place = new.whole_words(place) if place[0] < place[1] else place
        if place[0] >= place[1] or not is_like(old.words(hit), new.words(place)):
            raise MarkLost(quote[start:end])
        return new.span(place)

    return carried


def _mention(passage: Object, mention: Json, span: Span, carry: Carry) -> Json:
    """With its pieces, if it has some; what is none stays as it is, for `kg check` to tell."""
    pieces = mention.get("pieces") if isinstance(mention, dict) else None
    if isinstance(pieces, list):
        return {**mention, "pieces": [_piece(passage, each, span, carry) for each in pieces]}
    return _piece(passage, mention, span, carry)


def _piece(passage: Object, piece: Json, span: Span, carry: Carry) -> Json:
    """A mark, or a piece of one, that stands in a passage; as it is where it stood nowhere."""
    if not isinstance(piece, dict):
        return piece
    quote, words = piece.get("quote"), passage["quote"]
    if not isinstance(quote, str) or not quote:
        return piece
    first = words.find(quote)
    if type(piece.get("start")) is int and type(passage.get("start")) is int:
        first = piece["start"] - passage["start"]
    elif words.find(quote, first + 1) >= 0:
        return piece
    if first < 0 or words[first : first + len(quote)] != quote:
        return piece
    now = carry(first, first + len(quote))
    start = span.start + now.start
    return {**piece, "start": start, "end": start + len(now.quote), "quote": now.quote}
