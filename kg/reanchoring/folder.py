"""The coders' files of a project, each found again in its text; what is to be written then."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from kg.encoding import BadFile, byte_order_mark
from kg.errors import InputError, Issue, Place
from kg.interchange.source import open_source
from kg.project import Project
from kg.readers import coders_files, read_document
from kg.readers.documents import LARGEST_TEXT, Body
from kg.readers.documents import stretches as stretches_of_body
from kg.readers.encoding import decode, read_bytes
from kg.readers.faults import Fault, Faults
from kg.readers.jsonl import Stretch, read_stretch_text, stretches
from kg.readers.tree import LARGEST_YAML, Scalar, read_tree
from kg.reanchoring.files import Anchored, Old, anchored, settled
from kg.reanchoring.finding import Passed
from kg.reanchoring.kept import kept_texts
from kg.reanchoring.records import AnchoredRecords, Olds, anchored_records, written_anew
from kg.reanchoring.searching import Ground
from kg.reanchoring.sheets import Sheet, read_sheet


@dataclass(frozen=True)
class Wish:
    """What the command line asks for: coders' files (all by default), an old text and how it is
    encoded."""

    files: tuple[Path, ...] = ()
    old: Path | None = None
    encoding: str = ""


@dataclass(frozen=True)
class Plan:
    """All files with what was found; `bodies` are documents' files with another `body` in them."""

    files: tuple[Anchored | AnchoredRecords, ...]
    issues: tuple[Issue, ...]
    bodies: Mapping[Path, bytes]

    def changes(self) -> dict[Path, Iterable[bytes]]:
        """What has to be written, in parts."""
        found: dict[Path, Iterable[bytes]] = {path: [data] for path, data in self.bodies.items()}
        lines: dict[Path, dict[int, bytes]] = {}
        for each in self.files:
            if isinstance(each, AnchoredRecords):
                lines.setdefault(each.sheet.path, {}).update(each.lines)
            elif each.content != each.sheet.data:
                found[each.sheet.path] = [each.content]
        return found | {path: written_anew(path, anew) for path, anew in lines.items() if anew}


@dataclass(frozen=True)
class _Text:
    """A text as it is now; `body` is None where none is given, or none that fits."""

    key: str
    path: Path
    text: str
    sha256: str
    body: Body | None


def plan_anchoring(project: Project, wish: Wish) -> Plan:
    """Read everything and find everything again; writes nothing."""
    many = sorted(project.passages.glob("*.jsonl"))
    paths = wish.files or (*coders_files(project.passages), *many)
    sheets: dict[str, list[Sheet]] = {}
    issues: list[Issue] = []
    for path in (path for path in paths if path.suffix != ".jsonl"):
        sheet, wrong = read_sheet(path)
        issues += wrong
        if sheet:
            sheets.setdefault(sheet.document, []).append(sheet)
    many = [path for path in paths if path.suffix == ".jsonl"]
    keys = [*sheets, *(key for path in many if wish.old for key in _by_key(path))]
    old = _old_texts(wish, keys)
    files: list[Anchored | AnchoredRecords] = []
    bodies: dict[Path, bytes] = {}
    for key, of_text in sheets.items():
        text, unusable = _read_text(of_text[0].path.with_name(f"{key}.txt"))
        issues += unusable
        if text:
            olds = {**old(key), **kept_texts(project.cache, key)}
            found, told, body = _anchored(text, of_text, olds)
            files += found
            issues += told
            bodies |= body
    for path in many:
        anew, told = anchored_records(
            path, lambda key: {**old(key), **kept_texts(project.cache, key)}
        )
        files += anew
        issues += told
    return Plan(tuple(files), tuple(issues), bodies)


def _old_texts(wish: Wish, keys: Iterable[str]) -> Olds:
    """From a document to its text in the file that is given with --old, by the name of that."""
    if not wish.old:
        return lambda _: {}
    name = str(wish.old)
    if wish.old.suffix == ".jsonl":
        known = _by_key(wish.old)

        def found(key: str) -> dict[str, str]:
            document = read_stretch_text(known[key])[0] if key in known else None
            return {name: document.text} if document else {}

        return found
    key, text = _old_text(wish.old, wish.encoding, list(dict.fromkeys(keys)))
    return lambda other: {name: text} if other == key else {}


def _by_key(path: Path) -> dict[str, Stretch]:
    try:
        return {each.key: each for each in stretches(path)}
    except BadFile as bad:
        raise InputError(bad.what, fix=bad.fix, place=Place(str(path), bad.line)) from None


def _old_text(path: Path, encoding: str, known: list[str]) -> tuple[str, str]:
    """The document whose old text this is, and the text."""
    source = open_source(path, (), encoding)
    if not source.text and source.faults.issues:
        issue = source.faults.issues[0]
        raise InputError(issue.what, fix=issue.fix, place=issue.place)
    fitting = [key for key in known if key == path.name.split(".")[0]] or known
    if len(fitting) != 1:
        fix = "name coders' files of one text: kg anchor --old FILE passages/DOCUMENT.*.yaml"
        raise InputError("it is not told of which text this is the old one", fix=fix,
                         place=Place(str(path)))  # fmt: skip
    return fitting[0], source.text


def _read_text(path: Path) -> tuple[_Text | None, list[Issue]]:
    """The text, even where its body reaches beyond it: that is what a change may have done."""
    document, issues = read_document(path)
    if document:
        whole = document.body == ((0, len(document.text)),)
        body = None if whole else document.body
        return _Text(document.key, path, document.text, document.sha256, body), []
    if not any(issue.code == "bad-body" for issue in issues):
        return None, list(issues)
    faults = Faults("")
    data = read_bytes(path, faults, LARGEST_TEXT) or b""
    text = decode(data, faults) or ""
    return _Text(path.stem, path, text, hashlib.sha256(data).hexdigest(), None), []


def _anchored(
    text: _Text, sheets: list[Sheet], texts: Mapping[str, str]
) -> tuple[list[Anchored], list[Issue], dict[Path, bytes]]:
    """All files of one text, within its body, or within what has become of that if more of them
    is found so."""
    now = Ground.of(text.text, text.body or ())
    olds = list(_olds(text, texts, now))
    files = [anchored(sheet, now, text.sha256, olds) for sheet in sheets]
    about = text.path.with_suffix(".yaml")
    written = _written_body(about)
    used = next((old for old in olds if old.name in {each.old for each in files}), None)
    if written is None or used is None:
        return files, [], {}
    body = _followed(written.value, used)
    if not body or body == _trimmed(now, text.body or ()):
        return files, [], {}
    again = [anchored(sheet, Ground.of(text.text, body), text.sha256, olds) for sheet in sheets]
    ranges = ", ".join(f"{start}-{end}" for start, end in body)
    is_needed = text.body is None or settled(again) > settled(files)
    place = Place(f"{about.parent.name}/{about.name}", written.line)
    what = f"`body: {written.value}` is of the old text; in the text as it is now it is {ranges}"
    fix = f"kg anchor --write writes it; or write `body: {ranges}`"
    if not is_needed:
        fix = f"look whether the body is still right; if not, write `body: {ranges}`"
    issue = Issue(place, "body-moved", what, fix, severity="warning")
    if not is_needed:
        return files, [issue], {}
    return again, [issue], {about: _with_body(about, written, ranges)}


def _olds(text: _Text, texts: Mapping[str, str], now: Ground) -> Iterator[Old]:
    """Each old text that is not the one of now; compared with it only when asked for."""
    for name, content in texts.items():
        digest = name if re.fullmatch("[0-9a-f]{64}", name) else ""
        if content != text.text and digest != text.sha256:
            yield _old(text, name, digest, content, now)


def _old(text: _Text, name: str, digest: str, content: str, now: Ground) -> Old:
    written = _written_body(text.path.with_suffix(".yaml"))
    body = _stretches(written.value, len(content)) if written else ()
    ground = Ground.of(content, body)
    return Old(name, digest, ground, cache(lambda: Passed.of(ground, now)))


def _written_body(about: Path) -> Scalar | None:
    faults = Faults("")
    data = read_bytes(about, faults, LARGEST_YAML) if about.exists() else None
    written = decode(data, faults) if data is not None else None
    root = read_tree(written, faults) if written is not None else None
    body = root.get("body") if root else None
    return body if isinstance(body, Scalar) else None


def _stretches(written: str, length: int) -> Body:
    """The body as it is written, () where it does not fit a text of that length."""
    try:
        return stretches_of_body(written, length)
    except Fault:
        return ()


def _followed(written: str, old: Old) -> Body:
    """Where the stretches of a body are in the new text, () where that cannot be said."""
    passed = old.passed()
    body = [passed.stretch(a, b) for a, b in _stretches(written, len(old.ground.folded.source))]
    rising = all(a < b for a, b in body) and all(
        one[1] <= other[0] for one, other in pairwise(body)
    )
    return tuple(body) if rising else ()


def _trimmed(now: Ground, body: Body) -> Body:
    whole = now.whole()
    spans = [whole.span(whole.hit(*each)) for each in body]
    return tuple((span.start, span.end) for span in spans)


def _with_body(about: Path, written: Scalar, ranges: str) -> bytes:
    data = about.read_bytes()
    text = data.decode("utf-8-sig")
    return byte_order_mark(data) + (text[: written.start] + ranges + text[written.end :]).encode()
