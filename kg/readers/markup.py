"""The marks in the text of a passage, read from the raw lines, so that every fault has its line.

Sample    in [urban]{urban-area #u} and [rural [areas]{#u}]{rural-area confidence=0.8}, \\[sic\\] …
Marks     [text]{item, item}; they nest; an item is a concept, #id, key=value (confidence, note)
Pieces    a bare {#id} is another piece of the mark that has this id
Escapes   \\[ \\] \\\\ \\… stand for the characters themselves; any other backslash is literal
Left out  a bare … at the beginning or the end: words that do not belong to the quote
Offsets   places in the squeezed quote (`kg.anchoring`), where white space does not count
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.anchoring import squeeze
from kg.readers.faults import Fault, Faults
from kg.readers.words import Name, Token, tokens

MARK_KEYS = ("confidence", "note")
MOST_MARKS = 10_000
"""Marks of one passage."""
_SHOWN = 40
MARKUP = re.compile(r"\\[\[\]\\…]|[\[\]…]")
ESCAPED = str.maketrans({char: "\\" + char for char in "[]\\…"})
"""How the words of a text are written, to `translate` them."""
BRACES = re.compile(r'\s*\{((?:[^{}\[\]"]|"[^"]*")*)\}')


@dataclass(frozen=True, slots=True)
class Item:
    """One entry between the braces of a mark: a concept and its id, or the id alone."""

    concept: Name | None
    id: str
    settings: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words: `start` and `end` are places in the squeezed quote."""

    start: int
    end: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Markup:
    """A passage's words without the marks, squeezed; as written, for messages; and the marks."""

    quote: str
    words: str
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class _Progress:
    """How far the text has been read: `ellipses` are places of bare …, `opened` waits for its ]."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    ellipses: set[int] = field(default_factory=set)
    opened: list[tuple[int, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(squeeze(text))


def read_markup(block: str, line_of: Callable[[int], int], faults: Faults) -> Markup | None:
    """Read a block; `line_of` tells the line of an offset. None if its words are uncertain."""
    if (count := block.count("[")) > MOST_MARKS:
        what = f"this passage holds {count:,} opening brackets; the limit is {MOST_MARKS:,}"
        faults.error(line_of(0), "too-large", what, "split it into several passages")
        return None
    progress = _Progress()
    offset = 0
    while match := MARKUP.search(block, offset):
        progress.add(block[offset : match.start()])
        offset = match.end()
        if match.group() == "]":
            closed = _close(progress, block, match.start(), line_of, faults)
            if closed is None:
                return None
            offset = closed
        else:
            _take(progress, match)
    progress.add(block[offset:])
    for _, opening in progress.opened:
        what = f"the mark that begins at `{_shown(block, opening)}` is never closed"
        fix = "close it with ]{concept}; write \\[ where the text itself has a bracket"
        faults.error(line_of(opening), "unclosed-mark", what, fix)
    return _without_edges(progress, faults)


def _shown(block: str, offset: int) -> str:
    """What stands at an offset, at most to the end of its line."""
    return block[offset : offset + _SHOWN].splitlines()[0].rstrip()


def _take(progress: _Progress, match: re.Match[str]) -> None:
    found = match.group()
    if found == "[":
        progress.opened.append((progress.length, match.start()))
    elif found == "…":
        progress.ellipses.add(progress.length)
        progress.add(found)
    else:
        progress.add(found[1])


def _close(
    progress: _Progress,
    block: str,
    bracket: int,
    line_of: Callable[[int], int],
    faults: Faults,
) -> int | None:
    """Read `]{…}` from its bracket on; the offset behind it, None if its end cannot be told."""
    line = line_of(bracket)
    braces = BRACES.match(block, bracket + 1)
    if not braces and block.startswith("{", bracket + 1):
        what = f"the braces at `{_shown(block, bracket)}` are not closed, or hold a bracket"
        fix = 'write ]{concept}; put values in quotation marks: {concept note="…"}'
        faults.error(line, "unclosed-braces", what, fix)
        return None
    if not progress.opened:
        what = f"`{_shown(block, bracket)}` closes a mark that was never opened"
        fix = "put [ where the mark begins; write \\] where the text itself has a bracket"
        faults.error(line, "unopened-mark", what, fix)
        return braces.end() if braces else bracket + 1
    start, opening = progress.opened.pop()
    if not braces or not block.startswith("{", bracket + 1):
        what = f"the mark at `{_shown(block, opening)}` names no concept"
        fix = (
            "write [words]{concept} with no space between; \\[ \\] for brackets of the text itself"
        )
        faults.error(line, "mark-without-concept", what, fix)
        return braces.end() if braces else bracket + 1
    inside = braces.start(1)
    items = _items(braces.group(1), lambda offset: line_of(inside + offset), faults)
    progress.marks.append(Mark(start, progress.length, items))
    return braces.end()


def _items(braces: str, line_of: Callable[[int], int], faults: Faults) -> tuple[Item, ...]:
    try:
        found = list(tokens(braces))
    except Fault as fault:
        faults.add(line_of(0), fault)
        return ()
    entries: list[list[Token]] = [[]]
    for token in found:
        if token.kind == "comma":
            entries.append([])
        else:
            entries[-1].append(token)
    items = []
    for entry in entries:
        line = line_of(entry[0].offset if entry else 0)
        try:
            items.append(_item(entry, line))
        except Fault as fault:
            faults.add(line, fault)
    return tuple(items)


_ORDER = ("word", "quoted", "id", "pair")


def _item(entry: list[Token], line: int) -> Item:
    if not entry:
        raise Fault("empty-item", "no concept stands between these braces or commas", "name one")
    if [token.kind for token in entry] != sorted((t.kind for t in entry), key=_ORDER.index):
        fix = "write the concept first, then #id, then key=value: {county-town #m1 confidence=0.8}"
        raise Fault("bad-item", f"`{_written(entry)}` is in the wrong order", fix)
    ids = [token.value for token in entry if token.kind == "id"]
    quoted = [token.value for token in entry if token.kind == "quoted"]
    words = " ".join(token.value for token in entry if token.kind == "word")
    if len(ids) > 1 or len(quoted) + bool(words) > 1:
        fix = "separate the concepts by a comma, and give each at most one #id"
        raise Fault("bad-item", f"`{_written(entry)}` holds more than one concept or id", fix)
    if not ids and not quoted and not words:
        fix = "write it before the keys"
        raise Fault("empty-item", f"`{_written(entry)}` names no concept", fix)
    name = Name(quoted[0], quoted=True) if quoted else Name(words) if words else None
    return Item(name, _checked_id(ids), _settings(entry), line)


def _written(entry: list[Token]) -> str:
    shown = {"id": "#{0.value}", "pair": "{0.key}={0.value}", "quoted": '"{0.value}"'}
    return " ".join(shown.get(token.kind, "{0.value}").format(token) for token in entry)


def _checked_id(ids: list[str]) -> str:
    if not ids:
        return ""
    rest = ids[0].replace("-", "").replace("_", "")
    if not ids[0][0].isalpha() or not rest.isalnum():
        fix = "begin it with a letter and use letters, digits, - and _ only"
        raise Fault("bad-id", f"`#{ids[0]}` is no id", fix)
    return ids[0]


def _settings(entry: list[Token]) -> dict[str, str]:
    settings: dict[str, str] = {}
    for token in entry:
        if token.kind == "pair":
            if token.key not in MARK_KEYS:
                fix = f"a mark takes {' and '.join(MARK_KEYS)} only; the rest belongs on statements"
                raise Fault("unknown-key", f"`{token.key}` is no key of a mark", fix)
            if token.key in settings:
                fix = "keep one of the two"
                raise Fault("duplicate-key", f"`{token.key}` stands twice in one mark", fix)
            settings[token.key] = " ".join(token.value.split())
    return settings


def _without_edges(progress: _Progress, faults: Faults) -> Markup:
    """Bare … at the edges cut off, and the marks moved accordingly; empty marks are issues."""
    first, last = 0, progress.length
    while first in progress.ellipses:
        first += 1
    while last - 1 in progress.ellipses and last > first:
        last -= 1
    marks = []
    for mark in progress.marks:
        start, end = max(mark.start, first) - first, min(mark.end, last) - first
        if start < end:
            marks.append(Mark(start, end, mark.items))
        elif mark.items:
            what = f"the mark of `{mark.items[0].concept or mark.items[0].id}` holds no words"
            fix = "put the words it stands for between its brackets: [words]{concept}"
            faults.error(mark.items[0].line, "empty-mark", what, fix)
    words = "".join(progress.parts)
    return Markup(squeeze(words)[first:last], words, tuple(marks))
