"""From a graph to files: the exports that a project asks for, and its page."""

from __future__ import annotations

import difflib
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.atomic import move, write_atomically
from kg.errors import FormatError, InputError, Issue, Place, StoreError, UnknownName
from kg.identifiers import Graphs
from kg.interchange.formats import FORMATS, losses, reduced
from kg.interchange.ours import annotated, by_iri, by_key
from kg.model import Document
from kg.ontology import read_ontology
from kg.project import Project
from kg.readers import read_document, read_folder
from kg.render import render
from kg.render.layout import place, read_layout, relayout, write_layout
from kg.rows import rows
from kg.store import build_id, open_store
from kg.turtle import read_prefixes
from kg.writers import FILES, WRITERS, write
from kg.writers.dataset import Dataset

PAGE = "graph.html"
ANNOTATIONS = tuple(name for name, each in FORMATS.items() if each.write and name not in WRITERS)
"""The forms of other tools in which what was coded can be written."""


def export_all(
    project: Project, store: ox.Store, documents: Sequence[Document]
) -> tuple[list[Path], list[Issue]]:
    """Every file under `exports` in kg.toml, and an issue for each that cannot hold this graph.

    All are written aside first and put in place together, so that they are of one build.
    """
    dataset = _dataset(project, store)
    aside = project.cache / "exports"
    issues: list[Issue] = []
    made: list[str] = []
    try:
        for name in project.exports:
            try:
                write_atomically(aside / name, _content(project, dataset, documents, name))
                made.append(name)
            except FormatError as error:
                issues.append(Issue(error.place or Place(name), error.code, error.what, error.fix))
        return [move(aside / name, project.output / name) for name in made], issues
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _content(project: Project, dataset: Dataset, documents: Sequence[Document], name: str) -> bytes:
    return _page(project, dataset, documents) if name == PAGE else FILES[name](dataset)


def export_formats(
    project: Project, formats: Iterable[str], tell: Callable[[str], None] = lambda _: None
) -> Iterator[Path]:
    """The files of each format: of the graph as it was built, or what was coded in the form of
    another tool. UnknownName for an unknown one; `tell` gets what a tool cannot hold."""
    wanted = list(formats)
    for name in wanted:
        if name not in WRITERS and name not in ANNOTATIONS:
            known = [*WRITERS, *ANNOTATIONS]
            near = difflib.get_close_matches(name, known, n=1)
            fix = f"did you mean {near[0]}?" if near else f"there are: {' '.join(known)}"
            raise UnknownName(f"there is no format '{name}'", fix=fix)
    if graphs := [name for name in wanted if name in WRITERS]:
        yield from write(_dataset(project, open_store(project.cache)), graphs, project.output)
    for name in wanted:
        if name in ANNOTATIONS:
            yield from _export_annotations(project, name, tell)


def _export_annotations(project: Project, name: str, tell: Callable[[str], None]) -> Iterator[Path]:
    """What was coded, in a folder of its own under the name of the format."""
    each = FORMATS[name]
    ontology = read_ontology(project.ontology, project.base)
    reading = read_folder(project.passages, ontology)
    lost: Counter[str] = Counter()
    namer = by_iri if name == "w3c" else by_key
    documents = [
        annotated(document, ontology, Graphs(project.base), namer, lost)
        for document in reading.documents
    ]
    words = [f"{what} ({count:,})" for what, count in lost.items() if count]
    words += losses(documents, each.holds)
    if words:
        tell(f"{name} cannot hold: {', '.join(words)}")
    assert each.write is not None  # noqa: S101 - so are ANNOTATIONS chosen
    files = each.write([reduced(document, each.holds) for document in documents])
    for path, data in sorted(files.items()):
        write_atomically(project.output / name / path, data)
        yield project.output / name / path


def render_page(project: Project, *, anew: bool = False) -> Path:
    """The page of the graph as it was built; `anew` computes all places first, into layout.tsv."""
    dataset = _dataset(project, open_store(project.cache))
    if anew:
        write_layout(project.layout, relayout(dataset.network))
    page = _page(project, dataset, _documents(project, dataset.store))
    write_atomically(project.output / PAGE, page)
    return project.output / PAGE


def _dataset(project: Project, store: ox.Store) -> Dataset:
    return Dataset(store, project.base, project.languages, read_prefixes(project.ontology))


def _page(project: Project, dataset: Dataset, documents: Sequence[Document]) -> bytes:
    layout, _ = read_layout(project.layout)
    page = render(
        dataset.store,
        documents,
        title=project.title,
        base=project.base,
        languages=project.languages,
        positions=place(dataset.network, layout),
        build_id=build_id(dataset.store),
    )
    return page.encode()


def _documents(project: Project, store: ox.Store) -> list[Document]:
    """The texts that the graph was built from; StoreError where one has changed since."""
    documents = []
    for key, digest in rows(store, "digests"):
        document, issues = read_document(project.passages / f"{key}.txt")
        if document is None:
            raise InputError(issues[0].what, fix=issues[0].fix, place=issues[0].place)
        if document.sha256 != digest:
            raise StoreError(
                "this text has changed since the graph was built",
                fix="build it again: kg build",
                place=Place(f"passages/{key}.txt"),
            )
        documents.append(document)
    return documents
