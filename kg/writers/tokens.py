"""N-Triples taken apart again: subjects with their properties, and what a token means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter, methodcaller
from typing import NamedTuple, TypeAlias

from kg.namespaces import RDF

TYPE = f"<{RDF.type}>"
Properties: TypeAlias = dict[str, list[str]]
"""Predicate → objects of one subject, as N-Triples tokens, in their order but classes first."""
Subjects: TypeAlias = dict[str, Properties]


def by_subject(lines: Iterable[bytes]) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Each subject with its triples, as lists of three tokens; in sorted lines they lie together.

    >>> [(subject, list(triples)) for subject, triples in by_subject([b'<s> <p> "a b"'])]
    [('<s>', [['<s>', '<p>', '"a b"']])]
    """
    return groupby(map(methodcaller("split", " ", 2), map(bytes.decode, lines)), itemgetter(0))


def read_subjects(graphs: Mapping[str, Iterable[bytes]]) -> dict[str, Subjects]:
    """What each graph says, from sorted lines; equal tokens are one string, found sooner."""
    known: dict[str, str] = {}
    return {name: _subjects(lines, known) for name, lines in graphs.items()}


def _subjects(lines: Iterable[bytes], known: dict[str, str]) -> Subjects:
    found: Subjects = {}
    same = known.setdefault
    for subject, triples in by_subject(lines):
        properties: Properties = {}
        for _, predicate, token in triples:
            properties.setdefault(same(predicate, predicate), []).append(same(token, token))
        found[same(subject, subject)] = _classes_first(properties)
    return found


def _classes_first(properties: Properties) -> Properties:
    return {TYPE: properties[TYPE], **properties} if TYPE in properties else properties


class Literal(NamedTuple):
    """The text of a literal, its language tag and its datatype, "" for those of plain text."""

    text: str
    tag: str
    datatype: str


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_MEANT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def literal(token: str) -> Literal:
    """
    >>> literal('"say \\\\"so\\\\""@pt-BR')
    Literal(text='say "so"', tag='pt-BR', datatype='')
    """
    text, _, kind = token[1:].rpartition('"')
    tag = kind[1:] if kind.startswith("@") else ""
    datatype = kind[3:-1] if kind.startswith("^^") else ""
    return Literal(_ESCAPE.sub(_unescaped, text) if "\\" in text else text, tag, datatype)


class Values(dict[str, str]):
    """N-Triples token → the IRI, the label of a blank node, or the text of a literal.

    >>> Values()['"sea"@en']
    'sea'
    """

    def __missing__(self, token: str) -> str:
        self[token] = value = self._value(token)
        return value

    def _value(self, token: str) -> str:
        if token.startswith("<"):
            return token[1:-1]
        return literal(token).text if token.startswith('"') else token.removeprefix("_:")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _MEANT.get(match[3], match[3])


# PN_CHARS of Turtle without the characters that need an escape; a full stop only within
_LETTERS = (
    "A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(f"(?![.-])[{_LETTERS}.-]+(?<![.])")


class Names(dict[str, str]):
    """N-Triples token of an IRI → how Turtle writes it; remembers which prefixes that took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self.used: set[str] = set()
        self._prefix = {f"<{namespace}": name for name, namespace in prefixes.items()}

    def __missing__(self, token: str) -> str:
        """An IRI whose local name would need an escape is written in full: rdflib fails on some."""
        self[token] = name = self._shortened(token)
        return name

    def _shortened(self, token: str) -> str:
        cut = max(token.rfind("/"), token.rfind("#")) + 1
        prefix, local = self._prefix.get(token[:cut]), token[cut:-1]
        if prefix is None or not _LOCAL.fullmatch(local):
            return token
        self.used.add(prefix)
        return f"{prefix}:{local}"
