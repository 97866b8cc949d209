"""The panel's tables for things of a file: what explains them, and what else is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.anyrdf.facts import Facts, Line, is_blank, name_of
from kg.anyrdf.names import Names
from kg.anyrdf.texts import LONGEST, canonical, cut, texts_of
from kg.anyrdf.vocabularies import vocabularies
from kg.namespaces import RDF
from kg.render.evidence import Drawn, Record
from kg.terms import Term

MOST_VALUES, MOST_PROPERTIES = 12, 40
"""Values of a property, and properties of a thing, that the panel tells."""


@dataclass(frozen=True)
class Details:
    """What is known of the things that are drawn, as tables."""

    facts: Facts
    names: Names
    edges: frozenset[Line]

    def about(self, drawn: Drawn) -> list[Record]:
        """The table `about`: one record for each thing."""
        return [
            {
                "iri": "" if is_blank(name) else name,
                "definitions": self._texts(name, "definition"),
                "alternatives": self._other_names(name),
                "scopes": self._texts(name, "scope"),
                "confusions": None,
                "facts": [
                    [drawn.terms.number(property_), values, max(0, many - MOST_VALUES)]
                    for property_, values, many in self._facts(name)
                ]
                or None,
            }
            for name in drawn.concepts
        ]

    def relations(self, drawn: Drawn, relations: Sequence[Record]) -> list[Record]:
        """The table `relations`, with what explains them and how they read from the other side."""
        inverses = self.facts.inverses
        return [
            {
                "term": record["term"],
                "inverse": _number(drawn, inverses.get(record["iri"], "")),
                "symmetric": inverses.get(record["iri"]) == record["iri"] or None,
                "definitions": self._texts(record["iri"], "definition"),
            }
            for record in relations
        ]

    def _texts(self, name: str, role: str) -> list[list[str]] | None:
        return texts_of(self.facts, self.names.said[name], role, self.names.languages) or None

    def _other_names(self, name: str) -> list[list[str]] | None:
        """Alternative labels, and labels that are not the one shown."""
        shown = set(self.names.known.get(name, {}).values())
        both = [
            pair
            for role in ("label", "alternative")
            for pair in texts_of(self.facts, self.names.said[name], role, self.names.languages)
        ]
        others = [pair for pair in both if cut(pair[1], len(pair[1])) not in shown]
        return [pair for n, pair in enumerate(others) if pair not in others[:n]] or None

    def _facts(self, name: str) -> Iterator[tuple[str, list[list[Any]], int]]:
        """Property, the first of its values, and how many there are; what is drawn is left out."""
        said = self.names.said[name]
        told = vocabularies().in_words | {RDF.type}
        count = 0
        for property_, values in said.items():
            rest = (value for value in values if not self._is_drawn(name, property_, value))
            shown = [found for value in rest if (found := self._value(value))]
            if property_ not in told and shown and count < MOST_PROPERTIES:
                count += 1
                yield property_, shown[:MOST_VALUES], len(shown)

    def _is_drawn(self, name: str, property_: str, value: Term) -> bool:
        if isinstance(value, ox.Literal):
            return False
        other = name_of(value)
        ways = {(name, property_, other), (other, property_, name)}
        ways.add((other, vocabularies().sides.get(property_, ""), name))
        return bool(self.edges & ways)

    def _value(self, value: Term) -> list[str] | None:
        """Tag and text; and the address of what is no text."""
        if isinstance(value, ox.Literal):
            return [canonical(value.language or ""), cut(value.value, LONGEST)]
        if not isinstance(value, ox.NamedNode):
            return None
        address = value.value.removeprefix("mailto:").removeprefix("tel:")
        label = next(iter(self.names.known.get(value.value, {}).values()), address)
        return ["", cut(label, LONGEST), value.value]


def _number(drawn: Drawn, term: str) -> int | None:
    return drawn.terms.number(term) if term else None
