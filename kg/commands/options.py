"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.project import Project

PATH = click.Path(path_type=Path)
AT_LEAST_0 = click.IntRange(min=0)
AT_LEAST_2 = click.IntRange(min=2)
FOLDER: dict[str, Any] = {
    "metavar": "DIR",
    "default": ".",
    "type": PATH,
    "help": "The project folder; the current one by default.",
}
folder_option = click.option("--project", "folder", **FOLDER)


def project_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--project DIR`, given to the command as a Project."""

    def read(_: click.Context, __: click.Parameter, folder: Path) -> Project:
        from kg.project import read_project

        return read_project(folder)

    return click.option("--project", callback=read, **FOLDER)(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
