"""The map file: which of our names a foreign label, relation, coder or column stands for.

kind<TAB>foreign<TAB>ours<TAB>count<TAB>nearest
label<TAB>Actor > State<TAB>state<TAB>12<TAB>
column<TAB>Textstelle<TAB>quote

`kg import --map FILE` writes it where there is none, and reads it where there is one. Only the
first three columns count. An empty `ours` leaves it to the program, `-` leaves the label out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.encoding import BadFile, decode, read_bytes
from kg.errors import InputError, Place
from kg.interchange.table import COLUMNS, LEFT_OUT, STEP

HEADER = ("kind", "foreign", "ours", "count", "nearest")
KINDS = ("label", "relation", "coder", "column")
_NEEDED = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person has decided: foreign name → ours, for each of `KINDS`."""

    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)

    def ours(self, kind: str, foreign: str) -> str:
        """ "" where nothing was decided."""
        return self.names.get((kind, one_line(foreign)), "")

    def columns(self) -> dict[str, str]:
        """Heading of a table → what its column means; InputError where that is nothing."""
        found = {name: ours for (kind, name), ours in self.names.items() if kind == "column"}
        for heading, meaning in found.items():
            if meaning not in (*COLUMNS, LEFT_OUT, ""):
                raise InputError(
                    f"the column `{heading}` cannot mean `{meaning}`",
                    fix=f"it may mean one of: {', '.join(COLUMNS)}; or - to leave it out",
                    place=self.places["column", heading],
                )
        return {
            name: ours for (kind, name), ours in self.names.items() if kind == "column" and ours
        }


@dataclass(frozen=True, slots=True)
class MapRow:
    """One line: `ours` is "" where none was found."""

    kind: str
    foreign: str
    ours: str
    count: int
    nearest: tuple[str, ...] = ()


def written(label: Iterable[str]) -> str:
    """
    >>> written(("Actor", "State"))
    'Actor > State'
    """
    return STEP.join(label)


def one_line(name: str) -> str:
    return " ".join(name.split())


def read_map(path: Path) -> Chosen:
    """What a map file says; an InputError names the line that says nothing."""
    try:
        text = decode(read_bytes(path))
    except BadFile as bad:
        raise InputError(bad.what, fix=bad.fix, place=Place(str(path), bad.line)) from None
    names: dict[tuple[str, str], str] = {}
    places: dict[tuple[str, str], Place] = {}
    for number, line in enumerate(text.split("\n"), 1):
        cells = [one_line(cell) for cell in line.rstrip("\r").split("\t")]
        if not line.strip() or line.startswith("#") or cells[0] == HEADER[0]:
            continue
        if cells[0] not in KINDS or len(cells) < _NEEDED:
            raise InputError(
                "this line says nothing of a label, a relation, a coder or a column",
                fix="write kind, foreign and ours with tabs between: label<TAB>Town<TAB>town",
                place=Place(str(path), number),
            )
        names[cells[0], cells[1]] = cells[2]
        places[cells[0], cells[1]] = Place(str(path), number)
    return Chosen(names, places)


def map_file(rows: Iterable[MapRow]) -> bytes:
    """The file, to be read in any editor or spreadsheet."""
    lines = ["\t".join(HEADER)]
    for row in rows:
        cells = (row.kind, one_line(row.foreign), row.ours, str(row.count), ", ".join(row.nearest))
        lines.append("\t".join(cells))
    return ("\n".join(lines) + "\n").encode()
