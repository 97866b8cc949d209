"""Files that are asked for by the name of a format: the graph's own, and those of other tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.atomic import write_atomically, write_in_parts
from kg.errors import UnknownName
from kg.export import at_hand, dataset_of
from kg.identifiers import Graphs
from kg.interchange.formats import FORMATS, losses, reduced
from kg.interchange.ours import (
    annotated,
    by_iri,
    by_key,
    code_paths,
    codes,
    in_tree,
    lost_of_concepts,
)
from kg.ontology import read_ontology
from kg.project import Project
from kg.readers import read_documents, read_folder
from kg.readers.jsonl_writer import jsonl_lines
from kg.readers.names import Names
from kg.store import build_id, open_store
from kg.writers import FOLDERS, LISTED, WRITERS, check_known, write
from kg.writers.shards import write_shards

GRAPHS = (*WRITERS, *FOLDERS)
ANNOTATIONS = tuple(name for name, each in FORMATS.items() if each.write and name not in GRAPHS)
"""The forms of other tools in which what was coded can be written."""
JSONL = "jsonl"
"""Our own form for many documents."""
UNWRITTEN = {
    "inception": "add the files of kg export webanno (or uima) to a project there as documents: "
    "it takes a whole project only with Java objects in it",
    "hypothesis": "kg export w3c writes the standard that Hypothes.is follows",
}
SHARDS = "shards"
"""The graph in pieces, for bulk loaders."""


def export_formats(
    project: Project, formats: Iterable[str], tell: Callable[[str], None] = lambda _: None
) -> Iterator[Path]:
    """The files of each format: of the graph as it was built, or of what was coded for other tools.

    UnknownName for an unknown one; `tell` gets what a tool cannot hold.
    """
    wanted = list(formats)
    for name in wanted:
        if name in UNWRITTEN:
            raise UnknownName(f"'{name}' is read, but not written", fix=UNWRITTEN[name])
        check_known(name, [*GRAPHS, *ANNOTATIONS, JSONL, SHARDS])
    if graphs := [name for name in wanted if name in GRAPHS]:
        store = open_store(project.cache)
        store = store if LISTED.issuperset(graphs) else at_hand(store)
        yield from write(dataset_of(project, store), graphs, project.output)
    for name in wanted:
        if name in ANNOTATIONS:
            yield from _export_annotations(project, name, tell)
    if JSONL in wanted:
        yield _export_jsonl(project)
    if SHARDS in wanted:
        store = open_store(project.cache)
        dataset = dataset_of(project, store)
        yield from write_shards(dataset, build_id(store), project.output / SHARDS)


def _export_jsonl(project: Project) -> Path:
    """Everything in `passages/` as one file that could stand there instead."""
    ontology = read_ontology(project.ontology, project.base)
    documents = read_documents(project.passages, ontology)
    path = project.output / JSONL / "passages.jsonl"
    write_in_parts(path, (line.encode() for line in jsonl_lines(documents, Names(ontology))))
    return path


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
    tree = code_paths(ontology, project.languages[0]) if each.coded else {}
    words += lost_of_concepts(ontology) if each.coded else []
    if words:
        tell(f"{name} cannot hold: {', '.join(words)}")
    assert each.write is not None  # noqa: S101 - so are ANNOTATIONS chosen
    kept = [reduced(document, each.holds) for document in documents]
    files = each.write(kept)
    if each.coded:
        kept = [in_tree(document, tree) for document in kept]
        files = each.coded(kept, codes(ontology, tree, project.languages))
    for path, data in sorted(files.items()):
        write_atomically(project.output / name / path, data)
        yield project.output / name / path
