"""How much of a graph a shape has to see.

A document's graph is evidence: passages, marks, statements, whose nodes no other document describes
and which lead on to concepts, coders and values. So a shape that chooses such nodes and follows
properties forwards finds in one document what it would find there in the whole graph. A shape of
concepts needs the ontology and the edges only, unless it goes back from a concept to its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import Enum

import pyoxigraph as ox

from kg.namespaces import DCTERMS, OA, PKG, PROV, RDF, SH, SKOS
from kg.shacl.compile import LOGICAL, OF_PATHS, PAIRS
from kg.shacl.shapes import Node, Shapes
from kg.terms import Term, value

CLASSES = frozenset(
    {
        *(PKG.Document, PKG.Passage, PKG.Mention, PKG.Statement, PKG.Flow, PKG.Classification),
        *(OA.SpecificResource, OA.TextPositionSelector, OA.TextQuoteSelector),
    }
)
"""What nodes of a document's graph are."""
NAMESPACES = (PKG.iri, OA.iri, PROV.iri, DCTERMS.iri)
PROPERTIES = {RDF.type, RDF.subject, RDF.predicate, RDF.object, SKOS.note}
"""What is said of them, beside what stands in these namespaces."""
COMPARED = {SH.lessThan, SH.lessThanOrEquals} & OF_PATHS | PAIRS
DEEPEST = 30


class Scope(Enum):
    """What a shape has to be given."""

    EVIDENCE = "one document after the other"
    CONCEPTS = "the ontology and the edges"
    EVERYTHING = "the whole graph"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an ontology adds: classes above those of evidence, qualifiers, relations of concepts."""

    classes: Set[str]
    qualifiers: Set[str]
    relations: Set[str]

    def is_evidence(self, prop: str) -> bool:
        """Whether a property may stand in a document's graph."""
        return prop in PROPERTIES | self.qualifiers or prop.startswith(NAMESPACES)


def scope(shapes: Shapes, node: Node, words: Vocabulary) -> Scope:
    """The scope of a shape that has a translation."""
    steps = set(_steps(shapes, node, 0))
    back = any(inverse and words.is_evidence(prop) for prop, inverse in steps)
    if shapes.one(node, SH.targetNode) or _chooses(shapes, node, SH.targetObjectsOf, words):
        return Scope.EVERYTHING
    classes = {value(cls) for cls in shapes.objects(node, SH.targetClass)}
    if not (classes & words.classes or _chooses(shapes, node, SH.targetSubjectsOf, words)):
        return Scope.EVERYTHING if back else Scope.CONCEPTS
    ahead = all(prop not in words.relations and not inverse for prop, inverse in steps)
    return Scope.EVIDENCE if ahead else Scope.EVERYTHING


def _chooses(shapes: Shapes, node: Node, target: str, words: Vocabulary) -> bool:
    return any(words.is_evidence(value(prop)) for prop in shapes.objects(node, target))


def _steps(shapes: Shapes, node: Term, depth: int) -> Iterator[tuple[str, bool]]:
    """Each property that a shape follows, and whether it does so backwards."""
    if depth > DEEPEST:
        return
    for path in shapes.objects(node, SH.path):
        yield from _of_path(shapes, path, False, depth)
    for parameter, given in shapes.constraints(node):
        if parameter in COMPARED:
            yield value(given), False
        elif parameter in LOGICAL | {SH.property}:
            for inner in [given, *shapes.members(given)]:
                yield from _steps(shapes, inner, depth + 1)


def _of_path(shapes: Shapes, path: Term, inverse: bool, depth: int) -> Iterator[tuple[str, bool]]:
    if isinstance(path, ox.NamedNode):
        yield path.value, inverse
        return
    if depth > DEEPEST or not isinstance(path, ox.BlankNode):
        return
    for member in shapes.members(path):
        yield from _of_path(shapes, member, inverse, depth + 1)
    for quad in shapes.store.quads_for_pattern(path, None, None):
        if quad.predicate.value.startswith(SH.iri):
            turned = inverse ^ (quad.predicate.value == SH.inversePath)
            yield from _of_path(shapes, quad.object, turned, depth + 1)
