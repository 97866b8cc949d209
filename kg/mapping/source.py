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
        start, end, text = span.start, span.end, self.document.text
        for first, last in self.document.body:
            if first <= start and end <= last:
                before = text[max(first, start - CONTEXT) : start]
                return before, text[end : min(last, end + CONTEXT)]
        return "", ""
