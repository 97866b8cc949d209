"""The ontology about a river, and small projects to import into."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.readers.conftest import river

__all__ = ["project", "river"]

SETTINGS = """\
title = "A river"
base = "https://example.org/river/"
languages = ["en", "fr"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project about a river, with no text yet."""
    folder = tmp_path / "river"
    (folder / "ontology").mkdir(parents=True)
    (folder / "passages").mkdir()
    ontology = Path(__file__).parent.parent / "readers" / "river.ttl"
    shutil.copy(ontology, folder / "ontology" / "river.ttl")
    (folder / "kg.toml").write_text(SETTINGS, encoding="utf-8")
    return folder
