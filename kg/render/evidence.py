"""What stands behind the network: passages, the words marked in them, and what was said of them.

Records name each other by number, so that the page stays small. What speaks of a concept or an edge
that the page does not draw, or of a document whose text is not at hand, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.labels import Texts
from kg.model import Document
from kg.namespaces import PKG
from kg.ontology import local_name
from kg.rows import rows

Record = dict[str, Any]

EXPECTED = {
    f"{PKG.polarity}-positive",
    f"{PKG.explicitness}-explicit",
    f"{PKG.status}-accepted",
    "",
}
"""What is not worth a word: the reader takes it for granted."""

ACCEPTED, DENIED = f"{PKG.status}-accepted", f"{PKG.polarity}-negative"
"""What backs an edge is the one and not the other."""


@dataclass
class Terms:
    """Everything with a label that is no concept, numbered in the order of asking."""

    known: Mapping[str, Texts]
    languages: Sequence[str]
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, iri: str) -> int:
        return self.numbers.setdefault(iri, len(self.numbers))

    def labels(self, iri: str) -> list[str]:
        """In the order of the languages; a label in none of them stands in for the first."""
        by_tag = self.known.get(iri, {})
        found = [by_tag.get(tag, "") for tag in self.languages]
        return found if any(found) else [next(iter(by_tag.values()), "")]

    def records(self) -> list[Record]:
        """What has no name at all, such as the class of concepts without one, is a dash."""
        return [{"key": local_name(iri) or "–", "labels": self.labels(iri)} for iri in self.numbers]


@dataclass(frozen=True)
class Drawn:
    """What the page draws: concept IRI → number, claim id → number, and the terms it names.

    `sayings` maps the IRIs of statements, flows and classifications; `read_evidence` fills it.
    """

    concepts: Mapping[str, int]
    edges: Mapping[str, int]
    terms: Terms
    sayings: dict[str, int] = field(default_factory=dict)


def read_evidence(store: ox.Store, documents: Sequence[Document], drawn: Drawn) -> dict[str, Any]:
    """The tables `documents`, `passages`, `mentions` and `sayings` of the page, and `undrawn`:
    how many sayings it leaves out.
    """
    passages = _passages(store, documents)
    mentions = _mentions(store, _numbered(passages), drawn)
    sayings = _sayings(store, _numbered(passages), drawn)
    _add_marks(store, sayings, _numbered(mentions))
    _add_qualifiers(store, sayings, drawn)
    drawn.sayings.update(_numbered(sayings))
    return {
        "documents": [_document(document) for document in documents],
        "passages": list(passages.values()),
        "mentions": list(mentions.values()),
        "sayings": list(sayings.values()),
        "undrawn": _count_sayings(store) - len(sayings),
    }


def _numbered(keys: Iterable[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(keys)}


def _document(document: Document) -> Record:
    """The text itself comes as the stretches of its body only; `length` is that of all of it."""
    known = {
        "title": document.title,
        "creator": document.creator,
        "issued": document.issued,
        "publisher": document.publisher,
        "source": document.source,
        "language": document.language,
        "rights": document.rights,
    }
    bodies = [{"start": start, "text": document.text[start:end]} for start, end in document.body]
    return {
        "key": document.key,
        "length": len(document.text),
        "bodies": bodies,
        **{k: v for k, v in known.items() if v},
    }


def _passages(store: ox.Store, documents: Sequence[Document]) -> dict[str, Record]:
    """By IRI, in the order of the documents and their texts."""
    order = _numbered(document.key for document in documents)
    found = sorted(
        (order[document], int(start), int(end), iri, note, uncoded)
        for iri, document, start, end, note, uncoded in rows(store, "page-passages")
        if document in order
    )
    return {
        iri: {
            "document": document,
            "start": start,
            "end": end,
            "note": note or None,
            "uncoded": uncoded or None,
        }
        for document, start, end, iri, note, uncoded in found
    }


def _mentions(store: ox.Store, passages: Mapping[str, int], drawn: Drawn) -> dict[str, Record]:
    """By IRI; the pieces of one mention are gathered in the order of the text."""
    found: dict[str, Record] = {}
    for iri, concept, passage, coder, status, start, end in sorted(rows(store, "page-mentions")):
        if concept in drawn.concepts and passage in passages:
            record = found.setdefault(
                iri,
                {
                    "concept": drawn.concepts[concept],
                    "passage": passages[passage],
                    "coder": drawn.terms.number(coder),
                    "spans": [],
                    "status": None if status in EXPECTED else drawn.terms.number(status),
                },
            )
            record["spans"] = sorted([*record["spans"], [int(start), int(end)]])
    return found


def _sayings(store: ox.Store, passages: Mapping[str, int], drawn: Drawn) -> dict[str, Record]:
    """Statements, flows and classifications by IRI."""
    number = drawn.terms.number
    found: dict[str, Record] = {}
    for row in sorted(rows(store, "page-sayings")):
        iri, claim, passage, coder, modality, polarity, explicitness, status, sure, source, note = (
            row
        )
        edge = drawn.edges.get(local_name(claim))
        if edge is None or (passage and passage not in passages):
            continue
        manner = [number(term) for term in (polarity, explicitness, status) if term not in EXPECTED]
        found[iri] = {
            "edge": edge,
            "passage": passages.get(passage),
            "coder": number(coder),
            "modality": number(modality) if modality else None,
            "marks": None,
            "qualifiers": None,
            "source": drawn.concepts.get(source),
            "manner": manner or None,
            "apart": not (status == ACCEPTED and polarity != DENIED) or None,
            "confidence": None if float(sure) == 1 else sure,
            "note": note or None,
        }
    return found


def _count_sayings(store: ox.Store) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, ox.NamedNode(PKG.claim), None))


def _add_marks(store: ox.Store, sayings: Mapping[str, Record], mentions: Mapping[str, int]) -> None:
    """Which mentions carry a saying; what the coder did not point at stays open."""
    for iri, mention in sorted(rows(store, "page-marks")):
        if iri in sayings and mention in mentions:
            sayings[iri]["marks"] = [*(sayings[iri]["marks"] or []), mentions[mention]]


def _add_qualifiers(store: ox.Store, sayings: Mapping[str, Record], drawn: Drawn) -> None:
    """A value is the number of a concept, or the text of anything else."""
    for iri, qualifier, value in sorted(rows(store, "page-qualifiers")):
        if iri in sayings:
            pair = [drawn.terms.number(qualifier), drawn.concepts.get(value, value)]
            sayings[iri]["qualifiers"] = [*(sayings[iri]["qualifiers"] or []), pair]
