"""Documents filled, some at a time: read, mapped to N-Quads, and proved by themselves.

What comes out is all that the whole graph needs to know of a document; the document itself is let
go. Nothing here knows of a store on disk, so that any process can do it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.audit import wrong_quotes
from kg.errors import Issue, Place
from kg.identifiers import Graphs, claim_id, document_id
from kg.ledger import Entry, written
from kg.mapping import coder_quads, document_quads
from kg.model import Classification, Document, Passage, Statement
from kg.ontology import Ontology, read_ontology
from kg.readers.bundles import Bundle, read_bundle
from kg.readers.names import Names
from kg.validate import Validation, as_issue, read_validation, usable

AT_A_TIME = 1_000_000
"""Bytes of input that are filled together: some 20 MB of N-Quads."""

Edge = tuple[str, str, str]
KINDS = ("passages", "mentions", "statements", "flows", "classifications")


@dataclass(frozen=True, slots=True)
class Folio:
    """One document, filled: its graph as N-Quads, and what the whole has to know of it.

    `edges` are the claims that it makes: accepted and not denied; `claims` is where each is made
    first, or spoken of at all.
    """

    key: str
    quads: bytes = b""
    edges: frozenset[Edge] = frozenset()
    claims: Mapping[str, Place] = field(default_factory=dict)
    coders: frozenset[str] = frozenset()
    counts: tuple[int, ...] = (0,) * (len(KINDS) + 1)
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Workshop:
    """What documents are filled with: everything but the documents."""

    base: str
    language: str
    ontology: Ontology
    validation: Validation | None
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", Names(self.ontology))

    @property
    def graphs(self) -> Graphs:
        return Graphs(self.base)

    @cached_property
    def datatypes(self) -> dict[str, str]:
        """The types of the qualifiers that take literals."""
        return {q.iri: q.datatype for q in self.ontology.qualifiers.values() if q.datatype}

    def fill(self, bundles: Iterable[Bundle]) -> list[Folio]:
        """A folio for each, those without a document too, which have findings only."""
        read = [(bundle.key, *read_bundle(bundle, self.names)) for bundle in bundles]
        documents = {document.key: document for _, document, _ in read if document}
        quads = {key: self._quads(document) for key, document in documents.items()}
        found = self._proved(documents, quads)
        return [
            _folio(document, quads[document.key], issues + tuple(found.get(document.key, ())))
            if document
            else Folio(key, issues=issues)
            for key, document, issues in read
        ]

    def _quads(self, document: Document) -> bytes:
        # part by part: one with Chinese in it would make all others twice as wide
        return b"".join(map(str.encode, document_quads(document, self.graphs, self.datatypes)))

    def _proved(
        self, documents: dict[str, Document], quads: dict[str, bytes]
    ) -> dict[str, list[Issue]]:
        """What is wrong with the graphs of some documents, by their keys."""
        store = self.beside_ontology(documents.values(), quads)
        data, keys = self.graphs.data, {self.graphs.document(key): key for key in documents}
        places: dict[str, Place] = {}
        for document in documents.values():
            places |= places_of(document, data)
        found: dict[str, list[Issue]] = {}
        for finding in self.validation.of_evidence(store) if self.validation else ():
            named = store.quads_for_pattern(ox.NamedNode(finding.focus), None, None, None)
            graph = next((quad.graph_name for quad in named), None)
            if key := keys.get(getattr(graph, "value", "")):
                issue = as_issue(finding, data, places.get, self.language)
                found.setdefault(key, []).append(issue)
        texts = {data + document_id(key): document.text for key, document in documents.items()}
        for node, issue in wrong_quotes(store, texts, places):
            found.setdefault(node.removeprefix(data + document_id("")), []).append(issue)
        return found

    def beside_ontology(self, documents: Iterable[Document], quads: dict[str, bytes]) -> ox.Store:
        """Some documents' graphs beside the ontology and their coders."""
        store = ox.Store()
        ontology = ox.NamedNode(self.graphs.ontology)
        store.load(self.ontology.triples, format=ox.RdfFormat.N_TRIPLES, to_graph=ontology)
        coders = {passage.coder for document in documents for passage in document.passages}
        named = "".join(coder_quads(key, key, self.graphs) for key in coders).encode()
        text = b"".join([named, *quads.values()])
        store.load(text, format=ox.RdfFormat.N_QUADS, lenient=True)
        return store


def entry_of(bundle: Bundle, folio: Folio) -> Entry:
    """What the ledger keeps of a document."""
    coders = tuple(sorted(folio.coders))
    claims = written(folio.claims, bundle.place)
    return Entry(bundle.digest, str(bundle.place), folio.counts, coders, folio.issues, claims)


def read_workshop(root: Path, base: str, language: str) -> Workshop:
    """The workshop of a project; shapes that cannot be used are told of elsewhere."""
    ontology = read_ontology(root / "ontology", base)
    validation = read_validation(root / "ontology" / "shapes.ttl", ontology)
    return Workshop(base, language, ontology, usable(validation))


@dataclass(frozen=True, slots=True)
class Task:
    """Some documents to fill, for another process; `context` tells whether its workshop is new."""

    root: Path
    base: str
    language: str
    context: str
    bundles: tuple[Bundle, ...]


def fill_task(task: Task) -> list[Folio]:
    """The folios of a task."""
    return _workshop(task.root, task.base, task.language, task.context).fill(task.bundles)


@lru_cache(maxsize=1)
def _workshop(root: Path, base: str, language: str, _context: str) -> Workshop:
    return read_workshop(root, base, language)


def batches(bundles: Iterable[Bundle]) -> Iterator[tuple[Bundle, ...]]:
    """Bundles in their order, as many together as AT_A_TIME allows."""
    batch: list[Bundle] = []
    size = 0
    for bundle in bundles:
        if batch and size + bundle.size > AT_A_TIME:
            yield tuple(batch)
            batch, size = [], 0
        batch.append(bundle)
        size += bundle.size
    if batch:
        yield tuple(batch)


def _folio(document: Document, quads: bytes, issues: tuple[Issue, ...]) -> Folio:
    passages = document.passages
    counts = [len({passage.id for passage in passages})]
    counts += [sum(len(getattr(passage, kind)) for passage in passages) for kind in KINDS[1:]]
    return Folio(
        key=document.key,
        quads=quads,
        edges=frozenset(_edges(passages)),
        claims=_claims(passages),
        coders=frozenset(passage.coder for passage in passages),
        counts=(quads.count(b"\n"), *counts),
        issues=issues,
    )


def _edges(passages: Iterable[Passage]) -> Iterator[Edge]:
    for item in (item for passage in passages for item in _said(passage)):
        if item.status == "accepted" and getattr(item, "polarity", "positive") == "positive":
            yield item.subject, item.predicate, item.object


def places_of(document: Document, data: str) -> dict[str, Place]:
    """Where every node of a document was written; a claim stands where it is first made."""
    places = {data + claim: place for claim, place in _claims(document.passages).items()}
    for passage in document.passages:
        for name, place in _nodes(passage):
            if place:
                places.setdefault(data + name, place)
    return places


def _claims(passages: Iterable[Passage]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for item in (item for passage in passages for item in _said(passage)):
        if item.place:
            claim = claim_id(item.subject, item.predicate, item.object)
            places.setdefault(claim, item.place)
    return places


def _said(passage: Passage) -> tuple[Statement | Classification, ...]:
    return *passage.statements, *passage.classifications


def _nodes(passage: Passage) -> Iterator[tuple[str, Place | None]]:
    yield passage.id, passage.place
    yield from ((mention.id, mention.place) for mention in passage.mentions)
    yield from ((flow.id, flow.place) for flow in passage.flows)
    yield from ((item.id, item.place) for item in _said(passage))
