"""Turtle and TriG: prefixes, then a paragraph for each subject, its classes first.

    c:sea a skos:Concept ;
        skos:prefLabel "mar"@pt , "sea"@en .

https://www.w3.org/TR/turtle/, https://www.w3.org/TR/trig/. Turtle is the union of all graphs.
Written here because Oxigraph escapes local names in ways that rdflib cannot read (`p\\%20q`), folds
language tags to lower case and declares prefixes that are not used, in no order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.writers.dataset import Dataset
from kg.writers.tokens import SHORTHAND, TYPE, Names


def turtle(dataset: Dataset) -> bytes:
    """The triples of all graphs."""
    names = Names(dataset.prefixes)
    body = "\n".join(_paragraphs(dataset.union, names, ""))
    return (_header(dataset, names) + body).encode()


def trig(dataset: Dataset) -> bytes:
    """Each graph in its braces."""
    names = Names(dataset.prefixes)
    body = "\n".join(_graph(name, lines, names) for name, lines in dataset.graphs.items())
    return (_header(dataset, names) + body).encode()


def _header(dataset: Dataset, names: Names) -> str:
    lines = (
        f"@prefix {name}: <{namespace}> .\n"
        for name, namespace in dataset.prefixes.items()
        if name in names.used
    )
    return "".join(lines) + "\n"


def _graph(name: str, lines: Iterable[str], names: Names) -> str:
    if not name:
        return "\n".join(_paragraphs(lines, names, ""))
    return f"{names[f'<{name}>']} {{\n" + "\n".join(_paragraphs(lines, names, "    ")) + "}\n"


def _paragraphs(lines: Iterable[str], names: Names, indent: str) -> Iterator[str]:
    """One loop for all: this is where the time of an export goes."""
    subject = predicate = ""
    classes: list[str] = []
    properties: list[str] = []
    for line in lines:
        first, second, token = line.split(" ", 2)
        if first != subject:
            if subject:
                yield _paragraph(names[subject], classes, properties, indent)
            subject, predicate, classes, properties = first, "", [], []
        value = names[token] if token[0] == "<" else _other(token, names)
        if second == TYPE:
            classes.append(value)
        elif second == predicate:
            properties[-1] += f" , {value}"
        else:
            properties.append(f"{names[second]} {value}")
            predicate = second
    if subject:
        yield _paragraph(names[subject], classes, properties, indent)


def _paragraph(name: str, classes: list[str], properties: list[str], indent: str) -> str:
    if classes:
        properties = [f"a {' , '.join(classes)}", *properties]
    return f"{indent}{name} " + f" ;\n{indent}    ".join(properties) + " .\n"


def _other(token: str, names: Names) -> str:
    """A literal; numbers and truth values plain, where that keeps their form. Or a blank node."""
    if not token.endswith(">"):
        return token
    text, _, datatype = token.rpartition("^^")
    shorthand = SHORTHAND.get(datatype)
    if shorthand and shorthand.fullmatch(text, 1, len(text) - 1):
        return text[1:-1]
    return f"{text}^^{names[datatype]}"
