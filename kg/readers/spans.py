"""Where the quotes of JSON Lines stand: at the offsets beside them, or where they stand alone."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Document, Span
from kg.readers.faults import Fault
from kg.readers.objects import Object, offset_of, text_of

SHOWN = 40
"""Characters of a text that a message shows."""
Stretches = Iterable[tuple[int, int]]


def place(entry: Object, text: str, within: Stretches) -> Span:
    """Where a quote stands: at its offsets, or where it stands alone."""
    quote = text_of(entry, "quote")
    if not quote.strip():
        fix = 'write "quote": "…", the words as they stand in the text'
        raise Fault("missing-text", "no words are quoted here", fix)
    if "start" not in entry and "end" not in entry:
        return _only(quote, text, within)
    start, end = offset_of(entry, "start"), offset_of(entry, "end")
    if text[start:end] != quote:
        what = f"the text has “{text[start:end][:SHOWN]}” at {start}-{end}"
        what += f", and this line quotes “{quote[:SHOWN]}”"
        raise Fault("quote-mismatch", what, _advice(quote, text, within))
    if not any(first <= start and end <= last for first, last in within):
        what = f"{start}-{end} does not lie within the passage, or the body of the document"
        raise Fault("bad-offset", what, "offsets count the characters of the text from 0")
    return Span(start, end, quote)


def _only(quote: str, text: str, within: Stretches) -> Span:
    hits = _hits(quote, text, within)
    if len(hits) == 1:
        return Span(hits[0], hits[0] + len(quote), quote)
    fix = 'write where they stand: "start": 12, "end": 34'
    if hits:
        what = f"these words stand {len(hits)} times in the text, first at {hits[0]}"
        raise Fault("quote-twice", what, fix)
    what = f"these words are not in the text: “{quote[:SHOWN]}”"
    raise Fault("quote-not-found", what, "copy them from the text, white space included")


def _advice(quote: str, text: str, within: Stretches) -> str:
    hits = _hits(quote, text, within)
    if len(hits) == 1:
        return f"these words stand at {hits[0]}-{hits[0] + len(quote)}: count characters from 0"
    return "offsets count characters (not bytes, not UTF-16 units) of the text from 0"


def _hits(quote: str, text: str, within: Stretches) -> list[int]:
    """Where words stand within stretches of a text, overlapping places included."""
    found = []
    for start, end in within:
        at = text.find(quote, start, end)
        while at >= 0:
            found.append(at)
            at = text.find(quote, at + 1, end)
    return found


def occurrence(document: Document, span: Span) -> int:
    """The number of a stretch among those of the body with the very same characters, from 1."""
    before = [(s, min(e, span.end - 1)) for s, e in document.body if s < span.start]
    return 1 + len(_hits(span.quote, document.text, before))
