"""A whole `passages/` folder: every text with what its coders marked in it.

<document>.txt            the text
<document>.yaml           about it
<document>.<coder>.yaml   what one coder marked in it
<name>.jsonl              any number of texts, with all that is known of them and was marked in them
"""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.anchoring import Anchors
from kg.errors import Issue, Place
from kg.identifiers import KEY
from kg.model import Document, Passage, Reading, Unplaced
from kg.ontology import Ontology
from kg.readers.coded import read_coded_with
from kg.readers.documents import read_document
from kg.readers.jsonl import read_jsonl, read_texts_of
from kg.readers.names import Names

_TEXT_AND_CODER = 2
_READ = {".txt", ".yaml", ".jsonl"}
_UNREAD = {".md"}


def read_folder(folder: Path, ontology: Ontology) -> Reading:
    """Every document of a folder, sorted by key, with the passages of all its coders."""
    files, collections, issues = _sorted_out(folder)
    names = Names(ontology)
    found = [_read_one(stem, files[stem], names) for stem in sorted(files)]
    found += (each for path in collections for each in read_jsonl(path, names))
    documents: dict[str, Document] = {}
    for document, more in found:
        issues += more
        if document and documents.setdefault(document.key, document) is not document:
            issues.append(_twice(document, documents[document.key]))
    return Reading(tuple(documents[key] for key in sorted(documents)), tuple(issues))


def read_texts(folder: Path) -> Iterator[tuple[Document | None, tuple[Issue, ...]]]:
    """Every text of a folder, without what was coded in it."""
    files, collections, _ = _sorted_out(folder)
    yield from (read_document(files[stem].text, files[stem].about) for stem in sorted(files))
    for path in collections:
        yield from read_texts_of(path)


def _twice(document: Document, first: Document) -> Issue:
    place = document.place or Place(document.key)
    what = f"there is a document `{document.key}` already, in {first.place}; this one is not read"
    return Issue(place, "document-twice", what, "give one of the two another key, or remove it")


@dataclass(slots=True)
class _Files:
    """The files of one document."""

    text: Path
    about: Path | None = None
    coded: list[Path] = field(default_factory=list)


def _sorted_out(folder: Path) -> tuple[dict[str, _Files], list[Path], list[Issue]]:
    """The files of each document, those of many, and an issue for each file that has no place."""
    documents: dict[str, _Files] = {}
    collections: list[Path] = []
    others: list[tuple[str, Path]] = []
    paths, issues = _listed(folder)
    for path in paths:
        if fault := _misnamed(path, folder.name):
            issues.append(fault)
            continue
        stem = unicodedata.normalize("NFC", path.name).split(".")[0]
        if path.suffix == ".txt":
            documents[stem] = _Files(path)
        elif path.suffix == ".jsonl":
            collections.append(path)
        else:
            others.append((stem, path))
    for stem, path in others:
        if stem not in documents:
            issues.append(_without_text(stem, path, folder.name, documents))
        elif path.name.count(".") == _TEXT_AND_CODER:
            documents[stem].coded.append(path)
        else:
            documents[stem].about = path
    return documents, collections, issues


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
    most = {".txt": 1, ".yaml": 2, ".jsonl": 1}.get(path.suffix)
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


def _read_one(stem: str, files: _Files, names: Names) -> tuple[Document | None, tuple[Issue, ...]]:
    """One document with its passages; without a usable text its coders' files are not read."""
    document, issues = read_document(files.text, files.about)
    if document is None or document.key != stem:
        return document, issues
    anchors = Anchors.of(document.text, document.body)
    passages: list[Passage] = []
    unplaced: list[Unplaced] = []
    for path in files.coded:
        found, without_place, more = read_coded_with(path, document, anchors, names)
        passages += found
        unplaced += without_place
        issues += more
    return replace(document, passages=tuple(passages), unplaced=tuple(unplaced)), issues
