"""REFI-QDA projects (NVivo, ATLAS.ti, MAXQDA, QualCoder), https://www.qdasoftware.org: .qdpx is a
zip of `project.qde`, which is XML, and of `sources/`, the texts that it is about.

Sample    <PlainTextSelection guid="…" startPosition="4" endPosition="9"><Coding guid="…"
            creatingUser="…"><CodeRef targetGUID="…"/></Coding></PlainTextSelection>
Offsets   code points, end excluded; some programs count UTF-16, some a Windows line end as one,
          some every line end as two: what fits quotes and the edges of words best is taken and told
Read      codings of texts, transcripts and the texts of PDFs, with users, times, notes and their
          variables; the code tree; links between codings as relations
Dropped   told with counts: codings of pictures, sound and pages, or of a whole source; links
          between other things, sets, cases, graphs, variables and notes of nothing that was read
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.filenames import numbered
from kg.interchange.intake import Incoming, shown
from kg.interchange.model import Foreign, Pairs
from kg.interchange.packed import (
    child_text,
    children,
    local,
    opened,
    read_entry,
    root_name,
    xml_of,
    xml_root,
)
from kg.interchange.qdc import ORIGIN, CodeTree, guid_of
from kg.interchange.refi import Positions, References
from kg.interchange.source import Source, Texts, is_zip, key_of, without_controls
from kg.interchange.units import (
    ONE_LINE_END,
    POINTS,
    TWO_LINE_END,
    UTF16,
    UTF16_ONE_LINE_END,
    UTF16_TWO_LINE_END,
    likely_ruler,
    ruler,
)
from kg.plainxml import Element
from kg.zips import Archive

UNITS = (POINTS, ONE_LINE_END, TWO_LINE_END, UTF16, UTF16_ONE_LINE_END, UTF16_TWO_LINE_END)
_USUAL = {"atlas": ONE_LINE_END}
"""What programs count where nothing else tells it."""
LINKED = "linked"
"""The name of links that have none."""
_QUOTING = "qualcoder"
"""The program that names a selection by its words."""
_TELLING = 500
"""Selections by which the unit of a text's offsets is told."""
_SELECTIONS = ("PlainTextSelection", "TranscriptSelection")
_TEXTS_WITHIN = ("Representation", "TextDescription", "Transcript")
_ELSEWHERE = {
    "PictureSelection": "codings of parts of pictures, not read",
    "PDFSelection": "codings of places on pages, not read",
    "AudioSelection": "codings of sound, not read",
    "VideoSelection": "codings of films, not read",
}
_WHOLE = "codings of a whole source, which mark no words, not read"
_LEFT = {
    "Cases": ("Case", "cases, not read"),
    "Variables": ("Variable", "variables of the project, not read"),
    "Sets": ("Set", "sets, not read"),
    "Graphs": ("Graph", "graphs, not read"),
    "Notes": ("Note", "notes that belong to no coding or code, not read"),
}
_EXTENSIONS = (".txt", ".docx", ".doc", ".rtf", ".odt", ".pdf", ".md", ".html", ".htm")


def looks_like_qdpx(path: Path, text: str) -> bool:
    return path.suffix.lower() == ".qdpx" or root_name(text) == "Project"


def read_qdpx(source: Source) -> Foreign:
    """The texts of a project with the codings of all its users."""
    if not is_zip(source.path):
        root = xml_root(xml_of(source.text), source.faults)
        folders = [source.path.parent / name for name in ("sources", "Sources")]
        texts = Texts((*folders, *source.texts.folders))
        return _read_project(replace(source, texts=texts), None, root)
    with opened(source) as archive:
        if archive is None:
            return source.intake.foreign()
        name = next((name for name in archive.names if name.lower().endswith(".qde")), "")
        if not name:
            what = "there is no project (.qde) in this file"
            source.faults.error(0, "bad-zip", what, "export the project as REFI-QDA (.qdpx)")
            return source.intake.foreign()
        data = read_entry(archive, name, source.faults)
        with source.faults.within(name):
            root = xml_root(data, source.faults) if data is not None else None
            return _read_project(source, archive, root)


def _read_project(source: Source, archive: Archive | None, root: Element | None) -> Foreign:
    if root is None:
        return source.intake.foreign()
    if local(root) != "Project":
        what = f"this is no project: it begins with <{shown(local(root))}>"
        fix = "export the project as REFI-QDA (.qdpx)"
        source.faults.error(root.line, "bad-xml", what, fix)
    project = _Project(source, References(source, archive, root))
    project.read()
    return source.intake.foreign(project.tree.codes)


@dataclass
class _Project:
    """A project while it is read: `marked` are the marks that links may lead to."""

    source: Source
    known: References
    marked: dict[str, tuple[Incoming, str]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    tree: CodeTree = field(init=False)

    def __post_init__(self) -> None:
        self.tree = CodeTree(self.source.faults, self.known.noted)

    def read(self) -> None:
        for codebook in children(self.known.root, "CodeBook"):
            self.tree.read(codebook)
        for element in self.known.all("Sources"):
            self._read_source(element)
        for link in self.known.all("Links", "Link"):
            self._read_link(link)
        for group, (name, what) in _LEFT.items():
            ids = [guid_of(each.get("guid", "")) for each in self.known.all(group, name)]
            if left := sum(id_ not in self.known.used for id_ in ids):
                self.source.intake.remark(what, left)

    def _read_source(self, element: Element) -> None:
        self._pass_over(element, _WHOLE)
        for name, what in _ELSEWHERE.items():
            for selection in children(element, name):
                self._pass_over(selection, what)
        if local(element) == "TextSource":
            self._read_text(element, element)
        for text in children(element, *_TEXTS_WITHIN):
            self._pass_over(text, _WHOLE)
            self._read_text(text, element)

    def _pass_over(self, element: Element, what: str) -> None:
        """Codings right under an element, which are on no words."""
        codings = sum(1 for _ in children(element, "Coding"))
        self.source.intake.marks += codings
        if codings:
            self.source.intake.remark(what, codings)

    def _read_text(self, element: Element, whole: Element) -> None:
        selections = list(children(element, *_SELECTIONS))
        positions = Positions(element)
        names = self._names(element, whole)
        text = self._text(element, names)
        reach = max((max(positions.of(each)) for each in selections), default=0)
        if text is not None and element.get("richTextPath"):
            longest = ruler(text, UTF16_TWO_LINE_END).foreign_length
            text = text if reach <= longest else self._instead(element, names, len(text), reach)
        if text is None:
            self.source.intake.marks += sum(
                1 for each in selections for _ in children(each, "Coding")
            )
            return
        text = without_controls(text, self.source.faults, element.line)
        about = self._about(element, names)
        incoming = self.source.intake.document(self._key(names), text, element.line, about)
        self._measure(incoming, selections, positions)
        for selection in selections:
            self._read_selection(incoming, selection, positions)

    def _names(self, element: Element, whole: Element) -> list[str]:
        path = element.get("plainTextPath", "").replace("\\", "/").rsplit("/", 1)[-1]
        names = (element.get("name"), whole.get("name"), path, whole.get("path"))
        return [name for name in names if name] or [self.source.path.stem]

    def _about(self, element: Element, names: list[str]) -> Pairs:
        description = child_text(element, "Description")
        title, notes = names[0], [*self.known.noted(element), description]
        if self.known.root.get("origin") == ORIGIN:
            title, notes = description or title, notes[:-1]
        said = [("title", title), *(("note", note) for note in notes)]
        return tuple(pair for pair in (*said, *self.known.values(element)) if pair[1])

    def _key(self, names: list[str]) -> str:
        """A name that no other text of the project has."""
        path = Path(names[0].replace("\\", "/").rsplit("/", 1)[-1])
        stem = path.stem if path.suffix.lower() in _EXTENSIONS else path.name
        tries = numbered(key_of(stem) or "document")
        key = next(each for each in tries if each.casefold() not in self.keys)
        self.keys.add(key.casefold())
        return key

    def _text(self, element: Element, names: list[str]) -> str | None:
        """The text of a source, from the zip file, the project itself, or a file beside it."""
        path = element.get("plainTextPath", "")
        if self.known.entry(path):
            return self.known.text(path)
        if next(children(element, "PlainTextContent"), None) is not None:
            return child_text(element, "PlainTextContent")
        if found := self.source.texts.find(path.rsplit("/", 1)[-1], *names):
            return found.text
        what = f"the text of `{shown(names[0])}` is not in this file"
        what += ", only a formatted document" if element.get("richTextPath") else ""
        fix = f"put it beside this file, as {_stem(names[0])}.txt, saved as UTF-8"
        self.source.faults.error(element.line, "no-text", what, fix)
        return None

    def _instead(self, element: Element, names: list[str], length: int, reach: int) -> str | None:
        """Another text, where the plain one only holds the place of a formatted document."""
        what = f"the plain text of `{shown(names[0])}` has {length:,} characters, but codings "
        what += f"reach to {reach:,}: it only stands for a formatted document"
        found = self.source.texts.find(*names)
        if found and len(found.text) > length:
            fix = f"look at the quotes: {found.key}.txt, found beside this file, was read instead"
            self.source.faults.warning(element.line, "no-text", what, fix)
            return found.text
        fix = f"save that document as text beside this file, as {_stem(names[0])}.txt"
        self.source.faults.error(element.line, "no-text", what, fix)
        return None

    def _measure(self, incoming: Incoming, selections: list[Element], places: Positions) -> None:
        """What offsets count: code points in our own files, else what fits best."""
        origin = self.known.root.get("origin", "")
        if origin == ORIGIN:
            incoming.ruler = ruler(incoming.text, POINTS)
            return
        some = selections[:: 1 + len(selections) // _TELLING]
        stretches = [places.of(selection) for selection in some]
        named = zip(stretches, (each.get("name", "") for each in some), strict=True)
        claims = [(*stretch, name) for stretch, name in named if name]
        usual = [unit for name, unit in _USUAL.items() if name in origin.lower()]
        incoming.ruler = likely_ruler(incoming.text, claims, stretches, (*usual, *UNITS))

    def _read_selection(self, incoming: Incoming, selection: Element, places: Positions) -> None:
        origin = self.known.root.get("origin", "")
        quote = selection.get("name") if origin.lower().startswith(_QUOTING) else None
        id_ = guid_of(selection.get("guid", ""))
        codings, on_all = list(children(selection, "Coding")), self.known.notes_on(selection)
        described = [child_text(selection, "Description").strip()]
        for coding in codings:
            mark = guid_of(coding.get("guid", "")) or f"coding {self.source.intake.marks + 1}"
            refs = [guid_of(ref.get("targetGUID", "")) for ref in children(coding, "CodeRef")]
            path = self.tree.paths.get(refs[0] if refs else "")
            if path is None:
                what = f"the coding `{shown(mark)}` names a code that is not in the codebook"
                fix = "export the project again, together with its codes"
                self.source.intake.refuse(coding.line, "no-code", what, fix)
                continue
            notes = [*self.known.notes_on(coding), *on_all]
            said = self.known.circumstances([coding, selection], notes, described)
            offsets = [places.written(selection)]
            incoming.mark(mark, path, offsets, coding.line, quote=quote, said=said)
            for known in filter(None, (mark, id_)):
                self.marked.setdefault(known, (incoming, mark))
        if not codings:
            self.source.intake.remark("selections without a code, not read")

    def _read_link(self, link: Element) -> None:
        ends = [guid_of(link.get(name, "")) for name in ("originGUID", "targetGUID")]
        found = [self.marked[end] for end in ends if end in self.marked]
        same = len({id(incoming) for incoming, _ in found}) == 1
        if len(found) < len(ends) or not same:
            what = "links between two texts" if found[1:] else "links from or to what is no coding"
            self.source.intake.links += 1
            self.source.intake.remark(f"{what}, not read")
            return
        (incoming, one), (_, two) = found
        notes = self.known.notes_on(link)
        said = self.known.circumstances(notes, notes)
        more = [(name, link.get(name, "")) for name in ("direction", "color")]
        more = [pair for pair in more if pair[1] not in ("", "OneWay")]
        said = replace(said, more=(*said.more, *more))
        id_ = guid_of(link.get("guid", "")) or f"line {link.line}"
        incoming.link(id_, link.get("name") or LINKED, (one, two), link.line, said=said)


def _stem(name: str) -> str:
    return key_of(Path(name.replace("\\", "/")).stem) or "NAME"
