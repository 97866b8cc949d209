"""The graph as files: a table of formats, each with the files that it makes.

Everything is computed before anything is written, and each file is put in place whole.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from kg.atomic import write_atomically
from kg.errors import UnknownName
from kg.writers.codebook import codebook_html, codebook_markdown
from kg.writers.cytoscape import cytoscape
from kg.writers.dataset import Dataset
from kg.writers.folders import write_files
from kg.writers.gexf import gexf
from kg.writers.graphml import graphml
from kg.writers.jsonld import jsonld
from kg.writers.mentions import mentions
from kg.writers.neo4j import neo4j
from kg.writers.ntriples import nquads, ntriples
from kg.writers.obsidian import obsidian
from kg.writers.rdfxml import rdfxml
from kg.writers.statements import statements
from kg.writers.tables import concepts, edges
from kg.writers.turtle import trig, turtle
from kg.writers.xlsx import xlsx

Writer: TypeAlias = Callable[[Dataset], bytes]

WRITERS: Mapping[str, Mapping[str, Writer]] = {
    "nq": {"graph.nq": nquads},
    "trig": {"graph.trig": trig},
    "ttl": {"graph.ttl": turtle},
    "nt": {"graph.nt": ntriples},
    "jsonld": {"graph.jsonld": jsonld},
    "rdf": {"graph.rdf": rdfxml},
    "graphml": {"graph.graphml": graphml},
    "gexf": {"graph.gexf": gexf},
    "csv": {
        "concepts.csv": concepts,
        "mentions.csv": mentions,
        "edges.csv": edges,
        "statements.csv": statements,
    },
    "xlsx": {"graph.xlsx": xlsx},
    "cytoscape": {"graph.cyjs": cytoscape},
    "codebook": {"codebook.md": codebook_markdown, "codebook.html": codebook_html},
}
FOLDERS: Mapping[str, Callable[[Dataset], Mapping[str, bytes]]] = {
    "neo4j": neo4j,
    "obsidian": obsidian,
}
"""Formats that are many files: their names in a folder of the format's name, and contents."""
LISTED = frozenset({"nq", "trig", "ttl", "nt", "jsonld", "rdf"})
"""Formats for which the graph is listed once, and hardly asked."""
FILES: Mapping[str, Writer] = {
    name: made for files in WRITERS.values() for name, made in files.items()
}


def write(dataset: Dataset, formats: Iterable[str], folder: Path) -> Iterator[Path]:
    """The files of the formats, one after the other; UnknownName before anything is written."""
    wanted = list(formats)
    for name in wanted:
        check_known(name, [*WRITERS, *FOLDERS])
    for name in wanted:
        if name in FOLDERS:
            yield write_folder(dataset, name, folder)
        for file in WRITERS.get(name, ()):
            yield write_file(dataset, file, folder)


def write_file(dataset: Dataset, name: str, folder: Path) -> Path:
    """One of `FILES`."""
    path = folder / name
    write_atomically(path, FILES[name](dataset))
    return path


def write_folder(dataset: Dataset, name: str, folder: Path) -> Path:
    """All files of one of `FOLDERS`."""
    write_files(folder / name, FOLDERS[name](dataset))
    return folder / name


def check_known(wanted: str, known: Sequence[str]) -> None:
    """UnknownName for a format that is not among them."""
    if wanted not in known:
        near = difflib.get_close_matches(wanted, known, n=1)
        fix = f"did you mean {near[0]}?" if near else f"there are: {' '.join(known)}"
        raise UnknownName(f"there is no format '{wanted}'", fix=fix)
