"""What the entries of a codebook draw on: texts, links and names, read once from the dataset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from kg.identifiers import Graphs
from kg.labels import label, labels
from kg.namespaces import SKOS
from kg.network import concept_classes
from kg.rows import pairs, rows
from kg.writers.codebook.book import Link, Texts
from kg.writers.codebook.outline import anchors, natural
from kg.writers.dataset import Dataset


class Source:
    """A dataset, as a codebook asks it."""

    def __init__(self, dataset: Dataset) -> None:
        self.store, self.languages = dataset.store, tuple(dataset.languages)
        self._base = dataset.base
        self._labels = labels(self.store, self.languages)

    def name(self, iri: str) -> str:
        """In the first language that has one; "" for nothing."""
        return label(iri, self._labels, self.languages) if iri else ""

    def texts(self, iri: str, *kinds: str) -> Texts:
        """Those of the first kind that has any."""
        return next((self._texts[iri, kind] for kind in kinds if (iri, kind) in self._texts), ())

    def notation(self, iri: str) -> str:
        return ", ".join(text for _, text in self.texts(iri, SKOS.notation))

    def linked(self, iri: str, kind: str) -> AbstractSet[str]:
        """What a link of that kind leads to, itself left out."""
        return self._links.get((iri, kind), set()) - {iri}

    def in_order(self, iris: Iterable[str]) -> list[str]:
        """By notation, those without one last; then by label."""

        def key(iri: str) -> tuple[object, ...]:
            notation = self.notation(iri)
            return not notation, natural(notation), natural(self.name(iri)), iri

        return sorted(iris, key=key)

    def links(self, iris: Iterable[str]) -> tuple[Link, ...]:
        """Concepts and groups by name, with an anchor where this codebook has them."""
        known = self._targets
        return tuple(Link(self.name(iri), known.get(iri, "")) for iri in self.in_order(iris))

    @cached_property
    def groups(self) -> Mapping[str, list[str]]:
        """Class, or scheme of those without class, or "" → its concepts."""
        found: dict[str, list[str]] = defaultdict(list)
        for concept, cls in concept_classes(self.store, Graphs(self._base)).items():
            found[cls or min(self.linked(concept, SKOS.inScheme), default="")].append(concept)
        return found

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Concept → the name of its entry."""
        return anchors("c", sorted(iri for group in self.groups.values() for iri in group))

    @cached_property
    def group_anchors(self) -> dict[str, str]:
        return anchors("g", sorted(self.groups))

    @cached_property
    def _targets(self) -> dict[str, str]:
        return self.group_anchors | self.anchors

    @cached_property
    def broader(self) -> dict[str, set[str]]:
        return {iri: others for (iri, kind), others in self._links.items() if kind == SKOS.broader}

    @cached_property
    def narrower(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for iri, others in self.broader.items():
            for other in others - {iri}:
                found[other].add(iri)
        return found

    @cached_property
    def background(self) -> set[str]:
        return {iri for (iri,) in rows(self.store, "background-concepts")}

    @cached_property
    def documents(self) -> dict[str, str]:
        """Document → what it is called, of those with passages."""
        names = pairs(self.store, "names")
        return {row[1]: names.get(row[1], "") for row in rows(self.store, "quotes")}

    @cached_property
    def _links(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for origin, kind, target in rows(self.store, "codebook-links"):
            found[origin, kind].add(target)
        return found

    @cached_property
    def _texts(self) -> dict[tuple[str, str], Texts]:
        """(thing, kind of text) → its texts. Oxigraph folds language tags to lower case."""
        tags = {tag.lower(): tag for tag in self.languages}
        order = {tag: number for number, tag in enumerate(self.languages)}
        found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for thing, kind, text, tag in rows(self.store, "codebook-texts"):
            found[thing, kind].add((tags.get(tag, tag), text))
        return {
            key: tuple(sorted(texts, key=lambda text: (order.get(text[0], len(order)), text)))
            for key, texts in found.items()
        }
