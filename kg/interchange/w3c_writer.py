"""Web Annotation in JSON-LD, written: a collection that holds the texts and all said of them.

{"@context": ["http://www.w3.org/ns/anno.jsonld", {…}], "type": "AnnotationCollection", "first": …}

What the model has no word for (confidence, status) is said in the vocabulary of `core.ttl`. A mark
in pieces has a `Composite` target; a relation is an annotation with the motivation `linking`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from kg.anchoring import CONTEXT
from kg.interchange.model import Annotated, Circumstances, Link, Mark, Pairs, Stretch
from kg.namespaces import PKG
from kg.readers.objects import Json, Object

CONTEXT_IRI = "http://www.w3.org/ns/anno.jsonld"
_OWN = {
    "confidence": PKG.confidence,
    "status": PKG.status,
}


def write_w3c(documents: Sequence[Annotated]) -> dict[str, bytes]:
    """One file with all annotations; the text of a document stands where it is first a source."""
    items: list[Object] = []
    for document in documents:
        for mark in document.marks:
            first = len(items) == 0 or mark is document.marks[0]
            items.append(_mark(document, mark, first))
        items += [_link(document, link) for link in document.links]
    collection = {
        "@context": [CONTEXT_IRI, _OWN],
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return {
        "annotations.jsonld": (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()
    }


def _node(document: Annotated, id_: str) -> str:
    return id_ if ":" in id_ else f"urn:kg:{document.key}:{id_}"


def _source(document: Annotated, whole: bool) -> Json:
    iri = dict(document.about).get("iri") or f"urn:kg:{document.key}"
    if not whole:
        return iri
    return {"id": iri, "type": "Text", "format": "text/plain", "value": document.text}


def _mark(document: Annotated, mark: Mark, first: bool) -> Object:
    targets = [
        {"source": _source(document, first and number == 0), "selector": _selectors(document, span)}
        for number, span in enumerate(mark.spans)
    ]
    label = mark.label[-1]
    body: Object = {"type": "TextualBody", "value": label, "purpose": "tagging"}
    if label.startswith(("http://", "https://")):
        body = {"type": "SpecificResource", "source": label, "purpose": "classifying"}
    target: Json = targets[0] if len(targets) == 1 else {"type": "Composite", "items": targets}
    return {
        **_more(mark.said.more),
        "id": _node(document, mark.id),
        "type": "Annotation",
        **_said(mark.said, body),
        "target": target,
    }


def _selectors(document: Annotated, span: Stretch) -> list[Object]:
    start, end = span
    text = document.text
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT) : start],
            "suffix": text[end : end + CONTEXT],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _link(document: Annotated, link: Link) -> Object:
    body = {"type": "TextualBody", "value": link.label, "purpose": "tagging"}
    return {
        **_more(link.said.more),
        "id": _node(document, link.id),
        "type": "Annotation",
        "motivation": "linking",
        **_said(link.said, body),
        "target": [_node(document, link.origin), _node(document, link.target)],
    }


def _more(pairs: Pairs) -> Object:
    """Other fields; those that come several times as a list."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: values if values[1:] else values[0] for name, values in found.items()}


def _said(said: Circumstances, body: Object) -> Object:
    """The fields that marks and relations share."""
    note = {"type": "TextualBody", "value": said.note, "purpose": "commenting"}
    fields: Object = {"body": [body, note] if said.note else body}
    given = {
        "creator": {"type": "Person", "name": said.coder} if said.coder else None,
        "created": said.time,
        "confidence": said.confidence,
        "status": said.status,
    }
    return fields | {name: value for name, value in given.items() if value}
