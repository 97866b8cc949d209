"""N-Triples taken apart again: subjects with their properties, and what a token means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.namespaces import RDF, XSD

TYPE = f"<{RDF.type}>"
Pairs = list[tuple[str, str]]
"""Predicate and object of one subject, as N-Triples tokens; classes first."""


def subjects(lines: Iterable[str]) -> Iterator[tuple[str, Pairs]]:
    """Each subject with its properties, from sorted lines."""
    subject = ""
    pairs: Pairs = []
    for line in lines:
        first, predicate, object_ = line.split(" ", 2)
        if first != subject:
            if pairs:
                yield subject, _classes_first(pairs)
            subject, pairs = first, []
        pairs.append((predicate, object_))
    if pairs:
        yield subject, _classes_first(pairs)


def _classes_first(pairs: Pairs) -> Pairs:
    return sorted(pairs, key=lambda pair: pair[0] != TYPE)


def by_predicate(pairs: Pairs) -> dict[str, list[str]]:
    """The objects of each predicate, in their order."""
    found: dict[str, list[str]] = {}
    for predicate, object_ in pairs:
        found.setdefault(predicate, []).append(object_)
    return found


class Literal(NamedTuple):
    """The text of a literal, its language tag and its datatype, "" for those of plain text."""

    text: str
    tag: str
    datatype: str


_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@(\S+)|\^\^<([^>]*)>)?')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_MEANT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def literal(token: str) -> Literal:
    """
    >>> literal('"say \\\\"so\\\\""@pt-BR')
    Literal(text='say "so"', tag='pt-BR', datatype='')
    """
    match = _LITERAL.fullmatch(token)
    if match is None:
        raise ValueError(f"not a literal: {token}")
    text, tag, datatype = match.groups(default="")
    return Literal(_ESCAPE.sub(_unescaped, text) if "\\" in text else text, tag, datatype)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _MEANT.get(match[3], match[3])


# PN_CHARS of Turtle without the characters that need an escape; a full stop only within
_START = (
    "A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(f"[{_START}](?:[{_START}.-]*[{_START}-])?")


class Names(dict[str, str]):
    """N-Triples token of an IRI → how Turtle writes it; remembers which prefixes that took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self.used: set[str] = set()
        self._prefix = {namespace: name for name, namespace in prefixes.items()}

    def __missing__(self, token: str) -> str:
        """An IRI whose local name would need an escape is written in full: rdflib fails on some."""
        self[token] = name = self._shortened(token)
        return name

    def _shortened(self, token: str) -> str:
        cut = max(token.rfind("/"), token.rfind("#")) + 1
        prefix = self._prefix.get(token[1:cut])
        local = token[cut:-1]
        if prefix is None or not token.startswith("<") or not _LOCAL.fullmatch(local):
            return token
        self.used.add(prefix)
        return f"{prefix}:{local}"


SHORTHAND = {
    f"<{XSD.integer}>": re.compile(r"[+-]?[0-9]+"),
    f"<{XSD.decimal}>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"<{XSD.boolean}>": re.compile(r"true|false"),
}
"""Datatype, as a token → the literals that Turtle writes without quotes."""
