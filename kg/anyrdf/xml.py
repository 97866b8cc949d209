"""RDF/XML before it is parsed: well-formed to its end, not too deep, and no entity that grows.

Oxigraph takes a file that breaks off for a whole one, and expands entities without end. What old
ontology editors write is let through: entities that stand for the beginnings of addresses.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import IO

from kg.encoding import unreadable
from kg.namespaces import OWL, RDF
from kg.plainxml import Watched

LONGEST = 1000
"""Characters that an entity may stand for."""
GROWTH = 20_000_000
"""Characters that all entities together may add to a file."""
_SAVE = "save it as Turtle or RDF/XML in the program that made it, and draw that"


def check_xml(file: IO[bytes]) -> None:
    """BadFile for what is not to be parsed; reads the file from where it stands."""
    start = file.tell()
    check = _Check()
    check.parse(file)
    if check.entities:
        file.seek(start)
        _check_growth(file.read(), check.entities)


class _Check(Watched):
    """What expat is asked to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.entities: dict[str, str] = {}
        self.parser.EntityDeclHandler = self.entity

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.depth:
            self._check_root(*name.rpartition("}")[::2], attributes)
        super().start(name, attributes)

    def entity(self, name: str, _: int, value: str | None, *__: str | None) -> None:
        if value is None or "&" in value or "%" in value or len(value) > LONGEST:
            what = f"the entity '{name}' refers to other entities or files, or is very long"
            raise unreadable(what, _SAVE, self.line)
        self.entities[name] = value

    def _check_root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        if namespace == OWL.iri and f"{RDF.iri}}}about" not in attributes:
            raise unreadable("this is OWL/XML, which is not RDF", _SAVE, self.line)
        if namespace != RDF.iri and not any(key.startswith(RDF.iri) for key in attributes):
            what = f"this is XML, but not RDF/XML: it begins with <{name}>"
            raise unreadable(what, "choose a file with RDF", self.line)


def _check_growth(data: bytes, entities: dict[str, str]) -> None:
    growth = sum(data.count(f"&{name};".encode()) * len(text) for name, text in entities.items())
    if growth > GROWTH:
        what = f"entities would add {growth:,} characters to this file; the limit is {GROWTH:,}"
        raise unreadable(what, _SAVE)


_DECLARATION = 500
"""Bytes in which XML says its encoding."""
_DECLARED = re.compile(rb"""^(<\?xml[^>]*?)\sencoding\s*=\s*["']([\w.-]+)["']""")


def as_utf8(file: IO[bytes]) -> IO[bytes]:
    """The file itself, or its text in UTF-8 where it says that it is in another encoding.

    >>> latin = '<?xml version="1.0" encoding="latin1"?><a>é</a>'.encode("latin1")
    >>> as_utf8(io.BytesIO(latin)).read()
    b'<?xml version="1.0"?><a>\\xc3\\xa9</a>'
    """
    start = file.read(_DECLARATION)
    file.seek(0)
    declared = _DECLARED.match(start)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif declared and declared[2].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        encoding = declared[2].decode()
    else:
        return file
    text = file.read().decode(encoding).encode()
    return io.BytesIO(_DECLARED.sub(rb"\1", text))
