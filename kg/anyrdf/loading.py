"""From a file to a store: every statement of it, whatever graph it stands in.

Blank nodes are numbered as they come, so that the same file gives the same page. Addresses that are
not well formed (with spaces, say) are kept, with what is odd in them percent-encoded. Statements
about statements are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import pyoxigraph as ox

from kg.anyrdf.opening import CHOOSE, Opened, opened
from kg.encoding import BadFile, decode, unreadable
from kg.errors import InputError, Place

T = TypeVar("T")

MOST = 5_000_000
"""Statements that are read; a store holds each in about half a kilobyte of memory."""
_AT_ONCE = 50_000


def load(path: Path) -> ox.Store:
    """All statements of a file; InputError names the line where it cannot be read."""
    try:
        with opened(path) as source:
            return _loaded(source, path.name)
    except BadFile as bad:
        raise InputError(bad.what, fix=bad.fix, place=Place(str(path), bad.line)) from None


def _loaded(source: Opened, name: str) -> ox.Store:
    store = ox.Store()
    # where the parser is lenient, the keys of any JSON come out as statements
    lenient = source.syntax != ox.RdfFormat.JSON_LD
    base = f"file:///{quote(name)}"
    try:
        parsed = ox.parse(source.file, format=source.syntax, base_iri=base, lenient=lenient)
        quads = _plain(parsed)
        while some := list(islice(quads, _AT_ONCE)):
            store.extend(some)
            if len(store) > MOST:
                what = f"this file has more than {MOST:,} statements"
                raise unreadable(what, "take the part of it that is to be seen")
    except SyntaxError as error:
        raise _malformed(error, source) from None
    if not len(store):
        raise _nothing(source.syntax)
    return store


_ODD = re.compile(r'[\x00-\x20<>"{}|^`\\]|%(?![0-9A-Fa-f]{2})')


def _plain(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """What a store and a page can hold, as it comes; one loop, for the sake of large files."""
    names: dict[str, ox.BlankNode] = {}

    def plain(term: T) -> T | ox.NamedNode | ox.BlankNode:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term.value, ox.BlankNode(f"b{len(names) + 1}"))
        if isinstance(term, ox.NamedNode) and _ODD.search(term.value):
            return ox.NamedNode(_ODD.sub(lambda match: quote(match[0]), term.value))
        return term

    for quad in quads:
        subject, predicate, object_, _ = quad
        kind = type(object_)
        if kind is ox.Triple or type(subject) is ox.Triple:
            continue
        if (
            type(subject) is ox.BlankNode
            or kind is ox.BlankNode
            or _ODD.search(subject.value)
            or _ODD.search(predicate.value)
            or (kind is ox.NamedNode and _ODD.search(object_.value))
        ):
            terms: Iterable[Any] = map(plain, quad)
            yield ox.Quad(*terms)
        else:
            yield quad


_CONTEXT = re.compile(r'"@(?:context|import)"\s*:\s*(?:\[\s*(?:\{[^{}]*\}\s*,\s*)*)?"([^"]*)"')
_WHERE = re.compile(r"^Parser error (?:at|between) [^:]*: | \(line \d+\)$")


def _malformed(error: SyntaxError, source: Opened) -> BadFile:
    """The parser's complaint in words, and the line where there is one."""
    source.file.seek(0)
    text = source.file.read()
    if "UTF-8" in str(error.msg):
        decode(text)
    if "LoadDocumentCallback" in str(error.msg):
        return _remote_context(text.decode())
    what = f"this {source.syntax.name} cannot be read: {_WHERE.sub('', str(error.msg))}"
    fix = "mend the line (what is wrong may stand just before it), or get the whole file again"
    return unreadable(what, fix, error.lineno or 0)


def _remote_context(text: str) -> BadFile:
    found = _CONTEXT.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    address = f" {found[1]}" if found else ""
    what = f"this JSON-LD needs the context{address}, which is on the network; none is used here"
    fix = "put the context itself in place of its address, or save the file as Turtle"
    return unreadable(what, fix, line)


def _nothing(syntax: ox.RdfFormat) -> BadFile:
    if syntax == ox.RdfFormat.JSON_LD:
        fix = "give it an @context that says which address each key stands for"
        return unreadable("this JSON says nothing as JSON-LD: its keys have no addresses", fix)
    return unreadable("this file says nothing: there is no statement in it", CHOOSE)
