"""What is known of common vocabularies: `vocabularies.ttl`, as tables.

A role is what a property or class does on a page: its label, a definition, never a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

import pyoxigraph as ox

from kg.assets import asset
from kg.labels import Texts, labels
from kg.namespaces import OWL, RDF
from kg.terms import Term, value

_ROLE = "urn:policy-kg:role:"
ELSEWHERE, UNTYPED = f"{_ROLE}elsewhere", f"{_ROLE}untyped"
ALONE, OTHER = f"{_ROLE}alone", f"{_ROLE}other"
"""Classes of the page, not of the file: for what is only named, what has no class, what is in no
branch, and for the classes of few."""

_IN_WORDS = ("label", "alternative", "definition", "scope")


@dataclass(frozen=True)
class Vocabularies:
    """`roles` are ordered; `inverses` maps the side that is drawn to the other, `sides` back."""

    roles: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Texts]
    inverses: Mapping[str, str]
    sides: Mapping[str, str]
    symmetric: frozenset[str]

    def role(self, name: str) -> tuple[str, ...]:
        return self.roles[name]

    @property
    def in_words(self) -> frozenset[str]:
        """What a page tells in words of its own: labels and explanations."""
        return frozenset(chain.from_iterable(map(self.role, _IN_WORDS)))


@cache
def vocabularies() -> Vocabularies:
    store = ox.Store()
    store.load(path=str(asset("anyrdf/vocabularies.ttl")), format=ox.RdfFormat.TURTLE)
    inverse, symmetric = ox.NamedNode(OWL.inverseOf), ox.NamedNode(OWL.SymmetricProperty)
    of = store.quads_for_pattern(None, ox.NamedNode(f"{_ROLE}of"), None)
    pairs = {
        value(q.subject): value(q.object) for q in store.quads_for_pattern(None, inverse, None)
    }
    return Vocabularies(
        roles={value(q.subject).removeprefix(_ROLE): tuple(_members(store, q.object)) for q in of},
        labels=labels(store, ()),
        inverses=pairs,
        sides={other: side for side, other in pairs.items()},
        symmetric=frozenset(
            value(q.subject) for q in store.quads_for_pattern(None, None, symmetric)
        ),
    )


def _members(store: ox.Store, cell: Term) -> list[str]:
    """What a list holds."""
    found = []
    first, rest = ox.NamedNode(RDF.first), ox.NamedNode(RDF.rest)
    while isinstance(cell, ox.BlankNode):
        found += [value(quad.object) for quad in store.quads_for_pattern(cell, first, None)]
        cell = next(store.quads_for_pattern(cell, rest, None)).object
    return found
