"""Are the files put in place whole, and always the same?"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import UnknownName
from kg.project import EXPORTS, ON_DEMAND
from kg.writers import FILES, FOLDERS, WRITERS, write
from tests.fisheries import dataset, fisheries

ROOT = Path(__file__).parent.parent.parent
DIGESTS = """
import hashlib
from kg.writers import FILES, FOLDERS
from tests.fisheries import dataset
for name, made in FILES.items():
    print(name, hashlib.sha256(made(dataset())).hexdigest())
for name, made in FOLDERS.items():
    print(name, hashlib.sha256(repr(made(dataset())).encode()).hexdigest())
"""


def test_each_format_makes_its_files(tmp_path: Path) -> None:
    paths = list(write(dataset(), ["csv", "ttl"], tmp_path / "exports"))
    assert [path.name for path in paths] == [
        "concepts.csv", "mentions.csv", "edges.csv", "statements.csv", "graph.ttl",
    ]  # fmt: skip
    assert all(path.read_bytes() == FILES[path.name](dataset()) for path in paths)


def test_every_file_that_a_project_may_ask_for_is_made() -> None:
    assert {*FILES, "graph.html", "sparql.html"} == {*EXPORTS, *ON_DEMAND}
    graphs = {"ttl", "trig", "nq", "nt", "jsonld", "rdf", "graphml", "gexf", "cytoscape"}
    assert {*WRITERS} == {*graphs, "csv", "xlsx", "codebook"}
    assert {*FOLDERS} == {"neo4j", "obsidian"}


def test_an_unknown_format_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"no format 'tll'.*\n  fix: did you mean ttl\?"):
        list(write(dataset(), ["csv", "tll"], tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_changes_nothing(seed: str) -> None:
    made = subprocess.run(
        [sys.executable, "-c", DIGESTS],
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"UTC+{seed}"},
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    contents = {name: writer(dataset()) for name, writer in FILES.items()}
    contents |= {name: repr(made(dataset())).encode() for name, made in FOLDERS.items()}
    assert dict(line.split() for line in made.splitlines()) == {
        name: hashlib.sha256(content).hexdigest() for name, content in contents.items()
    }


@pytest.mark.parametrize("name", {**FILES, **FOLDERS})
def test_the_order_of_the_store_changes_nothing(name: str, tmp_path: Path) -> None:
    """In memory and on disk, filled forwards and backwards."""
    made = {**FILES, **FOLDERS}[name]
    quads = sorted(fisheries(), key=str)
    memory, disk = ox.Store(), ox.Store(str(tmp_path / "store"))
    memory.extend(reversed(quads))
    disk.bulk_extend(quads)
    assert made(dataset(memory)) == made(dataset(disk))
