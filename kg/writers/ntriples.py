"""N-Triples and N-Quads: a line for each triple, sorted.

    <https://example.org/concept/sea> <http://www.w3.org/2004/02/skos/core#prefLabel> "sea"@en .

https://www.w3.org/TR/n-triples/, https://www.w3.org/TR/n-quads/. N-Triples is the union of all
graphs.
"""

from __future__ import annotations

from kg.writers.dataset import Dataset


def ntriples(dataset: Dataset) -> bytes:
    """The triples of all graphs."""
    return "".join(f"{line} .\n" for line in dataset.union).encode()


def nquads(dataset: Dataset) -> bytes:
    """Each triple with its graph; sorted by graph first."""
    parts = []
    for graph, lines in dataset.graphs.items():
        end = f" <{graph}> .\n" if graph else " .\n"
        parts += [f"{line}{end}" for line in lines]
    return "".join(parts).encode()
