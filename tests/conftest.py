"""The project of the two texts, built once; and small projects to break."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.pipeline import Built, Filled, build_project, fill
from kg.project import read_project

REPOSITORY = Path(__file__).parent.parent
STARTER = REPOSITORY / "kg" / "starter"


def copy_project(target: Path) -> Path:
    """The inputs of the repository's own project, in a folder that may be written."""
    shutil.copy(REPOSITORY / "kg.toml", target / "kg.toml")
    for folder in ("ontology", "passages"):
        shutil.copytree(REPOSITORY / folder, target / folder)
    return target


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal as wide as that of the README, whoever runs the tests and wherever."""
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The two texts, built from a copy."""
    return build_project(read_project(copy_project(tmp_path_factory.mktemp("two-texts"))))


@pytest.fixture(scope="session")
def filled(built: Built) -> Filled:
    """The graph of the two texts in memory."""
    return built.filled


@pytest.fixture(scope="session")
def graph(built: Built) -> Graph:
    """The graph of the two texts on disk."""
    return Graph(built.filled.project)


@pytest.fixture
def two_texts(tmp_path: Path) -> Path:
    """The two texts, not built."""
    return copy_project(tmp_path)


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A small project (what `kg init` makes), not built, to change and break."""
    folder = tmp_path / "starter"
    shutil.copytree(STARTER, folder)
    return folder


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something reached for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def fill_folder(folder: Path) -> Filled:
    """The graph of a folder in memory, and what was found wrong."""
    return fill(read_project(folder))
