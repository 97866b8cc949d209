"""A foreign code tree as SKOS, in a new Turtle file: a start for a vocabulary of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.identifiers import digest
from kg.interchange.source import key_of

HEAD = """\
# Concepts made from the labels of {source}. Give each a class and a definition.

@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

{scheme} a skos:ConceptScheme ; dcterms:title {title} ;
    skos:hasTopConcept {top} .
"""
CONCEPT = """
{iri} a skos:Concept ; skos:inScheme {scheme} ;
    skos:prefLabel {label} ;
    {place} .
"""
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """The file, and the IRI that each path of labels has in it."""

    turtle: bytes
    iris: Mapping[Path, str]


def codebook(
    labels: Iterable[Path], taken: Iterable[str], *, base: str, language: str, source: str
) -> Codebook:
    """SKOS of every label and of those above it; `taken` are the keys that are concepts already."""
    paths = {path[:depth] for path in labels for depth in range(1, len(path) + 1)}
    keys: dict[Path, str] = {}
    used = {key.casefold() for key in taken}
    for path in sorted(paths):
        keys[path] = _key(path, used)
        used.add(keys[path].casefold())
    scheme = f"<{base}concept/scheme-{key_of(source) or 'imported'}>"
    title = _literal(source, language)
    iris = {path: f"{base}concept/{key}" for path, key in keys.items()}
    top = " , ".join(f"<{iri}>" for path, iri in iris.items() if len(path) == 1)
    text = HEAD.format(source=" ".join(source.split()), scheme=scheme, title=title, top=top)
    for path, iri in iris.items():
        above = iris.get(path[:-1])
        place = f"skos:broader <{above}>" if above else f"skos:topConceptOf {scheme}"
        below = " , ".join(f"<{iris[other]}>" for other in iris if other[:-1] == path)
        place += f" ;\n    skos:narrower {below}" if below else ""
        label = _literal(path[-1], language)
        text += CONCEPT.format(iri=f"<{iri}>", scheme=scheme, label=label, place=place)
    return Codebook(text.encode() if paths else b"", iris)


def _key(path: Path, used: set[str]) -> str:
    """The label as a key, with the label above it where two codes are called the same."""
    own = key_of(path[-1]).lower() or f"c-{digest(*path)[:8]}"
    longer = key_of("-".join(path)).lower()
    for key in (own, longer, f"{own}-{digest(*path)[:8]}"):
        if key and key not in used:
            return key
    return f"{own}-{digest(*path)}"


def _literal(text: str, language: str) -> str:
    """
    >>> print(_literal('a "b"', "en"))
    "a \\"b\\""@en
    """
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@{language}'
