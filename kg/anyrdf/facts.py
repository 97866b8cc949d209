"""A store as the drawing asks it: things by name, their classes, their statements.

A thing is called by its IRI, a blank node by `_:` and its number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from kg.anyrdf.vocabularies import vocabularies
from kg.namespaces import OWL, RDF, RDFS, SKOS
from kg.rows import solutions
from kg.terms import Term, value

Line: TypeAlias = tuple[str, str, str]
"""Source, relation, target."""
Node: TypeAlias = ox.NamedNode | ox.BlankNode


def name_of(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else value(term)


def node_of(name: str) -> Node:
    """The reverse; ValueError for an IRI that no store holds."""
    return ox.BlankNode(name[2:]) if is_blank(name) else ox.NamedNode(name)


def is_blank(name: str) -> bool:
    return name.startswith("_:")


@dataclass(frozen=True)
class Facts:
    """All statements of a file."""

    store: ox.Store

    def lines(self, query: str) -> Iterator[Line]:
        """The answers of `kg/sparql/<query>.rq`, each as it comes."""
        known: dict[str, str] = {}
        for answer in solutions(self.store, query):
            source, relation, target = map(name_of, answer)
            # each name is kept once, however many lines have it
            yield (
                known.setdefault(source, source),
                known.setdefault(relation, relation),
                known.setdefault(target, target),
            )

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Subject and object of every statement with a predicate, literals left out."""
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            if not isinstance(quad.object, ox.Literal):
                yield name_of(quad.subject), name_of(quad.object)

    def about(self, name: str) -> Iterator[tuple[str, Term]]:
        """Predicate and object of every statement about a thing."""
        try:
            found = self.store.quads_for_pattern(node_of(name), None, None)
        except ValueError:
            return
        for quad in found:
            yield quad.predicate.value, quad.object

    def has(self, predicate: str) -> bool:
        return any(True for _ in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None))

    def subjects(self) -> set[str]:
        """Everything that something is said of."""
        return {name_of(quad.subject) for quad in self.store}

    @cached_property
    def types(self) -> Mapping[str, set[str]]:
        """Thing → its classes that have an IRI."""
        found: dict[str, set[str]] = defaultdict(set)
        for thing, cls in self.pairs(RDF.type):
            if not is_blank(cls):
                found[thing].add(cls)
        return found

    @cached_property
    def above(self) -> Mapping[str, set[str]]:
        """Class → the classes just above it, as far as they have IRIs."""
        found: dict[str, set[str]] = defaultdict(set)
        for cls, upper in self.pairs(RDFS.subClassOf):
            if not (is_blank(cls) or is_blank(upper)):
                found[cls].add(upper)
        return found

    @cached_property
    def inverses(self) -> Mapping[str, str]:
        """Relation → what it is called from its other side; itself, if it holds both ways."""
        declared = [pair for pair in self.pairs(OWL.inverseOf) if not any(map(is_blank, pair))]
        both = {thing for thing, classes in self.types.items() if OWL.SymmetricProperty in classes}
        return {
            **{other: relation for relation, other in declared},
            **dict(declared),
            **vocabularies().inverses,
            **{relation: relation for relation in both | vocabularies().symmetric},
        }

    @cached_property
    def concepts(self) -> set[str]:
        """The concepts of thesauri: of the class itself, or of one below it."""
        kinds = below({SKOS.Concept}, self.above)
        return {thing for thing, classes in self.types.items() if classes & kinds}

    @cached_property
    def classes(self) -> set[str]:
        """The classes of ontologies, as far as they have IRIs."""
        kinds = {OWL.Class, RDFS.Class}
        declared = {thing for thing, classes in self.types.items() if classes & kinds}
        placed = {cls for pair in self.above.items() for cls in (pair[0], *pair[1])}
        named = {cls for cls in declared | placed if not is_blank(cls)}
        return named - {OWL.Thing, RDFS.Resource, SKOS.Concept}

    @cached_property
    def vocabulary(self) -> set[str]:
        """Properties, restrictions, schemes and the like: what is said in order to say the rest."""
        said = vocabularies()
        machinery, plain = set(said.role("machinery")), set(said.role("plain"))
        return {
            thing
            for thing, classes in self.types.items()
            if classes & machinery and classes <= machinery | plain
        }

    @cached_property
    def others(self) -> set[str]:
        """Whatever has a class and is no concept, no class and no vocabulary."""
        return self.types.keys() - self.concepts - self.classes - self.vocabulary


def below(tops: set[str], above: Mapping[str, Iterable[str]]) -> set[str]:
    """Some classes, and every class below them."""
    found, waiting = set(tops), True
    while waiting:
        more = {cls for cls, uppers in above.items() if cls not in found and found & set(uppers)}
        waiting = bool(more)
        found |= more
    return found
