"""What each document of a folder is read from, found without reading it.

<document>.txt            the text
<document>.yaml           about it
<document>.<coder>.yaml   what one coder marked in it
<name>.jsonl              any number of texts, with all that is known of them and was marked in them
"""

from __future__ import annotations

import difflib
import hashlib
import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from kg.anchoring import Anchors
from kg.encoding import BadFile, bytes_or_empty
from kg.errors import Issue, Place
from kg.identifiers import KEY
from kg.model import Document, Passage, Unplaced
from kg.readers.coded import read_coded_with
from kg.readers.documents import read_document
from kg.readers.jsonl import Stretch, read_stretch, read_stretch_text, stretches
from kg.readers.names import Names

_TEXT_AND_CODER = 2
_READ = {".txt": 1, ".yaml": 2, ".jsonl": 1}
"""Ends of names, and how many dots such a name holds at most."""
_UNREAD = {".md"}

Found = tuple[Document | None, tuple[Issue, ...]]


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one document: its text, what is known of it, what each coder marked."""

    key: str
    digest: str
    file: Path
    about: Path | None = None
    coded: tuple[Path, ...] = ()
    size: int = 0

    @property
    def place(self) -> Place:
        return Place(f"{self.file.parent.name}/{self.file.name}")


Bundle: TypeAlias = Files | Stretch
"""What one document is read from; its digest tells whether any of that has changed."""


def find_bundles(folder: Path) -> tuple[list[Bundle], list[Issue]]:
    """A bundle for each document of a folder, by key, and an issue for all that has no place."""
    texts, many, others, issues = _sorted_out(folder)
    found: list[Bundle] = [*_files(texts, others)]
    issues += [
        _without_text(stem, path, folder.name, texts) for stem, path in others if stem not in texts
    ]
    for path in many:
        try:
            found += (
                each if each.key else replace(each, key=str(each.place)) for each in stretches(path)
            )
        except BadFile as bad:
            place = Place(f"{folder.name}/{path.name}", bad.line)
            issues.append(Issue(place, bad.code, bad.what, bad.fix))
    bundles: dict[str, Bundle] = {}
    for bundle in found:
        if bundles.setdefault(bundle.key, bundle) is not bundle:
            issues.append(_twice(bundle, bundles[bundle.key]))
    return [bundles[key] for key in sorted(bundles)], issues


def read_bundle(bundle: Bundle, names: Names) -> Found:
    """A document with the passages of all its coders, and an issue for each fault.

    Without a usable text its coders' files are not read.
    """
    if isinstance(bundle, Stretch):
        return read_stretch(bundle, names)
    document, issues = read_document(bundle.file, bundle.about)
    if document is None or document.key != bundle.key:
        return document, issues
    anchors = Anchors.of(document.text, document.body)
    passages: list[Passage] = []
    unplaced: list[Unplaced] = []
    for path in bundle.coded:
        found, without_place, more = read_coded_with(path, document, anchors, names)
        passages += found
        unplaced += without_place
        issues += more
    return replace(document, passages=tuple(passages), unplaced=tuple(unplaced)), issues


def read_text(bundle: Bundle) -> Found:
    """The same without what was coded."""
    if isinstance(bundle, Stretch):
        return read_stretch_text(bundle)
    return read_document(bundle.file, bundle.about)


def _files(texts: dict[str, Path], others: Iterable[tuple[str, Path]]) -> Iterable[Files]:
    about: dict[str, Path] = {}
    coded: dict[str, list[Path]] = {}
    for stem, path in others:
        if path.name.count(".") == _TEXT_AND_CODER:
            coded.setdefault(stem, []).append(path)
        else:
            about[stem] = path
    for stem, text in texts.items():
        yield _sized(Files(stem, "", text, about.get(stem), tuple(coded.get(stem, ()))))


def _sized(files: Files) -> Files:
    """The same with its digest, and its size in bytes."""
    total, size = hashlib.sha256(), 0
    for path in filter(None, (files.file, files.about, *files.coded)):
        content = bytes_or_empty(path)
        total.update(f"{path.name}\x1f".encode() + hashlib.sha256(content).digest())
        size += len(content)
    return replace(files, digest=total.hexdigest()[:16], size=size)


def _twice(bundle: Bundle, first: Bundle) -> Issue:
    what = f"there is a document `{bundle.key}` already, in {first.place}; this one is not read"
    fix = "give one of the two another key, or remove it"
    return Issue(bundle.place, "document-twice", what, fix)


def _sorted_out(
    folder: Path,
) -> tuple[dict[str, Path], list[Path], list[tuple[str, Path]], list[Issue]]:
    """Texts by stem, files of many documents, other files with their stems, and what has no
    place."""
    texts: dict[str, Path] = {}
    many: list[Path] = []
    others: list[tuple[str, Path]] = []
    paths, issues = _listed(folder)
    for path in paths:
        stem = unicodedata.normalize("NFC", path.name).split(".")[0]
        if fault := _misnamed(path, folder.name):
            issues.append(fault)
        elif path.suffix == ".txt":
            texts[stem] = path
        elif path.suffix == ".jsonl":
            many.append(path)
        else:
            others.append((stem, path))
    return texts, many, others, issues


def _listed(folder: Path) -> tuple[list[Path], list[Issue]]:
    """What is to be read, but for the second of two files with one name; folders are passed over
    unless they are named like a file that is read."""
    try:
        paths = sorted(folder.iterdir()) if os.path.lexists(folder) else []
    except OSError as error:
        what = f"this folder cannot be read: {error.strerror}"
        fix = "check that it is a folder and that you may read it"
        return [], [Issue(Place(folder.name), "unreadable-file", what, fix)]
    paths = [path for path in paths if not path.name.startswith(".") and path.suffix not in _UNREAD]
    paths = [path for path in paths if path.suffix in _READ or _is_file(path)]
    listed: dict[str, Path] = {}
    alike: dict[str, Path] = {}
    issues = []
    for path in paths:
        name = unicodedata.normalize("NFC", path.name)
        if listed.setdefault(name, path) is not path:
            issues.append(_same_name(path, listed[name]))
        elif path.suffix in _READ and alike.setdefault(name.casefold(), path) is not path:
            issues.append(_same_but_for_case(path, alike[name.casefold()]))
    return list(listed.values()), issues


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _same_name(path: Path, first: Path) -> Issue:
    place = Place(f"{path.parent.name}/{path.name}")
    what = "this file is not read: its name has the same letters as another file's, "
    what += f"only stored otherwise: {path.name!a} and {first.name!a}"
    return Issue(place, "same-name", what, "put what both hold into one file, or rename one")


def _same_but_for_case(path: Path, first: Path) -> Issue:
    place = Place(f"{path.parent.name}/{path.name}")
    what = f"only capital letters tell this name from {first.name}; Windows and macOS see one file"
    return Issue(place, "same-but-for-case", what, "rename one of the two", severity="warning")


def _misnamed(path: Path, folder: str) -> Issue | None:
    parts = unicodedata.normalize("NFC", path.name).split(".")
    most = _READ.get(path.suffix)
    place = Place(f"{folder}/{path.name}")
    if most is None:
        what = f"a file ending in {path.suffix or 'nothing'} is not read from this folder"
        fix = "texts end in .txt, coders' files in .yaml; move any other file elsewhere"
        if path.suffix.lower() in (".txt", ".yml", ".yaml"):
            fix = "texts end in .txt, coders' files in .yaml, both in lower case: rename it"
        return Issue(place, "bad-file-name", what, fix)
    if len(parts) > most + 1 or not all(KEY.fullmatch(part) for part in parts[:-1]):
        what = "this file's name does not say which document, or which coder, it belongs to"
        fix = (
            "name it document.txt, document.yaml or document.coder.yaml, with letters, digits, - _"
        )
        return Issue(place, "bad-file-name", what, fix)
    return None


def _without_text(stem: str, path: Path, folder: str, texts: Iterable[str]) -> Issue:
    close = difflib.get_close_matches(stem, list(texts), n=1)
    fix = f"add the text, or rename this file after {close[0]}.txt" if close else "add the text"
    what = f"there is no text {stem}.txt for this file"
    return Issue(Place(f"{folder}/{path.name}"), "missing-text-file", what, fix)
