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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.writers.dataset import Dataset
from kg.writers.tokens import TYPE, Literal, Names, Pairs, by_predicate, literal, subjects

Json: TypeAlias = "str | list[Json] | dict[str, Json]"
PLAIN = "text"
"""The type of a literal without a datatype; one with a language is never of the type of another."""


@dataclass(frozen=True, slots=True)
class Context:
    """How IRIs are shortened, and the type of all values of a property, where there is one."""

    names: Names
    types: dict[str, str]

    def iri(self, token: str) -> str:
        return self.names[token].removeprefix("<").removesuffix(">")

    def as_json(self, prefixes: dict[str, str]) -> Json:
        coerced: dict[str, Json] = {
            self.iri(predicate): {"@type": self.iri(kind)}
            for predicate, kind in sorted(self.types.items())
        }
        used: dict[str, Json] = {name: prefixes[name] for name in sorted(self.names.used)}
        return used | coerced


def jsonld(dataset: Dataset) -> bytes:
    """The dataset, graph by graph."""
    context = Context(Names(_prefixes(dataset)), _types(dataset.union))
    graphs = ",\n".join(_graph(name, lines, context) for name, lines in dataset.graphs.items())
    head = json.dumps(context.as_json(dataset.prefixes), ensure_ascii=False, indent=1)
    return f'{{"@context": {head},\n"@graph": [\n{graphs}\n]}}\n'.encode()


def _prefixes(dataset: Dataset) -> dict[str, str]:
    """None that is the scheme of an IRI too: `doi:10.1/x` would mean something else then."""
    tokens = {token for line in dataset.union for token in line.split(" ", 2)}
    tokens |= {f"<{name}" for name in dataset.graphs}
    schemes = {token[1:].partition(":")[0] for token in tokens if token.startswith("<")}
    return {name: ns for name, ns in dataset.prefixes.items() if name not in schemes}


def _types(lines: Iterable[str]) -> dict[str, str]:
    """Predicate → the one type of its values, "@id" for IRIs; none for text and for mixtures."""
    found: dict[str, set[str]] = {}
    for line in lines:
        _, predicate, token = line.split(" ", 2)
        found.setdefault(predicate, set()).add(_type(token))
    single = {predicate: kinds.pop() for predicate, kinds in found.items() if len(kinds) == 1}
    return {pred: kind for pred, kind in single.items() if kind != PLAIN and pred != TYPE}


def _type(token: str) -> str:
    if not token.startswith('"'):
        return "@id"
    return token.rpartition("^^")[2] if token.endswith(">") else PLAIN


def _graph(name: str, lines: Iterable[str], context: Context) -> str:
    nodes = ",\n".join(_nodes(lines, context))
    if not name:
        return nodes
    head = json.dumps(context.iri(f"<{name}>"), ensure_ascii=False)
    return f'{{"@id": {head}, "@graph": [\n{nodes}\n]}}'


def _nodes(lines: Iterable[str], context: Context) -> Iterator[str]:
    for subject, pairs in subjects(lines):
        node: dict[str, Json] = {"@id": context.iri(subject)}
        yield json.dumps(node | _properties(pairs, context), ensure_ascii=False)


def _properties(pairs: Pairs, context: Context) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for predicate, objects in by_predicate(pairs).items():
        coerced = predicate == TYPE or predicate in context.types
        values = [_value(token, context, coerced=coerced) for token in objects]
        key = "@type" if predicate == TYPE else context.iri(predicate)
        found[key] = values[0] if len(values) == 1 else values
    return found


def _value(token: str, context: Context, *, coerced: bool) -> Json:
    if token.startswith('"'):
        return _text(literal(token), context, coerced=coerced)
    return context.iri(token) if coerced else {"@id": context.iri(token)}


def _text(value: Literal, context: Context, *, coerced: bool) -> Json:
    if value.tag:
        return {"@value": value.text, "@language": value.tag}
    if coerced or not value.datatype:
        return value.text
    return {"@value": value.text, "@type": context.iri(f"<{value.datatype}>")}
