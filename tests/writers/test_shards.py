"""Do shards hold the whole graph, and does their manifest tell what is in them?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.commands.exporting import export_formats
from kg.graph import Graph
from kg.pipeline import Built
from kg.servers.shards import shard_pieces
from kg.writers import shards


@pytest.fixture(scope="module")
def folder(built: Built) -> Path:
    """The shards of the two texts, one for each graph."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "LARGE", 1)
        *_, last = export_formats(built.filled.project, ["shards"])
    return last.parent


def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_bytes())


def test_the_shards_together_are_the_graph(folder: Path, graph: Graph) -> None:
    told = manifest(folder)
    parts = [(folder / shard["file"]).read_bytes() for shard in told["shards"]]
    assert b"".join(parts) == (folder.parent / "graph.nq").read_bytes()
    assert told["quads"] == sum(1 for _ in graph.store())
    assert set(told["documents"]) == {
        "county-towns-as-carriers",
        "no1-document-county-integration",
    }
    names = {graph for shard in told["shards"] for graph in shard["graphs"]}
    assert {piece.graph for piece in shard_pieces(folder)} == names


def test_every_graph_lies_whole_in_one_shard_that_a_bulk_loader_reads(folder: Path) -> None:
    shards_ = manifest(folder)["shards"]
    assert len(shards_) == 6
    for shard in shards_:
        store = ox.Store()
        store.bulk_load(path=str(folder / shard["file"]), format=ox.RdfFormat.N_QUADS)
        counted = {
            graph.value: sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
            for graph in store.named_graphs()
        }
        assert counted == shard["graphs"]


def test_a_second_export_is_the_same_and_leaves_no_shard_behind(folder: Path, built: Built) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    list(export_formats(built.filled.project, ["shards"]))
    assert [path.name for path in sorted(folder.iterdir())] == ["manifest.json", "shard-00000.nq"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "LARGE", 1)
        list(export_formats(built.filled.project, ["shards"]))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
