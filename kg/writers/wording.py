"""How things are called in a table: a column for each language of the project."""

from __future__ import annotations

from collections.abc import Sequence

from kg.labels import label
from kg.writers.dataset import Dataset


class Wording:
    """The labels of a dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self.languages = dataset.languages
        self.labels = dataset.labels

    def header(self, name: str) -> list[str]:
        """`label_en`, `label_pt-BR`."""
        return [f"{name}_{tag}" for tag in self.languages]

    def cells(self, iri: str) -> list[str]:
        """In each language; "" where there is no label."""
        return [self.labels.get(iri, {}).get(tag, "") for tag in self.languages]

    def name(self, iri: str) -> str:
        """In the first language that has one; "" for nothing."""
        return label(iri, self.labels, self.languages) if iri else ""

    def triple_header(self) -> list[str]:
        return [
            column
            for name in ("subject", "relation", "object")
            for column in (name, *self.header(name))
        ]

    def triple(self, iris: Sequence[str]) -> list[str]:
        return [cell for iri in iris for cell in (iri, *self.cells(iri))]
