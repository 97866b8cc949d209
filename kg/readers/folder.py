"""A whole `passages/` folder: every text with what its coders marked in it.

<document>.txt            the text
<document>.yaml           about it
<document>.<coder>.yaml   what one coder marked in it
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.anchoring import Anchors
from kg.errors import Issue, Place
from kg.model import Document, Passage, Reading
from kg.ontology import Ontology
from kg.readers.coded import read_coded_with
from kg.readers.documents import read_document
from kg.readers.names import Names

_STEM = re.compile(r"[^\W_](?:[\w\u0300-\u036f-])*")
_TEXT_AND_CODER = 2
_UNREAD = {".md", ".jsonl"}


def read_folder(folder: Path, ontology: Ontology) -> Reading:
    """Every document of a folder, sorted by key, with the passages of all its coders."""
    files, issues = _sorted_out(folder)
    names = Names(ontology)
    documents = []
    for stem in sorted(files):
        document, found = _read_one(stem, files[stem], names)
        documents += [document] if document else []
        issues += found
    return Reading(tuple(documents), tuple(issues))


def _sorted_out(folder: Path) -> tuple[dict[str, list[Path]], list[Issue]]:
    """The files of each document, texts first, and an issue for each file that has no place."""
    texts: dict[str, list[Path]] = {}
    others: list[tuple[str, Path]] = []
    issues = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith(".") or path.suffix in _UNREAD or not path.is_file():
            continue
        if fault := _misnamed(path, folder.name):
            issues.append(fault)
            continue
        stem = unicodedata.normalize("NFC", path.name).split(".")[0]
        if path.suffix == ".txt":
            texts[stem] = [path]
        else:
            others.append((stem, path))
    for stem, path in others:
        if stem not in texts:
            issues.append(_without_text(stem, path, folder.name, texts))
        elif path.name.count(".") == _TEXT_AND_CODER:
            texts[stem].append(path)
    return texts, issues


def _misnamed(path: Path, folder: str) -> Issue | None:
    parts = unicodedata.normalize("NFC", path.name).split(".")
    most = {".txt": 1, ".yaml": 2}.get(path.suffix)
    place = Place(f"{folder}/{path.name}")
    if most is None:
        what = f"a file ending in {path.suffix or 'nothing'} is not read from this folder"
        fix = "texts end in .txt, coders' files in .yaml; move any other file elsewhere"
        if path.suffix.lower() in (".txt", ".yml", ".yaml"):
            fix = "texts end in .txt, coders' files in .yaml, both in lower case: rename it"
        return Issue(place, "bad-file-name", what, fix)
    if len(parts) > most + 1 or not all(_STEM.fullmatch(part) for part in parts[:-1]):
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


def _read_one(
    stem: str, files: list[Path], names: Names
) -> tuple[Document | None, tuple[Issue, ...]]:
    """One document with its passages; without a usable text its coders' files are not read."""
    document, issues = read_document(files[0])
    if document is None or document.key != stem:
        return document, issues
    anchors = Anchors.of(document.text, document.body)
    passages: list[Passage] = []
    for path in files[1:]:
        found, more = read_coded_with(path, document, anchors, names)
        passages += found
        issues += more
    return replace(document, passages=tuple(passages)), issues
