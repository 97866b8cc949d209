"""What stands behind the network: each mention with its words, each passage, each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.identifiers import coder_id, document_id
from kg.namespaces import PKG
from kg.ontology import local_name
from kg.rows import pairs, rows
from kg.writers.dataset import Dataset

GAP = " … "
"""Between the words of the pieces of one mention."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document; `id` is its local name, `document` the key of its document."""

    id: str
    document: str
    start: int
    end: int
    words: str

    def words_at(self, start: int, end: int) -> str:
        """What stands there, by offsets of the document."""
        return self.words[start - self.start : end - self.start]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words marked as a concept; several `pieces` where they do not lie together.

    Offsets count Unicode code points of the document's text, end excluded.
    """

    id: str
    concept: str
    passage: Passage
    pieces: tuple[tuple[int, int], ...]
    quote: str
    coder: str
    coded: str
    confidence: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a document, "" for what is not."""

    key: str
    title: str = ""
    creator: str = ""
    issued: str = ""
    publisher: str = ""
    source: str = ""
    language: str = ""
    rights: str = ""


def passages(dataset: Dataset) -> dict[str, Passage]:
    """By their IRI, in the order of the documents."""
    found = [
        (Passage(local_name(iri), key_of(document), int(start), int(end), words), iri)
        for iri, document, start, end, words in rows(dataset.store, "quotes")
    ]
    found.sort(key=lambda pair: (pair[0].document, pair[0].start, pair[0].end, pair[0].id))
    return {iri: passage for passage, iri in found}


def mentions(dataset: Dataset) -> list[Mention]:
    """All of them, rejected ones too, in the order of the documents."""
    known = passages(dataset)
    names = coders(dataset)
    pieces: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for *of, start, end in rows(dataset.store, "mentions"):
        pieces[tuple(of)].append((int(start), int(end)))
    found = []
    for (iri, concept, passage, coder, coded, confidence, status, note), each in pieces.items():
        here = known[passage]
        found.append(
            Mention(
                id=local_name(iri),
                concept=concept,
                passage=here,
                pieces=tuple(sorted(each)),
                quote=GAP.join(here.words_at(start, end) for start, end in sorted(each)),
                coder=names.get(coder, local_name(coder)),
                coded=coded,
                confidence=confidence,
                status=local_name(status).removeprefix(f"{local_name(PKG.status)}-"),
                note=note,
            )
        )
    return sorted(found, key=lambda m: (m.passage.document, m.pieces, m.id, m.concept))


def sources(store: ox.Store) -> list[Source]:
    """The documents, in the order of their keys; the first value where there are several."""
    found: dict[str, Source] = {}
    for row in sorted(rows(store, "file-documents")):
        found.setdefault(row[0], Source(*row))
    return list(found.values())


def coders(dataset: Dataset) -> Mapping[str, str]:
    """Who coded, by IRI: their names."""
    found = pairs(dataset.store, "names")
    return {iri: name for iri, name in found.items() if local_name(iri).startswith(coder_id(""))}


def key_of(document: str) -> str:
    """The key of a document's IRI."""
    return local_name(document).removeprefix(document_id(""))
