"""A whole `passages/` folder: every text with what its coders marked in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.model import Document, Reading
from kg.ontology import Ontology
from kg.readers.bundles import find_bundles, read_bundle, read_text
from kg.readers.names import Names


def read_folder(folder: Path, ontology: Ontology) -> Reading:
    """Every document of a folder, sorted by key, with the passages of all its coders."""
    bundles, issues = find_bundles(folder)
    names = Names(ontology)
    found = [read_bundle(bundle, names) for bundle in bundles]
    issues += (issue for _, more in found for issue in more)
    return Reading(tuple(document for document, _ in found if document), tuple(issues))


def read_documents(folder: Path, ontology: Ontology) -> Iterator[Document]:
    """The same one after the other, without what is wrong with them."""
    names = Names(ontology)
    found = (read_bundle(bundle, names)[0] for bundle in find_bundles(folder)[0])
    return (document for document in found if document)


def read_texts(folder: Path) -> Iterator[Document]:
    """Every text of a folder, without what was coded in it."""
    found = (read_text(bundle)[0] for bundle in find_bundles(folder)[0])
    return (document for document in found if document)
