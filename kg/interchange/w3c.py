"""Web Annotation in JSON-LD, https://www.w3.org/TR/annotation-model/: one, a list, a collection.

Sample    {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation",
            "body": {"type": "TextualBody", "value": "town", "purpose": "tagging"},
            "target": {"source": "https://example.org/a", "selector": {"exact": "county town", …}}}
Offsets   code points of the plain text (UTF-16 is tried where quotes stand beside positions)
Read      every selector that can anchor text; tags and classifying IRIs as labels, the rest of the
          bodies as notes; linking annotations as relations; `Composite` targets as pieces
Dropped   what marks no words. The context is never fetched: the keys are those of the model
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.anchoring import Anchors
from kg.interchange.entries import first_entry, read_entries
from kg.interchange.intake import Incoming, plain, worded
from kg.interchange.model import Circumstances, Foreign
from kg.interchange.selectors import Ground, Selected, kind_of, select
from kg.interchange.source import Source, key_of
from kg.interchange.units import POINTS, UTF16, Claim, best_ruler
from kg.model import Document
from kg.readers.faults import Fault
from kg.readers.objects import Json, Object

TYPES = ("Annotation", "AnnotationPage", "AnnotationCollection", "OrderedCollection",
         "OrderedCollectionPage")  # fmt: skip
_LABELLING = {"tagging", "classifying", "identifying", "oa:tagging", "oa:classifying"}
_FIELDS = {"@context", "id", "@id", "type", "@type", "body", "bodyValue", "target", "creator",
           "created", "modified", "motivation", "confidence", "status"}  # fmt: skip
_PIECES = ("Composite", "List")
_DEEPEST = 6


def looks_like_w3c(_: Path, text: str) -> bool:
    entry = first_entry(text)
    graph = entry.get("@graph") if isinstance(entry, dict) else None
    entry = graph[0] if isinstance(graph, list) and graph else entry
    return kind_of(entry) in TYPES


def read_w3c(source: Source) -> Foreign:
    """All annotations of a file, on the texts that it holds or that are found for it."""
    return _Annotations(source).read()


def items_of(value: Json, depth: int = 0) -> Iterator[Json]:
    """The annotations of whatever holds them: lists, pages, collections, graphs."""
    if isinstance(value, list) and depth < _DEEPEST:
        for each in value:
            yield from items_of(each, depth + 1)
    elif isinstance(value, dict) and "@graph" in value and depth < _DEEPEST:
        yield from items_of(value["@graph"], depth + 1)
    elif kind_of(value) in TYPES[1:] and depth < _DEEPEST:
        for name in ("first", "items", "orderedItems", "next"):
            if not isinstance(value.get(name), str | None):
                yield from items_of(value[name], depth + 1)
    else:
        yield value


@dataclass
class _Annotations:
    """The annotations of one file on their way in."""

    source: Source
    texts: dict[str, str] = field(default_factory=dict)
    opened: dict[str, tuple[Incoming, Anchors]] = field(default_factory=dict)
    marks: dict[str, tuple[str, Incoming]] = field(default_factory=dict)

    def read(self) -> Foreign:
        entries = [
            (line, item)
            for line, entry in read_entries(self.source.text, self.source.faults)
            for item in items_of(entry)
        ]
        links = []
        for _, item in entries:
            self._collect_texts(item)
        for number, (line, item) in enumerate(entries, 1):
            if not isinstance(item, dict) or kind_of(item) not in ("Annotation", ""):
                what = f"entry {number} is no annotation"
                fix = 'an annotation is an object with "type": "Annotation", a body and a target'
                self.source.intake.refuse(line, "bad-entry", what, fix)
            elif _is_linking(item):
                links.append((line, item, number))
            else:
                self._annotation(item, line, number)
        for line, item, number in links:
            self._link(item, line, number)
        return self.source.intake.foreign()

    def _collect_texts(self, item: Json) -> None:
        """Texts that stand in the file itself, as the value of what a target is part of."""
        for target in targets_of(item):
            source = target.get("source") if isinstance(target, dict) else None
            if isinstance(source, dict) and isinstance(source.get("value"), str):
                self.texts[iri_of(source)] = source["value"]

    def _annotation(self, item: Object, line: int, number: int) -> None:
        labels, note = _bodies(item)
        id_ = iri_of(item) or str(number)
        said = _said(item, note)
        wholes = list(_wholes(item))
        for part, pieces in enumerate(wholes, 1):
            for count, label in enumerate(labels or [""], 1):
                ours = id_ if part == count == 1 else f"{id_}#{part}.{count}"
                try:
                    incoming, selected = self._selected(pieces, line)
                except Fault as fault:
                    self.source.intake.marks += 1
                    self.source.faults.add(line, fault)
                    continue
                quotes = [each.quote for each in selected]
                quote = None if None in quotes else "".join(map(str, quotes))
                spans = [(each.start, each.end) for each in selected]
                incoming.mark(ours, [label], spans, line, quote=quote, said=said)
                self.marks.setdefault(id_, (ours, incoming))

    def _selected(self, pieces: list[Json], line: int) -> tuple[Incoming, list[Selected]]:
        names = {_source_of(piece) for piece in pieces}
        if len(names) > 1:
            what = "the pieces of this target lie in different texts"
            raise Fault("not-anchored", what, "give each text an annotation of its own")
        incoming, anchors = self._document(next(iter(names), ""), line)
        selectors = [piece.get("selector") if isinstance(piece, dict) else None for piece in pieces]
        fragments = [{"type": "FragmentSelector", "value": _fragment_of(piece)} for piece in pieces]
        chosen = [s or f for s, f in zip(selectors, fragments, strict=True)]
        claims = [claim for selector in chosen for claim in _claims(selector)]
        if claims and incoming.ruler.unit == POINTS:
            incoming.ruler = best_ruler(incoming.text, claims, (POINTS, UTF16))
        whole = (0, incoming.ruler.length)
        ground = Ground(anchors, incoming.ruler, whole, self.source.faults)
        return incoming, [select(selector, ground) for selector in chosen]

    def _document(self, name: str, line: int) -> tuple[Incoming, Anchors]:
        if name in self.opened:
            return self.opened[name]
        document: Document | None = None
        text = self.texts.get(name)
        last = re.split(r"[/:]", name.rstrip("/"))[-1]
        key = key_of(last.removeprefix("doc-")) or "document"
        if text is None:
            document = self.source.texts.find(name, key, self.source.path.stem)
            if document is None:
                what = f"there is no text for {name or 'a target without a source'}"
                fix = "put its plain text beside this file or into passages/, under the last part "
                fix += f"of that name: {key}.txt"
                raise Fault("no-text", what, fix)
            key, text = document.key, document.text
        incoming = self.source.intake.document(key, text, line, _about(name))
        self.opened[name] = incoming, Anchors.of(incoming.text)
        return self.opened[name]

    def _link(self, item: Object, line: int, number: int) -> None:
        labels, note = _bodies(item)
        ends = [_source_of(target) for target in targets_of(item)]
        known = [self.marks[end] for end in ends if end in self.marks]
        if len(ends) != 2 or len(known) != 2 or known[0][1] is not known[1][1]:  # noqa: PLR2004
            what = f"relation {number} does not lead from one annotation that was read to another"
            fix = "give it two targets, the ids of two annotations of one text"
            self.source.intake.refuse_link(line, "dangling-relation", what, fix)
            return
        ours, incoming = (known[0][0], known[1][0]), known[0][1]
        said = _said(item, note)
        incoming.link(iri_of(item) or str(number), (labels or [""])[0], ours, line, said=said)


def _about(name: str) -> list[tuple[str, str]]:
    return [("source", name)] if name.startswith(("http://", "https://")) else []


def iri_of(value: Json) -> str:
    """The identifier of a node, or the string that stands for it."""
    if isinstance(value, dict):
        return worded(value.get("id", value.get("@id")))
    return worded(value)


def targets_of(item: Json) -> list[Json]:
    """All targets, pieces of one as well."""
    target = item.get("target") if isinstance(item, dict) else None
    given = target if isinstance(target, list) else [target] if target is not None else []
    return [piece for each in given for piece in _items(each) or [each]]


def _items(value: Json) -> list[Json]:
    """The members of a composite, list or set of targets."""
    items = value.get("items") if isinstance(value, dict) else None
    return items if isinstance(items, list) else []


def _wholes(item: Object) -> Iterator[list[Json]]:
    """Each stretch that an annotation is about, as its pieces."""
    target = item.get("target")
    for each in target if isinstance(target, list) else [target]:
        if kind_of(each) in _PIECES and _items(each):
            yield _items(each)
        else:
            yield from ([piece] for piece in _items(each) or [each])


def _source_of(target: Json) -> str:
    source = target.get("source", target) if isinstance(target, dict) else target
    return iri_of(source).partition("#char=")[0].partition("#line=")[0]


def _fragment_of(target: Json) -> str:
    source = target.get("source", target) if isinstance(target, dict) else target
    return iri_of(source).rpartition("#")[2]


def _claims(selector: Json) -> Iterator[Claim]:
    given = selector if isinstance(selector, list) else [selector]
    kinds = {kind_of(each): each for each in given}
    position, quote = kinds.get("TextPositionSelector", {}), kinds.get("TextQuoteSelector", {})
    start, end, exact = position.get("start"), position.get("end"), quote.get("exact")
    if isinstance(start, int) and isinstance(end, int) and isinstance(exact, str):
        yield start, end, exact


def _motivations(item: Object) -> set[str]:
    given = item.get("motivation")
    return {worded(each) for each in (given if isinstance(given, list) else [given])}


def _is_linking(item: Object) -> bool:
    return bool(_motivations(item) & {"linking", "oa:linking"}) and len(targets_of(item)) > 1


def _bodies(item: Object) -> tuple[list[str], str]:
    """The labels, and what is said besides."""
    labelling = bool(_motivations(item) & _LABELLING)
    body = item.get("body")
    labels, notes = [], []
    for each in body if isinstance(body, list) else [body]:
        purpose = worded(each.get("purpose")) if isinstance(each, dict) else ""
        is_text = isinstance(each, dict) and "value" in each
        words = worded(each.get("value")) if isinstance(each, dict) and is_text else _named(each)
        if words and (purpose in _LABELLING or (not purpose and (labelling or not is_text))):
            labels.append(words)
        elif words:
            notes.append(words)
    value = worded(item.get("bodyValue"))
    (labels if labelling else notes).extend([value] if value else [])
    return labels, "; ".join(notes)


def _named(body: Json) -> str:
    return iri_of(body.get("source", body)) if isinstance(body, dict) else iri_of(body)


def _said(item: Object, note: str) -> Circumstances:
    creator = item.get("creator")
    creator = creator[0] if isinstance(creator, list) and creator else creator
    named = creator if isinstance(creator, dict) else {}
    name = worded(named.get("nickname")) or worded(named.get("name")) or iri_of(creator)
    time = worded(item.get("modified")) or worded(item.get("created"))
    more = plain({key: value for key, value in item.items() if key not in _FIELDS})
    confidence = worded(item.get("confidence"))
    return Circumstances(name, time, note, confidence, worded(item.get("status")), more)
