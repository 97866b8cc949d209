"""Does every command of the README do what it shows?"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.pipeline import Built
from kg.servers.endpoint import Endpoint
from kg.servers.profiles import PROFILES
from tests.conftest import REPOSITORY
from tests.servers.conftest import free_port, running

README = (REPOSITORY / "README.md").read_text("utf-8")
SESSIONS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def commands(session: str) -> list[tuple[list[str], str]]:
    """Each command of a session, and the output shown below it."""
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE)
    return [(shlex.split(line), shown.strip()) for line, shown in found]


@contextmanager
def serving(session: str, folder: Path) -> Iterator[str]:
    """The session, with the server that it starts running at an address that is free."""
    line = re.search(r"^\$ (oxigraph serve .*) &\n", session, re.MULTILINE)
    if not line:
        yield session
        return
    port = free_port()
    address = f"127.0.0.1:{port}"
    words = shlex.split(line[1].replace("127.0.0.1:7878", address))
    words[0] = str(Path(sys.executable).parent / words[0])
    endpoint = Endpoint(f"http://{address}", PROFILES["oxigraph"])
    with running(words, folder, endpoint):
        yield session.replace(line[0], "").replace(
            "http://127.0.0.1:7878", f"http://{address} --profile oxigraph"
        )


def run(words: list[str], folder: Path) -> str:
    assert words[0] == "kg"
    ran = subprocess.run(
        [sys.executable, "-m", "kg", *words[1:]],
        cwd=folder,
        env={"PYTHONPATH": str(REPOSITORY), "COLUMNS": "120", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def as_pattern(shown: str) -> str:
    """`…` at the end of a line or on a line of its own stands for what is left out."""
    return re.escape(shown).replace("…", r"[\s\S]*?")


def test_there_is_a_session() -> None:
    assert sum(len(commands(session)) for session in SESSIONS) >= 6


@pytest.mark.parametrize("number", range(len(SESSIONS)))
def test_what_the_readme_shows_is_what_happens(built: Built, tmp_path: Path, number: int) -> None:
    """Sessions before `kg init` run on the two texts, those after it in the new project."""
    before = "\n".join(SESSIONS[:number])
    folder = built.filled.project.root
    if "kg init" in before + SESSIONS[number]:
        folder = tmp_path
    if "kg init" in before:
        run(["kg", "init", "mine"], tmp_path)
        run(["kg", "build"], tmp_path / "mine")
        folder = tmp_path / "mine"
    with serving(SESSIONS[number], tmp_path) as session:
        for words, shown in commands(session):
            if words[0] == "cd":
                folder /= words[1]
                continue
            assert re.fullmatch(as_pattern(shown), run(words, folder)) or not shown


def test_the_coders_file_of_the_readme_is_the_starters() -> None:
    starter = (REPOSITORY / "kg" / "starter" / "passages" / "canteens.me.yaml").read_text("utf-8")
    (shown,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert shown.strip() in starter


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (REPOSITORY / link).exists()] == []
