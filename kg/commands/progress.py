"""How far a command is, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import Steps


@contextmanager
def progress() -> Iterator[Steps]:
    """Steps that show on a terminal how far they are."""
    from kg.pipeline import Steps

    if not sys.stderr.isatty():
        yield Steps()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description} …"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def started(name: str) -> None:
            for task in bar.task_ids:
                bar.remove_task(task)
            bar.add_task(name, total=None)

        yield Steps(
            started=started,
            advanced=lambda done, all_: bar.update(bar.task_ids[-1], completed=done, total=all_),
        )
