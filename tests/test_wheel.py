"""Does a wheel, alone in a folder, make a project that builds and answers?"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what a wheel of this checkout holds, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def run(installed: Path, folder: Path, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    return ran.stdout


def test_the_wheel_works_without_the_repository(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "init", "mine").count("\n") == 8
    mine = tmp_path / "mine"
    where = "import kg, sys; print(kg.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where],
        cwd=mine,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.startswith(str(installed))
    assert "3 passages" in run(installed, mine, "build")
    asked = run(installed, mine, "query", "measures-for", "group=children", "--format", "md")
    assert "| free school lunch | pupils |" in asked
    assert run(installed, mine, "explain", "unknown-concept").startswith("## unknown-concept")


def test_the_wheel_carries_types_and_licence(installed: Path) -> None:
    names = {path.relative_to(installed).as_posix() for path in installed.rglob("*")}
    assert {"kg/py.typed", "kg/core.ttl", "kg/core-shapes.ttl"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_carries_every_file_of_the_package(installed: Path) -> None:
    files = (path for path in (REPOSITORY / "kg").rglob("*") if path.is_file())
    own = {p.relative_to(REPOSITORY) for p in files if "__pycache__" not in p.parts}
    assert {Path("kg/rules/README.md"), Path("kg/rules/inverse.rq")} <= own
    assert {path for path in own if not (installed / path).is_file()} == set()
