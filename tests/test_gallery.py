"""Is what is checked in under `exports/` what the inputs make, to the byte, on any machine?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import Built
from kg.project import EXPORTS
from tests.conftest import REPOSITORY, STARTER


@pytest.mark.parametrize("name", EXPORTS)
def test_the_gallery_is_what_the_inputs_make(built: Built, name: str) -> None:
    made = (built.filled.project.output / name).read_bytes()
    assert made == (REPOSITORY / "exports" / name).read_bytes(), "run make, and commit exports/"


def test_neither_hash_seed_nor_time_zone_nor_folder_shows(tmp_path: Path) -> None:
    made = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        folder = tmp_path / f"in-{seed}" / "project"
        folder.mkdir(parents=True)
        for path in sorted(STARTER.rglob("*"), reverse=seed == "2"):
            if path.is_file():
                copy = folder / path.relative_to(STARTER)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
        subprocess.run(
            [sys.executable, "-m", "kg", "build"],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(REPOSITORY)},
            check=True,
            capture_output=True,
        )
        made.append({p.name: p.read_bytes() for p in (folder / "exports").iterdir()})
    assert set(made[0]) == set(EXPORTS)
    assert made[0] == made[1]
