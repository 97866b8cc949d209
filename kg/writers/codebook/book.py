"""The nouns of a codebook. Plain text everywhere: what writes a file escapes it for that file."""

from __future__ import annotations

from dataclasses import dataclass

Texts = tuple[tuple[str, str], ...]
"""Pairs of language tag and text, the project's languages first and in their order."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something by name; `anchor` is "" where this codebook has no entry for it."""

    label: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """Words that somebody marked; `pieces` are the quote in order, each marked or not.

    `start` and `end` are code points of the document's text from the first marked word to the last,
    end excluded.
    """

    pieces: tuple[tuple[str, bool], ...]
    document: str
    start: int
    end: int
    coder: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is accepted of everything that names a concept; denied statements are in.

    Statements, flows and classifications have it at one of their ends; `qualified` are those that
    it narrows, `attributed` those that the text puts in its mouth.
    """

    passages: int = 0
    mentions: int = 0
    statements: int = 0
    flows: int = 0
    classifications: int = 0
    qualified: int = 0
    attributed: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept; `depth` counts from 0 within its section."""

    anchor: str
    key: str
    depth: int
    label: str
    labels: Texts
    alternatives: Texts
    hidden: Texts
    definitions: Texts
    scopes: Texts
    notation: str
    background: bool
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    confusions: tuple[Link, ...]
    counts: Counts
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The concepts of one class, or of one scheme where they have no class."""

    anchor: str
    label: str
    labels: Texts
    comments: Texts
    colour: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A relation or a qualifier: `uses` are statements, `claims` and `passages` distinct ones."""

    anchor: str
    key: str
    label: str
    labels: Texts
    definitions: Texts
    domain: tuple[Link, ...]
    range: tuple[Link, ...]
    inverse: str
    analyst: bool
    uses: int
    claims: int
    passages: int


@dataclass(frozen=True, slots=True)
class Value:
    """One way in which a statement is made, as a coder writes it (`key`)."""

    key: str
    depth: int
    labels: Texts
    comments: Texts
    uses: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind of such values: modality, explicitness, polarity, status."""

    anchor: str
    label: str
    labels: Texts
    comments: Texts
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything, in the order in which it is read; `documents` are pairs of key and title."""

    title: str
    build: str
    languages: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    relations: tuple[Property, ...]
    qualifiers: tuple[Property, ...]
    facets: tuple[Facet, ...]
