"""Identifiers made from content, so that an edit elsewhere in a text renames nothing.

Each is a letter, a hyphen and the first 16 hexadecimal digits of SHA-256 over the fields joined by
U+001F. Fields that are themselves concepts or relations go in as full IRIs, so that the identifiers
of two projects differ where their vocabularies do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

KEY = re.compile(r"[^\W_](?:[\w\u0300-\u036f-])*")
"""What may name a document or a coder."""


def digest(*fields: str) -> str:
    """
    >>> digest("a", "b")
    'f04cdced9736a69d'
    """
    return hashlib.sha256("\x1f".join(fields).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def document_id(stem: str) -> str:
    return f"doc-{stem}"


def coder_id(coder: str) -> str:
    return f"coder-{coder}"


def passage_id(document: str, exact: str, occurrence: int) -> str:
    """`exact` is the text as it stands in the document, `occurrence` its number there, from 1."""
    return "p-" + digest(document, exact, str(occurrence))


def mention_id(passage: str, spans: Iterable[tuple[int, int]], concept: str, coder: str) -> str:
    """`spans` are (start, end) within the passage."""
    offsets = " ".join(f"{start}-{end}" for start, end in spans)
    return "m-" + digest(passage, offsets, concept, coder)


def _qualifiers(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{prop}={value}" for prop, value in sorted(pairs))


def statement_id(
    passage: str,
    triple: tuple[str, str, str],
    qualifiers: Iterable[tuple[str, str]],
    modality: str,
    source: str,
    coder: str,
) -> str:
    return "s-" + digest(passage, *triple, _qualifiers(qualifiers), modality, source, coder)


def flow_id(
    passage: str,
    ends: tuple[str, str, str, str],
    qualifiers: Iterable[tuple[str, str]],
    modality: str,
    source: str,
    coder: str,
) -> str:
    """`ends` are what flows, from where, to where, by what."""
    return "f-" + digest(passage, *ends, _qualifiers(qualifiers), modality, source, coder)


def classification_id(passage: str, triple: tuple[str, str, str], coder: str) -> str:
    return "x-" + digest(passage, *triple, coder)


def claim_id(*fields: str) -> str:
    """The claim itself: subject, predicate and object, or the four ends of a flow."""
    return "k-" + digest(*fields)


@dataclass(frozen=True, slots=True)
class Graphs:
    """The named graphs of a project, and the stem of its data IRIs."""

    base: str

    @property
    def data(self) -> str:
        return f"{self.base}data/"

    @property
    def ontology(self) -> str:
        return f"{self.base}graph/ontology"

    @property
    def direct(self) -> str:
        return f"{self.base}graph/direct"

    @property
    def inferred(self) -> str:
        return f"{self.base}graph/inferred"

    @property
    def dataset(self) -> str:
        return f"{self.base}graph/dataset"

    def document(self, key: str) -> str:
        return f"{self.base}graph/{document_id(key)}"
