"""What the ontology says of concepts and relations beside their labels, for the panel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg.namespaces import PKG, RDFS, SKOS
from kg.ontology import local_name
from kg.render.evidence import Drawn, Record
from kg.render.inferred import read_axioms
from kg.rows import pairs, rows

Row = tuple[str, ...]
Texts = list[list[str]]
"""Pairs of language tag and text, in the order of the project's languages."""


def read_notes(
    store: ox.Store, drawn: Drawn, relations: Sequence[Record], base: str
) -> dict[str, list[Record]]:
    """The tables `about` (one record for each concept) and `relations` (with their comments)."""
    notes = list(rows(store, "page-notes"))
    texts = _texts(notes, drawn.terms.languages)
    confused = _confusions(notes, drawn)
    return {
        "about": [
            {
                "iri": None if iri == f"{base}concept/{local_name(iri)}" else iri,
                "definitions": texts.get((iri, SKOS.definition)),
                "alternatives": texts.get((iri, SKOS.altLabel)),
                "scopes": texts.get((iri, SKOS.scopeNote)),
                "confusions": confused.get(iri),
            }
            for iri in drawn.concepts
        ],
        "relations": _relations(store, drawn, relations, texts),
    }


def _texts(notes: Iterable[Row], languages: Sequence[str]) -> Mapping[tuple[str, str], Texts]:
    """(thing, kind of note) → its texts. Oxigraph folds language tags to lower case."""
    tags = {tag.lower(): tag for tag in languages}
    order = {tag: number for number, tag in enumerate(languages)}
    found: dict[tuple[str, str], Texts] = defaultdict(list)
    for thing, note, text, tag in notes:
        found[thing, note].append([tags.get(tag, tag), text])
    for tagged in found.values():
        tagged.sort(key=lambda pair: (order.get(pair[0], len(order)), pair))
    return found


def _confusions(notes: Iterable[Row], drawn: Drawn) -> dict[str, list[int]]:
    """Said in one direction, meant in both."""
    found: dict[str, set[int]] = defaultdict(set)
    for thing, note, other, _ in notes:
        if note == PKG.notToBeConfusedWith and {thing, other} <= drawn.concepts.keys():
            found[thing].add(drawn.concepts[other])
            found[other].add(drawn.concepts[thing])
    return {iri: sorted(others) for iri, others in found.items()}


def _relations(
    store: ox.Store,
    drawn: Drawn,
    relations: Sequence[Record],
    texts: Mapping[tuple[str, str], Texts],
) -> list[Record]:
    inverses = pairs(store, "page-inverses")
    axioms = read_axioms(store, {record["iri"]: number for number, record in enumerate(relations)})
    return [
        {
            "term": record["term"],
            "inverse": drawn.terms.number(inverses[record["iri"]])
            if record["iri"] in inverses
            else None,
            "definitions": texts.get((record["iri"], SKOS.definition))
            or texts.get((record["iri"], RDFS.comment)),
            **axioms.get(number, {}),
        }
        for number, record in enumerate(relations)
    ]
