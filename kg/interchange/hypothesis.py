"""Hypothes.is annotations as its API and its exporters give them, https://h.readthedocs.io.

Sample    {"user": "acct:ann@hypothes.is", "tags": ["Town"], "text": "a note", "uri": "https://…",
            "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "county town", …}]}]}
Offsets   none that count: its positions belong to the web page, so only the quote is used
Read      a single annotation, a list, {"rows": […]}, one a line; tags as labels, the text as note
Dropped   page notes and replies, which mark no words; annotations without a tag
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.anchoring import Anchors
from kg.interchange.entries import first_entry, read_entries
from kg.interchange.intake import Incoming, plain, worded
from kg.interchange.model import Circumstances, Foreign
from kg.interchange.quotes import Quote, locate
from kg.interchange.source import Source
from kg.readers.faults import Fault
from kg.readers.objects import Json, Object

_LISTS = ("rows", "annotations")
_FIELDS = {"id", "created", "updated", "user", "uri", "text", "tags", "target", "document", "links",
           "permissions", "user_info", "references"}  # fmt: skip


def looks_like_hypothesis(_: Path, text: str) -> bool:
    entry = first_entry(text)
    listed = (
        next((entry[name] for name in _LISTS if name in entry), None) if is_object(entry) else 0
    )
    entry = listed[0] if isinstance(listed, list) and listed else entry
    return is_object(entry) and {"uri", "user"} <= {*entry} and "target" in entry


def is_object(value: Json) -> bool:
    return isinstance(value, dict)


def read_hypothesis(source: Source) -> Foreign:
    """The tags of every annotation, on the texts that are found for their web addresses."""
    found: dict[str, tuple[Incoming, Anchors]] = {}
    for number, (line, entry) in enumerate(_annotations(source), 1):
        if not is_object(entry):
            what = f"entry {number} is no object"
            source.intake.refuse(line, "bad-entry", what, "export the annotations again as JSON")
            continue
        if entry.get("references"):
            source.intake.remark("replies, which mark no words, not read")
            continue
        try:
            _read_annotation(source, entry, line, found)
        except Fault as fault:
            source.intake.marks += max(1, len(_tags(entry)))
            source.faults.add(line, fault)
    return source.intake.foreign()


def _annotations(source: Source) -> Iterator[tuple[int, Json]]:
    for line, entry in read_entries(source.text, source.faults):
        name = next((name for name in _LISTS if is_object(entry) and name in entry), "")
        if name and isinstance(entry[name], list):
            yield from ((line, item) for item in entry[name])
        else:
            yield line, entry


def _tags(entry: Object) -> list[str]:
    tags = entry.get("tags")
    return [worded(tag) for tag in tags] if isinstance(tags, list) else []


def _read_annotation(
    source: Source, entry: Object, line: int, found: dict[str, tuple[Incoming, Anchors]]
) -> None:
    quote = _quote(entry)
    incoming, anchors = _document(source, entry, line, found)
    span = locate(anchors, quote, source.faults)
    said = Circumstances(
        coder=worded(entry.get("user")),
        time=worded(entry.get("updated")) or worded(entry.get("created")),
        note=worded(entry.get("text")),
        more=plain({name: value for name, value in entry.items() if name not in _FIELDS}),
    )
    id_ = worded(entry.get("id")) or str(line)
    for count, tag in enumerate(_tags(entry) or [""], 1):
        number = id_ if count == 1 else f"{id_}#{count}"
        incoming.mark(number, [tag], [span], line, quote=quote.exact, said=said)


def _quote(entry: Object) -> Quote:
    targets = entry.get("target")
    for target in targets if isinstance(targets, list) else ():
        selectors = target.get("selector") if is_object(target) else None
        for selector in selectors if isinstance(selectors, list) else ():
            if is_object(selector) and selector.get("type") == "TextQuoteSelector":
                exact, before, after = map(selector.get, ("exact", "prefix", "suffix"))
                return Quote(worded(exact), worded(before), worded(after))
    what = "this annotation quotes no words: it is a note on the page"
    raise Fault("not-anchored", what, "annotate the words themselves")


def _document(
    source: Source, entry: Object, line: int, found: dict[str, tuple[Incoming, Anchors]]
) -> tuple[Incoming, Anchors]:
    uri, about = worded(entry.get("uri")), entry.get("document")
    titles = about.get("title") if isinstance(about, dict) else None
    title = worded(titles[0]) if isinstance(titles, list) and titles else ""
    document = source.texts.find(uri, title, source.path.stem)
    if document is None:
        what = f"there is no text for {uri or 'an annotation without an address'}"
        fix = "save the page's words as passages/NAME.txt, and `source:` with its address in "
        fix += "passages/NAME.yaml; or put the text beside this file, under its name"
        raise Fault("no-text", what, fix)
    if document.key not in found:
        incoming = source.intake.document(document.key, document.text, line)
        found[document.key] = incoming, Anchors.of(document.text, document.body)
    return found[document.key]
