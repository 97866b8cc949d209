"""Which of our concepts and relations a foreign label means: as chosen, by key, by label, by IRI.

`County_Town`, `CountyTown` and `county town` are one name, as many tools allow no spaces in labels.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.errors import Place
from kg.interchange.labelmap import Chosen, one_line, written
from kg.interchange.table import LEFT_OUT
from kg.ontology import Concept, Ontology, Relation
from kg.readers.names import Names
from kg.readers.sentences import FLOW_WORDS

Made = Mapping[tuple[str, str], str]
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BARE = re.compile(r"[^\W_][\w-]*")


@dataclass(frozen=True, slots=True)
class Match:
    """What a foreign name stands for: `iri` is "" for nothing, `nearest` then helps to choose.

    `how` is "map", "key", "label" or "IRI", "new" for what a codebook makes; "left out" where a
    person wanted that; else "". `wanted` is a name in the map that nothing has, and `place` where.
    """

    iri: str = ""
    name: str = ""
    how: str = ""
    nearest: tuple[str, ...] = ()
    wanted: str = ""
    place: Place | None = None


class Vocabulary:
    """The ontology of a project as foreign names see it; every answer is remembered.

    `made` are the IRIs of what a codebook adds to it.
    """

    def __init__(
        self, ontology: Ontology, chosen: Chosen, made: Made = MappingProxyType({})
    ) -> None:
        self.ontology = ontology
        self.names = Names(ontology)
        self._chosen = chosen
        self._made = made
        self._labels: dict[tuple[str, ...], Match] = {}
        self._relations: dict[str, Match] = {}
        self._relation_labels = _relation_labels(ontology)

    def concept(self, label: tuple[str, ...]) -> Match:
        if label not in self._labels:
            self._labels[label] = self._concept(label, written(label))
        return self._labels[label]

    def _concept(self, label: tuple[str, ...], foreign: str) -> Match:
        ours, by, place = self._given("label", foreign, label[-1])
        if ours == LEFT_OUT:
            return Match(how="left out")
        for name in (ours,) if ours else (foreign, label[-1], *_spellings(label[-1])):
            found, how = self._found(name)
            if len(found) == 1 and (written_as := self.name_of(found[0])):
                return Match(found[0].iri, written_as, by or how)
            if len(found) > 1:
                several = tuple(concept.key for concept in found)
                return Match(nearest=several, wanted=ours, place=place)
        near = self.ontology.nearest(ours or " ".join(_CAMEL.sub(" ", label[-1]).split("_")))
        return Match(nearest=near, wanted=ours, place=place)

    def _given(self, kind: str, *names: str) -> tuple[str, str, Place | None]:
        """What the map, or else a codebook, says of the first of the names: by whom, and where."""
        for name in names:
            if ours := self._chosen.ours(kind, name):
                return ours, "map", self._chosen.places.get((kind, one_line(name)))
        made = self._made.get((kind, names[0]), "")
        return made, "new" if made else "", None

    def _found(self, name: str) -> tuple[tuple[Concept, ...], str]:
        if name in self.ontology.concepts:
            return (self.ontology.concepts[name],), "IRI"
        found = self.names.find(name)
        return found, "key" if found and found[0].key == name else "label"

    def name_of(self, concept: Concept) -> str:
        """How a concept is written in a mark: by its key, or by a label where two share that; in
        quotation marks where it has to be, "" where it cannot be written."""
        for name in (concept.key, *concept.labels.values(), *concept.alternatives):
            if '"' not in name and name.strip() and self.names.find(name) == (concept,):
                return name if _BARE.fullmatch(name) else f'"{name}"'
        return ""

    def in_statement(self, name: str) -> str:
        """The same in a statement, where the names of relations are taken."""
        return f'"{name}"' if name in self.ontology.relations else name

    def relation(self, label: str) -> Match:
        if label not in self._relations:
            self._relations[label] = self._relation(label)
        return self._relations[label]

    def _relation(self, label: str) -> Match:
        ours, by, place = self._given("relation", label)
        if ours == LEFT_OUT:
            return Match(how="left out")
        for name in (ours,) if ours else (label, *_spellings(label)):
            found = self._relations_called(name)
            if len(found) == 1:
                how = "key" if name == found[0].key else "label"
                return Match(found[0].iri, found[0].key, by or how)
        close = difflib.get_close_matches(ours or label, self.ontology.relations, n=3)
        return Match(nearest=tuple(close), wanted=ours, place=place)

    def _relations_called(self, name: str) -> list[Relation]:
        relations = self.ontology.relations
        if name in relations:
            return [relations[name]]
        by_iri = [relation for relation in relations.values() if relation.iri == name]
        return by_iri or self._relation_labels.get(folded(name), [])

    def is_free(self, id_: str) -> bool:
        """Whether an id means nothing else in a passage."""
        taken = any(concept.key == id_ for concept in self.names.find(id_))
        return not taken and id_ not in self.ontology.relations and id_ not in FLOW_WORDS


def _relation_labels(ontology: Ontology) -> dict[str, list[Relation]]:
    found: dict[str, list[Relation]] = defaultdict(list)
    for relation in ontology.relations.values():
        for label in {folded(label) for label in relation.labels.values()} | {folded(relation.key)}:
            found[label].append(relation)
    return found


def folded(name: str) -> str:
    """A name without what tools do to its capitals and spaces."""
    return " ".join(re.split(r"[\s_-]+", _CAMEL.sub(" ", name))).casefold().strip()


def _spellings(name: str) -> Iterator[str]:
    """
    >>> list(_spellings("County_Town")), list(_spellings("CountyTown"))
    (['county town', 'county-town'], ['county town', 'county-town'])
    """
    words = folded(name)
    yield words
    yield words.replace(" ", "-")
