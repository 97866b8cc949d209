"""Turtle files of a project, read by Oxigraph's parser: nothing outside the file is reached for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.encoding import BadFile, decode, read_bytes
from kg.errors import Issue, Place
from kg.terms import Term, value

T = TypeVar("T", bound=Term)


@dataclass(frozen=True)
class Turtle:
    """What a file says; `places` maps each subject to where it is first written down.

    A blank node that is written inside another statement stands where that statement begins.
    """

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
    names = _names_for_blank_nodes(triples, stem)
    named = tuple(_without_blank_nodes(triples, names))
    begins = _begins(text, parser.prefixes, parser.base_iri or "", names)
    return Turtle(named, parser.prefixes, _places(named, begins, name))


def bad_turtle(error: SyntaxError, name: str) -> Issue:
    """The parser's complaint as a finding."""
    return Issue(
        Place(name, error.lineno or 0),
        "bad-turtle",
        f"this Turtle cannot be read: {error.msg}",
        "mend the line; a missing full stop or semicolon just before it is the usual cause",
    )


def _names_for_blank_nodes(triples: Iterable[ox.Quad], stem: str) -> dict[str, ox.NamedNode]:
    """IRIs for blank nodes, numbered as they come, so that a build repeats to the byte."""
    names: dict[str, ox.NamedNode] = {}
    for triple in triples:
        for term in (triple.subject, triple.object):
            if isinstance(term, ox.BlankNode) and term.value not in names:
                names[term.value] = ox.NamedNode(f"{stem}{len(names) + 1}")
    return names


def _without_blank_nodes(
    triples: Iterable[ox.Quad], names: Mapping[str, ox.NamedNode]
) -> Iterator[ox.Quad]:
    def named(term: T) -> T | ox.NamedNode:
        return names[term.value] if isinstance(term, ox.BlankNode) else term

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


# What Turtle is made of, as far as needed to see where a statement ends: a full stop, but not one
# inside a string, an IRI, a comment, a name or a number.
_STATEMENT = re.compile(
    r"""(?: [^"'<\#.\\]++
      | "{3} (?: [^"\\]++ | \\. | "(?!"") )*+ "{3} | " (?: [^"\\\n]++ | \\. )*+ "
      | '{3} (?: [^'\\]++ | \\. | '(?!'') )*+ '{3} | ' (?: [^'\\\n]++ | \\. )*+ '
      | <[^>\n]*+> | <
      | \#[^\n]*+
      | \\.
      | (?<=[^\s"'>\])]) \. (?=[^\s"'<\#\[\](),;:]) | \. (?=\d)
    )*+""",
    re.VERBOSE | re.DOTALL,
)
_BETWEEN = re.compile(r"(?:[\s.]|#[^\n]*)*+")
_SPARQL_DIRECTIVE = re.compile(r"(?:PREFIX\s+[^\s<]*|BASE)\s*<[^>\n]*>", re.IGNORECASE)
_SUBJECT = re.compile(r"<([^>\s]*)>|([^\s:<\"'\[\](),;#@]*):((?:\\.|[^\s<\"'\[\](),;#\\])*)")


def _begins(
    text: str, prefixes: Mapping[str, str], base: str, blank: Mapping[str, ox.NamedNode]
) -> Iterator[tuple[str, int]]:
    """The subject of each statement and its line, in the order of the text; "" is a bare […].

    >>> list(_begins("a:b a a:c ;\\n  a:d 'e. a:f' . a:g a a:h.", {"a": "x:"}, "", {}))
    [('x:b', 1), ('x:g', 2)]
    """
    end = line_at = 0
    line = 1
    while (start := _behind(_BETWEEN, text, end)) < len(text):
        if directive := _SPARQL_DIRECTIVE.match(text, start):
            end = directive.end()
            continue
        line += text.count("\n", line_at, start)
        line_at = start
        if text[start] != "@":
            subject = _SUBJECT.match(text, start)
            yield _iri(subject, prefixes, base, blank) if subject else "", line
        end = max(_behind(_STATEMENT, text, start), start + 1)


def _behind(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _iri(
    subject: re.Match[str],
    prefixes: Mapping[str, str],
    base: str,
    blank: Mapping[str, ox.NamedNode],
) -> str:
    iri, prefix, local = subject.groups()
    if iri is not None:
        return urljoin(base, iri) if base else iri
    if prefix == "_":
        return blank[local].value if local in blank else ""
    return prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)


def _places(
    triples: Sequence[ox.Quad], begins: Iterable[tuple[str, int]], name: str
) -> dict[str, Place]:
    """Where each subject stands first; the file alone where that cannot be told."""
    places: dict[str, Place] = {}
    unnamed: list[int] = []
    for iri, line in begins:
        if iri:
            places.setdefault(iri, Place(name, line))
        else:
            unnamed.append(line)
    inside = {value(triple.object): value(triple.subject) for triple in reversed(triples)}
    subjects = dict.fromkeys(value(triple.subject) for triple in triples)
    lost = [iri for iri in subjects if iri not in places and iri not in inside]
    places |= {iri: Place(name, line) for iri, line in zip(lost, unnamed, strict=False)}
    for iri in subjects:
        outer, seen = iri, {iri}
        while outer not in places and inside.get(outer, iri) not in seen:
            outer = inside[outer]
            seen.add(outer)
        places.setdefault(iri, places.get(outer, Place(name)))
    return {iri: places[iri] for iri in subjects}
