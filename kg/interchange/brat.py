"""brat standoff, https://brat.nlplab.org/standoff.html: text in `p.txt`, annotations in `p.ann`.

Line      T1<TAB>CountyTown 0 6;11 15<TAB>county town
Offsets   code points of the text as it lies, end excluded; UTF-16 and \\r\\n as one are tried too
Read      T (pieces too), R, E (each argument is a relation from the trigger's words), A and M, N,
          *, and # lines; notes other than AnnotatorNotes are fields
Dropped   nothing in silence: a line that is none of these is an issue
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from kg.interchange.intake import Incoming, shown
from kg.interchange.model import Annotated, Circumstances, Foreign, Link, Mark, Pairs
from kg.interchange.source import Source, key_of, open_source
from kg.interchange.units import (
    ONE_LINE_END,
    POINTS,
    UTF16,
    UTF16_ONE_LINE_END,
    Claim,
    best_ruler,
)

UNITS = (POINTS, ONE_LINE_END, UTF16, UTF16_ONE_LINE_END)
NOTE = "AnnotatorNotes"
_A_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_NOTHING_SAID = Circumstances()
_LINE = re.compile(r"[TREAMN#]\S*\t|\*\t")
_KINDS = {
    "T": re.compile(
        r"(?P<id>T\S*)\t(?P<label>\S+) (?P<places>-?\d+ -?\d+(?:;-?\d+ -?\d+)*)(?:\t(?P<quote>.*))?"
    ),
    "R": re.compile(r"(?P<id>R\S*)\t(?P<label>\S+) [^\s:]+:(?P<one>\S+) [^\s:]+:(?P<two>\S+)\s*"),
    "E": re.compile(
        r"(?P<id>E\S*)\t(?P<label>[^\s:]+):(?P<trigger>\S+)(?P<roles>(?: [^\s:]+:\S+)*)\s*"
    ),
    "A": re.compile(r"(?P<id>[AM]\S*)\t(?P<label>\S+) (?P<of>\S+)(?: (?P<value>[^\t]*))?\t?"),
    "N": re.compile(r"(?P<id>N\S*)\t(?P<label>\S+) (?P<of>\S+) (?P<value>\S+)(?:\t(?P<name>.*))?"),
    "#": re.compile(r"(?P<id>#\S*)\t(?P<label>\S+) (?P<of>\S+)(?:\t(?P<value>.*))?"),
    "*": re.compile(r"\*\t(?P<label>\S+)(?P<members>(?: \S+){2,})\s*"),
}  # fmt: skip
_KINDS["M"] = _KINDS["A"]
_SHAPES = {
    "T": "T1<TAB>Label 0 4<TAB>words",
    "R": "R1<TAB>Label Arg1:T1 Arg2:T2",
    "E": "E1<TAB>Label:T3 Role:T1",
    "A": "A1<TAB>Name T1 value",
    "M": "M1<TAB>Name T1",
    "N": "N1<TAB>Reference T1 Base:id<TAB>words",
    "#": "#1<TAB>AnnotatorNotes T1<TAB>note",
    "*": "*<TAB>Label T1 T2",
}

Row: TypeAlias = tuple[int, Mapping[str, str]]
"""The number of a line, and its parts; those that may be missing are then None."""
Rows: TypeAlias = Mapping[str, "array[int]"]
"""Number, start and end of the lines of each kind: as strings, they would fill memory."""

_NUMBERS = 3
_MOST_CLAIMS = 20_000
"""Quotes by which it is told what offsets count."""


def looks_like_brat(path: Path, text: str) -> bool:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return path.suffix == ".ann" or bool(_LINE.match(first))


def read_brat(source: Source) -> Foreign:
    """The annotations of an .ann file on the text beside it."""
    rows = _rows(source)
    text_path = source.path.with_suffix(".txt")
    beside = open_source(text_path, ())
    if beside.faults.issues and not beside.text:
        what = f"the text of these annotations, {text_path.name}, cannot be read"
        fix = "put it beside the .ann file under that name, saved as UTF-8"
        source.faults.error(0, "no-text", what, fix)
        source.intake.marks += len(rows["T"]) // _NUMBERS
        source.intake.links += len(rows["R"]) // _NUMBERS
        return source.intake.foreign()
    incoming = source.intake.document(source.key, beside.text)
    incoming.ruler = best_ruler(
        incoming.text, list(islice(_claims(_parts(source, rows, "T")), _MOST_CLAIMS)), UNITS
    )
    _Standoff(source, incoming, rows).read()
    return source.intake.foreign()


def _rows(source: Source) -> Rows:
    """Where the lines of each kind are; one that is of none is an issue."""
    rows = {kind: array("q") for kind in _KINDS}
    for number, found in enumerate(_A_LINE.finditer(source.text), 1):
        start, end = found.span(1)
        kind = source.text[start : start + 1]
        if kind in rows and start < end:
            rows[kind].extend((number, start, end))
        elif found[1].strip():
            _refuse(source, number, found[1], "T")
    return rows


def _refuse(source: Source, number: int, line: str, kind: str) -> None:
    what = f"`{shown(line)}` is no line of brat standoff"
    refuse = {"T": source.intake.refuse, "R": source.intake.refuse_link}
    tell = refuse.get(line[:1], source.faults.error)
    tell(number, "bad-line", what, f"write it as {_SHAPES[kind]}")


def _parts(source: Source, rows: Rows, kind: str, *, tells: bool = False) -> Iterator[Row]:
    """The lines of one kind, taken apart; those that cannot be are issues if that is asked for."""
    numbers = iter(rows[kind])
    for number, start, end in zip(numbers, numbers, numbers, strict=True):
        if match := _KINDS[kind].fullmatch(source.text, start, end):
            yield number, match.groupdict()
        elif tells:
            _refuse(source, number, source.text[start:end], kind)


def _places(row: Mapping[str, str]) -> list[tuple[str, str]]:
    pairs = [place.split(" ") for place in row["places"].split(";")]
    return [(start, end) for start, end in pairs]


def _claims(rows: Iterable[Row]) -> Iterator[Claim]:
    for _, row in rows:
        places = _places(row)
        if len(places) == 1 and row["quote"] is not None:
            yield int(places[0][0][:12]), int(places[0][1][:12]), row["quote"]


class Said(NamedTuple):
    """What a line says of another one: the number of the line, what kind of thing, and what."""

    number: int
    by: str
    name: str
    value: str


@dataclass
class _Standoff:
    """Puts the lines of a file together: what A, M, N and # lines say belongs to others."""

    source: Source
    incoming: Incoming
    rows: Rows
    events: list[Row] = field(default_factory=list)
    triggers: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[Said]] = field(default_factory=dict)

    def read(self) -> None:
        self.events = [*self._parts("E")]
        self.triggers = {row["id"]: row["trigger"] for _, row in self.events}
        self._say()
        for number, row in self._parts("T"):
            label, said = (row["label"],), self._said(row["id"])
            quote = row["quote"]
            self.incoming.mark(row["id"], label, _places(row), number, quote=quote, said=said)
        for number, row in self._parts("R"):
            self._link(row["id"], row["label"], (row["one"], row["two"]), number)
        self._events()
        for number, row in self._parts("*"):
            first, *others = row["members"].split()
            for other in others:
                self._link(f"*{number}.{other}", row["label"], (first, other), number)
        self._tell_dangling()

    def _parts(self, kind: str) -> Iterator[Row]:
        return _parts(self.source, self.rows, kind, tells=True)

    def _words_of(self, id_: str) -> str:
        """An event stands for the words of its trigger."""
        return self.triggers.get(id_, id_)

    def _said(self, id_: str) -> Circumstances:
        told = self.said.pop(id_, None)
        if not told:
            return _NOTHING_SAID
        note = "; ".join(each.value for each in told if each.name == NOTE)
        more = tuple((each.name, each.value) for each in told if each.name != NOTE)
        return Circumstances(note=note, more=more)

    def _link(self, id_: str, label: str, ends: tuple[str, str], number: int) -> None:
        one, two = (self._words_of(end) for end in ends)
        self.incoming.link(id_, label, (one, two), number, said=self._said(id_))

    def _events(self) -> None:
        for number, row in self.events:
            for count, role in enumerate(row["roles"].split(), 1):
                name, _, end = role.partition(":")
                self._link(f"{row['id']}.{count}", name, (row["id"], end), number)

    def _say(self) -> None:
        """Notes, attributes and references, given to what they are about."""
        for kind in "AMN#":
            for number, row in self._parts(kind):
                value = row.get("value") or ""
                if kind != "#" or row["label"] != NOTE:
                    value = " ".join(filter(None, (value.strip(), row.get("name")))) or "true"
                said = Said(number, row["id"], row["label"], value)
                self.said.setdefault(self._words_of(row["of"]), []).append(said)

    def _tell_dangling(self) -> None:
        """What is said of something that is not there."""
        words = {*self.triggers.values()}
        for of, told in self.said.items():
            for each in told if of not in words else ():
                what = f"`{each.by}` is about `{shown(of)}`, which is not in this file"
                self.source.faults.error(each.number, "dangling-note", what, "take the line away")


def write_brat(documents: Sequence[Annotated]) -> dict[str, bytes]:
    """An .ann and a .txt file for each document, in a folder for each coder."""
    files: dict[str, bytes] = {}
    for document in documents:
        for coder, part in _by_coder(document):
            stem = f"{coder}/{document.key}" if coder else document.key
            files[f"{stem}.txt"] = document.text.encode()
            files[f"{stem}.ann"] = "".join(_lines(part)).encode()
    return files


def _by_coder(document: Annotated) -> Iterator[tuple[str, Annotated]]:
    coders = sorted({key_of(mark.said.coder) for mark in document.marks} or {""})
    for coder in coders:
        marks = tuple(mark for mark in document.marks if key_of(mark.said.coder) == coder)
        own = {mark.id for mark in marks}
        links = tuple(link for link in document.links if link.origin in own and link.target in own)
        yield coder, replace(document, marks=marks, links=links)


def _lines(document: Annotated) -> Iterator[str]:
    ids = {mark.id: f"T{number}" for number, mark in enumerate(document.marks, 1)}
    said: list[tuple[str, Mark | Link]] = []
    for mark in document.marks:
        places = ";".join(f"{start} {end}" for start, end in _lined(document.text, mark))
        quote = " ".join(document.text[start:end] for start, end in _lined(document.text, mark))
        yield f"{ids[mark.id]}\t{_word(mark.label[-1])} {places}\t{quote}\n"
        said.append((ids[mark.id], mark))
    for number, link in enumerate(document.links, 1):
        ends = f"Arg1:{ids[link.origin]} Arg2:{ids[link.target]}"
        yield f"R{number}\t{_word(link.label)} {ends}\n"
        said.append((f"R{number}", link))
    notes = [(of, name, value) for of, each in said for name, value in _notes(each)]
    for number, (of, name, value) in enumerate(notes, 1):
        yield f"#{number}\t{_word(name)} {of}\t{' '.join(value.split())}\n"


def _notes(item: Mark | Link) -> Pairs:
    return (*([(NOTE, item.said.note)] if item.said.note else ()), *item.said.more)


def _lined(text: str, mark: Mark) -> list[tuple[int, int]]:
    """The pieces of a mark, cut at line ends, which brat cannot hold in the words of a mark."""
    return [
        (start + part.start(), start + part.end())
        for start, end in mark.spans
        for part in re.finditer(r"[^\r\n]+", text[start:end])
    ]


def _word(label: str) -> str:
    """brat's names hold no white space.

    >>> _word("county town")
    'county_town'
    """
    return "_".join(label.split()) or "_"
