"""Writing a REFI-QDA project: valid against its schema, the same bytes for the same project.

What a coding or a link has no attribute for stands in a note of it: its words, and as variables of
the note its confidence, its state and its other fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.interchange.intake import shown
from kg.interchange.model import Annotated, Circumstances, Code, Link, Mark, Stretch
from kg.interchange.qdc import ORIGIN, attributes_of, code_lines, guid, words_of
from kg.readers.literals import is_moment
from kg.zips import zipped

PROJECT = "project.qde"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0"{}>\n'


def write_qdpx(documents: Sequence[Annotated], codes: Sequence[Code] = ()) -> dict[str, bytes]:
    """One project with the texts beside it in the same zip file."""
    labels = {mark.label for document in documents for mark in document.marks}
    known = {code.path for code in codes}
    all_codes = [*codes, *(Code(label) for label in sorted(labels - known))]
    texts = {f"sources/{_text_id(each)}.txt": each.text.encode() for each in documents}
    project = "".join(_project(documents, all_codes))
    return {"annotations.qdpx": zipped({PROJECT: project.encode(), **texts})}


def _text_id(document: Annotated) -> str:
    return guid("text", document.key)


def _project(documents: Sequence[Annotated], codes: Sequence[Code]) -> Iterator[str]:
    notes = _Notes()
    sources = [line for document in documents for line in _source(document, notes)]
    links = [line for document in documents for each in document.links
             for line in _link(document, each, notes)]  # fmt: skip
    said = {mark.said.coder for document in documents for mark in document.marks}
    said |= {link.said.coder for document in documents for link in document.links}
    coders = sorted(said - {""})
    yield _HEAD.format(attributes_of({"name": "annotations", "origin": ORIGIN}))
    users = [_tag("User", {"guid": _user(coder), "name": coder}) for coder in coders]
    yield from _group("Users", users)
    yield from _group("CodeBook", code_lines(codes))
    yield from _group("Variables", notes.declared())
    yield from _group("Sources", sources)
    yield from _group("Notes", notes.lines)
    yield from _group("Links", links)
    yield "</Project>\n"


def _group(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Some lines in an element, which the schema does not want empty."""
    if inner := list(lines):
        yield from (f"<{name}>\n", *inner, f"</{name}>\n")


def _tag(name: str, values: dict[str, str], inside: Sequence[str] = ()) -> str:
    end = f">\n{''.join(inside)}</{name}>\n" if inside else "/>\n"
    return f"<{name}{attributes_of(values)}{end}"


def _user(coder: str) -> str:
    return guid("user", coder) if coder else ""


def _who(said: Circumstances) -> dict[str, str]:
    time = said.time if is_moment(said.time) else ""
    return {"creatingUser": _user(said.coder), "creationDateTime": time}


def _source(document: Annotated, notes: _Notes) -> Iterator[str]:
    path = f"internal://{_text_id(document)}.txt"
    title = dict(document.about).get("title", "")
    selections: dict[Stretch, list[Mark]] = {}
    for mark in document.marks:
        selections.setdefault(mark.spans[0], []).append(mark)
    lines = [_selection(document, span, selections[span], notes) for span in sorted(selections)]
    described = {"guid": guid("source", document.key), "name": document.key, "plainTextPath": path}
    description = f"<Description>{words_of(title)}</Description>\n" if title else ""
    yield _tag("TextSource", described, [description, *lines])


def _selection(document: Annotated, span: Stretch, marks: Sequence[Mark], notes: _Notes) -> str:
    start, end = span
    described = {
        "guid": guid("selection", document.key, str(start), str(end)),
        "name": shown(document.text[start:end]),
        "startPosition": str(start),
        "endPosition": str(end),
    }
    return _tag("PlainTextSelection", described, [_coding(document, mark, notes) for mark in marks])


def _coding(document: Annotated, mark: Mark, notes: _Notes) -> str:
    id_ = guid("coding", document.key, mark.id)
    code = _tag("CodeRef", {"targetGUID": guid("code", *mark.label)})
    return _tag("Coding", {"guid": id_, **_who(mark.said)}, [code, *notes.on(id_, mark.said)])


def _link(document: Annotated, link: Link, notes: _Notes) -> Iterator[str]:
    id_ = guid("link", document.key, link.id)
    described = {
        "guid": id_,
        "name": link.label,
        "direction": "OneWay",
        "originGUID": guid("coding", document.key, link.origin),
        "targetGUID": guid("coding", document.key, link.target),
    }
    is_signed = bool(link.said.coder or link.said.time)
    yield _tag("Link", described, list(notes.on(id_, link.said, always=is_signed)))


@dataclass
class _Notes:
    """The notes of a project, and the variables that they have."""

    lines: list[str] = field(default_factory=list)
    _variables: dict[str, str] = field(default_factory=dict)

    def on(self, of: str, said: Circumstances, *, always: bool = False) -> Iterator[str]:
        """A reference to a note with all that there is to say, none if that is nothing."""
        fields = [("confidence", said.confidence), ("status", said.status), *said.more]
        values = [self._value(name, value) for name, value in fields if value]
        if said.note or values or always:
            id_ = guid("note", of)
            words = f"<PlainTextContent>{words_of(said.note)}</PlainTextContent>\n"
            self.lines.append(_tag("Note", {"guid": id_, **_who(said)}, [words, *values]))
            yield _tag("NoteRef", {"targetGUID": id_})

    def _value(self, name: str, value: str) -> str:
        id_ = self._variables.setdefault(name, guid("variable", name))
        words = f"<TextValue>{words_of(value)}</TextValue>\n"
        return _tag("VariableValue", {}, [_tag("VariableRef", {"targetGUID": id_}), words])

    def declared(self) -> Iterator[str]:
        for name, id_ in sorted(self._variables.items()):
            described = {"guid": id_, "name": name, "typeOfVariable": "Text"}
            yield _tag("Variable", described)
