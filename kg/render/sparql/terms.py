"""What a query may name and an answer may hold: terms with their labels in all languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.namespaces import SKOS
from kg.render.evidence import Terms
from kg.render.tables import Record
from kg.rows import pairs, rows
from kg.writers.dataset import Dataset


def read_terms(dataset: Dataset) -> list[Record]:
    """By IRI: labels in the order of the languages, its kind, other names where it has some."""
    terms = Terms(dataset.labels, dataset.languages)
    kinds, titles = _kinds(dataset), pairs(dataset.store, "names")
    others = _other_names(dataset)
    return [
        {
            "iri": iri,
            "labels": [titles[iri]] if iri in titles else terms.labels(iri),
            "kind": kinds.get(iri),
            "others": others.get(iri),
        }
        for iri in sorted({*terms.known, *kinds, *titles})
    ]


def _kinds(dataset: Dataset) -> Mapping[str, str]:
    """What kind of term each is; what the graph page draws is a concept or a relation."""
    store = dataset.store
    found = pairs(store, "page-terms")
    found |= {relation: "relation" for relation, _ in rows(store, "relations")}
    return found | {row[0]: "concept" for row in rows(store, "concepts", base=dataset.base)}


def _other_names(dataset: Dataset) -> Mapping[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for thing, note, value, _ in rows(dataset.store, "page-notes"):
        if note == SKOS.altLabel:
            found[thing].add(value)
    return {thing: sorted(names) for thing, names in found.items()}
