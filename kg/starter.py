"""A new project: the files of `kg/starter/`, and the core ontology beside them."""

from __future__ import annotations

from pathlib import Path

from kg.assets import asset
from kg.atomic import write_atomically
from kg.errors import OutputError


def make_project(folder: Path) -> list[Path]:
    """Write a project that builds into a folder that is new or empty; the files, sorted."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(
            f"{folder} is not an empty folder, and nothing in it was touched",
            fix="name a new folder: kg init my-project",
        )
    starter = asset("starter")
    files = {path.relative_to(starter): path for path in starter.rglob("*") if path.is_file()}
    files[Path("ontology/core.ttl")] = asset("core.ttl")
    for name, source in sorted(files.items()):
        write_atomically(folder / name, source.read_bytes())
    return sorted(folder / name for name in files)
