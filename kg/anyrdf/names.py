"""What everything on a page is called, and in which languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.anyrdf.facts import Facts, is_blank
from kg.anyrdf.picture import Picture
from kg.anyrdf.texts import Said, in_languages, labels_of, languages_of, readable, said_of
from kg.anyrdf.vocabularies import ELSEWHERE, UNTYPED, vocabularies
from kg.labels import Texts

NAMELESS = "…"


@dataclass(frozen=True)
class Names:
    """`said` is what the file says of each thing and relation that is drawn, `known` the labels of
    these, their classes, and whatever the panel names."""

    said: Mapping[str, Said]
    known: Mapping[str, Texts]
    languages: Sequence[str]


def names_of(facts: Facts, picture: Picture, groups: Mapping[str, str]) -> Names:
    said = {name: said_of(facts, name) for name in picture.nodes}
    labels = {name: labels_of(facts, said[name]) for name in picture.nodes}
    languages = languages_of(labels.values())
    relations = {relation for _, relation, _ in picture.edges}
    terms = relations | {facts.inverses.get(relation, relation) for relation in relations}
    terms |= {property_ for known in said.values() for property_ in known}
    terms |= set(groups.values())
    known = {term: _term(facts, term, languages) for term in terms}
    for name in picture.nodes:
        known[name] = in_languages(labels[name], languages) or _stand_in(name, groups, known)
    for name in _values(said.values()) - known.keys():
        if texts := in_languages(_texts(facts, name), languages):
            known[name] = texts
    return Names(said | {name: said_of(facts, name) for name in relations}, known, languages)


def _texts(facts: Facts, name: str) -> Texts:
    return labels_of(facts, said_of(facts, name)) or vocabularies().labels.get(name, {})


def _term(facts: Facts, name: str, languages: Sequence[str]) -> Texts:
    return in_languages(_texts(facts, name), languages) or {"": readable(name)}


def _stand_in(name: str, groups: Mapping[str, str], known: Mapping[str, Texts]) -> Texts:
    """For what has no label: the end of its address, or what a blank node is one of."""
    if not is_blank(name):
        return {"": readable(name)}
    if groups[name] in (UNTYPED, ELSEWHERE):
        return {"": NAMELESS}
    return {tag: f"({text})" for tag, text in known[groups[name]].items()}


def _values(said: Iterable[Said]) -> set[str]:
    """The addresses that somebody's statements name."""
    return {
        value.value
        for known in said
        for values in known.values()
        for value in values
        if isinstance(value, ox.NamedNode)
    }
