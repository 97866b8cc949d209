"""The interactive page: one HTML file that shows the concepts and, behind each line, the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg.labels import labels
from kg.matrix import matrix
from kg.model import Document
from kg.network import concept_network
from kg.render.cells import read_matrix
from kg.render.evidence import Drawn, Terms, read_evidence
from kg.render.inferred import read_inferred
from kg.render.lanes import read_lanes
from kg.render.model import read_graph
from kg.render.notes import read_notes
from kg.render.page import page_html
from kg.render.tables import pack

PACKED = (
    "nodes",
    "edges",
    "about",
    "relations",
    "passages",
    "mentions",
    "sayings",
    "terms",
    "standing",
    "cells",
)


def render(
    store: ox.Store,
    documents: Sequence[Document],
    *,
    title: str,
    base: str,
    languages: Sequence[str],
    positions: Mapping[str, tuple[int, int]],
    build_id: str,
) -> str:
    """The page of a dataset as HTML, the same to the byte for the same input.

    `documents` give the texts that quotes are cut from, matched to the dataset by key; `positions`
    maps the IRI of every concept to its place on the map (kg.render.layout).
    """
    network = concept_network(store, base=base, languages=languages)
    drawn = Drawn(
        concepts={iri: number for number, iri in enumerate(network)},
        edges={claim: number for number, (*_, claim) in enumerate(network.edges(keys=True))},
        terms=Terms(labels(store, languages), languages),
    )
    data = {
        "title": title,
        "build": build_id,
        "base": base,
        "languages": list(languages),
        **read_graph(network, positions, drawn),
        **read_evidence(store, documents, drawn),
    }
    data |= read_lanes(store, drawn, data["edges"], data["relations"])
    data |= read_matrix(matrix(store, base=base, languages=languages), drawn)
    inferred, data["following"] = read_inferred(store, drawn, data["relations"], base)
    data["edges"] += inferred
    data |= read_notes(store, drawn, data["relations"], base)
    data["terms"] = drawn.terms.records()
    return page_html(data | {name: pack(data[name]) for name in PACKED})
