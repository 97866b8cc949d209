"""The coder's file, `passages/<document>.<coder>.yaml`: what one coder marked in one text.

Sample    - text: >-
              [County towns]{county-town #t} serve the [villages]{village}
            statements:
            - t serves village {descriptive}
Offsets   code points of the decoded text, end excluded; white space never counts in comparing
Read      all of it; the grammar of marks stands in `markup`, that of lines in `sentences`
Dropped   nothing in silence: every fault is an issue with its line, and costs as little as it can
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from kg.anchoring import Anchors
from kg.errors import Issue
from kg.model import Document, Passage, Unplaced
from kg.ontology import Ontology
from kg.readers.encoding import decode, read_bytes
from kg.readers.faults import Faults
from kg.readers.manner import INHERITED
from kg.readers.names import Names
from kg.readers.passages import read_moment, read_passage
from kg.readers.sheet import Sheet
from kg.readers.tree import LARGEST_YAML, Lines, Mapping, Sequence, read_tree

FILE_KEYS = ("document", "coder", "sha256", "coded", *INHERITED, "note", "passages")
_NAME = re.compile(r"(?P<document>[^.]+)\.(?P<coder>[^.]+)\.yaml")

Found = tuple[tuple[Passage, ...], tuple[Issue, ...]]
FoundAll = tuple[tuple[Passage, ...], tuple[Unplaced, ...], tuple[Issue, ...]]


def read_coded(path: Path, document: Document, ontology: Ontology) -> Found:
    """The passages of one coder's file, and an issue for each fault."""
    anchors = Anchors.of(document.text, document.body)
    passages, _, issues = read_coded_with(path, document, anchors, Names(ontology))
    return passages, issues


def read_coded_with(path: Path, document: Document, anchors: Anchors, names: Names) -> FoundAll:
    """The same and the passages without a place, with what several files of one document or
    project share."""
    faults = Faults(f"{path.parent.name}/{path.name}")
    data = read_bytes(path, faults, LARGEST_YAML)
    text = decode(data, faults) if data is not None else None
    root = read_tree(text, faults) if text is not None else None
    if text is None or root is None:
        return (), (), faults.issues
    match = _NAME.fullmatch(unicodedata.normalize("NFC", path.name))
    if not match:
        what = "this file's name does not say which document and which coder it belongs to"
        faults.error(0, "bad-file-name", what, "name it document.coder.yaml")
        return (), (), faults.issues
    sheet = Sheet(document.key, match["coder"], anchors, names, Lines(text), faults)
    passages = _passages(sheet, root, document)
    return passages, tuple(sheet.unplaced), faults.issues


def _passages(sheet: Sheet, root: Mapping, document: Document) -> tuple[Passage, ...]:
    sheet.check_keys(root, FILE_KEYS, "a coder's file")
    _check_name(sheet, root, "document", sheet.document)
    _check_name(sheet, root, "coder", sheet.coder)
    _check_digest(sheet, root, document)
    coded = read_moment(sheet, root)
    manner = sheet.defaults(root)
    entries = root.get("passages")
    if not isinstance(entries, Sequence):
        what, fix = "there is no list of passages", "write `passages:`, then `- text: >-` for each"
        sheet.faults.error(entries.line if entries else 1, "missing-key", what, fix)
        return ()
    found: dict[str, Passage] = {}
    undated: list[int] = []
    for entry in entries.items:
        passage = read_passage(sheet, entry, coded, manner)
        if passage and not passage.coded:
            undated.append(entry.line)
        elif passage and found.setdefault(passage.id, passage) is not passage:
            _twice(sheet, entry.line, found[passage.id])
    if "coded" not in root.entries:
        _check_dated(sheet, undated)
    _check_modality(sheet)
    return tuple(found.values())


def _check_name(sheet: Sheet, root: Mapping, key: str, due: str) -> None:
    """Document and coder stand in the file too, so that a renamed copy does not go unnoticed."""
    given = unicodedata.normalize("NFC", sheet.text_of(root, key))
    if key not in root.entries:
        what = f"`{key}` is missing"
        sheet.faults.error(1, "missing-key", what, f"write `{key}: {due}` at the top of the file")
    elif given != due:
        what = f"`{key}: {given}` does not fit the name of the file, which says `{due}`"
        fix = f"write `{key}: {due}`, or rename the file"
        sheet.faults.error(root.entries[key].key.line, "name-mismatch", what, fix)


def _check_digest(sheet: Sheet, root: Mapping, document: Document) -> None:
    given = sheet.text_of(root, "sha256")
    if given and given.lower() != document.sha256:
        what = "the text has changed since it was coded (its sha256 is another)"
        fix = "kg anchor says what became of every passage; kg anchor --write sets the digest"
        sheet.faults.warning(root.entries["sha256"].key.line, "text-changed", what, fix)


def _twice(sheet: Sheet, line: int, first: Passage) -> None:
    where = f"in line {first.place.line}" if first.place else "above"
    what = f"this passage stands {where} already"
    fix = "put the marks and statements of both into one"
    sheet.faults.error(line, "passage-twice", what, fix)


def _check_dated(sheet: Sheet, undated: list[int]) -> None:
    if undated:
        more = f" and {len(undated) - 1} more" if undated[1:] else ""
        what = f"neither the file nor this passage{more} says when it was coded: not read"
        fix = "write when this was coded at the top: `coded: 2026-11-22T09:00:00Z`"
        sheet.faults.error(undated[0], "missing-time", what, fix)


def _check_modality(sheet: Sheet) -> None:
    if lines := sheet.unsaid_modality:
        others = len(lines) - 1
        more = f", nor on {others:,} more line{'s' if others > 1 else ''} below," if others else ""
        what = f"no modality is given here{more} nor at the top: `required` is assumed"
        fix = "write `modality: required` at the top of the file, or another one on each statement"
        sheet.faults.warning(min(lines), "missing-modality", what, fix)
