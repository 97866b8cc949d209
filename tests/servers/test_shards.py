"""Are shards that do not fit their manifest refused before anything is sent?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.commands.exporting import export_formats
from kg.errors import InputError
from kg.graph import Graph
from kg.pipeline import build_project
from kg.project import read_project
from kg.servers.endpoint import Endpoint
from kg.servers.push import Piece, store_pieces
from kg.servers.shards import shard_pieces

QUADS = b'<x:a> <x:p> "1 <x:no> ." <x:g> .\n<x:b> <x:p> <x:c> <x:f> .\n'


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    write(tmp_path, QUADS)
    return tmp_path


def write(folder: Path, quads: bytes, **graphs: int) -> None:
    (folder / "shard-00000.nq").write_bytes(quads)
    shard = {
        "file": "shard-00000.nq",
        "sha256": hashlib.sha256(quads).hexdigest(),
        "bytes": len(quads),
        "quads": 2,
        "graphs": {f"x:{name}": n for name, n in (graphs or {"g": 1, "f": 1}).items()},
    }
    manifest = {"format": "policy-kg shards 1", "shards": [shard]}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def test_shards_are_the_named_graphs_whole(shards: Path) -> None:
    assert sorted(shard_pieces(shards), key=lambda piece: piece.graph) == [
        Piece("x:f", b"<x:b> <x:p> <x:c> .\n"),
        Piece("x:g", b'<x:a> <x:p> "1 <x:no> ." .\n'),
    ]


def test_the_shards_of_a_project_are_its_graphs(starter: Path) -> None:
    project = read_project(starter)
    built = build_project(project)
    list(export_formats(project, ["shards"], print))
    by_name = {piece.graph: piece for piece in shard_pieces(project.output / "shards")}
    assert by_name == {piece.graph: piece for piece in store_pieces(built.filled.store)}


def test_shards_fill_a_server_as_the_store_does(starter: Path, empty_oxigraph: Endpoint) -> None:
    project = read_project(starter)
    build_project(project)
    list(export_formats(project, ["shards"], print))
    words = ["--profile", "oxigraph", "--project", str(starter)]
    folder = str(project.output / "shards")
    sent = CliRunner().invoke(cli, ["push", empty_oxigraph.url, *words, "--shards", folder])
    assert sent.output == "5 graphs sent, 0 there already, 0 removed\n"
    again = CliRunner().invoke(cli, ["push", empty_oxigraph.url, *words])
    assert again.output == "0 graphs sent, 5 there already, 0 removed\n"
    served = Graph(project, endpoint=empty_oxigraph)
    for name in ("concepts", "mentions"):
        assert list(served.ask(name)) == list(Graph(project).ask(name))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda f: (f / "manifest.json").unlink(), "there is no .*manifest.json"),
        (lambda f: (f / "manifest.json").write_text("{"), "is no JSON"),
        (
            lambda f: (f / "manifest.json").write_text("[]"),
            "not in the format 'policy-kg shards 1'",
        ),
        (lambda f: (f / "shard-00000.nq").unlink(), "is missing, and the manifest names it"),
        (
            lambda f: (f / "shard-00000.nq").write_bytes(QUADS[:-9]),
            "not the file that the manifest",
        ),
        (lambda f: write(f, QUADS, g=2), "does not hold the graphs that the manifest counts"),
    ],
)
def test_what_does_not_fit_is_refused(
    shards: Path, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(shards)
    with pytest.raises(InputError, match=rf"(?s){told}.*kg export shards"):
        list(shard_pieces(shards))
