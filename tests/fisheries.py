"""The dataset about fisheries of `tests/writers/graph.trig`, and what its names stand for."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.writers.dataset import Dataset

BASE = "https://fisheries.example/kg/"
LANGUAGES = ("en", "pt-BR")
CONCEPT, DATA, TERM = f"{BASE}concept/", f"{BASE}data/", f"{BASE}terms#"
FILE = Path(__file__).parent / "writers" / "graph.trig"


def fisheries(more: str = "") -> ox.Store:
    """The dataset in memory; `more` is Turtle, without prefixes, that goes into its ontology."""
    text = FILE.read_text("utf-8")
    prefixes = text[: text.index("g:ontology")]
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TRIG)
    graph = ox.NamedNode(f"{BASE}graph/ontology")
    store.load((prefixes + more).encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


def dataset(store: ox.Store | None = None) -> Dataset:
    return Dataset(fisheries() if store is None else store, BASE, LANGUAGES)


def name(iri: str) -> str:
    """The last part of an IRI, "" for none."""
    return iri.replace("#", "/").rpartition("/")[2]
