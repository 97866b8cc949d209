"""What our own coders marked, as other tools can hold it.

A mention is a mark; a statement between two mentions of a passage is a relation, with its modality,
source and qualifiers as fields. Flows, classifications and statements about concepts that the
passage does not mention have no words to lead from or to: they are counted, not written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product

import pyoxigraph as ox

from kg.identifiers import Graphs, document_id
from kg.interchange.model import Annotated, Circumstances, Code, Link, Mark, Pairs
from kg.model import Document, Mention, Passage, Statement
from kg.namespaces import SKOS
from kg.ontology import Ontology, local_name, objects
from kg.terms import language, value

Namer = Callable[[str], str]
"""An IRI as a format wants it: the IRI itself, or the key."""


def annotated(
    document: Document, ontology: Ontology, graphs: Graphs, name: Namer, lost: Counter[str]
) -> Annotated:
    """One document; `lost` counts what has no place in it."""
    marks, links = [], []
    keys = {qualifier.iri: key for key, qualifier in ontology.qualifiers.items()}
    for passage in document.passages:
        by_id = {mention.id: mention for mention in passage.mentions}
        marks += [_mark(mention, name) for mention in passage.mentions]
        for statement in passage.statements:
            if ends := _ends(statement, by_id):
                links.append(_link(statement, ends, name, keys))
            else:
                lost["statements about concepts without a mark"] += 1
        _count(passage, lost)
    lost["passages without a place"] += len(document.unplaced)
    about = [("iri", graphs.data + document_id(document.key)), ("title", document.title)]
    return Annotated(document.key, document.text, tuple(marks), tuple(links), tuple(about))


def _count(passage: Passage, lost: Counter[str]) -> None:
    lost["flows"] += len(passage.flows)
    lost["classifications"] += len(passage.classifications)
    lost["notes on passages"] += bool(passage.note) + bool(passage.uncoded)


def _mark(mention: Mention, name: Namer) -> Mark:
    spans = tuple((span.start, span.end) for span in mention.spans)
    return Mark(mention.id, spans, (name(mention.concept),), _said(mention))


def _said(item: Mention | Statement, more: Pairs = ()) -> Circumstances:
    return Circumstances(
        coder=item.coder,
        time=item.coded,
        note=item.note,
        confidence="" if item.confidence == "1.0" else item.confidence,
        status="" if item.status == "accepted" else item.status,
        more=more,
    )


def _ends(statement: Statement, by_id: dict[str, Mention]) -> tuple[str, str] | None:
    """Of all mentions of its two concepts, the two that stand nearest to each other."""

    def apart(pair: tuple[str, str]) -> tuple[int, int]:
        one, two = (by_id[id_].spans[0].start for id_ in pair)
        return abs(one - two), one

    pairs = product(statement.subject_mentions, statement.object_mentions)
    return min(pairs, key=apart, default=None)


def _link(statement: Statement, ends: tuple[str, str], name: Namer, keys: dict[str, str]) -> Link:
    usual = {"explicitness": "explicit", "polarity": "positive", "source": ""}
    facets = {
        "modality": statement.modality,
        "explicitness": statement.explicitness,
        "polarity": statement.polarity,
        "source": name(statement.source) if statement.source else "",
    }
    more = [(key, value) for key, value in facets.items() if value != usual.get(key)]
    more += [(keys[iri], name(value)) for iri, value in statement.qualifiers if iri in keys]
    return Link(statement.id, *ends, name(statement.predicate), _said(statement, tuple(more)))


def by_iri(iri: str) -> str:
    return iri


def by_key(iri: str) -> str:
    """A key where it is an IRI; any other value as it is.

    >>> by_key("https://example.org/concept/town"), by_key("2024-01-01")
    ('town', '2024-01-01')
    """
    return local_name(iri) if iri.startswith(("http://", "https://", "urn:")) else iri


def code_paths(ontology: Ontology, tag: str) -> dict[str, tuple[str, ...]]:
    """Key of a concept → its place in the tree of broader ones; of several, the first by IRI.

    People read these names: preferred labels in the language `tag`, where they tell it apart.
    """
    concepts = ontology.concepts
    above = {
        iri: next((each for each in sorted(objects(ontology.store, iri, SKOS.broader))
                   if each in concepts), "")
        for iri in concepts
    }  # fmt: skip
    found = {}
    for iri in concepts:
        chain = [iri]
        while (upper := above[chain[-1]]) and upper not in chain:
            chain.append(upper)
        found[concepts[iri].key] = tuple(_name(ontology, each, tag) for each in reversed(chain))
    return found


def _name(ontology: Ontology, iri: str, tag: str) -> str:
    """A label by which just this concept is found, else its key."""
    concept = ontology.concepts[iri]
    label = " ".join(ontology.label(iri, tag).split())
    return label if ontology.find(label) == (concept,) else concept.key


def lost_of_concepts(ontology: Ontology) -> list[str]:
    """What a code tree does not say of the concepts, each with its number."""
    concepts = ontology.concepts.values()
    counts = {
        "labels besides the first": sum(
            max(len(each.labels) - 1, 0) + len(each.alternatives) for each in concepts
        ),
        "classes of concepts": sum(bool(each.classes) for each in concepts),
    }
    return [f"{what} ({count:,})" for what, count in counts.items() if count]


def codes(
    ontology: Ontology, paths: Mapping[str, tuple[str, ...]], languages: Sequence[str]
) -> tuple[Code, ...]:
    """The concepts as a codebook, with a definition in the first of the languages that has one."""
    return tuple(
        Code(
            paths[concept.key],
            _definition(ontology, concept.iri, languages),
            (("key", concept.key),) if paths[concept.key][-1] != concept.key else (),
        )
        for concept in sorted(ontology.concepts.values(), key=lambda each: each.iri)
    )


def _definition(ontology: Ontology, iri: str, languages: Sequence[str]) -> str:
    quads = ontology.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(SKOS.definition), None)
    found = sorted((language(quad.object), value(quad.object)) for quad in quads)
    order = [tag.lower() for tag in languages]
    wanted = [text for tag in order for found_tag, text in found if found_tag.lower() == tag]
    return next(iter(wanted or [text for _, text in found]), "")


def in_tree(document: Annotated, paths: Mapping[str, tuple[str, ...]]) -> Annotated:
    """The same marks, their labels with the codes above them."""
    marks = tuple(
        replace(mark, label=paths.get(mark.label[0], mark.label)) for mark in document.marks
    )
    return replace(document, marks=marks)
