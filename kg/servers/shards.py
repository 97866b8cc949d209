"""The graph in pieces, as `kg export shards` writes them: N-Quads and a manifest, checked whole.

A manifest that does not fit its files is refused before anything is taken from them.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.servers.push import Piece
from kg.writers.shards import FORMAT, MANIFEST

AGAIN = "write the shards again: kg export shards"


def shard_pieces(folder: Path) -> Iterator[Piece]:
    """The named graphs, in the order of the shards; InputError where anything does not fit."""
    manifest = _manifest(folder / MANIFEST)
    for shard in manifest["shards"]:
        _check_bytes(folder, shard)
    return (piece for shard in manifest["shards"] for piece in _pieces(folder, shard))


def _manifest(path: Path) -> Mapping[str, Any]:
    try:
        manifest = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise InputError(f"there is no {path}", fix="write it: kg export shards") from None
    except ValueError:
        raise InputError(f"{path} is no JSON", fix=AGAIN) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError(f"{path} is not in the format '{FORMAT}'", fix=AGAIN)
    return manifest


def _check_bytes(folder: Path, shard: Mapping[str, Any]) -> None:
    path = folder / Path(str(shard["file"])).name
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise InputError(f"{path} is missing, and the manifest names it", fix=AGAIN) from None
    if found != shard["sha256"]:
        raise InputError(f"{path} is not the file that the manifest describes", fix=AGAIN)


def _pieces(folder: Path, shard: Mapping[str, Any]) -> Iterator[Piece]:
    path = folder / Path(str(shard["file"])).name
    triples: dict[str, list[bytes]] = defaultdict(list)
    with path.open("rb") as file:
        for line in file:
            triple, _, graph = line.removesuffix(b" .\n").rpartition(b" ")
            triples[graph[1:-1].decode()].append(triple + b" .\n")
    if {name: len(found) for name, found in triples.items()} != shard["graphs"]:
        raise InputError(f"{path} does not hold the graphs that the manifest counts", fix=AGAIN)
    for name, found in triples.items():
        yield Piece(name, b"".join(sorted(found)))
