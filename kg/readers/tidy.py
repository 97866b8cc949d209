"""`kg fmt`: a coder's file in its usual order, moved line by line and never written anew.

    document coder sha256 coded modality source <qualifiers> confidence status note passages
    text nth at coded modality source <qualifiers> confidence status statements flows note uncoded

Every comment is kept: comments above a key move with it, those at the very top stay there, and a
commented-out list item (`# - …`) stays with the list above it. Trailing spaces go, runs of blank
lines become one, lines end in LF. What stands inside a note or a quoted value is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

from kg.anchoring import squeeze
from kg.atomic import write_atomically
from kg.errors import InputError, Issue, Place, errors
from kg.readers.encoding import decode, read_bytes
from kg.readers.faults import Faults
from kg.readers.tree import LARGEST_YAML, Lines, Mapping, Node, Scalar, Sequence, read_tree

_OTHERS = "*"
_MANNER = ("coded", "modality", "source", _OTHERS, "confidence", "status")
OF_A_FILE = ("document", "coder", "sha256", *_MANNER, "note", "passages")
OF_A_PASSAGE = ("text", "nth", "at", *_MANNER, "statements", "flows", "note", "uncoded")
_CODERS_FILE = re.compile(r"[^.]+\.[^.]+\.yaml\Z")
_LIST_ITEM = re.compile(r"\s*#\s*-(\s|$)")


@dataclass(slots=True)
class _Line:
    """A line; one of a multi-line value is `kept` to the character."""

    text: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class _Chunk:
    """An entry with the comments above it: line numbers, `first` that of its key, end excluded."""

    key: str
    column: int
    lead: int
    first: int
    end: int


def coders_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that are named `<document>.<coder>.yaml`, sorted."""
    return tuple(path for path in sorted(folder.glob("*.yaml")) if _CODERS_FILE.match(path.name))


def tidy_files(
    paths: Iterable[Path], only_check: bool = False
) -> tuple[tuple[Path, ...], tuple[Issue, ...]]:
    """The files that are not tidy, written anew unless this is only a check; and an issue for each
    error that keeps a file as it is. An InputError, and nothing written, if one is no coder's."""
    paths = tuple(paths)
    for path in paths:
        _require_coders_file(path)
    untidy: list[Path] = []
    issues: list[Issue] = []
    for path in paths:
        faults = Faults(path.as_posix())
        data = read_bytes(path, faults, LARGEST_YAML)
        text = decode(data, faults) if data is not None else None
        root = read_tree(text, faults) if text is not None else None
        issues += errors(faults.issues)
        if text is None or root is None or (new := tidy(text).encode()) == data:
            continue
        untidy.append(path)
        if not only_check:
            write_atomically(path.resolve(), new)
    return tuple(untidy), tuple(issues)


def _require_coders_file(path: Path) -> None:
    if not _CODERS_FILE.match(path.name):
        raise InputError(
            "only coders' files can be tidied, and by its name this is none",
            fix="name a file such as passages/document.coder.yaml; no other one is ever changed",
            place=Place(path.as_posix()),
        )


def tidy(text: str) -> str:
    """The same content in the usual order; a file with faults in its YAML stays as it is."""
    written, text = text, re.sub(r"\r\n?", "\n", text)
    root = _faultless(text)
    if root is None:
        return written
    lines = [_Line(line) for line in text.split("\n")]
    position = Lines(text)
    _protect(lines, root, position)
    passages = root.get("passages")
    items = passages.items if isinstance(passages, Sequence) else ()
    inner = [_chunks(lines, item, position) for item in items if isinstance(item, Mapping)]
    outer = _chunks(lines, root, position)
    for chunks in inner:
        _reorder(lines, chunks, OF_A_PASSAGE)
    _reorder(lines, outer, OF_A_FILE)
    new = _joined(lines)
    return new if _same(root, _faultless(new)) else written


def _faultless(text: str) -> Mapping | None:
    faults = Faults("")
    root = read_tree(text, faults)
    return None if errors(faults.issues) else root


def _joined(lines: list[_Line]) -> str:
    kept = [line.text if line.kept else line.text.rstrip(" \t") for line in lines]
    runs = groupby(zip(kept, lines, strict=True), lambda pair: not pair[0] and not pair[1].kept)
    texts = [text for blank, run in runs for text, _ in ([("", None)] if blank else run)]
    return "\n".join(texts).strip("\n") + "\n"


def _protect(lines: list[_Line], node: Node, position: Lines, key: str = "") -> None:
    """Keep the inner lines of multi-line values, but for the words of a passage."""
    if isinstance(node, Scalar):
        if key != "text":
            last = position.number(max(node.start, node.end - 1))
            first = node.line - 1 + node.is_block
            for number in range(first, last if node.is_block else last - 1):
                lines[number].kept = True
    elif isinstance(node, Sequence):
        for item in node.items:
            _protect(lines, item, position)
    else:
        for name, entry in node.entries.items():
            _protect(lines, entry.value, position, name)


def _reorder(lines: list[_Line], chunks: list[_Chunk], order: tuple[str, ...]) -> None:
    """Put entries in order, each with the comments above it."""
    wanted = sorted(chunks, key=lambda chunk: _rank(chunk.key, order))
    if not chunks or wanted == chunks:
        return
    start, end, column = chunks[0].first, chunks[-1].end, chunks[0].column
    opening = lines[start].text[:column]
    lines[start].text = " " * column + lines[start].text[column:]
    moved: list[_Line] = []
    for chunk in wanted:
        lead = [] if chunk is chunks[0] else lines[chunk.lead : chunk.first]
        moved += [_indented(line, column) for line in lead] + lines[chunk.first : chunk.end]
    if opening.strip():
        at = next(i for i, line in enumerate(moved) if not _is_comment(line))
        moved[at].text = opening + moved[at].text[column:]
    lines[start:end] = moved
    for number in range(end, len(lines)):
        if not _is_comment(lines[number]):
            break
        lines[number] = _indented(lines[number], min(column, _indentation(lines[number])))


def _rank(key: str, order: tuple[str, ...]) -> int:
    return order.index(key if key in order else _OTHERS)


def _indented(line: _Line, column: int) -> _Line:
    """A comment as far in as its key: further in, it could become part of a block above it."""
    return _Line(" " * column + line.text.lstrip() if line.text.strip() else "")


def _indentation(line: _Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _is_comment(line: _Line) -> bool:
    return not line.text.strip() or line.text.lstrip().startswith("#")


def _chunks(lines: list[_Line], node: Mapping, position: Lines) -> list[_Chunk]:
    """The entries as runs of whole lines; none if the mapping is not written that way."""
    chunks: list[_Chunk] = []
    for key, entry in node.entries.items():
        first = entry.key.line - 1
        column = entry.key.start - position.start(entry.key.line)
        if chunks:
            chunks[-1] = _with_list_items(lines, chunks[-1])
        lead = chunks[-1].end if chunks else first
        end = position.number(last_offset(entry.value, position.text))
        chunks.append(_Chunk(key, column, lead, first, max(end, first + 1)))
    if chunks:
        chunks[-1] = _with_list_items(lines, chunks[-1])
    return chunks if _are_whole_lines(lines, chunks) else []


def _with_list_items(lines: list[_Line], chunk: _Chunk) -> _Chunk:
    """The list items below an entry that were commented out belong to it."""
    end = chunk.end
    while end < len(lines) and _LIST_ITEM.match(lines[end].text):
        end += 1
    return replace(chunk, end=end)


def _are_whole_lines(lines: list[_Line], chunks: list[_Chunk]) -> bool:
    before = [lines[chunk.first].text[: chunk.column] for chunk in chunks]
    return (
        len({chunk.column for chunk in chunks}) <= 1
        and all(later.first >= earlier.end for earlier, later in pairwise(chunks))
        and not "".join(before).strip(" -")
        and not "".join(before[1:]).strip()
    )


def last_offset(node: Node, text: str) -> int:
    """The last character of a value; a block collection's own end lies behind later comments."""
    if isinstance(node, Scalar):
        return _last_of_scalar(node, text)
    if text[node.start] in "[{":
        return node.end - 1
    if isinstance(node, Sequence):
        return last_offset(node.items[-1], text) if node.items else node.start
    values = [entry.value for entry in node.entries.values()]
    return last_offset(values[-1], text) if values else node.start


def _last_of_scalar(node: Scalar, text: str) -> int:
    if not node.is_block:
        return max(node.start, node.end - 1)
    return node.start + len(text[node.start : node.end].rstrip()) - 1


def _same(old: Node, new: Node | None, key: str = "") -> bool:
    """Whether two trees say the same: the last check before a coder's file is written anew."""
    if isinstance(old, Scalar) and isinstance(new, Scalar):
        written, again = old.value.strip(), new.value.strip()
        return written == again or (key == "text" and squeeze(written) == squeeze(again))
    if isinstance(old, Sequence) and isinstance(new, Sequence):
        pairs = zip(old.items, new.items, strict=False)
        return len(old.items) == len(new.items) and all(_same(a, b) for a, b in pairs)
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.entries.keys() == new.entries.keys() and all(
            _same(entry.value, new.get(name), name) for name, entry in old.entries.items()
        )
    return False
