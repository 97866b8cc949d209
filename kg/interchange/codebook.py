"""A foreign code tree as SKOS and its relations as OWL, in a new Turtle file: a start for a
vocabulary of one's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.identifiers import digest
from kg.interchange.labelmap import written
from kg.interchange.model import Code
from kg.interchange.source import key_of
from kg.interchange.vocabulary import folded
from kg.readers.sentences import FLOW_WORDS
from kg.terms import literal

HEAD = """\
# Concepts made from the labels of {source}. Give each a class and a definition.

@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pkg: <https://w3id.org/policy-kg/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SCHEME = """
{scheme} a skos:ConceptScheme ; dcterms:title {title} {top}
"""
CONCEPT = """
{iri} a skos:Concept ; skos:inScheme {scheme} ;
    skos:prefLabel {label} ;
    {place} .
"""
BELOW = """
{iri} skos:narrower {below} .
"""
RELATIONS = """
# Relations, each with its inverse. Say in the comments what they mean, and which classes they join.
"""
RELATION = """
{iri} a owl:ObjectProperty ; rdfs:domain skos:Concept ; rdfs:range skos:Concept ;
    rdfs:label {label} ;
    rdfs:comment {comment} ;
    owl:inverseOf {inverse} .

{inverse} a owl:ObjectProperty ; rdfs:domain skos:Concept ; rdfs:range skos:Concept ;
    rdfs:label {inverse_label} ;
    rdfs:comment {inverse_comment} .
"""
INVERSE = "-inverse"
Path = tuple[str, ...]
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Codebook:
    """The file, and the IRI that each path of labels, and each relation, has in it."""

    turtle: bytes
    iris: Mapping[Path, str]
    relations: Mapping[str, str]


def codebook(
    labels: Iterable[Path],
    taken: Iterable[str],
    *,
    base: str,
    language: str,
    source: str,
    codes: Mapping[Path, Code] = MappingProxyType({}),
    there: Mapping[Path, str] = MappingProxyType({}),
    relations: Iterable[str] = (),
) -> Codebook:
    """SKOS of every label and of those above it; `taken` are the keys that are named already.

    `codes` say more of some labels; `there` has the IRIs of labels that are concepts already, and
    stay as they are. `relations` are labels too, of what joins concepts of any class.
    """
    paths = {path[:depth] for path in labels for depth in range(1, len(path) + 1)}
    used = {key.casefold() for key in taken}
    iris: dict[Path, str] = {}
    for path in sorted(paths - there.keys()):
        key = _key(path, used, codes.get(path))
        used.add(key.casefold())
        iris[path] = f"{base}concept/{key}"
    joins = _relation_iris(relations, used, f"{base}terms#")
    scheme = f"<{base}concept/scheme-{key_of(source) or 'imported'}>"
    parts = [
        HEAD.format(source=" ".join(source.split())),
        *_concepts(iris, there, codes, scheme, source, language),
        *_relations(joins, source, language),
    ]
    return Codebook("".join(parts).encode() if iris or joins else b"", iris, joins)


def _below(iris: Mapping[Path, str]) -> dict[Path, str]:
    """What stands right below each path, and the top below ()."""
    found: dict[Path, list[str]] = {}
    for path, iri in iris.items():
        found.setdefault(path[:-1], []).append(f"<{iri}>")
    return {path: " , ".join(below) for path, below in found.items()}


def _concepts(
    iris: Mapping[Path, str],
    there: Mapping[Path, str],
    codes: Mapping[Path, Code],
    scheme: str,
    source: str,
    language: str,
) -> Iterator[str]:
    """The scheme with its concepts, and what comes below concepts that are there already."""
    below = _below(iris)
    if iris:
        top = f";\n    skos:hasTopConcept {below[()]} ." if () in below else "."
        yield SCHEME.format(scheme=scheme, title=_literal(source, language), top=top)
    same = Counter(path[-1].casefold() for path in (*iris, *there))
    for path, iri in iris.items():
        above = iris.get(path[:-1]) or there.get(path[:-1])
        place = f"skos:broader <{above}>" if above else f"skos:topConceptOf {scheme}"
        place += f" ;\n    skos:narrower {below[path]}" if path in below else ""
        place += "".join(_told(codes.get(path), language))
        label = _literal(written(path) if same[path[-1].casefold()] > 1 else path[-1], language)
        yield CONCEPT.format(iri=f"<{iri}>", scheme=scheme, label=label, place=place)
    for path in sorted(below.keys() & there.keys()):
        yield BELOW.format(iri=f"<{there[path]}>", below=below[path])


def _relations(joins: dict[str, str], source: str, language: str) -> Iterator[str]:
    """Each once, by the first of its labels."""
    if joins:
        yield RELATIONS
    for iri, label in {iri: label for label, iri in reversed(joins.items())}.items():
        yield _relation(iri, label, " ".join(source.split()), language)


def _relation(iri: str, label: str, source: str, language: str) -> str:
    return RELATION.format(
        iri=f"<{iri}>",
        label=_literal(label, language),
        comment=_literal(f"{label} ({source})", language),
        inverse=f"<{iri}{INVERSE}>",
        inverse_label=_literal(f"← {label}", language),
        inverse_comment=_literal(f"← {label} ({source})", language),
    )


def _relation_iris(labels: Iterable[str], used: set[str], space: str) -> dict[str, str]:
    """Label → IRI; labels that differ only in capitals and spaces are one relation.

    >>> _relation_iris(["flows into", "eats", "FlowsInto"], {"eats"}, "t#")
    {'FlowsInto': 't#flowsInto', 'eats': 't#eats-relation', 'flows into': 't#flowsInto'}
    """
    keys: dict[str, str] = {}
    for label in sorted(labels):
        first, *more = key_of(folded(label)).split("-")
        own = "".join([first, *(word.capitalize() for word in more)]) or f"r-{digest(label)[:8]}"
        tried = (own, f"{own}-relation", f"{own}-{digest(label)[:8]}")
        taken = {*used, *FLOW_WORDS}
        free = (key for key in tried if not {key.casefold(), key.casefold() + INVERSE} & taken)
        keys.setdefault(folded(label), next(free, f"{own}-{digest(label)}"))
        own = keys[folded(label)].casefold()
        used = used | {own, own + INVERSE}
    return {label: space + keys[folded(label)] for label in sorted(labels)}


def _told(code: Code | None, language: str) -> Iterator[str]:
    """What a codebook says of a code: its definition, notes and colour."""
    if code is None:
        return
    if code.definition:
        yield f" ;\n    skos:definition {_literal(code.definition, language)}"
    for name, value in code.more:
        if name == "colour" and _COLOUR.fullmatch(value):
            yield f' ;\n    pkg:colour "{value}"'
        elif name != "key" and value.strip():
            yield f" ;\n    skos:note {_literal(value, language)}"


def _key(path: Path, used: set[str], code: Code | None) -> str:
    """The key that the code had, else its label, with the one above it where two are the same."""
    known = dict(code.more).get("key", "") if code else ""
    own = key_of(path[-1]).lower() or f"c-{digest(*path)[:8]}"
    longer = key_of("-".join(path)).lower()
    for key in (known, own, longer, f"{own}-{digest(*path)[:8]}"):
        if key and key.casefold() not in used:
            return key
    return f"{own}-{digest(*path)}"


def _literal(text: str, language: str) -> str:
    return literal(" ".join(text.split()), tag=language)
