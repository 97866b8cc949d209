"""Documents as JSON Lines, as `jsonl` reads them; what is as it would be by default is left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from kg.model import METADATA, Classification, Document, Flow, Mention, Passage, Span, Statement
from kg.ontology import local_name
from kg.readers.manner import DEFAULTS
from kg.readers.names import Names
from kg.readers.objects import Json, Object
from kg.readers.records import ENDS
from kg.readers.unplaced import unplaced_entry

Marked = Mapping[str, tuple[str, ...]]
"""Concept → the ids of its mentions in a passage."""
_NOTHING: tuple[Json, ...] = ("", (), [], {})


def jsonl_lines(documents: Iterable[Document], names: Names) -> Iterator[str]:
    """A line for each document and, behind it, one for each of its passages."""
    writer = _Writer(names)
    for document in documents:
        yield _line(_document(document))
        yield from (_line(writer.passage(document.key, one)) for one in document.passages)
        yield from (_line(unplaced_entry(document.key, one)) for one in document.unplaced)


def _line(entry: Object) -> str:
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _document(document: Document) -> Object:
    everything = ((0, len(document.text)),)
    return {
        "document": document.key,
        **_given({name: getattr(document, name) for name in METADATA}),
        **_given({"body": document.body if document.body != everything else ()}),
        "sha256": document.sha256,
        "text": document.text,
    }


def _given(fields: Mapping[str, Json]) -> Object:
    """Those that say anything."""
    return {key: value for key, value in fields.items() if value not in _NOTHING}


def _span(span: Span) -> Object:
    return {"start": span.start, "end": span.end, "quote": span.quote}


class _Writer:
    """Writes passages; concepts and relations by key, or by IRI where a key names another too."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._keys: dict[str, str] = {}
        self._qualifiers = {q.iri: (key, q.datatype) for key, q in names.qualifiers.items()}

    def passage(self, document: str, passage: Passage) -> Object:
        marked = {
            concept: tuple(one.id for one in passage.mentions if one.concept == concept)
            for concept in {mention.concept for mention in passage.mentions}
        }
        ids = _ids(passage, marked)
        return {
            "document": document,
            "coder": passage.coder,
            "coded": passage.coded,
            **_span(passage.span),
            **_given({"note": passage.note, "uncoded": passage.uncoded}),
            **_given(
                {
                    "mentions": [self._mention(one, ids) for one in passage.mentions],
                    "statements": [
                        {**self._statement(one), **_pointed(one, ids, marked)}
                        for one in passage.statements
                    ],
                    "flows": [self._flow(flow) for flow in passage.flows],
                    "classifications": [self._classified(one) for one in passage.classifications],
                }
            ),
        }

    def _concept(self, iri: str) -> str:
        if iri not in self._keys:
            key = local_name(iri)
            alone = [concept.iri for concept in self._names.find(key)] == [iri]
            self._keys[iri] = key if alone else iri
        return self._keys[iri]

    def _mention(self, mention: Mention, ids: Mapping[str, str]) -> Object:
        spans = [_span(span) for span in mention.spans]
        return {
            **_given({"id": ids.get(mention.id, "")}),
            "concept": self._concept(mention.concept),
            **(spans[0] if len(spans) == 1 else {"pieces": spans}),
            **_judged(mention),
        }

    def _triple(self, item: Statement | Classification) -> Object:
        return {
            "subject": self._concept(item.subject),
            "relation": local_name(item.predicate),
            "object": self._concept(item.object),
        }

    def _statement(self, item: Statement) -> Object:
        return {**self._triple(item), **self._told(item)}

    def _flow(self, flow: Flow) -> Object:
        ends = (flow.of, flow.origin, flow.destination, flow.via)
        found = {key: self._concept(end) for key, end in zip(ENDS, ends, strict=True) if end}
        return {**found, **self._told(flow)}

    def _classified(self, item: Classification) -> Object:
        return {**self._triple(item), **_judged(item)}

    def _told(self, item: Statement | Flow) -> Object:
        said = {"source": item.source and self._concept(item.source)}
        said |= {key: _unusual(key, getattr(item, key)) for key in ("polarity", "explicitness")}
        qualifiers: dict[str, list[str]] = {}
        for iri, value in item.qualifiers:
            key, datatype = self._qualifiers[iri]
            qualifiers.setdefault(key, []).append(value if datatype else self._concept(value))
        return {
            "modality": item.modality,
            **_given({**said, "qualifiers": qualifiers}),
            **_judged(item),
        }


def _ids(passage: Passage, marked: Marked) -> dict[str, str]:
    """m1, m2 … for the mentions that statements have to name."""
    unlike = (_unlike(statement, marked).values() for statement in passage.statements)
    wanted = {id_ for both in unlike for mentions in both for id_ in mentions}
    found = [mention.id for mention in passage.mentions if mention.id in wanted]
    return {id_: f"m{number}" for number, id_ in enumerate(found, 1)}


def _pointed(item: Statement, ids: Mapping[str, str], marked: Marked) -> Object:
    """The mentions that a statement has to name."""
    unlike = _unlike(item, marked).items()
    return {key: [ids[mention] for mention in mentions] for key, mentions in unlike}


def _unlike(item: Statement, marked: Marked) -> dict[str, tuple[str, ...]]:
    """The mentions of a statement where they are not all of its concept in the passage."""
    sides = {
        "subject_mentions": (item.subject, item.subject_mentions),
        "object_mentions": (item.object, item.object_mentions),
    }
    return {
        key: mentions
        for key, (concept, mentions) in sides.items()
        if mentions != marked.get(concept, ())
    }


def _judged(item: Mention | Statement | Flow | Classification) -> Object:
    confidence = _unusual("confidence", item.confidence)
    exact = confidence and str(float(confidence)) == confidence
    return _given(
        {
            "confidence": float(confidence) if exact else confidence,
            "status": _unusual("status", item.status),
            "note": item.note,
        }
    )


def _unusual(key: str, value: str) -> str:
    """A value that is not the default of its key, else ""."""
    return "" if value == DEFAULTS[key] else value
