"""Colleagues' graphs: any SKOS, OWL or RDF file as an interactive page, without a project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.anyrdf.apart import draw_apart
from kg.anyrdf.drawing import stem_of
from kg.atomic import write_atomically
from kg.errors import OutputError, Place
from kg.project import EXPORTS, ON_DEMAND

MOST = 2000
"""Things that a page draws, if not told otherwise."""
_OURS = b'<meta name="generator" content="policy-kg">'
_HEAD = 20_000
"""Bytes of a page in which it says who made it."""


def render_file(
    source: Path,
    output: Path | None = None,
    project: Path = Path(),
    most: int | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> tuple[Path, tuple[str, ...]]:
    """Draw a file, with at most so many things; where the page is, and sentences on what is in it.

    The page goes where `output` says, else to the exports of the project that the folder is, else
    beside the file. OutputError where something else is there.
    """
    target = _target(source, output, project)
    page = draw_apart(source, MOST if most is None else most, step=step)
    write_atomically(target, page.html.encode())
    return target, page.sentences


def _target(source: Path, output: Path | None, project: Path) -> Path:
    name = f"{stem_of(source)}.html"
    if output:
        return output / name if output.is_dir() else output
    inside = (project / "kg.toml").exists()
    target = project / "exports" / name if inside else source.with_name(name)
    if inside and name in (*EXPORTS, *ON_DEMAND):
        raise _taken(target, "is an export of the project itself")
    if target.exists() and _OURS not in _head(target):
        raise _taken(target, "is there already and was not made by kg")
    return target


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _taken(target: Path, why: str) -> OutputError:
    fix = "name another file for the page: -o FILE.html"
    return OutputError(f"this file {why}", fix=fix, place=Place(str(target)))
