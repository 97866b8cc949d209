"""The texts of several files put together: one that several people marked is one text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from kg.errors import InputError
from kg.filenames import numbered
from kg.interchange.labelmap import Chosen
from kg.interchange.model import Annotated, Foreign
from kg.interchange.source import key_of

NOBODY = "imported"
"""The coder of marks whose file names none."""


@dataclass(frozen=True, slots=True)
class Read:
    """One file and what was in it."""

    path: Path
    format: str
    foreign: Foreign


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files themselves; of a folder its .ann files, and no .txt that belongs to an .ann."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.ann")) if path.is_dir() else [path]
        if path.is_dir() and not any(path.rglob("*.ann")):
            fix = "name its files; of a folder only brat's .ann files are read"
            raise InputError(f"there are no .ann files in the folder {path}", fix=fix)
    beside = {path.with_suffix(".txt") for path in found if path.suffix == ".ann"}
    return [path for path in dict.fromkeys(found) if path not in beside]


def merged(reads: Sequence[Read]) -> list[Annotated]:
    """The texts of all files; one that several files mark is one text, with the marks of all."""
    found: dict[str, Annotated] = {}
    times: Counter[str] = Counter(
        document.key for read in reads for document in read.foreign.documents
    )
    numbers = count(1)
    for read in reads:
        for each in read.foreign.documents:
            document = _of_folder(each, read.path) if times[each.key] > 1 else each
            key = next(
                key
                for key in numbered(document.key)
                if found.get(key.casefold(), document).text == document.text
            )
            document = replace(document, key=key)
            earlier = found.get(key.casefold())
            if earlier:
                document = prefixed(document, f"{next(numbers)}\x1f")
                marks, links = earlier.marks + document.marks, earlier.links + document.links
                document = replace(earlier, marks=marks, links=links)
            found[key.casefold()] = document
    return list(found.values())


def _of_folder(document: Annotated, path: Path) -> Annotated:
    """Where several files mark one text and name no coder, their folders are the coders'."""
    marks = tuple(
        mark
        if mark.said.coder
        else replace(mark, said=replace(mark.said, coder=path.absolute().parent.name))
        for mark in document.marks
    )
    return replace(document, marks=marks)


def prefixed(document: Annotated, prefix: str) -> Annotated:
    """Ids are those of one file; together they need what no file has in its ids."""
    marks = tuple(replace(mark, id=prefix + mark.id) for mark in document.marks)
    links = tuple(
        replace(link, id=prefix + link.id, origin=prefix + link.origin, target=prefix + link.target)
        for link in document.links
    )
    return replace(document, marks=marks, links=links)


def coder_keys(documents: Iterable[Annotated], chosen: Chosen) -> dict[str, str]:
    """Each name of a coder and the key that names its files; no two share one but by choice."""
    names = sorted({mark.said.coder for document in documents for mark in document.marks})
    found: dict[str, str] = {}
    for name in names:
        ours = key_of(chosen.ours("coder", name))
        short = name.removeprefix("acct:").rstrip("/").rsplit("/", 1)[-1].partition("@")[0]
        tries = [key_of(short), key_of(name)] if name else [NOBODY]
        taken = {key.casefold() for key in found.values()}
        free = [key for key in tries if key and key.casefold() not in taken]
        found[name] = ours or next(iter(free), f"{tries[-1] or NOBODY}-{len(found) + 1}")
    return found
