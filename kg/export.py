"""From a graph to files: the exports that a project asks for, and its page."""

from __future__ import annotations

import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from kg.atomic import move, write_atomically
from kg.errors import FormatError, Issue, Place, StoreError
from kg.model import Document
from kg.project import Project
from kg.questions import read_questions
from kg.readers import read_texts
from kg.render import render
from kg.render.layout import place, read_layout, relayout, write_layout
from kg.render.sparql import sparql_page
from kg.rows import rows
from kg.store import build_id, open_store
from kg.turtle import read_prefixes
from kg.writers import FILES
from kg.writers.dataset import Dataset

PAGE = "graph.html"
SPARQL = "sparql.html"
PAGES = (PAGE, SPARQL)
SMALL = 200_000
"""Quads: some 200 MB of memory."""


def export_all(project: Project, store: ox.Store) -> tuple[list[Path], list[Issue]]:
    """Every file under `exports` in kg.toml, and an issue for each that cannot hold this graph.

    All are written aside first and put in place together, so that they are of one build. The disk
    has one file while the next is made.
    """
    if not project.exports:
        return [], []
    dataset = dataset_of(project, store)
    aside = project.cache / "exports"
    issues: list[Issue] = []
    written: dict[str, Future[None]] = {}
    try:
        with ThreadPoolExecutor(max_workers=1) as disk:
            for name in project.exports:
                try:
                    content = _content(project, dataset, name)
                except FormatError as error:
                    place = error.place or Place(name)
                    issues.append(Issue(place, error.code, error.what, error.fix))
                else:
                    written[name] = disk.submit(write_atomically, aside / name, content)
            for done in written.values():
                done.result()
        return [move(aside / name, project.output / name) for name in written], issues
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _content(project: Project, dataset: Dataset, name: str) -> bytes:
    if name == PAGE:
        return _page(project, dataset)
    return _sparql(project, dataset) if name == SPARQL else FILES[name](dataset)


def render_pages(project: Project, *, anew: bool = False) -> list[Path]:
    """The graph page, and the SPARQL page if it is among the exports, of the graph as it was built.

    `anew` computes all places first, into layout.tsv.
    """
    dataset = dataset_of(project, at_hand(open_store(project.cache)))
    if anew:
        write_layout(project.layout, relayout(dataset.network))
    made = [project.output / name for name in PAGES if name in {PAGE, *project.exports}]
    for path in made:
        write_atomically(path, _content(project, dataset, path.name))
    return made


def dataset_of(project: Project, store: ox.Store) -> Dataset:
    """The graph of a project, ready to be written."""
    return Dataset(store, project.base, project.languages, read_prefixes(project.ontology))


def at_hand(store: ox.Store) -> ox.Store:
    """A small graph on disk as one in memory, where asking it much is faster."""
    if len(store) > SMALL:
        return store
    copy = ox.Store()
    copy.bulk_load(store.dump(format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    return copy


def _page(project: Project, dataset: Dataset) -> bytes:
    layout, _ = read_layout(project.layout)
    page = render(
        dataset.store,
        _documents(project, dataset.store),
        network=dataset.network,
        title=project.title,
        titles=project.titles,
        base=project.base,
        languages=project.languages,
        positions=place(dataset.network, layout),
        build_id=build_id(dataset.store),
        sparql=SPARQL if SPARQL in project.exports else "",
    )
    return page.encode()


def _sparql(project: Project, dataset: Dataset) -> bytes:
    folder = project.ontology / "questions"
    questions = read_questions(folder)
    return sparql_page(
        dataset,
        questions.values(),
        own=[name for name in questions if (folder / f"{name}.rq").exists()],
        title=project.title,
        titles=project.titles,
        graph=PAGE if PAGE in project.exports else "",
    )


def _documents(project: Project, store: ox.Store) -> list[Document]:
    """The texts that the graph was built from; StoreError where one has changed since."""
    texts = {document.key: document for document in read_texts(project.passages)}
    documents = []
    for key, digest in rows(store, "digests"):
        if key not in texts or texts[key].sha256 != digest:
            raise StoreError(
                f"the text of `{key}` has changed since the graph was built",
                fix="build it again: kg build",
                place=texts[key].place if key in texts else None,
            )
        documents.append(texts[key])
    return documents
