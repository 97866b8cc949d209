"""Whether a filled graph keeps its promises: every edge has its evidence, every quote its place.

What a graph must hold of itself is a rule in `kg/checks/dataset/`, written like those on the
ontology; quotes and digests are compared with the texts as they lie on disk now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.check import offenders, read_checks, shortened
from kg.encoding import bytes_or_empty
from kg.errors import Issue, Place
from kg.identifiers import Graphs, claim_id, document_id
from kg.model import Document
from kg.rows import pairs, rows

FIX = "the graph is not to be trusted: build again; if this comes back, it is a fault of kg"


def audit(
    store: ox.Store,
    documents: Iterable[Document],
    root: Path,
    graphs: Graphs,
    places: Mapping[str, Place],
) -> list[Issue]:
    """Each broken promise; `root` is the project's folder, `places` tells where IRIs come from."""

    def place(words: Mapping[str, str]) -> Place:
        claim = graphs.data + claim_id(words["node"], words["value"], words["other"])
        return places.get(claim) or places.get(words["node"]) or Place("passages")

    issues: list[Issue] = []
    for rule in read_checks(asset("checks/dataset")):
        issues += shortened(offenders(rule, store, place, base=graphs.base))
    texts: dict[str, str] = {}
    digests = pairs(store, "digests")
    for document in documents:
        file = document.place or Place(f"passages/{document.key}.txt")
        text, digest = _as_it_lies(document, root / file.file)
        if digest == digests.get(document.key):
            texts[graphs.data + document_id(document.key)] = text
        else:
            what = "this text is not the one that the graph was filled from: its SHA-256 differs"
            issues.append(Issue(file, "wrong-digest", what, FIX))
    return issues + shortened(_wrong_quotes(store, texts, places))


def _as_it_lies(document: Document, file: Path) -> tuple[str, str]:
    """A text and its SHA-256, from its own file; one among many is taken as it was read."""
    if file.suffix != ".txt":
        return document.text, document.sha256
    content = bytes_or_empty(file)
    return content.decode("utf-8-sig", "replace"), hashlib.sha256(content).hexdigest()


def _wrong_quotes(
    store: ox.Store, texts: Mapping[str, str], places: Mapping[str, Place]
) -> Iterator[Issue]:
    for node, document, start, end, words in rows(store, "anchors"):
        if document in texts and (found := texts[document][int(start) : int(end)]) != words:
            yield Issue(
                places.get(node, Place("passages")),
                "wrong-quote",
                f"the graph quotes '{words}', but '{found}' stands at {start}-{end}",
                FIX,
            )
