"""A YAML file as a tree of strings that know their lines; nothing is ever loaded as an object.

Built from the parser's events, so that neither depth nor aliases can hurt: anchors, aliases, tags
are refused, every scalar stays the string that was written, and a repeated key is an issue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from kg.readers.encoding import control_characters, without_control_characters
from kg.readers.faults import Faults
from kg.readers.syntax import explain_syntax_error

LARGEST_YAML = 10_000_000
"""Bytes: more than anybody writes by hand."""
MOST_NODES = 500_000
DEEPEST = 12

_LINE_END = re.compile(r"\r\n|\r|\n")
# `- "county town" connects city`: to YAML a quoted string with junk behind it, to us a plain line.
_QUOTED_NAME_FIRST = re.compile(
    r'^([ \t]*(?:(?:-[ \t]+)+(?:[\w-]+:[ \t]+)?|[\w-]+:[ \t]+))"'
    r'(?=(?:[^"\\\r\n]|\\.)*"[ \t]*[^\s#:])',
    re.MULTILINE,
)
_PRIVATE_USE = [chr(code) for code in range(0xE000, 0xE100)]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string as written, its offsets in the file, and the character YAML knows its style by."""

    value: str
    line: int
    start: int
    end: int
    style: str

    @property
    def is_block(self) -> bool:
        return self.style in ("|", ">")


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: dict[str, Entry]
    line: int
    start: int
    end: int

    def get(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return entry.value if entry else None


Node = Scalar | Sequence | Mapping


class Lines:
    """A file's text and where its lines begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def number(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return bisect_right(self._starts, offset)

    def start(self, number: int) -> int:
        """Where a line begins; where the text ends for a line behind the last."""
        return self._starts[number - 1] if number <= len(self._starts) else len(self.text)

    def rest(self, offset: int) -> str:
        """What stands behind an offset in its line."""
        return self.text[offset : self.start(self.number(offset) + 1)].rstrip("\r\n")


class _Refused(Exception):
    """The file cannot be used; the issue is told already."""


def read_tree(text: str, faults: Faults) -> Mapping | None:
    """The file as a mapping, or None and an issue that says why not."""
    lines = Lines(text)
    try:
        return _Grower(lines, faults).grow(_events(text, lines, faults))
    except yaml.YAMLError as error:
        line, what, fix = explain_syntax_error(error, lines.text, lines.number)
        faults.error(line, "bad-yaml", what, fix)
    except _Refused:
        pass
    return None


def _events(text: str, lines: Lines, faults: Faults) -> Iterator[tuple[yaml.Event, str]]:
    """The parser's events, each with the character that stands in for a quotation mark."""
    text = _readable(text, lines, faults)
    mark = next((char for char in _PRIVATE_USE if char not in text), '"')
    text = _QUOTED_NAME_FIRST.sub(rf"\g<1>{mark}", text)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for event in yaml.parse(text, Loader=loader):
        yield event, mark


def _readable(text: str, lines: Lines, faults: Faults) -> str:
    """The same length, with spaces for what YAML refuses; none of these counts in a quote."""
    _tell_control_characters(text, lines.number, faults)
    return without_control_characters(text).replace("\ufeff", " ")


def _tell_control_characters(text: str, line_of: Callable[[int], int], faults: Faults) -> None:
    found, first = control_characters(text)
    if found:
        fix = "delete them; such characters come along when text is copied from a PDF"
        faults.warning(line_of(first), "control-character", f"read as spaces: {found}", fix)


class _Grower:
    """Puts events together; open collections wait on a stack, deepest last."""

    def __init__(self, lines: Lines, faults: Faults) -> None:
        self._lines = lines
        self._faults = faults
        self._count = 0

    def grow(self, events: Iterator[tuple[yaml.Event, str]]) -> Mapping | None:
        root: Node | None = None
        stack: list[tuple[yaml.Event, list[Node]]] = []
        for event, quotation_mark in events:
            self._admit(event, len(stack))
            node: Node | None = None
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append((event, []))
            elif isinstance(event, yaml.CollectionEndEvent):
                node = self._collection(*stack.pop(), event)
            elif isinstance(event, yaml.ScalarEvent):
                node = self._scalar(event, quotation_mark)
            elif isinstance(event, yaml.DocumentStartEvent) and root:
                self._second_document(event)
                break
            if node and stack:
                stack[-1][1].append(node)
            elif node:
                root = node
        return self._root(root)

    def _refuse(self, line: int, code: str, what: str, fix: str) -> _Refused:
        self._faults.error(line, code, what, fix)
        return _Refused()

    def _admit(self, event: yaml.Event, depth: int) -> None:
        line = self._line(event)
        self._count += 1
        if self._count > MOST_NODES:
            what = f"this file holds more than {MOST_NODES:,} YAML nodes, which is the limit"
            raise self._refuse(line, "too-large", what, "split it, or use JSON Lines")
        if depth > DEEPEST:
            what = f"brackets or indentation nested more than {DEEPEST} deep, which is the limit"
            fix = "a coder's file never needs that; look for stray brackets or hyphens in this line"
            raise self._refuse(line, "too-deep", what, fix)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = f"a YAML anchor or alias (`{self._lines.text[_start(event)]}…`) stands here"
            fix = "write the value out; a value that begins with & or * needs 'quotation marks'"
            raise self._refuse(line, "yaml-alias", what, fix)
        if tag := getattr(event, "tag", None):
            what = f"a YAML tag (`{tag}`) stands here"
            fix = "delete it; a value that begins with ! needs 'quotation marks'"
            raise self._refuse(line, "yaml-tag", what, fix)

    def _line(self, event: yaml.Event) -> int:
        return self._lines.number(_start(event))

    def _scalar(self, event: yaml.ScalarEvent, quotation_mark: str) -> Scalar:
        line, value = self._line(event), event.value.replace(quotation_mark, '"')
        _tell_control_characters(value, lambda _: line, self._faults)  # escaped: "\x00"
        value = without_control_characters(value)
        return Scalar(value, line, _start(event), _end(event), event.style or "")

    def _collection(
        self, opening: yaml.Event, nodes: list[Node], closing: yaml.Event
    ) -> Mapping | Sequence:
        line, start, end = self._line(opening), _start(opening), _end(closing)
        if isinstance(opening, yaml.SequenceStartEvent):
            return Sequence(tuple(nodes), line, start, end)
        entries: dict[str, Entry] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            self._enter(entries, key, value)
        return Mapping(entries, line, start, end)

    def _enter(self, entries: dict[str, Entry], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            what = "a bracket or list stands where the name of a key is due"
            raise self._refuse(key.line, "bad-yaml", what, "write a plain word before the colon")
        if earlier := entries.get(key.value):
            what = f"`{key.value}` stands here again, after line {earlier.key.line}"
            fix = "keep one of the two; the first is the one that is read"
            if key.value == "text":
                fix += " (if a new passage begins here, write a hyphen: `- text: >-`)"
            self._faults.error(key.line, "duplicate-key", what, fix)
            return
        entries[key.value] = Entry(key, value)

    def _second_document(self, event: yaml.Event) -> None:
        what = "a line of three hyphens begins a second YAML document, which is not read"
        self._faults.error(self._line(event), "bad-yaml", what, "delete the line `---`")

    def _root(self, root: Node | None) -> Mapping | None:
        if isinstance(root, Mapping):
            return root
        what = "this file holds no `key: value` lines" if root else "this file is empty"
        fix = "write it as lines of `key: value`; `kg explain bad-yaml` shows one"
        raise self._refuse(1, "bad-yaml", what, fix)


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0
