"""Is the graph the same whoever fills it, and whatever becomes of those who do?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from kg.filling import workshop as filling
from kg.filling.workers import WORTH_IT, WorkerError, workers
from kg.pipeline import build_project
from kg.project import read_project
from tests.conftest import REPOSITORY
from tests.test_incremental import LINE, STATEMENT, TEXT, quads, starter, stored

DOCUMENTS = 30


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thirty documents, which are filled two by two, and one broken line."""
    folder = starter(tmp_path / "project")
    said = [{**STATEMENT, "subject": "local-purchasing"}]
    lines = [
        json.dumps(line)
        for n in range(DOCUMENTS)
        for line in (
            {"document": f"d{n}", "text": TEXT},
            {"document": f"d{n}", **LINE, "statements": said},
        )
    ]
    lines.insert(7, '{"document": "d3", "coder"')
    (folder / "passages" / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(filling, "AT_A_TIME", 1_000)
    return folder


def built_by(folder: Path, executor: Executor | None) -> tuple[list[str], tuple[object, ...]]:
    built = build_project(read_project(folder), fresh=True, hire=lambda _: nullcontext(executor))
    return quads(built), built.filled.issues


def test_threads_make_the_same_graph_and_findings(project: Path) -> None:
    alone = built_by(project, None)
    assert [issue.code for issue in alone[1]] == ["bad-json"]
    with ThreadPoolExecutor(3) as executor:
        assert built_by(project, executor) == alone


def test_jobs_make_the_same_graph(project: Path) -> None:
    alone, _ = built_by(project, None)
    ran = subprocess.run(
        [sys.executable, "-m", "kg", "build", "--fresh", "--jobs", "2", "--project", project],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
    )
    assert b"[bad-json]" in ran.stderr
    assert stored(project) == [line.encode().rstrip(b"\n") for line in alone]


def test_only_who_has_much_to_fill_hires(project: Path) -> None:
    sizes: list[int] = []

    def hire(size: int) -> AbstractContextManager[Executor | None]:
        sizes.append(size)
        return workers(size)

    def build(**options: bool) -> None:
        build_project(read_project(project), hire=hire, **options)

    build(fresh=True)
    [whole] = sizes
    assert whole > DOCUMENTS * len(TEXT)
    path = project / "passages" / "many.jsonl"
    path.write_text(path.read_text("utf-8").replace('"planned"', '"required"', 1), encoding="utf-8")
    build()
    assert sizes == [whole]
    with workers(whole) as nobody, workers(WORTH_IT + 1, jobs=1) as nobody_either:
        assert nobody is nobody_either is None
    with workers(whole, jobs=2) as some:
        assert isinstance(some, ProcessPoolExecutor)


class Unlucky(Executor):
    """An executor of which something happens at the fourth task."""

    def __init__(self, executor: Executor, happens: Callable[[], None]) -> None:
        self.executor, self.happens, self.tasks = executor, happens, 0

    def submit(self, *given: Any, **named: Any) -> Future[Any]:
        self.tasks += 1
        if self.tasks == 4:
            self.happens()
        return self.executor.submit(*given, **named)


def test_a_worker_of_a_cluster_that_is_killed_loses_nothing_and_doubles_nothing(
    project: Path,
) -> None:
    alone = built_by(project, None)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:

        def kill() -> None:
            os.kill(cluster.workers[0].pid, signal.SIGKILL)

        with workers(0, cluster=cluster.scheduler_address) as executor:
            assert executor is not None
            unlucky = Unlucky(executor, kill)
            assert built_by(project, unlucky) == alone
            assert unlucky.tasks > DOCUMENTS / 3


def test_a_process_that_ends_leaves_the_old_graph(project: Path) -> None:
    built_by(project, None)
    before = stored(project)

    def end() -> None:
        raise BrokenExecutor

    with ThreadPoolExecutor(1) as executor, pytest.raises(WorkerError, match="the old graph"):
        built_by(project, Unlucky(executor, end))
    assert stored(project) == before


def test_a_cluster_that_does_not_answer_leaves_the_old_graph(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.filling.workers.PATIENCE", 0.2)
    built_by(project, None)
    before = stored(project)
    hire = partial(workers, cluster="tcp://127.0.0.1:9")
    with pytest.raises(WorkerError, match="no Dask scheduler at tcp://127"):
        build_project(read_project(project), fresh=True, hire=hire)
    assert stored(project) == before
