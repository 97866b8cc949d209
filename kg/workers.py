"""Who fills the documents: this process, several of this machine, or those of a cluster.

Whoever it is, the folios come in the order of the documents, and only a few are under way at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from typing import TypeVar

from kg.filling import Folio, Task, Workshop, batches, fill_task
from kg.project import Project
from kg.readers.bundles import Bundle

AHEAD = 4
"""Batches that are under way or wait to be loaded."""
A = TypeVar("A")
B = TypeVar("B")


def fill_here(workshop: Workshop, bundles: Sequence[Bundle]) -> Iterator[list[Folio]]:
    """Fill in this process."""
    return map(workshop.fill, batches(bundles))


def fill_with(
    executor: Executor, project: Project, context: str, bundles: Sequence[Bundle]
) -> Iterator[list[Folio]]:
    """Fill in the processes of an executor, which see the project in the same folder."""
    root, language = project.root.resolve(), project.languages[0]
    tasks = (Task(root, project.base, language, context, batch) for batch in batches(bundles))
    return in_order(executor, fill_task, tasks)


def in_order(executor: Executor, work: Callable[[A], B], tasks: Iterable[A]) -> Iterator[B]:
    """The results in the order of the tasks, AHEAD of which are under way."""
    waiting: deque[Future[B]] = deque()
    for task in tasks:
        waiting.append(executor.submit(work, task))
        if len(waiting) >= AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
