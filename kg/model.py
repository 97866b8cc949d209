"""The nouns: a document, its passages, and what coders found in them.

Plain frozen data. Nothing here knows a file format or RDF; concepts and relations are named by IRI.
All offsets count Unicode code points of the document's text, end excluded, whatever unit a source
file used. `place` says where something was written, for messages; it takes no part in equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.errors import Issue, Place

CODED = frozenset({"accepted", "draft"})
"""The status of what somebody coded; what was rejected or is only suggested, nobody did."""


METADATA = ("title", "creator", "issued", "publisher", "source", "language", "rights")
"""What may be known of a document, besides its text."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text and the words that stand there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One concept marked on one stretch, or several pieces, of a passage by one coder."""

    id: str
    spans: tuple[Span, ...]
    concept: str
    coder: str
    coded: str
    confidence: str = "1.0"
    status: str = "accepted"
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a passage says of two concepts, and how it says so.

    `qualifiers` are pairs of (property IRI, value): an IRI, or the text of a literal where the
    property takes one. `source` is the concept to which the text itself attributes the claim.
    `subject_mentions` and `object_mentions` are ids of mentions of the same passage.
    """

    id: str
    subject: str
    predicate: str
    object: str
    modality: str
    coder: str
    coded: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    source: str = ""
    polarity: str = "positive"
    explicitness: str = "explicit"
    confidence: str = "1.0"
    status: str = "accepted"
    subject_mentions: tuple[str, ...] = ()
    object_mentions: tuple[str, ...] = ()
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Flow:
    """What a passage says moves, from where, to where, by what: concepts, "" where not said."""

    id: str
    of: str
    origin: str
    destination: str
    via: str
    modality: str
    coder: str
    coded: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    source: str = ""
    polarity: str = "positive"
    explicitness: str = "explicit"
    confidence: str = "1.0"
    status: str = "accepted"
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Classification:
    """An analyst's placing of a concept in a typology: a reading, no claim of the text."""

    id: str
    subject: str
    predicate: str
    object: str
    coder: str
    coded: str
    confidence: str = "1.0"
    status: str = "accepted"
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document as one coder coded it.

    Two coders of the same stretch make two `Passage` objects with one `id`.
    """

    id: str
    span: Span
    coder: str
    coded: str
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    flows: tuple[Flow, ...] = ()
    classifications: tuple[Classification, ...] = ()
    note: str = ""
    uncoded: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A passage whose place in the text is not known any more: `ambiguous` or `orphaned`.

    `rest` is a JSON object of all else that its file holds of it, so that nothing gets lost.
    """

    id: str
    quote: str
    state: str
    coder: str
    coded: str
    note: str = ""
    rest: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A text as published, with its passages.

    `key` is the file's stem, `sha256` the digest of the file's bytes, `body` the (start, end) pairs
    that are the document; what lies outside them (date line, site chrome) is never coded or shown.
    Of `METADATA`, what is not known is "".
    """

    key: str
    text: str
    sha256: str
    body: tuple[tuple[int, int], ...]
    title: str = ""
    creator: str = ""
    issued: str = ""
    publisher: str = ""
    source: str = ""
    language: str = ""
    rights: str = ""
    passages: tuple[Passage, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader could read, and one issue for each fault."""

    documents: tuple[Document, ...]
    issues: tuple[Issue, ...]
