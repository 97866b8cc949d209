"""The interactive page: one HTML file that shows the concepts and, behind each line, the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.labels import Texts, labels
from kg.matrix import matrix
from kg.model import Document
from kg.render.cells import read_matrix
from kg.render.evidence import Drawn, Record, Terms, read_evidence
from kg.render.inferred import read_inferred
from kg.render.lanes import read_lanes
from kg.render.model import read_graph
from kg.render.notes import read_notes
from kg.render.page import page_html
from kg.render.plain import plain_tables
from kg.render.tables import pack

if TYPE_CHECKING:
    import networkx

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
    "led",
    "cells",
)

Tables: TypeAlias = Callable[[Drawn, Sequence[Record]], dict[str, Any]]
"""What a page draws, and its relations → tables of the page by name."""


def render(  # noqa: PLR0913 - all that a page is made of
    store: ox.Store,
    documents: Sequence[Document],
    *,
    network: networkx.MultiDiGraph[str],
    title: str,
    base: str,
    languages: Sequence[str],
    positions: Mapping[str, tuple[int, int]],
    build_id: str,
    sparql: str = "",
    titles: Mapping[str, str] | None = None,
) -> str:
    """The page of a dataset as HTML, the same to the byte for the same input.

    `documents` give the texts that quotes are cut from, matched to the dataset by key; `network` is
    the dataset's concept network; `positions` maps the IRI of every concept to its place on the map
    (kg.render.layout); `titles` is the title by language, where there are several; `sparql` is
    the file of the SPARQL page, "" where there is none.
    """
    drawn = _drawn(network, labels(store, languages), languages)
    data = {
        "title": title,
        "titles": [(titles or {}).get(tag, "") for tag in languages],
        "build": build_id,
        "base": base,
        "languages": list(languages),
        "words": _words(documents),
        "sparql": sparql,
        **read_graph(network, positions, drawn),
        **read_evidence(store, documents, drawn),
    }
    data |= read_lanes(store, drawn, data["edges"], data["relations"])
    data |= read_matrix(matrix(store, base=base, languages=languages), drawn)
    inferred, data["following"] = read_inferred(store, drawn, data["relations"], base)
    data["edges"] += inferred
    data |= read_notes(store, drawn, data["relations"], base)
    return _page(data, drawn)


def render_network(
    network: networkx.MultiDiGraph[str],
    known: Mapping[str, Texts],
    tables: Tables,
    *,
    title: str,
    languages: Sequence[str],
    positions: Mapping[str, tuple[int, int]],
) -> str:
    """The page of a network that no texts stand behind.

    `known` are the labels of whatever the page names; `tables` gives what is said of the concepts
    and relations, and may replace any other table.
    """
    drawn = _drawn(network, known, languages)
    data = {
        "title": title,
        "titles": [],
        **{"build": "", "base": "", "sparql": "", "following": 0},
        "languages": list(languages),
        **read_graph(network, positions, drawn),
        **{name: [] for name in ("documents", "passages", "mentions", "sayings")},
        **{"lanes": {}, "standing": [], "led": [], "matrix": {}, "cells": []},
    }
    return _page(data | tables(drawn, data["relations"]), drawn)


def _words(documents: Sequence[Document]) -> list[str]:
    """Wordings that come before the usual ones; without a digest, a text is made of its quotes."""
    return [] if all(document.sha256 for document in documents) else ["quotes"]


def _drawn(
    network: networkx.MultiDiGraph[str], known: Mapping[str, Texts], languages: Sequence[str]
) -> Drawn:
    return Drawn(
        concepts={iri: number for number, iri in enumerate(network)},
        edges={claim: number for number, (*_, claim) in enumerate(network.edges(keys=True))},
        terms=Terms(known, languages),
    )


def _page(data: Mapping[str, Any], drawn: Drawn) -> str:
    whole = {**data, "terms": drawn.terms.records()}
    packed = whole | {name: pack(whole[name]) for name in PACKED}
    return page_html(packed, plain_tables(whole))
