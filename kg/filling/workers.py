"""Who fills the documents: this process, several of this machine, or those of a cluster.

Whoever it is, the folios come in the order of the documents, and only a few are under way at once.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeAlias, TypeVar

from kg.errors import KgError, MissingExtra
from kg.filling.workshop import Folio, Task, fill_task
from kg.project import Project
from kg.readers.bundles import Bundle

AHEAD = 8
"""Batches that are under way or wait to be loaded: some 20 MB each."""
WORTH_IT = 5_000_000
"""Bytes to be filled from which other processes save more time than they take to start."""
PATIENCE = 10
"""Seconds within which a cluster has to answer."""
A = TypeVar("A")
B = TypeVar("B")
Hiring: TypeAlias = Callable[[int], AbstractContextManager[Executor | None]]
"""Given the bytes that are to be filled, an executor for them."""


class WorkerError(KgError):
    """Those who fill documents cannot be had, or ended before they were done."""

    code = "no-workers"


def alone(_: int) -> AbstractContextManager[None]:
    """Nobody: this process does it."""
    return nullcontext()


@contextmanager
def workers(size: int, jobs: int = 0, cluster: str = "") -> Iterator[Executor | None]:
    """An executor for `size` bytes, None where this process does best alone.

    `jobs` is how many processes, 0 for as many as are worth it; `cluster` is the address of a Dask
    scheduler, whose workers see the project in the same folder.
    """
    if cluster:
        yield from _on_cluster(cluster)
        return
    jobs = jobs or ((os.cpu_count() or 1) if size > WORTH_IT else 1)
    if jobs == 1:
        yield None
        return
    # a fork would copy locks that threads of the store hold
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        yield pool


def _on_cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtra("distributed", "pip install 'policy-kg[cluster]'") from None
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise WorkerError(
            f"there is no Dask scheduler at {address}: {error}",
            fix="start one: dask scheduler; it prints its address, such as tcp://127.0.0.1:8786",
        ) from None
    with client:
        yield client.get_executor()


def fill_with(
    executor: Executor, project: Project, context: str, batches: Iterable[Sequence[Bundle]]
) -> Iterator[list[Folio]]:
    """Fill in the processes of an executor, which see the project in the same folder."""
    root, language = project.root.resolve(), project.languages[0]
    tasks = (Task(root, project.base, language, context, tuple(each)) for each in batches)
    try:
        yield from in_order(executor, fill_task, tasks)
    except BrokenExecutor:
        raise WorkerError(
            "a process that filled documents was ended; the old graph is kept",
            fix="free some memory and build again, with fewer processes: --jobs 1",
        ) from None


def in_order(executor: Executor, work: Callable[[A], B], tasks: Iterable[A]) -> Iterator[B]:
    """The results in the order of the tasks, AHEAD of which are under way."""
    waiting: deque[Future[B]] = deque()
    for task in tasks:
        waiting.append(executor.submit(work, task))
        if len(waiting) >= AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
