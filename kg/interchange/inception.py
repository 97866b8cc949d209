"""INCEpTION projects, https://inception-project.github.io: the zip that its settings export.

Layout    exportedproject*.json; annotation/TEXT/ANNOTATOR.zip, curation/TEXT/CURATION_USER.zip; in
          these the annotations as TSV, CAS XMI or CAS JSON (or as .tsv, .xmi, .json right there)
Offsets   UTF-16 code units
Read      each annotator's work under their name, the curated work under `curation`; the time of the
          last change; work that is not finished is a draft
Dropped   work that was marked as to be ignored, the state before annotating, lemmas and parts of
          speech: told with counts
Written   never: INCEpTION takes the annotations of a project only from its own Java files (`_ser`);
          import the zips of `uima` or the files of `webanno` into it instead
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.encoding import BadFile
from kg.errors import Issue
from kg.filenames import numbered
from kg.interchange.intake import Intake, worded
from kg.interchange.merging import prefixed
from kg.interchange.model import Annotated, Circumstances, Foreign
from kg.interchange.moments import in_words
from kg.interchange.packed import LIMITS, opened, read_entry, tell_refused
from kg.interchange.source import Source, decoded, is_zip, key_of
from kg.interchange.uima import looks_like_uima, read_uima
from kg.interchange.webanno import looks_like_webanno, read_webanno
from kg.readers.faults import Faults
from kg.readers.objects import Json, Object
from kg.zips import Archive, open_zip

CURATION = "curation"
"""The coder of what was curated."""
_ENTRY = re.compile(r"(annotation|curation)/([^/]+)/([^/]+)\.(zip|tsv|xmi|json)", re.IGNORECASE)
_PROJECT = re.compile(r"exportedproject[^/]*\.json", re.IGNORECASE)
_FORMS = (".tsv", ".xmi", ".json")
_BEFORE = "INITIAL_CAS"
_IN_PROGRESS = ("IN_PROGRESS", "ANNOTATION_IN_PROGRESS", "CURATION_IN_PROGRESS")
_A_SECOND = 1000


def looks_like_inception(path: Path, text: str) -> bool:
    names = text.split("\n") if is_zip(path) else ()
    return any(_PROJECT.fullmatch(name) or _ENTRY.fullmatch(name) for name in names)


def read_inception(source: Source) -> Foreign:
    """Every text with the work of all its annotators, and what was curated."""
    with opened(source) as archive:
        if archive is None:
            return source.intake.foreign()
        project = _Project(source, archive)
        project.read()
        return project.foreign()


@dataclass
class _Project:
    """What comes out of the entries one by one."""

    source: Source
    archive: Archive
    documents: dict[str, Annotated] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    remarks: dict[str, int] = field(default_factory=dict)
    states: dict[tuple[str, str], Object] = field(default_factory=dict)

    def read(self) -> None:
        self._read_states()
        entries = [
            (name, match) for name in self.archive.names if (match := _ENTRY.fullmatch(name))
        ]
        if not entries:
            what = "no annotations stand in this project in a form that can be read"
            fix = "export the project with the format WebAnno TSV, UIMA CAS XMI or UIMA CAS JSON"
            self.source.faults.error(0, "bad-zip", what, fix)
        for name, match in entries:
            text, user = match[2], CURATION if match[1].lower() == CURATION else match[3]
            state = self.states.get((text, user), {})
            if user == _BEFORE:
                self.source.intake.remark("texts as they were before annotating, not read")
            elif state.get("state") == "IGNORE":
                self.source.intake.remark("work of annotators to be ignored, not read")
            else:
                self._read_work(name, text, user, state)

    def _read_states(self) -> None:
        """Of each annotator and text, what the project says of their work."""
        name = next((each for each in self.archive.names if _PROJECT.fullmatch(each)), "")
        data = read_entry(self.archive, name, self.source.faults) if name else None
        try:
            project = json.loads(data or b"{}")
        except (ValueError, RecursionError):
            with self.source.faults.within(name):
                what = "this is no JSON, so nobody knows which work is finished"
                self.source.faults.error(0, "bad-json", what, "export the project again")
            return
        for each in _listed(project, "annotation_documents"):
            self.states[worded(each.get("name")), worded(each.get("user"))] = each
        for each in _listed(project, "source_documents"):
            self.states[worded(each.get("name")), CURATION] = each

    def _read_work(self, name: str, text: str, user: str, state: Object) -> None:
        for entry, data in self._files(name):
            faults = Faults(f"{self.source.faults.file}!{entry}")
            words = decoded(data, faults, self.source.encoding) or ""
            path = Path(entry)
            source = Source(path, words, Intake(faults), self.source.texts)
            if looks_like_webanno(path, words):
                foreign = read_webanno(source, grammar=False)
            elif looks_like_uima(path, words):
                foreign = read_uima(source, grammar=False)
            else:
                if not faults.issues:
                    what = "these annotations are in a form that is not read"
                    faults.error(0, "bad-entry", what, "export as WebAnno TSV or UIMA CAS XMI")
                foreign = source.intake.foreign()
            self._take(foreign, text, user, state)

    def _files(self, name: str) -> Iterator[tuple[str, bytes]]:
        """The annotations in an entry: itself, or what is packed in it."""
        data = read_entry(self.archive, name, self.source.faults)
        if data is None or not name.lower().endswith(".zip"):
            yield from [(name, data)] if data is not None else []
            return
        with self.source.faults.within(name):
            try:
                with open_zip(data, LIMITS) as inner:
                    tell_refused(inner, self.source.faults)
                    for entry in inner.names:
                        if entry.lower().endswith(_FORMS):
                            found = read_entry(inner, entry, self.source.faults)
                            yield from [(f"{name}!{entry}", found)] if found is not None else []
            except BadFile as bad:
                self.source.faults.unusable(bad)

    def _take(self, foreign: Foreign, text: str, user: str, state: Object) -> None:
        """The work of one annotator, put together with that of the others."""
        self.issues += foreign.issues
        self.source.intake.marks += foreign.marks
        self.source.intake.links += foreign.links
        for remark in foreign.remarks:
            what, _, count = remark.rpartition(": ")
            self.source.intake.remark(what, int(count.replace(",", "")))
        status = "draft" if state.get("state") in _IN_PROGRESS else ""
        said = Circumstances(user, _moment(state.get("timestamp") or state.get("updated")))
        said = replace(said, status=status)
        for document in foreign.documents:
            own = _of(document, said)
            key = self._key(text, document.text)
            new = replace(own, key=key, marks=(), links=(), about=(("title", text),))
            there = self.documents.get(key, new)
            marks, links = there.marks + own.marks, there.links + own.links
            comment = worded(state.get("annotatorComment"))
            about = tuple(dict.fromkeys((*there.about, *([("note", comment)] if comment else ()))))
            self.documents[key] = replace(there, marks=marks, links=links, about=about)

    def _key(self, name: str, text: str) -> str:
        """A name that no other text has; the same text has the same."""
        known = self.documents
        tries = numbered(key_of(Path(name).stem) or "document")
        return next(key for key in tries if key not in known or known[key].text == text)

    def foreign(self) -> Foreign:
        whole = self.source.intake.foreign()
        documents = tuple(self.documents.values())
        return replace(whole, documents=documents, issues=(*whole.issues, *self.issues))


def _listed(project: Json, name: str) -> list[Object]:
    listed = project.get(name) if isinstance(project, dict) else None
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _moment(value: Json) -> str:
    """A time in milliseconds, as INCEpTION counts it, or in words."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return in_words(datetime.fromtimestamp(value / _A_SECOND, UTC))
        except (ValueError, OverflowError, OSError):
            return ""
    return worded(value)


def _of(document: Annotated, said: Circumstances) -> Annotated:
    """The same work under a name: what its features say themselves counts more."""

    def known(own: Circumstances) -> Circumstances:
        return replace(
            own,
            coder=own.coder or said.coder,
            time=own.time or said.time,
            status=own.status or said.status,
        )

    document = prefixed(document, f"{said.coder}:")
    marks = tuple(replace(mark, said=known(mark.said)) for mark in document.marks)
    links = tuple(replace(link, said=known(link.said)) for link in document.links)
    return replace(document, marks=marks, links=links)
