"""The ontology of a project: what may be named in a coder's file, and how to look at it.

Read from every `ontology/*.ttl` but those named `…shapes.ttl`, by Oxigraph's parser, which reaches
for nothing outside the file. The program learns everything about the domain here and nowhere else.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import Issue, Place
from kg.namespaces import DCAM, OWL, PKG, RDF, RDFS, SKOS, XSD
from kg.terms import language, value
from kg.turtle import read_turtle

Labels = dict[str, str]
"""Language tag in lower case → label; of several, the first in code-point order."""

N = TypeVar("N", "Relation", "Qualifier")

FACETS = ("modality", "explicitness", "polarity", "status")


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept; `classes` are its domain classes and everything above them."""

    iri: str
    key: str
    labels: Labels
    alternatives: tuple[str, ...]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between concepts; an empty `domain` or `range` allows any concept."""

    iri: str
    key: str
    labels: Labels
    domain: frozenset[str]
    range: frozenset[str]
    analyst: bool


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What narrows a statement: `datatype` is "" where the value is a concept of `range`."""

    iri: str
    key: str
    labels: Labels
    range: frozenset[str]
    datatype: str


@dataclass(frozen=True)
class Ontology:
    """Everything the program knows of a project's ontology. `store` holds its triples as read.

    `places` tells where each subject is declared: where its type is given, else where it comes
    first. `written` tells it for one property of a subject.
    """

    store: ox.Store
    concepts: dict[str, Concept]
    relations: dict[str, Relation]
    qualifiers: dict[str, Qualifier]
    facets: dict[str, str]
    labels: dict[str, Labels]
    prefixes: dict[str, str]
    places: dict[str, Place]
    written: dict[tuple[str, str], Place]
    issues: tuple[Issue, ...]
    _names: tuple[dict[str, tuple[str, ...]], ...] = field(repr=False, default=())

    @cached_property
    def triples(self) -> bytes:
        """Its triples as N-Triples."""
        return self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""

    def find(self, name: str) -> tuple[Concept, ...]:
        """The concepts of that name: by key, else by preferred, alternative, hidden label.

        One in the ordinary case, none for an unknown name, several where a label is shared.
        """
        for level, names in enumerate(self._names):
            found = names.get(name if level == 0 else _folded(name))
            if found:
                return tuple(self.concepts[iri] for iri in found)
        return ()

    def nearest(self, name: str) -> tuple[str, ...]:
        """At most three keys of concepts whose key or label resembles the name, best first."""
        by_name = {n: iris[0] for names in reversed(self._names) for n, iris in names.items()}
        close = difflib.get_close_matches(_folded(name), by_name, n=6, cutoff=0.6)
        return tuple(dict.fromkeys(self.concepts[by_name[n]].key for n in close))[:3]

    def is_a(self, concept: str, classes: frozenset[str]) -> bool:
        """Whether a concept belongs to one of the classes; an empty set holds everything."""
        return not classes or bool(self.concepts[concept].classes & classes)

    def label(self, iri: str, language: str = "en") -> str:
        """The label in that language, else in any, else the local name."""
        labels = self.labels.get(iri, {})
        return labels.get(language.lower()) or next(iter(labels.values()), "") or local_name(iri)


def local_name(iri: str) -> str:
    """
    >>> local_name("https://example.org/concept/county-town")
    'county-town'
    """
    iri = iri.rstrip("/#")
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_ontology(folder: Path, base: str) -> Ontology:
    """Read `folder/*.ttl`; a file that cannot be parsed is an issue, the others are read."""
    files = sorted(path for path in folder.glob("*.ttl") if not path.stem.endswith("shapes"))
    if not any(path.name == "core.ttl" for path in files):
        files.insert(0, asset("core.ttl"))
    store = ox.Store()
    issues: list[Issue] = []
    prefixes: dict[str, str] = {}
    places: dict[str, Place] = {}
    written: dict[tuple[str, str], Place] = {}
    for path in files:
        turtle = read_turtle(path, f"ontology/{path.name}", base)
        if isinstance(turtle, Issue):
            issues.append(turtle)
            continue
        store.extend(turtle.triples)
        prefixes |= turtle.prefixes
        places = {**turtle.places, **places}
        for triple in turtle.triples:
            subject = value(triple.subject)
            written.setdefault((subject, triple.predicate.value), turtle.places[subject])
    places |= {subject: place for (subject, prop), place in written.items() if prop == RDF.type}
    return _digest(store, prefixes, places, written, tuple(issues))


def _digest(
    store: ox.Store,
    prefixes: dict[str, str],
    places: dict[str, Place],
    written: dict[tuple[str, str], Place],
    issues: tuple[Issue, ...],
) -> Ontology:
    labels = _labels(store, RDFS.label) | _labels(store, SKOS.prefLabel)
    concepts = _concepts(store, labels)
    return Ontology(
        store=store,
        concepts=concepts,
        relations=_first_of_each(_relations(store, labels)),
        qualifiers=_first_of_each(_qualifiers(store, labels)),
        facets=_facets(store),
        labels=labels,
        prefixes=prefixes,
        places=places,
        written=written,
        issues=issues,
        _names=_name_index(store, concepts.values()),
    )


def _first_of_each(found: Iterable[N]) -> dict[str, N]:
    """By key; where two share one (a finding of `kg check`), the first in the order of IRIs."""
    by_key: dict[str, N] = {}
    for named in found:
        by_key.setdefault(named.key, named)
    return by_key


def objects(store: ox.Store, subject: str, predicate: str) -> list[str]:
    """The values of a property, IRIs and literals alike, in code-point order."""
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted(value(quad.object) for quad in quads)


def subjects(store: ox.Store, predicate: str, node: str) -> list[str]:
    """Who has that value of a property, in code-point order."""
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(node))
    return sorted(value(quad.subject) for quad in quads)


def _labels(store: ox.Store, predicate: str) -> dict[str, Labels]:
    found: dict[str, Labels] = defaultdict(dict)
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
        by_language = found[value(quad.subject)]
        label, tag = value(quad.object), language(quad.object)
        by_language[tag] = min(by_language.get(tag, label), label)
    return {iri: dict(sorted(by_language.items())) for iri, by_language in found.items()}


def closure(store: ox.Store, start: Iterable[str], predicate: str) -> frozenset[str]:
    """Everything reached from `start` by a property, `start` included."""
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        if (iri := waiting.pop()) not in reached:
            reached.add(iri)
            waiting += objects(store, iri, predicate)
    return frozenset(reached)


def _concepts(store: ox.Store, labels: dict[str, Labels]) -> dict[str, Concept]:
    """Every instance of `skos:Concept` or of a class below it, status values left out."""
    classes_of: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), None):
        classes_of[value(quad.subject)].add(value(quad.object))
    above = {
        cls: closure(store, [cls], RDFS.subClassOf)
        for cls in set().union(*classes_of.values(), set())
    }
    concepts = {}
    for iri in sorted(classes_of):
        classes = frozenset().union(*(above[cls] for cls in classes_of[iri]))
        if SKOS.Concept in classes:
            concepts[iri] = Concept(
                iri=iri,
                key=local_name(iri),
                labels=labels.get(iri, {}),
                alternatives=tuple(objects(store, iri, SKOS.altLabel)),
                classes=classes - {SKOS.Concept},
            )
    return concepts


def _relations(store: ox.Store, labels: dict[str, Labels]) -> Iterator[Relation]:
    """The object properties of the project's own vocabulary: neither core's nor qualifiers."""
    qualifiers = set(subjects(store, RDF.type, PKG.Qualifier))
    analyst = set(subjects(store, RDF.type, PKG.AnalystRelation))
    for iri in subjects(store, RDF.type, OWL.ObjectProperty):
        if iri not in qualifiers and not iri.startswith(PKG.iri):
            domain = objects(store, iri, RDFS.domain) + objects(store, iri, DCAM.domainIncludes)
            range_ = objects(store, iri, RDFS.range) + objects(store, iri, DCAM.rangeIncludes)
            yield Relation(
                iri=iri,
                key=local_name(iri),
                labels=labels.get(iri, {}),
                domain=frozenset(domain) - _ANYTHING,
                range=frozenset(range_) - _ANYTHING,
                analyst=iri in analyst,
            )


_ANYTHING = {SKOS.Concept, OWL.Thing, RDFS.Resource}


def _qualifiers(store: ox.Store, labels: dict[str, Labels]) -> Iterator[Qualifier]:
    literal = set(subjects(store, RDF.type, OWL.DatatypeProperty))
    for iri in subjects(store, RDF.type, PKG.Qualifier):
        range_ = objects(store, iri, RDFS.range)
        yield Qualifier(
            iri=iri,
            key=next(iter(objects(store, iri, PKG.key)), local_name(iri)),
            labels=labels.get(iri, {}),
            range=frozenset() if iri in literal else frozenset(range_) - _ANYTHING,
            datatype=next(iter(range_), XSD.string) if iri in literal else "",
        )


def _facets(store: ox.Store) -> dict[str, str]:
    """Facet value → facet: `{"required": "modality", "draft": "status", …}`."""
    found = {}
    for facet in FACETS:
        for iri in subjects(store, RDF.type, PKG.iri + facet.capitalize()):
            found[local_name(iri).removeprefix(f"{facet}-")] = facet
    return found


def _name_index(
    store: ox.Store, concepts: Iterable[Concept]
) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Four look-ups, best first: keys as written; preferred, alternative, hidden labels folded."""
    levels: list[dict[str, set[str]]] = [defaultdict(set) for _ in range(4)]
    for concept in concepts:
        levels[0][concept.key].add(concept.iri)
        for level, predicate in enumerate((SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel), 1):
            for label in objects(store, concept.iri, predicate):
                levels[level][_folded(label)].add(concept.iri)
    return tuple({name: tuple(sorted(iris)) for name, iris in level.items()} for level in levels)
