"""Turtle and TriG: prefixes, then a paragraph for each subject, its classes first.

    c:sea a skos:Concept ;
        skos:prefLabel "mar"@pt , "sea"@en .

https://www.w3.org/TR/turtle/, https://www.w3.org/TR/trig/. Turtle is the union of all graphs.
Written here because Oxigraph escapes local names in ways that rdflib cannot read (`p\\%20q`), folds
language tags to lower case and declares prefixes that are not used, in no order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg.writers.dataset import Dataset
from kg.writers.tokens import TYPE, Names, Terms, by_subject


def turtle(dataset: Dataset) -> bytes:
    """The triples of all graphs."""
    body = "\n".join(_paragraphs(dataset.union, dataset.terms))
    return (_header(dataset, dataset.terms.used) + body).encode()


def trig(dataset: Dataset) -> bytes:
    """Each graph in its braces."""
    graphs = Names(dataset.prefixes)
    body = "\n".join(
        _graph(graphs[f"<{name}>"] if name else "", lines, dataset.terms)
        for name, lines in dataset.graphs.items()
    )
    return (_header(dataset, dataset.terms.used | graphs.used) + body).encode()


def _header(dataset: Dataset, used: Collection[str]) -> str:
    lines = (
        f"@prefix {name}: <{namespace}> .\n"
        for name, namespace in dataset.prefixes.items()
        if name in used
    )
    return "".join(lines) + "\n"


def _graph(name: str, lines: Iterable[bytes], terms: Terms) -> str:
    if not name:
        return "\n".join(_paragraphs(lines, terms))
    return f"{name} {{\n" + "\n".join(_paragraphs(lines, terms, "    ")) + "}\n"


def _paragraphs(lines: Iterable[bytes], terms: Terms, indent: str = "") -> Iterator[str]:
    """One for each subject; the lines are sorted, so a predicate's objects follow each other."""
    break_ = f" ;\n{indent}    "
    for subject, triples in by_subject(lines):
        classes: list[str] = []
        others: list[str] = []
        before = ""
        for _, predicate, token in triples:
            if predicate == before:
                others += (" , ", terms[token])
            elif predicate == TYPE:
                classes.append(terms[token])
            else:
                others += (break_, terms[predicate], " ", terms[token])
                before = predicate
        said = ("a ", " , ".join(classes), *others) if classes else others[1:]
        yield "".join((indent, terms[subject], " ", *said, " .\n"))
