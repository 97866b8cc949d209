"""How often is a coded passage of the two texts found again, and how often somewhere wrong?"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.bench.anchoring import KINDS, SEED, WITHOUT_LOSS, Case, cases, measured
from tests.conftest import REPOSITORY, fill_folder
from tests.test_cli import Kg, kg

__all__ = ["kg"]


@pytest.fixture(scope="module")
def coded() -> list[Case]:
    return cases(REPOSITORY)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("has_old", [True, False], ids=["old text known", "old text lost"])
def test_nearly_all_are_found_and_none_wrongly(kind: str, has_old: bool, coded: list[Case]) -> None:
    counts = measured(coded, kind, 1)
    outcomes = {name: n for (what, old, name), n in counts.items()
                if (what, old) == ("passages", has_old)}  # fmt: skip
    assert outcomes.get("false", 0) == 0
    there = sum(outcomes.values()) - outcomes.get("gone", 0)
    found = outcomes.get("right", 0) + outcomes.get("near", 0)
    assert found >= 0.99 * there > 30
    assert ("gone" in outcomes) == (kind not in WITHOUT_LOSS)


@pytest.mark.parametrize("kind", ["noise", "encode", "delete"])
def test_after_writing_the_files_read_cleanly_against_the_new_text(
    kind: str, two_texts: Path, kg: Kg
) -> None:
    for path in (two_texts / "passages").glob("*.txt"):
        text = path.read_bytes().decode()
        edited = KINDS[kind]([(char, at) for at, char in enumerate(text)], random.Random(SEED))  # noqa: S311
        old = two_texts / path.name
        path.rename(old)
        path.write_bytes("".join(char for char, _ in edited).encode())
        files = sorted(path.parent.glob(f"{path.stem}.*.yaml"))
        ran = kg("anchor", "--project", two_texts, "--old", old, "--write", *files)
        assert ran.code == (1 if "orphaned" in ran.out or "lost-mark" in ran.err else 0)
        lost = ran.err.count("[lost-mark]")
        issues = [
            issue.code
            for issue in fill_folder(two_texts).issues
            if issue.place.file.startswith(f"passages/{path.stem}.")
            and issue.code not in ("control-character", "missing-concept")
        ]
        assert issues.count("quote-not-found") == lost
        assert set(issues) <= {"quote-not-found", "orphaned-anchor", "unknown-name"}
