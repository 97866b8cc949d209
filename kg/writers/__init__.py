"""The graph as files: a table of formats, each with the files that it makes.

Everything is computed before anything is written, and each file is put in place whole.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from kg.atomic import write_atomically
from kg.errors import UnknownName
from kg.writers.codebook import codebook_html, codebook_markdown
from kg.writers.dataset import Dataset
from kg.writers.gexf import gexf
from kg.writers.graphml import graphml
from kg.writers.jsonld import jsonld
from kg.writers.ntriples import nquads, ntriples
from kg.writers.rdfxml import rdfxml
from kg.writers.statements import statements
from kg.writers.tables import concepts, edges
from kg.writers.turtle import trig, turtle

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
    "csv": {"concepts.csv": concepts, "edges.csv": edges, "statements.csv": statements},
    "codebook": {"codebook.md": codebook_markdown, "codebook.html": codebook_html},
}
FILES: Mapping[str, Writer] = {
    name: made for files in WRITERS.values() for name, made in files.items()
}


def write(dataset: Dataset, formats: Iterable[str], folder: Path) -> Iterator[Path]:
    """The files of the formats, one after the other; UnknownName before anything is written."""
    for name in [name for wanted in formats for name in _files(wanted)]:
        yield write_file(dataset, name, folder)


def write_file(dataset: Dataset, name: str, folder: Path) -> Path:
    """One of `FILES`."""
    path = folder / name
    write_atomically(path, FILES[name](dataset))
    return path


def _files(wanted: str) -> Iterable[str]:
    if wanted in WRITERS:
        return WRITERS[wanted]
    near = difflib.get_close_matches(wanted, WRITERS, n=1)
    fix = f"did you mean {near[0]}?" if near else f"there are: {' '.join(WRITERS)}"
    raise UnknownName(f"there is no format '{wanted}'", fix=fix)
