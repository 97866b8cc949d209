"""doccano's JSONL, https://github.com/doccano/doccano: a text with its spans in each entry.

Spans      {"text": "…", "label": [[0, 4, "Town"]]}          (also `labels`; `data` for `text`)
Entities   {"text": "…", "entities": [{"id": 1, "label": "Town", "start_offset": 0,
            "end_offset": 4}], "relations": [{"id": 1, "from_id": 1, "to_id": 2, "type": "near"}]}
Old        {"text": "…", "annotations": [{"label": 3, "start_offset": 0, "end_offset": 4}]}
Offsets    code points, end excluded; or, as a project of doccano may be set, characters as they
           are seen (grapheme clusters): what fits more edges of words in a text is taken and told,
           unless the entry says it: "offsets": "code points", as those written here do
Read       all three, one entry a line or spread over lines; each entry is a document
Dropped    labels of a whole text: they mark no words
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.interchange.entries import first_entry, key_of_entry, read_entries
from kg.interchange.intake import Incoming, plain, worded
from kg.interchange.model import Annotated, Circumstances, Foreign
from kg.interchange.source import Source, without_controls
from kg.interchange.units import GRAPHEMES, POINTS, likely_ruler
from kg.readers.objects import Json, Object

TEXTS = ("text", "data")
SPANS = ("label", "labels")
ENTITIES = ("entities", "spans", "annotations")
UNIT = "offsets"
"""A field of our own, which doccano keeps beside the text."""
_FIELDS = {*TEXTS, *SPANS, *ENTITIES, "relations", "id", UNIT}
_TRIPLE = 3


def looks_like_doccano(_: Path, text: str) -> bool:
    entry = first_entry(text)
    return (
        isinstance(entry, dict)
        and isinstance(_first(entry, TEXTS), str)
        and isinstance(_first(entry, (*SPANS, *ENTITIES)), list)
    )


def read_doccano(source: Source) -> Foreign:
    """Each entry as a document of its own, named after the file and the entry's id."""
    taken: set[str] = set()
    for number, (line, entry) in enumerate(read_entries(source.text, source.faults), 1):
        text = _first(entry, TEXTS) if isinstance(entry, dict) else None
        if not isinstance(text, str):
            what = f"entry {number} holds no text" if isinstance(entry, dict) else ""
            what = what or f"entry {number} is no object"
            fix = 'an entry is an object with a text: {"text": "…", "label": [[0, 4, "Town"]]}'
            source.faults.error(line, "bad-entry", what, fix)
            source.intake.marks += _count(entry)
            continue
        key = key_of_entry(source, entry, number, taken)
        text = without_controls(text, source.faults, line)
        about = plain({name: value for name, value in entry.items() if name not in _FIELDS})
        incoming = source.intake.document(key, text, line, about)
        units = (POINTS,) if entry.get(UNIT) == POINTS else (POINTS, GRAPHEMES)
        incoming.ruler = likely_ruler(incoming.text, (), [*_places(entry)], units)
        _read_marks(incoming, entry, line)
        _read_links(incoming, entry, line)
    return source.intake.foreign()


def _first(entry: Object, names: Sequence[str]) -> Json:
    return next((entry[name] for name in names if name in entry), None)


def _places(entry: Object) -> Iterator[tuple[int, int]]:
    """Whatever looks like the offsets of a mark."""
    for name in (*SPANS, *ENTITIES):
        listed = entry.get(name)
        for item in listed if isinstance(listed, list) else ():
            match item:
                case [int(start), int(end), *_]:
                    yield start, end
                case {"start_offset": int(start), "end_offset": int(end)}:
                    yield start, end


def _count(entry: Json) -> int:
    """How many marks an entry holds that cannot be read, because they have no text."""
    listed = _first(entry, (*SPANS, *ENTITIES)) if isinstance(entry, dict) else None
    return len(listed) if isinstance(listed, list) else 0


def _read_marks(incoming: Incoming, entry: Object, line: int) -> None:
    for name in (*SPANS, *ENTITIES):
        listed = entry.get(name)
        if listed is None:
            continue
        for count, item in enumerate(listed if isinstance(listed, list) else [listed], 1):
            _read_mark(incoming, item, f"{name}.{count}", line)


def _read_mark(incoming: Incoming, item: Json, fallback: str, line: int) -> None:
    if isinstance(item, list) and len(item) == _TRIPLE:
        incoming.mark(fallback, [worded(item[2])], [(item[0], item[1])], line)
    elif isinstance(item, dict):
        offsets = [(item.get("start_offset"), item.get("end_offset"))]
        more = {k: v for k, v in item.items() if k not in _OF_AN_ENTITY}
        said = Circumstances(coder=worded(item.get("user")), more=plain(more))
        id_ = worded(item.get("id")) or fallback
        incoming.mark(id_, [worded(item.get("label"))], offsets, line, said=said)
    elif isinstance(item, str):
        what = f"`{item[:40]}` labels the whole text and marks no words in it"
        incoming.intake.refuse(line, "not-anchored", what, "mark the words that it stands for")
    else:
        what = f"`{json.dumps(item)[:40]}` is no annotation"
        fix = 'write [start, end, "label"], or an object with start_offset, end_offset and label'
        incoming.intake.refuse(line, "bad-entry", what, fix)


_OF_AN_ENTITY = {"id", "label", "start_offset", "end_offset", "user"}


def _read_links(incoming: Incoming, entry: Object, line: int) -> None:
    listed = entry.get("relations")
    for count, item in enumerate(listed if isinstance(listed, list) else (), 1):
        if not isinstance(item, dict):
            what = f"`{json.dumps(item)[:40]}` is no relation"
            fix = "write an object with from_id, to_id and type"
            incoming.intake.refuse_link(line, "bad-entry", what, fix)
            continue
        ends = worded(item.get("from_id")), worded(item.get("to_id"))
        id_ = worded(item.get("id")) or f"relations.{count}"
        incoming.link(id_, worded(item.get("type")), ends, line)


def write_doccano(documents: Sequence[Annotated]) -> dict[str, bytes]:
    """One file with an entry for each document, in the layout with entities and relations."""
    lines = (json.dumps(entry, ensure_ascii=False) + "\n" for entry in _entries(documents))
    return {"annotations.jsonl": "".join(lines).encode()}


def _entries(documents: Sequence[Annotated]) -> Iterator[Object]:
    number = 0
    for document in documents:
        ids: dict[str, int] = {}
        entities = []
        for mark in document.marks:
            number += 1
            ids[mark.id] = number
            (start, end) = mark.spans[0]
            entities.append(
                {"id": number, "label": mark.label[-1], "start_offset": start, "end_offset": end}
            )
        relations = [
            {
                "id": count,
                "from_id": ids[link.origin],
                "to_id": ids[link.target],
                "type": link.label,
            }
            for count, link in enumerate(document.links, number + 1)
        ]
        number += len(relations)
        yield {
            "id": document.key,
            UNIT: POINTS,
            "text": document.text,
            "entities": entities,
            "relations": relations,
        }
