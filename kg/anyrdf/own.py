"""Our own graph, read back from an export: its concepts, and the quotes that it holds.

No export holds the texts themselves. Quotes are put back in their place from the selectors of the
passages, each with the few words before and after it that its selector has.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

import pyoxigraph as ox

from kg.anchoring import joined
from kg.filling.derived import replace_graph, stated
from kg.identifiers import Graphs
from kg.model import Document
from kg.rows import rows, solutions
from kg.terms import value
from kg.writers.evidence import sources

FURTHEST = 50_000_000
"""Characters into a text at which a quote may stand."""


def own_dataset(store: ox.Store) -> tuple[str, str] | None:
    """Base and title of a graph that is one of ours, else None."""
    for dataset, title in rows(store, "file-dataset"):
        return dataset.removesuffix("data/dataset"), title
    return None


def make_whole(store: ox.Store, base: str) -> bool:
    """The graphs as a build makes them, where the format has put them all into one; else False.

    What follows from what is said then counts as said by the ontology: nothing tells them apart.
    """
    _remove_bad_numbers(store)
    graphs = Graphs(base)
    if store.contains_named_graph(ox.NamedNode(graphs.ontology)):
        return False
    everything = {quad.triple for quad in store}
    store.clear()
    replace_graph(store, graphs.ontology, everything)
    edges = stated(store, graphs.ontology)
    said = {triple for triple in everything if tuple(map(value, triple)) in edges}
    replace_graph(store, graphs.ontology, everything - said)
    replace_graph(store, graphs.direct, said)
    return True


def _remove_bad_numbers(store: ox.Store) -> None:
    """In a file that somebody has changed by hand."""
    for thing, property_, number in list(solutions(store, "file-bad-numbers")):
        for quad in list(store.quads_for_pattern(thing, property_, number)):
            store.remove(quad)


def documents_of(store: ox.Store) -> list[Document]:
    """The documents, each with as much of its text as its quotes hold."""
    pieces: dict[str, dict[int, str]] = defaultdict(dict)
    for key, start, words, before, after in rows(store, "file-quotes"):
        text = before + words + after
        begin = int(start) - len(before)
        if 0 <= begin <= FURTHEST - len(text):
            pieces[key][begin] = max(text, pieces[key].get(begin, ""), key=len)
    found = []
    for source in sources(store):
        text, body = _joined(pieces[source.key])
        found.append(Document(text=text, sha256="", body=body, **asdict(source)))
    return found


def _joined(pieces: dict[int, str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One text with the pieces in their places, and the stretches that are known.

    >>> _joined({2: "cde", 4: "efg", 9: "x"})
    ('  cdefg  x', ((2, 7), (9, 10)))
    """
    text = ""
    for start, piece in sorted(pieces.items()):
        text = text.ljust(start)
        text += piece[len(text) - start :]
    return text, tuple(joined((start, start + len(piece)) for start, piece in pieces.items()))
