"""A shapes graph, as SHACL lays it out: targets, paths, constraints, messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import KgError, Severity
from kg.namespaces import OWL, RDF, RDFS, SH
from kg.terms import Term, value

Node: TypeAlias = ox.NamedNode | ox.BlankNode


class ShapesError(KgError):
    """Shapes that cannot be used at all."""

    code = "bad-shapes"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a validation report.

    `path` and `value` are "" where there is none, `messages` are by language tag, `shape` and
    `component` name what was broken.
    """

    focus: str
    path: str
    value: str
    severity: Severity
    messages: Mapping[str, str]
    shape: str
    component: str


TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
SAYS_ONLY = {
    *TARGETS, SH.path, SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group,
    SH.defaultValue, SH.deactivated, SH.flags,
}  # fmt: skip
"""Parameters that constrain nothing by themselves."""


class Shapes:
    """The shapes of some Turtle files."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.store = ox.Store()
        self.store.extend(quads)

    def objects(self, node: Term, predicate: str) -> list[Term]:
        if isinstance(node, ox.Literal | ox.Triple):
            return []
        found = self.store.quads_for_pattern(node, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def one(self, node: Term, predicate: str) -> Term | None:
        """The only value, or one of several; None where there is none."""
        return next(iter(self.objects(node, predicate)), None)

    def members(self, node: Term) -> Iterator[Term]:
        """The members of an RDF list."""
        seen = {node}
        while (first := self.one(node, RDF.first)) is not None:
            yield first
            rest = self.one(node, RDF.rest)
            if rest is None or rest in seen:
                return
            seen.add(rest)
            node = rest

    @cached_property
    def targeted(self) -> list[Node]:
        """The shapes that choose nodes themselves, in a fixed order."""
        found: set[Node] = {
            quad.subject
            for target in (*TARGETS, SH.target)
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(target), None)
            if not isinstance(quad.subject, ox.Triple)
        }
        return sorted(found | self._classes, key=str)

    @cached_property
    def _classes(self) -> set[Node]:
        """Shapes that are classes too, and so target their instances."""
        kinds = (ox.NamedNode(SH.NodeShape), ox.NamedNode(SH.PropertyShape))
        typed = [q.subject for k in kinds for q in self.store.quads_for_pattern(None, None, k)]
        classes = {ox.NamedNode(RDFS.Class), ox.NamedNode(OWL.Class)}
        return {
            node
            for node in typed
            if not isinstance(node, ox.Triple) and classes & set(self.objects(node, RDF.type))
        }

    def is_class(self, node: Term) -> bool:
        return node in self._classes

    def constraints(self, node: Term) -> Iterator[tuple[str, Term]]:
        """Each parameter that constrains, with each of its values."""
        if isinstance(node, ox.NamedNode | ox.BlankNode):
            for quad in self.store.quads_for_pattern(node, None, None):
                name = quad.predicate.value
                if name.startswith(SH.iri) and name not in SAYS_ONLY:
                    yield name, quad.object

    def is_deactivated(self, node: Term) -> bool:
        return any(value(flag) == "true" for flag in self.objects(node, SH.deactivated))

    def messages(self, node: Term) -> dict[str, str]:
        """By language tag in lower case."""
        said = [text for text in self.objects(node, SH.message) if isinstance(text, ox.Literal)]
        return {(text.language or "").lower(): text.value for text in said}

    def severity(self, node: Term) -> Severity:
        given = self.one(node, SH.severity)
        return "error" if given in (None, ox.NamedNode(SH.Violation)) else "warning"

    def declares_components(self) -> bool:
        """Whether there are constraints of one's own making."""
        own = ox.NamedNode(SH.ConstraintComponent)
        return any(self.store.quads_for_pattern(None, ox.NamedNode(RDF.type), own))

    def without_targets(self, nodes: Iterable[Term]) -> Iterator[ox.Triple]:
        """The shapes, those of `nodes` choosing nothing by themselves any more."""
        silenced = set(nodes)
        for quad in self.store:
            if quad.subject not in silenced or quad.predicate.value not in TARGETS:
                yield quad.triple
