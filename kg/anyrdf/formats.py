"""In which of RDF's syntaxes a file is written: what its first characters show, else its name.

A colleague's file is often named wrongly (`.owl` and `.rdf` are used for Turtle too), so that the
name decides only where the characters leave it open.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import pyoxigraph as ox

NAMED = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".n3": ox.RdfFormat.N3,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
SAMPLE = 65_536
"""Bytes that are looked at."""
_LINES = 20

_XML = re.compile(r"<(\?xml|!--|!doctype|[\w.:-]+\s[^<>]*\bxmlns\b)", re.IGNORECASE)
_JSON = re.compile(r'\{\s*(["}]|$)|\[\s*([{"]|$)')
_TRIPLE = re.compile(r'(<[^>]*>|_:\S+)\s+<[^>]*>\s+(<|_:|"|<<\().*\.\s*(#.*)?')
_FOREIGN = {
    "a document, a workbook or an archive": r"%PDF-|PK\x03\x04|\x89PNG|\xd0\xcf\x11\xe0",
    "packed in a way that is not read here": r"BZh|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd",
    "a web page": r"\s*(<!doctype html|<html)",
    "OWL in functional or Manchester syntax": r"\s*(Prefix\(|Ontology\(|Prefix:|Ontology:)",
}


def foreign(start: bytes) -> str:
    """What a file is instead of RDF, in words; "" where nothing shows that it is none."""
    text = start.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    kinds = _FOREIGN.items()
    return next((words for words, sign in kinds if re.match(sign, text, re.IGNORECASE)), "")


def syntax_of(path: Path, start: bytes) -> ox.RdfFormat:
    """The syntax of a file of that name (`.gz` aside) that begins with these bytes."""
    text = start.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    named = NAMED.get(Path(path.name.lower().removesuffix(".gz")).suffix)
    if _XML.match(text) or _is_utf16_xml(start):
        return ox.RdfFormat.RDF_XML
    if _JSON.match(text) or (named == ox.RdfFormat.JSON_LD and text[:1] in "[{"):
        return ox.RdfFormat.JSON_LD
    if named in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N3):
        return named
    return ox.RdfFormat.N_QUADS if _is_lines(text) else ox.RdfFormat.TRIG


def _is_utf16_xml(start: bytes) -> bool:
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked and bool(_XML.match(start.decode("utf-16", "replace")))


def _is_lines(text: str) -> bool:
    """Whether there is one statement on each line, as N-Triples and N-Quads have it."""
    lines = [line.strip() for line in text.splitlines()[: _LINES + 1]]
    said = [line for line in lines[:_LINES] if line and not line.startswith("#")]
    return bool(said) and bool(_TRIPLE.fullmatch(said[0])) and all(map(_TRIPLE.match, said[:-1]))
