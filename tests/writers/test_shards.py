"""Do shards hold the whole graph, and is what does not fit their manifest refused?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.exporting import export_formats
from kg.graph import Graph
from kg.pipeline import Built
from kg.writers import shards
from kg.writers.shards import ManifestError, read_manifest


@pytest.fixture(scope="module")
def folder(built: Built) -> Path:
    """The shards of the two texts, one for each graph."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "LARGE", 1)
        *_, manifest = export_formats(built.filled.project, ["shards"])
    return manifest.parent


def test_the_shards_together_are_the_graph(folder: Path, graph: Graph) -> None:
    manifest = read_manifest(folder)
    lines = [
        line
        for shard in manifest.shards
        for line in (folder / shard.file).read_text("utf-8").splitlines(keepends=True)
    ]
    nq = (folder.parent / "graph.nq").read_text("utf-8")
    assert sorted(lines) == sorted(nq.splitlines(keepends=True))
    assert manifest.quads == len(lines) == sum(1 for _ in graph.store())
    assert set(manifest.documents) == {
        "county-towns-as-carriers",
        "no1-document-county-integration",
    }


def test_every_graph_lies_whole_in_one_shard_that_a_bulk_loader_reads(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert len(manifest.shards) == 6
    for shard in manifest.shards:
        store = ox.Store()
        store.bulk_load(path=str(folder / shard.file), format=ox.RdfFormat.N_QUADS)
        counted = {
            graph.value: sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
            for graph in store.named_graphs()
        }
        assert counted == shard.graphs


def test_a_second_export_is_the_same_and_leaves_no_shard_behind(folder: Path, built: Built) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    list(export_formats(built.filled.project, ["shards"]))
    assert [path.name for path in sorted(folder.iterdir())] == ["manifest.json", "shard-00000.nq"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "LARGE", 1)
        list(export_formats(built.filled.project, ["shards"]))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def change_count(path: Path) -> None:
    found = json.loads(path.read_text("utf-8"))
    found["quads"] += 1
    path.write_text(json.dumps(found), encoding="utf-8")


BROKEN: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a shard cut off": ("shard-00001.nq", cut, "shard-00001.nq: this shard is not the one"),
    "a shard gone": ("shard-00001.nq", Path.unlink, "cannot be read: No such file"),
    "no manifest": ("manifest.json", Path.unlink, "there is no manifest"),
    "a manifest cut off": ("manifest.json", cut, "this manifest cannot be read"),
    "another count": ("manifest.json", change_count, "do not add up"),
    "another form": (
        "manifest.json",
        lambda path: path.write_text('{"format": "x"}'),
        "is not of the form",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_does_not_fit_its_manifest_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    file, damage, words = BROKEN[name]
    copy = shutil.copytree(folder, tmp_path / "shards")
    damage(copy / file)
    with pytest.raises(ManifestError, match=words) as raised:
        read_manifest(copy)
    assert "fix: write both again: kg export shards" in str(raised.value)
