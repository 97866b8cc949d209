"""The graph in pieces for bulk loaders: N-Quads, and a manifest that tells what must be in them.

    {"format": "policy-kg shards 1", "build": "…", "base": "…", "quads": 2841, "shards": [
      {"file": "shard-00000.nq", "sha256": "…", "bytes": 344021, "quads": 2841, "graphs": {…}}], …}

Each graph lies whole in one shard. README.md tells the form in full.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.atomic import write_atomically, write_in_parts
from kg.identifiers import Graphs
from kg.writers.dataset import END, Dataset

FORMAT = "policy-kg shards 1"
MANIFEST = "manifest.json"
LARGE = 64_000_000
"""Bytes after which no further graph is put into a shard."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of N-Quads; `graphs` tells how many quads of each graph are in it."""

    file: str
    sha256: str
    bytes: int
    quads: int
    graphs: dict[str, int]


def write_shards(dataset: Dataset, build: str, folder: Path) -> Iterator[Path]:
    """The shards of a dataset, and last their manifest; what lay there before is no more valid."""
    (folder / MANIFEST).unlink(missing_ok=True)
    graphs = sorted(str(getattr(name, "value", "")) for name in dataset.store.named_graphs())
    shards: list[Shard] = []
    while graphs:
        shard = _write(dataset, graphs, folder / f"shard-{len(shards):05}.nq")
        shards.append(shard)
        del graphs[: len(shard.graphs)]
        yield folder / shard.file
    stem = Graphs(dataset.base).document("")
    documents = {
        graph.removeprefix(stem): graph
        for shard in shards
        for graph in shard.graphs
        if graph.startswith(stem)
    }
    for path in folder.glob("shard-*.nq"):
        if path.name not in {shard.file for shard in shards}:
            path.unlink()
    quads = sum(shard.quads for shard in shards)
    manifest = {
        "format": FORMAT,
        "build": build,
        "base": dataset.base,
        "quads": quads,
        "shards": [asdict(shard) for shard in shards],
        "documents": documents,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    write_atomically(folder / MANIFEST, text.encode() + b"\n")
    yield folder / MANIFEST


def _write(dataset: Dataset, graphs: list[str], path: Path) -> Shard:
    """The first of some graphs, as many as go into one shard."""
    content, size = hashlib.sha256(), 0
    counts: dict[str, int] = {}

    def parts() -> Iterator[bytes]:
        nonlocal size
        for graph in graphs:
            if size >= LARGE:
                return
            lines = dataset.lines(graph)
            end = f" <{graph}>".encode() + END
            part = end.join((*lines, b""))
            content.update(part)
            size, counts[graph] = size + len(part), len(lines)
            yield part

    write_in_parts(path, parts())
    return Shard(path.name, content.hexdigest(), size, sum(counts.values()), counts)
