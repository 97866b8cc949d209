"""How often everything was used: what is accepted of statements, flows and classifications."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import pyoxigraph as ox

from kg.namespaces import PKG, RDF
from kg.rows import pairs, rows
from kg.writers.codebook.book import Counts

ACCEPTED = f"{PKG.status}-accepted"
_KINDS = {
    PKG.Statement: "statements",
    PKG.Flow: "flows",
    PKG.Classification: "classifications",
}
_ENDS = {RDF.subject, RDF.object, PKG.flowOf, PKG.flowsFrom, PKG.flowsTo, PKG.via}
_MANNER = {PKG.modality, PKG.explicitness, PKG.polarity, PKG.status}

Fields = dict[str, set[str]]
"""Property → values of one statement, flow or classification."""


class Said:
    """Counts of a dataset, read once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._qualifiers = set(pairs(store, "qualifier-keys"))

    @cached_property
    def _all(self) -> dict[str, Fields]:
        found: dict[str, Fields] = defaultdict(lambda: defaultdict(set))
        for item, prop, value in rows(self._store, "said"):
            found[item][prop].add(value)
        return found

    @cached_property
    def accepted(self) -> dict[str, Fields]:
        return {k: fields for k, fields in self._all.items() if ACCEPTED in fields[PKG.status]}

    @cached_property
    def manners(self) -> dict[str, int]:
        """Value of modality, explicitness, polarity, status → how many have it, rejected or not."""
        found: dict[str, int] = defaultdict(int)
        for fields in self._all.values():
            for value in {value for prop in _MANNER for value in fields.get(prop, ())}:
                found[value] += 1
        return found

    @cached_property
    def by_property(self) -> dict[str, set[str]]:
        """Relation or qualifier → what is said with it."""
        found: dict[str, set[str]] = defaultdict(set)
        for item, fields in self.accepted.items():
            for prop in {*fields.get(RDF.predicate, ()), *(self._qualifiers & fields.keys())}:
                found[prop].add(item)
        return found

    def distinct(self, items: set[str], prop: str) -> int:
        """How many values of a property there are among what is said."""
        return len({value for item in items for value in self.accepted[item].get(prop, ())})

    @cached_property
    def _named(self) -> dict[str, dict[str, set[str]]]:
        """Concept → the fields of `Counts` → what names it so."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for item, fields in self.accepted.items():
            kind = next((_KINDS[cls] for cls in sorted(fields[RDF.type]) if cls in _KINDS), "")
            for prop, values in fields.items():
                for value in values if (role := self._role(prop, kind)) else ():
                    found[value][role].add(item)
        return found

    def _role(self, prop: str, kind: str) -> str:
        if prop in _ENDS:
            return kind
        if prop == PKG.assertedBySource:
            return "attributed"
        return "qualified" if prop in self._qualifiers else ""

    @cached_property
    def _passages(self) -> dict[str, str]:
        return pairs(self._store, "passages")

    def counts(self, concept: str, mentions: int) -> Counts:
        numbers = {role: len(items) for role, items in self._named.get(concept, {}).items()}
        passages = int(self._passages.get(concept, "0"))
        return Counts(passages=passages, mentions=mentions, **numbers)
