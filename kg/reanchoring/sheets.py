"""A coder's file as `kg anchor` sees it: passages with their words, and where these are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.errors import Issue, errors
from kg.readers.encoding import decode, read_bytes
from kg.readers.faults import Faults
from kg.readers.markup import Markup, read_markup
from kg.readers.passages import raw_lines
from kg.readers.tree import LARGEST_YAML, Lines, Mapping, Node, Scalar, Sequence, read_tree
from kg.reanchoring.searching import Ground, Hit, normal

_RANGE = re.compile(r"(\d{1,12})-(\d{1,12})")


@dataclass(frozen=True, slots=True)
class Item:
    """One passage of a file: its line, its words in normal form and as they are written; `nth` is
    0 and `at` None where they are not given."""

    line: int
    quote: str
    nth: int
    at: tuple[int, int] | None
    markup: Markup

    def place(self, ground: Ground) -> Hit | None:
        """Where a reader of the file would put it, None if nowhere or not in one place."""
        hits = ground.hits(self.quote)
        if self.at:
            for hit in hits:
                span = ground.span(hit)
                if (span.start, span.end) == self.at:
                    return hit
        if self.nth:
            return hits[self.nth - 1] if self.nth <= len(hits) else None
        return hits[0] if len(hits) == 1 else None


@dataclass(frozen=True, slots=True)
class Entry(Item):
    """One of a coder's file: its node, and its words as written from the offset `start` on."""

    node: Mapping
    start: int
    raw: str


class Coded(Protocol):
    """What one coder marked in one text, and the digest of that text."""

    @property
    def entries(self) -> tuple[Item, ...]: ...

    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole file; `unread` passages have faults of their own, which `kg check` tells."""

    path: Path
    data: bytes
    lines: Lines
    root: Mapping
    entries: tuple[Entry, ...]
    unread: int

    @property
    def document(self) -> str:
        return self.path.name.split(".")[0]

    @property
    def sha256(self) -> str:
        node = self.root.get("sha256")
        return node.value.strip().lower() if isinstance(node, Scalar) else ""

    @property
    def place(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def read_sheet(path: Path) -> tuple[Sheet | None, tuple[Issue, ...]]:
    """The file, or None and what keeps it from being read."""
    faults = Faults(f"{path.parent.name}/{path.name}")
    data = read_bytes(path, faults, LARGEST_YAML)
    text = decode(data, faults) if data is not None else None
    root = read_tree(text, faults) if text is not None else None
    wrong = tuple(errors(faults.issues))
    if data is None or text is None or root is None or wrong:
        return None, wrong
    passages = root.get("passages")
    items = passages.items if isinstance(passages, Sequence) else ()
    lines = Lines(text)
    entries = tuple(_entries(items, lines))
    return Sheet(path, data, lines, root, entries, len(items) - len(entries)), ()


def _entries(items: tuple[Node, ...], lines: Lines) -> Iterator[Entry]:
    for node in items:
        block = node.get("text") if isinstance(node, Mapping) else None
        if not isinstance(node, Mapping) or not isinstance(block, Scalar) or not block.is_block:
            continue
        faults = Faults("")
        start, raw = raw_lines(lines, block)
        markup = read_markup(raw, lambda _: 0, faults)
        if markup and markup.quote:
            nth, at = _text(node, "nth"), _RANGE.fullmatch(_text(node, "at"))
            yield Entry(
                node.entries["text"].key.line,
                normal(markup.quote),
                int(nth) if re.fullmatch("[0-9]{1,9}", nth) else 0,
                (int(at[1]), int(at[2])) if at else None,
                markup,
                node,
                start,
                raw,
            )


def _text(node: Mapping, key: str) -> str:
    value = node.get(key)
    return value.value.strip() if isinstance(value, Scalar) else ""
