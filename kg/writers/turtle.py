"""Turtle and TriG: prefixes, then a paragraph for each subject, its classes first.

    c:sea a skos:Concept ;
        skos:prefLabel "mar"@pt , "sea"@en .

https://www.w3.org/TR/turtle/, https://www.w3.org/TR/trig/. Turtle is the union of all graphs.
Written here because Oxigraph escapes local names in ways that rdflib cannot read (`p\\%20q`), folds
language tags to lower case and declares prefixes that are not used, in no order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.writers.dataset import Dataset
from kg.writers.tokens import TYPE, Names, Subjects, Terms


def turtle(dataset: Dataset) -> bytes:
    """The triples of all graphs."""
    body = "\n".join(_paragraphs(dataset.all_subjects, dataset.terms))
    return (_header(dataset, dataset.terms.used) + body).encode()


def trig(dataset: Dataset) -> bytes:
    """Each graph in its braces."""
    graphs = Names(dataset.prefixes)
    body = "\n".join(
        _graph(graphs[f"<{name}>"] if name else "", found, dataset.terms)
        for name, found in dataset.subjects.items()
    )
    return (_header(dataset, dataset.terms.used | graphs.used) + body).encode()


def _header(dataset: Dataset, used: Collection[str]) -> str:
    lines = (
        f"@prefix {name}: <{namespace}> .\n"
        for name, namespace in dataset.prefixes.items()
        if name in used
    )
    return "".join(lines) + "\n"


def _graph(name: str, subjects: Subjects, terms: Terms) -> str:
    if not name:
        return "\n".join(_paragraphs(subjects, terms))
    return f"{name} {{\n" + "\n".join(_paragraphs(subjects, terms, "    ")) + "}\n"


def _paragraphs(subjects: Subjects, terms: Terms, indent: str = "") -> Iterator[str]:
    for subject, properties in subjects.items():
        lines = [
            f"{'a' if predicate == TYPE else terms[predicate]} "
            + (terms[objects[0]] if len(objects) == 1 else " , ".join([terms[o] for o in objects]))
            for predicate, objects in properties.items()
        ]
        yield f"{indent}{terms[subject]} " + f" ;\n{indent}    ".join(lines) + " .\n"
