"""Does what was coded here come back from another tool's file?"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from kg.commands.exporting import ANNOTATIONS
from kg.ontology import read_ontology
from kg.project import read_project
from kg.readers import read_folder
from tests.test_cli import Kg, kg

__all__ = ["kg"]


def mentions(folder: Path) -> Counter[tuple[object, ...]]:
    project = read_project(folder)
    ontology = read_ontology(project.ontology, project.base)
    reading = read_folder(project.passages, ontology)
    assert [issue for issue in reading.issues if issue.severity == "error"] == []
    return Counter(
        (tuple(mention.spans), mention.concept, mention.coder, mention.coded, mention.confidence)
        for document in reading.documents
        for passage in document.passages
        for mention in passage.mentions
    )


def claims(folder: Path) -> set[tuple[str, ...]]:
    project = read_project(folder)
    ontology = read_ontology(project.ontology, project.base)
    return {
        (each.subject, each.predicate, each.object, each.modality, str(each.qualifiers), each.coder)
        for document in read_folder(project.passages, ontology).documents
        for passage in document.passages
        for each in passage.statements
        if each.subject_mentions and each.object_mentions
    }


def emptied(folder: Path, target: Path) -> Path:
    """The same project without its passages."""
    shutil.copytree(folder, target)
    for path in (target / "passages").iterdir():
        path.unlink()
    return target


def test_the_two_texts_come_back_from_web_annotations(
    kg: Kg, two_texts: Path, tmp_path: Path
) -> None:
    ran = kg("export", "w3c", "--project", two_texts)
    file = two_texts / "exports" / "w3c" / "annotations.jsonld"
    assert (ran.code, ran.out) == (0, f"{file}\n")
    assert "w3c cannot hold: " in ran.err and "flows" in ran.err
    again = emptied(two_texts, tmp_path / "again")
    ran = kg("import", file, "--project", again)
    assert (ran.code, ran.err) == (0, "")
    assert mentions(again) == mentions(two_texts)
    assert claims(again) == claims(two_texts)


@pytest.mark.parametrize("name", [name for name in ANNOTATIONS if name not in ("w3c", "qdc")])
def test_the_starter_comes_back_from_every_tool(
    kg: Kg, starter: Path, tmp_path: Path, name: str
) -> None:
    files = kg("export", name, "--project", starter).out.splitlines()
    again = emptied(starter, tmp_path / "again")
    paths = [path for path in files if not path.endswith(".txt")]
    ran = kg("import", *paths, "--coded", "2026-01-20T10:00:00Z", "--project", again)
    assert (ran.code, ran.err) == (0, "")
    found = Counter((key[0], key[1]) for key in mentions(again).elements())
    assert found == Counter((key[0], key[1]) for key in mentions(starter).elements())


def test_an_unknown_format_has_all_names_and_writes_nothing(kg: Kg, starter: Path) -> None:
    ran = kg("export", "brat", "doccanno", "--project", starter)
    assert (ran.code, "did you mean doccano?" in ran.err) == (2, True)
    assert not (starter / "exports").exists()


def test_why_a_whole_inception_project_is_not_written(kg: Kg, starter: Path) -> None:
    ran = kg("export", "inception", "--project", starter)
    assert (ran.code, "as documents" in ran.err, "Java objects" in ran.err) == (2, True, True)
