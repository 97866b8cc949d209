"""A codebook from a dataset: a section for each class, each concept once, in a stable order.

Concepts stand below their broader ones; beside each other by notation, else by label. Those without
a class are put together by scheme. Classes stand in the order of their labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.namespaces import PKG, RDFS, SKOS
from kg.ontology import FACETS, local_name
from kg.rows import pairs, rows
from kg.writers.codebook.book import Codebook, Entry, Facet, Property, Section, Value
from kg.writers.codebook.examples import Marked, examples, read_marked
from kg.writers.codebook.outline import anchors, natural, outline
from kg.writers.codebook.said import Said
from kg.writers.codebook.source import Source
from kg.writers.dataset import Dataset

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def codebook(dataset: Dataset) -> Codebook:
    """Everything that stands in the two files."""
    source, said = Source(dataset), Said(dataset.store)
    title, build = _title(dataset)
    analyst = {iri: bool(kind) for iri, kind in sorted(rows(dataset.store, "relations"))}
    keys = pairs(dataset.store, "qualifier-keys")
    documents = ((local_name(d).removeprefix("doc-"), name) for d, name in source.documents.items())
    return Codebook(
        title=title,
        build=build,
        languages=source.languages,
        documents=tuple(sorted(documents)),
        sections=tuple(_sections(source, said)),
        relations=tuple(_relations(source, said, analyst)),
        qualifiers=tuple(_qualifiers(source, said, keys)),
        facets=tuple(_facets(source, said)),
    )


def _title(dataset: Dataset) -> tuple[str, str]:
    """In the main language where there are several, and the digest of the build."""
    order = ["", *map(str.lower, dataset.languages)]
    found = [
        (order.index(tag) if tag in order else len(order), title, build)
        for title, build, tag in rows(dataset.store, "dataset")
    ]
    return min(found, default=(0, "", ""))[1:]


def _sections(source: Source, said: Said) -> Iterator[Section]:
    marked = read_marked(source.store)
    for group in sorted(source.groups, key=lambda iri: (not iri, natural(source.name(iri)), iri)):
        depths = outline(source.in_order(source.groups[group]), source.broader)
        colour = "".join(text for _, text in source.texts(group, PKG.colour)[:1])
        yield Section(
            anchor=source.group_anchors[group],
            label=source.name(group),
            labels=source.texts(group, SKOS.prefLabel, RDFS.label),
            comments=source.texts(group, RDFS.comment, SKOS.definition),
            colour=colour if _COLOUR.fullmatch(colour) else "",
            entries=tuple(
                _entry(source, said, iri, depth, marked.get(iri, []))
                for iri, depth in depths.items()
            ),
        )


def _entry(source: Source, said: Said, iri: str, depth: int, marked: list[Marked]) -> Entry:
    return Entry(
        anchor=source.anchors[iri],
        key=local_name(iri),
        depth=depth,
        label=source.name(iri),
        labels=source.texts(iri, SKOS.prefLabel, RDFS.label),
        alternatives=source.texts(iri, SKOS.altLabel),
        hidden=source.texts(iri, SKOS.hiddenLabel),
        definitions=source.texts(iri, SKOS.definition, RDFS.comment),
        scopes=source.texts(iri, SKOS.scopeNote),
        notation=source.notation(iri),
        background=iri in source.background,
        broader=source.links(source.linked(iri, SKOS.broader)),
        narrower=source.links(source.narrower.get(iri, ())),
        confusions=source.links(source.linked(iri, PKG.notToBeConfusedWith)),
        counts=said.counts(iri, len(marked)),
        examples=examples(marked),
    )


def _relations(source: Source, said: Said, analyst: dict[str, bool]) -> Iterator[Property]:
    inverses = pairs(source.store, "page-inverses")
    names = anchors("r", analyst)
    for iri in source.in_order(analyst):
        inverse = source.name(inverses.get(iri, ""))
        yield _property(source, said, iri, names[iri], local_name(iri), inverse, analyst[iri])


def _qualifiers(source: Source, said: Said, keys: dict[str, str]) -> Iterator[Property]:
    names = anchors("q", keys)
    for iri in source.in_order(keys):
        yield _property(source, said, iri, names[iri], keys[iri])


def _property(
    source: Source,
    said: Said,
    iri: str,
    anchor: str,
    key: str,
    inverse: str = "",
    analyst: bool = False,
) -> Property:
    uses = said.by_property.get(iri, set())
    return Property(
        anchor=anchor,
        key=key,
        label=source.name(iri),
        labels=source.texts(iri, RDFS.label),
        definitions=source.texts(iri, RDFS.comment, SKOS.definition),
        domain=source.links(source.linked(iri, RDFS.domain)),
        range=source.links(source.linked(iri, RDFS.range)),
        inverse=inverse,
        analyst=analyst,
        uses=len(uses),
        claims=said.distinct(uses, PKG.claim),
        passages=said.distinct(uses, PKG.inPassage),
    )


def _facets(source: Source, said: Said) -> Iterator[Facet]:
    found = sorted(rows(source.store, "codebook-values"))
    for facet in FACETS:
        kind = PKG.iri + facet.capitalize()
        values = source.in_order(value for of, value in found if of == kind)
        yield Facet(
            anchor=f"v-{facet}",
            label=source.name(kind),
            labels=source.texts(kind, RDFS.label),
            comments=source.texts(kind, RDFS.comment),
            values=tuple(_values(source, said, facet, values)),
        )


def _values(source: Source, said: Said, facet: str, values: Iterable[str]) -> Iterator[Value]:
    for iri, depth in outline(list(values), source.broader).items():
        yield Value(
            key=local_name(iri).removeprefix(f"{facet}-"),
            depth=depth,
            labels=source.texts(iri, RDFS.label, SKOS.prefLabel),
            comments=source.texts(iri, RDFS.comment, SKOS.definition, SKOS.scopeNote),
            uses=said.manners.get(iri, 0),
        )
