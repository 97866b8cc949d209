"""Finding a bare quote in a text: by the words around it, its number, or where it was.

Never picks: a quote that could stand in several places is an issue with all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from kg.anchoring import CONTEXT, Anchors, squeeze
from kg.interchange.intake import shown
from kg.interchange.model import Stretch
from kg.model import Span
from kg.readers.faults import Fault, Faults

MOST_PLACES = 10_000
"""Occurrences of one quote that are looked at."""
_MOST_WEIGHED = 500
"""Of these, those whose neighbours are compared where nothing stands between the very same ones."""
_GOOD = 80.0
_MARGIN = 2.0
_LEAST = 50.0
_TELLING = 20
"""Characters of a quote that by itself is no chance hit."""
_SHOWN = 3
_ADVISED = 20


@dataclass(frozen=True, slots=True)
class Quote:
    """Words and what tells their place: their neighbours, their number from 1, their old offset."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    occurrence: int = 0
    start: int = -1


def locate(anchors: Anchors, quote: Quote, faults: Faults) -> Stretch:
    """Where a quote stands, or the Fault that says why that cannot be told.

    After many `faults` it no longer looks for the place that resembles a quote most.
    """
    if not squeeze(quote.exact):
        raise Fault("blank-mark", "the quote holds no words", "quote the words that are marked")
    if not quote.occurrence and (only := _with_neighbours(anchors, quote)):
        return only
    spans = anchors.first(quote.exact, MOST_PLACES)
    if not spans:
        raise _absent(anchors, quote, faults.told < _ADVISED)
    if quote.occurrence:
        return _numbered(spans, quote)
    if len(spans) == 1 and not _is_elsewhere(anchors, quote, spans[0]):
        return spans[0].start, spans[0].end
    if (quote.prefix or quote.suffix) and len(spans) <= _MOST_WEIGHED:
        scores = sorted(((_likeness(anchors, quote, span), span) for span in spans), reverse=True)
        runner_up = scores[1][0] if scores[1:] else 0.0
        if scores[0][0] >= _GOOD and scores[0][0] - runner_up >= _MARGIN:
            return scores[0][1].start, scores[0][1].end
    for span in spans:
        if span.start == quote.start and len(spans) > 1:
            return span.start, span.end
    raise _ambiguous(anchors, quote, spans)


def _with_neighbours(anchors: Anchors, quote: Quote) -> Stretch | None:
    """The one place where the words stand between the very neighbours that they should have."""
    before, words, after = map(squeeze, (quote.prefix, quote.exact, quote.suffix))
    if not before and not after:
        return None
    hits = list(islice(anchors.hits(before + words + after), 2))
    if len(hits) != 1:
        return None
    start = hits[0] + len(before)
    span = anchors.span(start, start + len(words))
    return span.start, span.end


def _numbered(spans: list[Span], quote: Quote) -> Stretch:
    if 1 <= quote.occurrence <= len(spans):
        span = spans[quote.occurrence - 1]
        return span.start, span.end
    what = f"“{shown(quote.exact)}” stands {len(spans)} times in the text, "
    what += f"so there is no occurrence {quote.occurrence}"
    raise Fault("bad-occurrence", what, f"write a number from 1 to {len(spans)}")


def _is_elsewhere(anchors: Anchors, quote: Quote, span: Span) -> bool:
    """Whether a short quote stands once, but among quite other words than it should."""
    told = bool(quote.prefix or quote.suffix) and len(squeeze(quote.exact)) < _TELLING
    return told and _likeness(anchors, quote, span) < _LEAST


def _likeness(anchors: Anchors, quote: Quote, span: Span) -> float:
    """How far the words around a place are those that were given, from 0 to 100."""
    from rapidfuzz.fuzz import ratio

    before = squeeze(anchors.text[max(0, span.start - 2 * CONTEXT) : span.start])
    after = squeeze(anchors.text[span.end : span.end + 2 * CONTEXT])
    prefix, suffix = squeeze(quote.prefix)[-CONTEXT:], squeeze(quote.suffix)[:CONTEXT]
    scores = []
    if prefix:
        scores.append((ratio(prefix, before[-len(prefix) :]), len(prefix)))
    if suffix:
        scores.append((ratio(suffix, after[: len(suffix)]), len(suffix)))
    return sum(score * weight for score, weight in scores) / (sum(w for _, w in scores) or 1)


def _absent(anchors: Anchors, quote: Quote, advise: bool) -> Fault:
    what = f"“{shown(quote.exact)}” does not stand in the text"
    near = anchors.nearest(quote.exact[: 4 * CONTEXT]) if advise else None
    if near:
        line, column = anchors.line_column(near.span.start)
        what += f"; nearest is {line}:{column} “{shown(near.span.quote)}”"
    fix = "is this the text that was annotated? its words have to be the same, white space apart"
    return Fault("quote-not-in-text", what, fix)


def _ambiguous(anchors: Anchors, quote: Quote, spans: list[Span]) -> Fault:
    places = [anchors.line_column(span.start) for span in spans[:_SHOWN]]
    listed = ", ".join(f"{line}:{column}" for line, column in places)
    more = ", …" if len(spans) > _SHOWN else ""
    what = f"“{shown(quote.exact)}” could stand at {listed}{more}"
    if len(spans) == 1:
        what = f"“{shown(quote.exact)}” stands only at {listed}, among quite other words"
    fix = "tell them apart by a prefix and a suffix, by the number of the occurrence, or by offsets"
    return Fault("quote-ambiguous", what, fix)
