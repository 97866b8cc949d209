"""Oxigraph's Turtle put in order: a paragraph for each subject, the same from any store.

    d:t-1 a oa:SpecificResource ;
        oa:hasSource d:doc-a ;
        oa:hasSelector d:t-1-pos , d:t-1-quote .

Oxigraph shortens names faster than any Python, but lists subjects, predicates and objects as the
store holds them, writes language tags in lower case, and escapes local names in ways that rdflib
cannot read (`p\\%20q`). Most paragraphs need no more than their lines put in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

import pyoxigraph as ox

END = b" .\n"
BREAK = b" ;\n    "
_BREAK = b" ;\n\t"
"""Oxigraph's. Like END it stands nowhere else: there are no line feeds in quotes."""
COMMA = b" , "
"""Between objects, but in quotes too."""
Said: TypeAlias = dict[bytes, bytes]
"""Subject → its paragraph: classes first, then predicates and objects in the order of their IRIs,
in which the vocabularies that all know come before a project's own."""
Order: TypeAlias = Callable[[Sequence[bytes]], Sequence[bytes]]

_QUOTED = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_TEXT = re.compile(_QUOTED)
_TOKEN = rb"(?!,[ \n])(?:%s\S*|[^\s\"]\S*)" % _QUOTED
_OBJECT = re.compile(rb"%s(?: %s)*" % (_TOKEN, _TOKEN))
"""More than one token where a triple is the object."""


class Paragraphs:
    """How subjects are written where these are the prefixes and the languages."""

    def __init__(self, prefixes: Mapping[str, str], languages: Iterable[str]) -> None:
        self._prefixes = _usable(prefixes)
        self._namespaces = {name.encode(): f"<{ns}".encode() for name, ns in self._prefixes.items()}
        self._tags = {tag.lower().encode(): tag.encode() for tag in languages if not tag.islower()}
        self._orders: dict[tuple[bytes, ...], Order] = {}

    def read(self, store: ox.Store, graph: str) -> Said:
        """What one graph says, "" for the default graph."""
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        text = store.dump(format=ox.RdfFormat.TURTLE, from_graph=name, prefixes=self._prefixes)
        text = text or b""
        for folded, tag in self._tags.items():
            for end in (END, _BREAK):
                text = text.replace(b'"@' + folded + end, b'"@' + tag + end)
        cut = self._cut_and_mended if b"\\" in text else _cut
        found: Said = {}
        again: dict[bytes, list[bytes]] = {}
        for subject, lines in map(cut, text.split(END)[len(self._prefixes) : -1]):
            if subject in found:
                again.setdefault(subject, _lines(found[subject])).extend(lines)
            else:
                found[subject] = self._paragraph(subject, lines)
        return found | self._paragraphs(again)

    def union(self, graphs: Iterable[Said]) -> Said:
        """What several graphs say."""
        found: Said = {}
        again: dict[bytes, list[bytes]] = {}
        for said in graphs:
            for subject in found.keys() & said.keys():
                again.setdefault(subject, _lines(found[subject])).extend(_lines(said[subject]))
            found |= said
        return found | self._paragraphs(again)

    def _paragraphs(self, lines: Mapping[bytes, list[bytes]]) -> Said:
        return {subject: self._paragraph(subject, each) for subject, each in lines.items()}

    def _paragraph(self, subject: bytes, lines: Sequence[bytes]) -> bytes:
        predicates = tuple([line.partition(b" ")[0] for line in lines])
        order = self._orders.get(predicates) or self._order(predicates)
        if order is None:
            return self._paragraph(subject, self._mended(lines))
        said = BREAK.join(order(lines))
        if b"," in said and COMMA in said:
            said = BREAK.join(map(self._in_order, order(lines)))
        return subject + b" " + said + END

    def _order(self, predicates: tuple[bytes, ...]) -> Order | None:
        """What puts their lines in order, None where a predicate stands there twice."""
        if len(set(predicates)) < len(predicates):
            return None
        places = [(name != b"a", self._place(name)) for name in predicates]
        order = sorted(range(len(places)), key=places.__getitem__)
        self._orders[predicates] = found = itemgetter(*order) if len(order) > 1 else tuple
        return found

    def _in_order(self, line: bytes) -> bytes:
        """The objects of a predicate."""
        if COMMA not in line:
            return line
        predicate, _, said = line.partition(b" ")
        objects: Iterable[bytes] = self._tagged(said) if b'"' in said else said.split(COMMA)
        ordered = sorted(set(objects), key=self._place)
        return predicate + b" " + COMMA.join(ordered)

    def _place(self, token: bytes) -> bytes:
        """What decides where a predicate or an object stands: its IRI."""
        prefix, _, local = token.partition(b":")
        namespace = self._namespaces.get(prefix)
        return namespace + local if namespace else token

    def _tagged(self, objects: bytes) -> Iterator[bytes]:
        """Language tags as the project writes them."""
        for token in _OBJECT.findall(objects):
            text, mark, tag = token.rpartition(b'"@')
            yield text + mark + self._tags.get(tag, tag) if mark else token

    def _cut_and_mended(self, paragraph: bytes) -> tuple[bytes, list[bytes]]:
        subject, lines = _cut(paragraph)
        if b"\\" not in paragraph:
            return subject, lines
        return self._readable(subject), self._mended(lines)

    def _mended(self, lines: Iterable[bytes]) -> list[bytes]:
        """Each predicate once, and no name with an escape."""
        found: dict[bytes, list[bytes]] = {}
        for line in lines:
            predicate, _, objects = line.partition(b" ")
            same = found.setdefault(self._readable(predicate), [])
            same += map(self._readable, _OBJECT.findall(objects))
        return [name + b" " + COMMA.join(objects) for name, objects in found.items()]

    def _readable(self, token: bytes) -> bytes:
        """A name with an escape in full."""
        text = _TEXT.match(token)
        start = text.end() + len(b"^^") if text else 0
        if token.find(b"\\", start) < 0:
            return token
        prefix, _, local = token[start:].partition(b":")
        namespace = self._namespaces.get(prefix)
        return token[:start] + namespace + local.replace(b"\\", b"") + b">" if namespace else token


def _cut(paragraph: bytes) -> tuple[bytes, list[bytes]]:
    """The subject, and the lines as Oxigraph ends them."""
    lines = paragraph.split(_BREAK)
    subject, _, lines[0] = lines[0].partition(b" ")
    return subject, lines


def _lines(paragraph: bytes) -> list[bytes]:
    return paragraph.partition(b" ")[2].removesuffix(END).split(BREAK)


def written(said: Said) -> bytes:
    """All paragraphs, with a line between them."""
    return b"\n".join(sorted(said.values()))


def uses(body: bytes, prefix: str) -> bool:
    """Whether a name has that prefix; what looks like one may stand in quotes."""
    name = prefix.encode() + b":"
    before = (b" ", b"\n", b"^^")
    return body.startswith(name) or any(_stands(sign + name, body) for sign in before)


def _stands(name: bytes, body: bytes) -> bool:
    at = body.find(name)
    while at >= 0:
        start, end = max(body.rfind(b"\n", 0, at + 1), 0), body.find(b"\n", at + 1)
        if name in _TEXT.sub(b"", body[start:end]):
            return True
        at = body.find(name, end)
    return False


def _usable(prefixes: Mapping[str, str]) -> dict[str, str]:
    """The last of each namespace that is an IRI."""
    names = {namespace: name for name, namespace in prefixes.items()}
    return {name: namespace for namespace, name in names.items() if _is_iri(namespace)}


def _is_iri(text: str) -> bool:
    try:
        return bool(ox.NamedNode(text))
    except ValueError:
        return False
