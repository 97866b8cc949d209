"""What of a file is drawn: its things and the lines between them, and of many the best joined.

A thesaurus (SKOS) is drawn as its concepts, with broader, related, matches and every other relation
between them; an ontology (OWL, RDFS) as its classes, with what is above them, what their
definitions demand, relations from their domain to their range, and individuals; anything else as
whatever something is said of, and every relation between two such things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kg.anyrdf.facts import Facts, Line
from kg.anyrdf.vocabularies import vocabularies
from kg.namespaces import OWL, RDF, RDFS, SKOS, XSD

Kind: TypeAlias = Literal["concepts", "classes", "things"]

MOST_LINES = 4
"""Lines that are drawn for each thing, on the average, where not all can be."""
_NO_PLACE = ("mailto:", "tel:", "data:", "javascript:")
"""Addresses of what is no thing to be drawn."""


@dataclass(frozen=True)
class Picture:
    """`degrees` counts the lines of each drawn thing in the whole file; `things` and `lines` are
    all that could be drawn."""

    kind: Kind
    nodes: tuple[str, ...]
    edges: tuple[Line, ...]
    degrees: dict[str, int]
    things: int
    lines: int
    ways_up: tuple[Line, ...]
    """All lines of the hierarchy, drawn or not."""


def picture_of(facts: Facts, most: int) -> Picture:
    """At most so many things: those with the most lines, and what is joined to them."""
    kind = kind_of(facts)
    nodes, lines = _DRAWN[kind](facts)
    edges = sorted(set(_one_way(lines, facts)))
    degrees = Counter(end for source, _, target in edges for end in {source, target})
    found = _ranked(nodes | degrees.keys(), edges, degrees, most)
    drawn = set(found[: _how_many(found, edges, most)])
    between = tuple(line for line in edges if line[0] in drawn and line[2] in drawn)
    if between and len(drawn) < len(found):
        drawn = {end for source, _, target in between for end in (source, target)}
    up = set(vocabularies().role("up"))
    return Picture(
        kind=kind,
        nodes=tuple(sorted(drawn)),
        edges=between,
        degrees={name: degrees[name] for name in drawn},
        things=len(found),
        lines=len(edges),
        ways_up=tuple(line for line in edges if line[1] in up),
    )


def kind_of(facts: Facts) -> Kind:
    """What most of the things are that a file describes."""
    if facts.concepts and len(facts.concepts) >= len(facts.others):
        return "concepts"
    relations = {thing for thing, _ in facts.pairs(RDFS.domain)}
    if facts.classes and len(facts.classes | relations) >= len(facts.others):
        return "classes"
    return "things"


def _ranked(
    names: Iterable[str], edges: Iterable[Line], degrees: Mapping[str, int], most: int
) -> list[str]:
    """By lines; where there are too many things, half of the places go to what joins the others."""
    ranked = sorted(names, key=lambda name: (-degrees.get(name, 0), name))
    if len(ranked) <= most:
        return ranked
    core = set(ranked[: most // 2])
    near: Counter[str] = Counter()
    for source, _, target in edges:
        near[source] += target in core
        near[target] += source in core
    rest = (name for name in ranked if name not in core)
    return [*ranked[: most // 2], *sorted(rest, key=lambda name: -near[name])]


def _how_many(found: list[str], edges: list[Line], most: int) -> int:
    """So many of the first that there are not too many things, nor too many lines between them."""
    rank = {name: number for number, name in enumerate(found)}
    if len(found) <= most and len(edges) <= MOST_LINES * most:
        return len(found)
    complete = sorted(max(rank[source], rank[target]) for source, _, target in edges)
    if len(complete) <= MOST_LINES * most:
        return most
    return max(2, min(most, complete[MOST_LINES * most]))


# ── Kind by kind ────────────────────────────────────────────────────────────────────────────────


def _concepts(facts: Facts) -> tuple[set[str], list[Line]]:
    matches = set(vocabularies().role("match"))
    known = facts.concepts
    lines = [
        (source, relation, target)
        for source, relation, target in _links(facts)
        if source in known and (target in known or relation in matches)
    ]
    return set(known), lines


def _classes(facts: Facts) -> tuple[set[str], list[Line]]:
    known = facts.classes | facts.others
    lines = [
        (source, relation, target)
        for source, relation, target in facts.lines("file-class-links")
        if not {source, target} & _NO_CLASS and not target.startswith(XSD.iri)
    ]
    lines += [
        (thing, RDF.type, cls)
        for thing in facts.others
        for cls in facts.types[thing] & facts.classes
    ]
    lines += [line for line in _links(facts) if line[0] in facts.others and line[2] in known]
    return known, lines


_NO_CLASS = {OWL.Thing, OWL.Class, RDFS.Resource, RDFS.Class, SKOS.Concept, f"{RDFS.iri}Literal"}


def _things(facts: Facts) -> tuple[set[str], list[Line]]:
    aside = facts.vocabulary | facts.classes | _cells(facts)
    lines = [line for line in (*_links(facts), *_listed(facts)) if not {line[0], line[2]} & aside]
    relations = {relation for _, relation, _ in lines}
    return facts.subjects() - aside - relations, lines


_DRAWN = {"concepts": _concepts, "classes": _classes, "things": _things}


def _links(facts: Facts) -> Iterator[Line]:
    """Statements between things, but for those that no line is drawn for."""
    aside = vocabularies().in_words.union(vocabularies().role("aside"))
    for line in facts.lines("file-links"):
        if line[1] not in aside and not line[2].startswith(_NO_PLACE):
            yield line


def _cells(facts: Facts) -> set[str]:
    """The blank nodes that lists are made of."""
    return {cell for cell, _ in facts.pairs(RDF.rest)} | {RDF.nil}


def _listed(facts: Facts) -> Iterator[Line]:
    if facts.has(RDF.first):
        yield from facts.lines("file-lists")


def _one_way(lines: Iterable[Line], facts: Facts) -> Iterator[Line]:
    """A relation that can be read from both sides is drawn from one; none leads to itself."""
    drawn = vocabularies().sides
    for source, relation, target in lines:
        if source == target:
            continue
        if relation in drawn:
            yield target, drawn[relation], source
        elif facts.inverses.get(relation) == relation:
            yield min(source, target), relation, max(source, target)
        else:
            yield source, relation, target
