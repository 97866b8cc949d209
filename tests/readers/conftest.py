"""A folder of texts and coders' files about a river, to write into and read back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.model import Document, Passage, Reading
from kg.ontology import Ontology, read_ontology
from kg.readers import read_folder

TERMS = "https://example.org/river/terms#"
CONCEPTS = "https://example.org/river/concept/"
HEAD = """\
document: notes
coder: a1
coded: 2026-11-22T09:00:00Z
modality: descriptive
passages:
"""
"""Five lines: the passages of a file that begins so stand from line 6 on."""


def concept(key: str) -> str:
    return CONCEPTS + key


def term(key: str) -> str:
    return TERMS + key


@pytest.fixture(scope="session")
def river(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    folder = tmp_path_factory.mktemp("river") / "ontology"
    folder.mkdir()
    shutil.copy(Path(__file__).parent / "river.ttl", folder)
    ontology = read_ontology(folder, "https://example.org/river/")
    assert not ontology.issues
    return ontology


@dataclass
class Folder:
    """A `passages/` folder; `notes` is its one document unless another name is given."""

    path: Path
    ontology: Ontology

    def write(self, name: str, content: str | bytes) -> Folder:
        self.path.mkdir(exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        (self.path / name).write_bytes(data)
        return self

    def text(self, text: str) -> Folder:
        return self.write("notes.txt", text)

    def coded(self, passages: str, head: str = HEAD) -> Folder:
        return self.write("notes.a1.yaml", head + passages)

    def read(self) -> Reading:
        return read_folder(self.path, self.ontology)

    def document(self) -> Document:
        """The one document of a folder without faults."""
        reading = self.read()
        assert reading.issues == ()
        [document] = reading.documents
        return document

    def passage(self) -> Passage:
        """The one passage of a folder without faults."""
        [passage] = self.document().passages
        return passage

    def issues(self) -> list[str]:
        """Each finding as it is shown: place, what, code, fix."""
        return [str(issue) for issue in self.read().issues]

    def issue(self) -> str:
        """The one finding of a folder with a single fault."""
        [issue] = self.issues()
        return issue


@pytest.fixture
def folder(tmp_path: Path, river: Ontology) -> Folder:
    return Folder(tmp_path / "passages", river)
