"""Turtle and TriG: prefixes, then a paragraph for each subject, its classes first.

    c:sea a skos:Concept ;
        skos:prefLabel "mar"@pt , "sea"@en .

https://www.w3.org/TR/turtle/, https://www.w3.org/TR/trig/. Turtle is the union of all graphs.
Oxigraph writes them too, with all prefixes that it is given and in the order of its store;
`paragraphs` puts that in order.
"""

from __future__ import annotations

from kg.writers.dataset import Dataset
from kg.writers.paragraphs import uses, written
from kg.writers.tokens import Names


def turtle(dataset: Dataset) -> bytes:
    """The triples of all graphs."""
    return _with_prefixes(dataset, written(dataset.paragraphs.union(dataset.said.values())))


def trig(dataset: Dataset) -> bytes:
    """Each graph in its braces."""
    return _with_prefixes(dataset, b"\n".join(_graph(dataset, name) for name in dataset.said))


def _graph(dataset: Dataset, name: str) -> bytes:
    body = written(dataset.said[name])
    if not name:
        return body
    indented = b"    " + body.replace(b"\n", b"\n    ").replace(b"\n    \n", b"\n\n")
    return Names(dataset.prefixes)[f"<{name}>"].encode() + b" {\n" + indented[:-4] + b"}\n"


def _with_prefixes(dataset: Dataset, body: bytes) -> bytes:
    """Those that the body uses."""
    lines = (
        f"@prefix {name}: <{namespace}> .\n".encode()
        for name, namespace in dataset.prefixes.items()
        if uses(body, name)
    )
    return b"".join((*lines, b"\n", body))
