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
from kg.errors import KgError, Place
from kg.identifiers import Graphs
from kg.writers.dataset import END, Dataset

FORMAT = "policy-kg shards 1"
MANIFEST = "manifest.json"
LARGE = 64_000_000
"""Bytes after which no further graph is put into a shard."""


class ManifestError(KgError):
    """Shards that are not those of their manifest, or no manifest at all."""

    code = "bad-manifest"


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of N-Quads; `graphs` tells how many quads of each graph are in it."""

    file: str
    sha256: str
    bytes: int
    quads: int
    graphs: dict[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder of shards holds; `documents` maps the key of each to its graph."""

    build: str
    base: str
    quads: int
    shards: tuple[Shard, ...]
    documents: dict[str, str]


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
    manifest = Manifest(build, dataset.base, quads, tuple(shards), documents)
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
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


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder, once every shard is found to be what it says; else ManifestError.

    Each shard is read through, a piece at a time.
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_bytes())
        if found.pop("format") != FORMAT:
            raise _bad(path, f"this manifest is not of the form '{FORMAT}'")
        shards = tuple(Shard(**shard) for shard in found.pop("shards"))
        manifest = Manifest(shards=shards, **found)
    except FileNotFoundError:
        raise _bad(path, "there is no manifest: the export was not finished") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise _bad(path, "this manifest cannot be read") from None
    for shard in shards:
        _check(folder / shard.file, shard)
    stated = [sum(shard.quads for shard in shards)]
    stated.append(sum(count for shard in shards for count in shard.graphs.values()))
    if stated != [manifest.quads] * 2:
        raise _bad(path, "the counts of this manifest do not add up")
    return manifest


def _check(path: Path, shard: Shard) -> None:
    content, size, quads = hashlib.sha256(), 0, 0
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                content.update(part)
                size, quads = size + len(part), quads + part.count(b"\n")
    except OSError as error:
        raise _bad(path, f"this shard cannot be read: {error.strerror}") from None
    if (content.hexdigest(), size, quads) != (shard.sha256, shard.bytes, shard.quads):
        raise _bad(path, "this shard is not the one that its manifest tells of")


def _bad(path: Path, what: str) -> ManifestError:
    return ManifestError(what, fix="write both again: kg export shards", place=Place(str(path)))
