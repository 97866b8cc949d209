"""N-Triples and N-Quads: a line for each triple, sorted.

    <https://example.org/concept/sea> <http://www.w3.org/2004/02/skos/core#prefLabel> "sea"@en .

https://www.w3.org/TR/n-triples/, https://www.w3.org/TR/n-quads/. N-Triples is the union of all
graphs.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.writers.dataset import END, Dataset


def ntriples(dataset: Dataset) -> bytes:
    """The triples of all graphs."""
    return _ended(dataset.union, END)


def nquads(dataset: Dataset) -> bytes:
    """Each triple with its graph; sorted by graph first."""
    return b"".join(
        _ended(lines, f" <{graph}>".encode() + END if graph else END)
        for graph, lines in dataset.graphs.items()
    )


def _ended(lines: Iterable[bytes], end: bytes) -> bytes:
    return end.join((*lines, b""))
