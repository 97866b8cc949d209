"""A document as its passages see it: where its nodes live, and the words around a span."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Document, Span

CONTEXT = 32
"""How many characters of a quote's surroundings are kept on each side."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as its passages see it: where its nodes live, and the words around a span."""

    document: Document
    data: str
    graph: str
    datatypes: Mapping[str, str] = field(default_factory=dict)
    """Of the qualifiers whose values are literals."""

    def context(self, span: Span) -> tuple[str, str]:
        """At most 32 characters before and after, never beyond the body."""
        start, end = next(
            (s, e) for s, e in self.document.body if s <= span.start and span.end <= e
        )
        text = self.document.text
        before = text[max(start, span.start - CONTEXT) : span.start]
        return before, text[span.end : min(end, span.end + CONTEXT)]
