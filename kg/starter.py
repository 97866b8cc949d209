"""A new project: the files of `kg/starter/`, or none but its settings, and the core ontology."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kg.assets import asset
from kg.atomic import write_atomically
from kg.errors import OutputError
from kg.project import checked_base

TITLE = '"School meals: a first project"'
BASE = "https://example.org/school-meals/"
SETTINGS = """\
title = {title}
# Your own web address, ending with a slash: the IRIs of your concepts and data begin with it.
base = "{base}"
# The languages of your labels; the first is the main one.
languages = ["en"]
"""


def make_project(
    folder: Path, *, title: str = "", base: str = "", empty: bool = False
) -> list[Path]:
    """Write a project into a folder that is new or empty; the files, sorted.

    An `empty` one has neither text nor vocabulary, and is called like its folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(
            f"{folder} is not an empty folder, and nothing in it was touched",
            fix="name a new folder: kg init my-project",
        )
    base = checked_base(base) if base else ""
    files = _empty(folder, title, base) if empty else _sample(title, base)
    files[Path("ontology/core.ttl")] = asset("core.ttl").read_bytes()
    for name, content in sorted(files.items()):
        write_atomically(folder / name, content)
    (folder / "passages").mkdir(exist_ok=True)
    return sorted(folder / name for name in files)


def _empty(folder: Path, title: str, base: str) -> dict[Path, bytes]:
    name = folder.resolve().name
    base = base or f"https://example.org/{_in_address(name)}/"
    settings = SETTINGS.format(title=_quoted(title or name), base=base)
    return {Path("kg.toml"): settings.encode()}


def _sample(title: str, base: str) -> dict[Path, bytes]:
    starter = asset("starter")
    files = {
        path.relative_to(starter): path.read_bytes().replace(BASE.encode(), (base or BASE).encode())
        for path in starter.rglob("*")
        if path.is_file()
    }
    settings = Path("kg.toml")
    if title:
        files[settings] = files[settings].replace(TITLE.encode(), _quoted(title).encode())
    return files


def _quoted(text: str) -> str:
    """Words as TOML has them, on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _in_address(name: str) -> str:
    """
    >>> _in_address("My thesis (2)"), _in_address("论文")
    ('my-thesis-2', 'project')
    """
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "project"
