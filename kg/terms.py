"""RDF terms: out of Oxigraph as plain strings, into N-Quads as escaped text."""

from __future__ import annotations

import re
from typing import TypeAlias

import pyoxigraph as ox

from kg.namespaces import XSD

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def value(term: Term) -> str:
    """The IRI, the label of a blank node, or the lexical form of a literal."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def language(term: Term) -> str:
    """The language tag of a literal, "" for anything without one."""
    return (term.language or "") if isinstance(term, ox.Literal) else ""


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r'[\\"\n\r]')


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match[0]]


def literal(text: str, *, tag: str = "", datatype: str = "") -> str:
    """A literal in N-Quads, escaped once.

    >>> literal('say "so"', tag="en")
    '"say \\\\"so\\\\""@en'
    >>> literal("1", datatype="http://www.w3.org/2001/XMLSchema#integer")
    '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    escaped = _ESCAPED.sub(_escape, text) if _ESCAPED.search(text) else text
    if tag:
        return f'"{escaped}"@{tag}'
    return f'"{escaped}"^^<{datatype}>' if datatype else f'"{escaped}"'


_DATES = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), XSD.date),
    (re.compile(r"\d{4}-\d{2}"), XSD.gYearMonth),
    (re.compile(r"\d{4}"), XSD.gYear),
)


def date(text: str) -> str:
    """A literal of the date type that fits; plain text where none does.

    >>> date("2024-04")
    '"2024-04"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    datatype = next((kind for pattern, kind in _DATES if pattern.fullmatch(text)), "")
    return literal(text, datatype=datatype)


_WEB = re.compile(r"https?://[^\s<>\"{}|^`\\\x00-\x20]+")


def web(text: str) -> str:
    """An IRI where the text is a web address, else a literal.

    >>> web("https://example.org/a"), web("https://example.org/%zz")
    ('<https://example.org/a>', '"https://example.org/%zz"')
    """
    try:
        return str(ox.NamedNode(text)) if _WEB.fullmatch(text) else literal(text)
    except ValueError:
        return literal(text)


LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
