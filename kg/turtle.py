"""Turtle files of a project, read by Oxigraph's parser: nothing outside the file is reached for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.encoding import BadFile, decode, read_bytes
from kg.errors import Issue, Place
from kg.terms import Term

T = TypeVar("T", bound=Term)


@dataclass(frozen=True)
class Turtle:
    """What a file says; `places` maps each subject that begins a line to where it stands first."""

    triples: tuple[ox.Quad, ...]
    prefixes: Mapping[str, str]
    places: Mapping[str, Place]


def read_turtle(path: Path, name: str, base: str) -> Turtle | Issue:
    """A file, or what is wrong with it; `name` is how messages call it.

    Blank nodes become IRIs under `base`.
    """
    try:
        text = decode(read_bytes(path))
        parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
        triples = list(parser)
    except BadFile as bad:
        return Issue(Place(name, bad.line), bad.code, bad.what, bad.fix)
    except SyntaxError as error:
        return bad_turtle(error, name)
    stem = f"{base}data/b-{re.sub(r'[^A-Za-z0-9_-]', '-', path.stem)}-"
    named = tuple(_without_blank_nodes(triples, stem))
    return Turtle(named, parser.prefixes, _places(text, name, parser.prefixes))


def bad_turtle(error: SyntaxError, name: str) -> Issue:
    """The parser's complaint as a finding."""
    return Issue(
        Place(name, error.lineno or 0),
        "bad-turtle",
        f"this Turtle cannot be read: {error.msg}",
        "mend the line; a missing full stop or semicolon just before it is the usual cause",
    )


def _without_blank_nodes(triples: Iterable[ox.Quad], stem: str) -> Iterator[ox.Quad]:
    """Blank nodes become IRIs, numbered as they come, so that a build repeats to the byte."""
    names: dict[ox.BlankNode, ox.NamedNode] = {}

    def named(term: T) -> T | ox.NamedNode:
        if not isinstance(term, ox.BlankNode):
            return term
        return names.setdefault(term, ox.NamedNode(f"{stem}{len(names) + 1}"))

    for triple in triples:
        yield ox.Quad(named(triple.subject), triple.predicate, named(triple.object))


_PREFIX = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>\s]+)>", re.IGNORECASE | re.MULTILINE)


def read_prefixes(folder: Path) -> dict[str, str]:
    """The prefixes that the Turtle of a folder declares, the nameless one left out."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.ttl")):
        with suppress(BadFile):
            found |= _PREFIX.findall(decode(read_bytes(path)))
    return {name: iri for name, iri in found.items() if name}


_SUBJECT = re.compile(r"^(?:<([^>]+)>|([\w-]*):([\w.-]*[\w-]))(?=\s)")


def _places(text: str, name: str, prefixes: dict[str, str]) -> dict[str, Place]:
    """Where each subject that begins a line stands first."""
    places: dict[str, Place] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _SUBJECT.match(line):
            iri, prefix, local = match.groups()
            if iri or prefix in prefixes:
                places.setdefault(iri or prefixes[prefix] + local, Place(name, number))
    return places
