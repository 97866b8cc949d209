"""Looking up what a coder wrote: concepts, relations, facets and keys, with the nearest known ones.

Remembers every answer: the same few hundred names come back in thousands of files.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from kg.namespaces import RDF, SKOS
from kg.ontology import Concept, Ontology, Relation, objects
from kg.readers.faults import Fault
from kg.readers.words import punctuation_advice, visible


class Names:
    """The names that an ontology gives to things."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.relations = ontology.relations
        self.qualifiers = ontology.qualifiers
        self._concepts: dict[str, tuple[Concept, ...]] = {}
        self._advice: dict[str, str] = {}
        self._classes: dict[str, str] = {}

    def find(self, name: str) -> tuple[Concept, ...]:
        """The concepts of that IRI, key or label."""
        found = self._concepts.get(name)
        if found is None:
            by_iri = self.ontology.concepts.get(name)
            found = (by_iri,) if by_iri else self.ontology.find(visible(name))
            self._concepts[name] = found
        return found

    def concept(self, name: str, others: Iterable[str] = ()) -> Concept:
        """The concept of that name; `others` are names that could have been meant as well."""
        found = self.find(name)
        if len(found) == 1:
            return found[0]
        if found:
            keys = ", ".join(concept.key for concept in found)
            what = f"`{name}` is a label of several concepts: {keys}"
            raise Fault("ambiguous-concept", what, "write the key of the one you mean")
        what = f"no concept is called `{name}`"
        raise Fault("unknown-concept", what, self._instead(name, others))

    def _instead(self, name: str, others: Iterable[str]) -> str:
        close = difflib.get_close_matches(name, list(others), n=2)
        if name not in self._advice:
            nearest = self.ontology.nearest(name)
            add = "add it to the ontology as a concept"
            advice = f"write {_either(nearest)}, or {add}" if nearest else f"correct it, or {add}"
            self._advice[name] = advice + punctuation_advice(name)
        mine = f"the nearest id here is {_either(close)}; else " if close else ""
        return mine + self._advice[name]

    def relation(self, name: str) -> Relation:
        if name in self.relations:
            return self.relations[name]
        fix = f"write {nearest(name, self.relations)}" + punctuation_advice(name)
        raise Fault("unknown-relation", f"no relation is called `{name}`", fix)

    def values(self, facet: str) -> list[str]:
        """The values of a facet, such as modality."""
        return sorted(value for value, of in self.ontology.facets.items() if of == facet)

    def class_names(self, classes: Iterable[str]) -> str:
        """Classes as a reader knows them: label and name."""
        return _either([self._class_name(cls) for cls in sorted(classes)])

    def classes_of(self, concept: Concept) -> str:
        """The classes that the ontology gives to a concept itself."""
        direct = objects(self.ontology.store, concept.iri, RDF.type)
        return self.class_names(cls for cls in direct if cls in concept.classes - {SKOS.Concept})

    def _class_name(self, iri: str) -> str:
        if iri not in self._classes:
            label, local = self.ontology.label(iri), iri.replace("#", "/").split("/")[-1]
            self._classes[iri] = label if label == local else f"{label} ({local})"
        return self._classes[iri]


def _either(names: Iterable[str]) -> str:
    return " or ".join(names)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known names that resemble one, else all of them, as words for a message.

    >>> nearest("modalty", ["modality", "source"])
    'modality'
    >>> nearest("modalty", [])
    'a name that the ontology declares; so far it declares none'
    """
    known = sorted(known)
    folded = {other.casefold(): other for other in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=3)
    if not known:
        return "a name that the ontology declares; so far it declares none"
    return _either(folded[other] for other in close) if close else ", ".join(known)
