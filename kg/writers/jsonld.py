"""JSON-LD 1.1: a context, then graph by graph a line for each subject.

    {"@context": {"c": "https://example.org/concept/", …, "skos:inScheme": {"@type": "@id"}},
    "@graph": [
    {"@id": "g:ontology", "@graph": [
    {"@id": "c:sea", "@type": "skos:Concept", "skos:inScheme": "c:waters"}]}]}

https://www.w3.org/TR/json-ld11/. The context stands in the file: no reader has to fetch one. It
says once for each property whose values are all of one type what that type is. Written here because
Oxigraph writes neither a context nor lines.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from kg.writers.dataset import Dataset
from kg.writers.tokens import TYPE, Literal, Names, Subjects, literal

Json: TypeAlias = "str | list[Json] | dict[str, Json]"
PLAIN = "text"
"""The type of a literal without a datatype; one with a language is never of the type of another."""
_spelt = json.JSONEncoder(ensure_ascii=False).encode


def jsonld(dataset: Dataset) -> bytes:
    """The dataset, graph by graph."""
    values = _values(dataset.subjects.values())
    context = Context(Names(_prefixes(dataset, values)), values)
    graphs = ",\n".join(_graph(name, found, context) for name, found in dataset.subjects.items())
    head = json.dumps(context.as_json(dataset.prefixes), ensure_ascii=False, indent=1)
    return f'{{"@context": {head},\n"@graph": [\n{graphs}\n]}}\n'.encode()


class Context:
    """How IRIs are shortened, and the type of all values of a property, where there is one."""

    def __init__(self, names: Names, values: Mapping[str, Iterable[str]]) -> None:
        self.names = names
        self.types = _types(values)
        self.typed = _Typed(names)
        """Values of a property whose type is known, and the names of subjects."""
        untyped = _Untyped(names)
        self.properties = {
            predicate: (self.typed[predicate], self.typed if predicate in self.types else untyped)
            for predicate in values
        }
        """Predicate → its name and how its values are written."""
        if not any(token.startswith('"') for token in values.get(TYPE, ())):
            # `@type` takes IRIs alone; a literal there needs the property by its name.
            self.properties[TYPE] = '"@type"', self.typed

    def as_json(self, prefixes: dict[str, str]) -> Json:
        coerced: dict[str, Json] = {
            _iri(predicate, self.names): {"@type": _iri(kind, self.names)}
            for predicate, kind in sorted(self.types.items())
        }
        used: dict[str, Json] = {name: prefixes[name] for name in sorted(self.names.used)}
        return used | coerced


class _Typed(dict[str, str]):
    """N-Triples token → the JSON of its value alone."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, token: str) -> str:
        self[token] = spelt = _spelt(self._value(token))
        return spelt

    def _value(self, token: str) -> Json:
        return literal(token).text if token.startswith('"') else _iri(token, self.names)


class _Untyped(_Typed):
    """N-Triples token → its JSON with language or type."""

    def _value(self, token: str) -> Json:
        if not token.startswith('"'):
            return {"@id": _iri(token, self.names)}
        return self._text(literal(token))

    def _text(self, value: Literal) -> Json:
        if value.tag:
            return {"@value": value.text, "@language": value.tag}
        if not value.datatype:
            return value.text
        return {"@value": value.text, "@type": _iri(f"<{value.datatype}>", self.names)}


def _iri(token: str, names: Names) -> str:
    return names[token].removeprefix("<").removesuffix(">")


def _values(graphs: Iterable[Subjects]) -> dict[str, set[str]]:
    """The values of each property."""
    found: dict[str, set[str]] = defaultdict(set)
    for properties in chain.from_iterable(subjects.values() for subjects in graphs):
        for predicate, objects in properties.items():
            found[predicate].update(objects)
    return found


def _prefixes(dataset: Dataset, values: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """None that is the scheme of an IRI too: `doi:10.1/x` would mean something else then."""
    graphs = {f"<{name}" for name in dataset.graphs}
    tokens = graphs.union(*dataset.subjects.values(), values, *values.values())
    schemes = {token[1:].partition(":")[0] for token in tokens if token.startswith("<")}
    return {name: ns for name, ns in dataset.prefixes.items() if name not in schemes}


def _types(values: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Predicate → the one type of its values, "@id" for IRIs; none for text and for mixtures."""
    kinds = {predicate: set(map(_type, tokens)) for predicate, tokens in values.items()}
    single = {predicate: found.pop() for predicate, found in kinds.items() if len(found) == 1}
    return {pred: kind for pred, kind in single.items() if kind != PLAIN and pred != TYPE}


def _type(token: str) -> str:
    if not token.startswith('"'):
        return "@id"
    return token.rpartition("^^")[2] if token.endswith(">") else PLAIN


def _graph(name: str, subjects: Subjects, context: Context) -> str:
    nodes = ",\n".join(_nodes(subjects, context))
    if not name:
        return nodes
    return f'{{"@id": {context.typed[f"<{name}>"]}, "@graph": [\n{nodes}\n]}}'


def _nodes(subjects: Subjects, context: Context) -> Iterator[str]:
    for subject, properties in subjects.items():
        fields = [f'"@id": {context.typed[subject]}']
        for predicate, objects in properties.items():
            name, values = context.properties[predicate]
            if len(objects) == 1:
                fields.append(f"{name}: {values[objects[0]]}")
            else:
                fields.append(f"{name}: [{', '.join([values[token] for token in objects])}]")
        yield f"{{{', '.join(fields)}}}"
