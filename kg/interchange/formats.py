"""The formats by the names of `--from` and `kg export`, what each holds, and telling them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from kg.errors import InputError, UnknownName
from kg.interchange.brat import looks_like_brat, read_brat, write_brat
from kg.interchange.csv import looks_like_csv, read_csv, write_csv
from kg.interchange.damage import damage
from kg.interchange.doccano import looks_like_doccano, read_doccano, write_doccano
from kg.interchange.document import READERS as DOCUMENTS
from kg.interchange.document import document_kind
from kg.interchange.hypothesis import looks_like_hypothesis, read_hypothesis
from kg.interchange.inception import looks_like_inception, read_inception
from kg.interchange.labelstudio import looks_like_labelstudio, read_labelstudio, write_labelstudio
from kg.interchange.model import Annotated, Circumstances, Code, Foreign, Link, Mark
from kg.interchange.qdc import looks_like_qdc, read_qdc, write_qdc
from kg.interchange.qdpx import looks_like_qdpx, read_qdpx
from kg.interchange.qdpx_writer import write_qdpx
from kg.interchange.source import Source, key_of
from kg.interchange.uima import looks_like_uima, read_uima
from kg.interchange.uima_writer import write_uima
from kg.interchange.w3c import looks_like_w3c, read_w3c
from kg.interchange.w3c_writer import write_w3c
from kg.interchange.webanno import looks_like_webanno, read_webanno
from kg.interchange.webanno_writer import write_webanno
from kg.interchange.xlsx import looks_like_xlsx, read_xlsx, write_xlsx

Files: TypeAlias = dict[str, bytes]
"""Name of a file → what is in it."""

FIELDS = ("coder", "time", "note", "confidence", "status", "more")


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is read and written.

    `holds` names what survives in it: `FIELDS` of a mark, "pieces" (discontinuous marks), "links",
    "tree" (paths of labels), "suggested" (of all states, only this one), "folders" (each coder has
    files of its own, so that no relation leads from one to another). `coded` writes a format that
    holds a code tree beside the marks, or instead of them.
    """

    looks_like: Callable[[Path, str], bool]
    read: Callable[[Source], Foreign]
    write: Callable[[Sequence[Annotated]], Files] | None
    holds: frozenset[str]
    coded: Callable[[Sequence[Annotated], Sequence[Code]], Files] | None = None


FORMATS: Mapping[str, Format] = {
    "w3c": Format(
        looks_like_w3c, read_w3c, write_w3c, frozenset({"pieces", "links", *FIELDS})
    ),
    "brat": Format(
        looks_like_brat,
        read_brat,
        write_brat,
        frozenset({"pieces", "links", "note", "more", "folders"}),
    ),
    "labelstudio": Format(
        looks_like_labelstudio,
        read_labelstudio,
        write_labelstudio,
        frozenset({"links", "tree", "coder", "time", "note", "confidence", "suggested"}),
    ),
    "hypothesis": Format(
        looks_like_hypothesis, read_hypothesis, None, frozenset({"coder", "time", "note", "more"})
    ),
    "doccano": Format(looks_like_doccano, read_doccano, write_doccano, frozenset({"links"})),
    "qdpx": Format(
        looks_like_qdpx, read_qdpx, write_qdpx, frozenset({"links", "tree", *FIELDS}), write_qdpx
    ),
    "webanno": Format(
        looks_like_webanno, read_webanno, write_webanno, frozenset({"links", *FIELDS})
    ),
    "uima": Format(looks_like_uima, read_uima, write_uima, frozenset({"links", *FIELDS})),
    "inception": Format(
        looks_like_inception, read_inception, None, frozenset({"links", *FIELDS})
    ),
    "qdc": Format(looks_like_qdc, read_qdc, write_qdc, frozenset({"tree"}), write_qdc),
    "csv": Format(
        looks_like_csv, read_csv, write_csv, frozenset({"tree", *FIELDS} - {"more"})
    ),
    "xlsx": Format(
        looks_like_xlsx, read_xlsx, write_xlsx, frozenset({"tree", *FIELDS} - {"more"})
    ),
}  # fmt: skip

READERS: Mapping[str, Callable[[Source], Foreign]] = {
    **{name: each.read for name, each in FORMATS.items()},
    **DOCUMENTS,
}


def format_of(source: Source) -> str:
    """The format or kind of document that a file shows; UnknownName or InputError where none."""
    for name, each in FORMATS.items():
        if each.looks_like(source.path, source.text):
            return name
    if kind := document_kind(source):
        return kind
    names = f"--from {' | '.join(READERS)}"
    if found := damage(source):
        fix = f"{found.fix}; or name its format, to read what is left: {names}"
        raise InputError(found.what, fix=fix, place=found.place)
    what = f"{source.path}: what this file holds tells no format"
    raise UnknownName(what, fix=f"name it: {names}")


def reader(name: str) -> Callable[[Source], Foreign]:
    """How a format or a kind of document is read."""
    if name in READERS:
        return READERS[name]
    raise UnknownName(f"there is no format '{name}' to read", fix=f"there are: {' '.join(READERS)}")


def reduced(document: Annotated, holds: frozenset[str]) -> Annotated:
    """What of a document a format can hold: the rest is lost in writing it."""
    marks: list[Mark] = []
    first: dict[str, str] = {}
    for mark in document.marks:
        said = _reduced_said(mark.said, holds)
        label = mark.label if "tree" in holds else mark.label[-1:]
        pieces = [mark.spans] if "pieces" in holds else [(span,) for span in mark.spans]
        for number, spans in enumerate(pieces, 1):
            id_ = mark.id if len(pieces) == 1 else f"{mark.id}.{number}"
            first.setdefault(mark.id, id_)
            marks.append(replace(mark, id=id_, spans=spans, label=label, said=said))
    coders = {mark.id: _coder(mark.said, holds) for mark in document.marks}
    kept = [link for link in document.links if not _is_across(link, coders, holds)]
    links = tuple(
        replace(link, origin=first[link.origin], target=first[link.target],
                said=_reduced_said(link.said, holds))
        for link in kept
    ) if "links" in holds else ()  # fmt: skip
    return replace(document, marks=tuple(marks), links=links)


def _coder(said: Circumstances, holds: frozenset[str]) -> str:
    """A coder as the format names him: a folder has a name without spaces."""
    return key_of(said.coder) if "folders" in holds else said.coder if "coder" in holds else ""


def _is_across(link: Link, coders: Mapping[str, str], holds: frozenset[str]) -> bool:
    """Whether a relation leads from a mark of one coder to one of another, and is lost by that."""
    return "folders" in holds and coders[link.origin] != coders[link.target]


def _reduced_said(said: Circumstances, holds: frozenset[str]) -> Circumstances:
    status = said.status if "status" in holds else ""
    if "suggested" in holds and said.status == "suggested":
        status = said.status
    return Circumstances(
        coder=_coder(said, holds),
        time=said.time if "time" in holds else "",
        note=said.note if "note" in holds else "",
        confidence=said.confidence if "confidence" in holds else "",
        status=status,
        more=said.more if "more" in holds else (),
    )


def losses(documents: Iterable[Annotated], holds: frozenset[str]) -> list[str]:
    """What a format loses of documents, in words with counts; empty if nothing."""
    lost = dict.fromkeys((_PIECES, "relations", _ACROSS, "paths of labels", *_WORDS), 0)
    for document in documents:
        for mark in document.marks:
            lost[_PIECES] += "pieces" not in holds and len(mark.spans) > 1
            lost["paths of labels"] += "tree" not in holds and len(mark.label) > 1
        lost["relations"] += len(document.links) if "links" not in holds else 0
        coders = {mark.id: _coder(mark.said, holds) for mark in document.marks}
        lost[_ACROSS] += sum(_is_across(link, coders, holds) for link in document.links)
        items: list[Mark | Link] = [*document.marks, *document.links]
        for item in items:
            kept = _reduced_said(item.said, holds)
            for words, name in _WORDS.items():
                lost[words] += getattr(item.said, name) != getattr(kept, name)
    return [f"{words} ({count:,})" for words, count in lost.items() if count]


_PIECES = "marks in pieces (each piece becomes a mark)"
_ACROSS = "relations from a mark of one coder to one of another"
_WORDS = {
    "coders": "coder",
    "times": "time",
    "notes": "note",
    "confidences": "confidence",
    "states": "status",
    "other fields": "more",
}
