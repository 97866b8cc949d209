"""Which files of a folder belong together, and what becomes of those that do not?"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from kg.readers import read_coded, read_folder
from tests.readers.conftest import HEAD, Folder

SALMON = "- text: >-\n    Salmon\n"


def test_every_document_with_the_passages_of_all_its_coders(folder: Folder) -> None:
    for name in ("notes", "census"):
        folder.write(f"{name}.txt", "Salmon.")
        for coder in ("b2", "a1"):
            head = HEAD.replace("notes", name).replace("a1", coder)
            folder.write(f"{name}.{coder}.yaml", head + SALMON)
    reading = read_folder(folder.path, folder.ontology)
    assert reading.issues == ()
    assert [(d.key, [p.coder for p in d.passages]) for d in reading.documents] == [
        ("census", ["a1", "b2"]),
        ("notes", ["a1", "b2"]),
    ]
    [first, second] = reading.documents[0].passages
    assert first.id == second.id
    assert str(first.place) == "passages/census.a1.yaml:6"


def test_documents_are_sorted_by_their_keys(folder: Folder) -> None:
    for name in ("a-b", "a", "B"):
        folder.write(f"{name}.txt", "Salmon.")
    assert [document.key for document in folder.read().documents] == ["B", "a", "a-b"]


def test_names_of_files_may_be_written_in_any_script(folder: Folder) -> None:
    head = HEAD.replace("notes", "河流-2024").replace("a1", "李_1")
    folder.write("河流-2024.txt", "鲑鱼").write(
        "河流-2024.李_1.yaml", head + "- text: >-\n    鲑鱼\n"
    )
    document = folder.document()
    assert (document.key, document.passages[0].coder) == ("河流-2024", "李_1")


def test_decomposed_letters_of_a_mac_name_the_same_document(folder: Folder) -> None:
    name = unicodedata.normalize("NFD", "rivière")
    head = HEAD.replace("notes", "rivière")
    folder.write(f"{name}.txt", "Salmon").write(f"{name}.a1.yaml", head + SALMON)
    document = folder.document()
    assert (document.key, len(document.passages)) == ("rivière", 1)


@pytest.mark.parametrize("name", ["README.md", ".DS_Store"])
def test_files_that_may_stand_there_without_being_read(folder: Folder, name: str) -> None:
    assert folder.text("Salmon.").write(name, "x").issues() == []


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("notes.a1.final.yaml", "name it document.txt, document.yaml or document.coder.yaml"),
        ("my notes.txt", "name it document.txt"),
        ("-notes.txt", "name it document.txt"),
        ("notes..yaml", "name it document.txt"),
        ("a.b.txt", "name it document.txt"),
        (
            "notes.a1.yml",
            "texts end in .txt, coders' files in .yaml, both in lower case: rename it",
        ),
        ("notes.TXT", "both in lower case: rename it"),
        ("notes.docx", "move any other file elsewhere"),
    ],
)
def test_files_whose_names_say_nothing_are_told(folder: Folder, name: str, fix: str) -> None:
    issue = folder.text("Salmon.").write(name, "x").issue()
    assert issue.startswith(f"passages/{name}: ")
    assert "[bad-file-name]" in issue
    assert fix in issue


@pytest.mark.parametrize("name", ["nots.a1.yaml", "nots.yaml"])
def test_a_yaml_file_without_its_text(folder: Folder, name: str) -> None:
    assert folder.text("Salmon.").write(name, "x: y").issue() == (
        f"passages/{name}: there is no text nots.txt for this file [missing-text-file]\n"
        "  fix: add the text, or rename this file after notes.txt"
    )


def test_a_folder_that_is_not_there_holds_nothing(folder: Folder) -> None:
    reading = folder.read()
    assert (reading.documents, reading.issues) == ((), ())


def test_a_malformed_file_costs_only_itself(folder: Folder) -> None:
    folder.text("Salmon.").coded(SALMON).write("notes.b2.yaml", "a: b: c\n")
    reading = folder.read()
    assert [passage.coder for passage in reading.documents[0].passages] == ["a1"]
    assert [issue.place.file for issue in reading.issues] == ["passages/notes.b2.yaml"]


def test_reading_twice_gives_the_same(folder: Folder) -> None:
    folder.text("Salmon. Salmon.").coded(SALMON + "- text: >-\n    S[al]{slmon}\n")
    assert folder.read() == folder.read()


def test_one_coders_file_can_be_read_by_itself(folder: Folder) -> None:
    folder.text("Salmon.").coded(SALMON)
    document = folder.document()
    path = folder.path / "notes.a1.yaml"
    assert read_coded(path, document, folder.ontology) == (document.passages, ())
    passages, [issue] = read_coded(path.rename(folder.path / "x.yaml"), document, folder.ontology)
    assert passages == ()
    assert str(issue).startswith("passages/x.yaml: this file's name does not say which document")


def test_two_names_of_the_same_letters_are_two_files_and_the_second_is_told(folder: Folder) -> None:
    composed, apart = "rivi\u00e8re.txt", "rivie\u0300re.txt"
    folder.write(composed, "Salmon").write(apart, "Otters")
    assert "'rivi\\xe8re.txt' and 'rivie\\u0300re.txt' [same-name]" in folder.issue()
    assert [document.text for document in folder.read().documents] == ["Otters"]


def test_what_is_known_of_a_text_is_found_under_a_decomposed_name(folder: Folder) -> None:
    folder.write("rivi\u00e8re.txt", "Salmon").write("rivie\u0300re.yaml", "title: River\n")
    assert folder.document().title == "River"


def test_names_that_differ_in_capitals_only_are_read_with_a_warning(folder: Folder) -> None:
    folder.text("Salmon").write("Notes.txt", "Otters")
    assert folder.issue() == (
        "passages/notes.txt: warning: only capital letters tell this name from Notes.txt;"
        " Windows and macOS see one file [same-but-for-case]\n  fix: rename one of the two"
    )
    assert [document.key for document in folder.read().documents] == ["Notes", "notes"]


def link_into_nothing(path: Path) -> None:
    path.symlink_to("gone")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("name", ["notes.txt", "notes.yaml", "notes.a1.yaml"])
@pytest.mark.parametrize(
    "make", [Path.mkdir, os.mkfifo, link_into_nothing, link_to_itself, link_to_a_device]
)
def test_what_is_named_like_a_file_but_is_none_is_told_once(
    folder: Folder, make: Callable[[Path], None], name: str
) -> None:
    folder.text("Salmon").write("notes.yaml", "title: River\n").coded(SALMON)
    (folder.path / name).unlink()
    make(folder.path / name)
    issue = folder.issue()
    assert issue.startswith(f"passages/{name}: this is not a readable file")
    assert "[unreadable-file]" in issue


def test_other_folders_may_stand_there(folder: Folder) -> None:
    folder.text("Salmon")
    (folder.path / "drafts").mkdir()
    assert folder.issues() == []


@pytest.mark.parametrize("name", ["notes.txt", "notes.yaml", "notes.a1.yaml"])
def test_a_file_that_may_not_be_read_costs_only_what_hangs_on_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder.text("Salmon").write("notes.yaml", "title: River\n").coded(SALMON)
    folder.write("other.txt", "Otters")
    open_ = Path.open

    def refuse(path: Path, mode: str = "r") -> IO[Any]:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return open_(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    issue = folder.issue()
    assert issue.startswith(f"passages/{name}: this is not a readable file: Permission denied")
    assert "other" in [document.key for document in folder.read().documents]


def test_a_folder_that_may_not_be_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    folder.text("Salmon")
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert folder.issue() == (
        "passages: this folder cannot be read: Permission denied [unreadable-file]\n"
        "  fix: check that it is a folder and that you may read it"
    )


def test_a_file_where_the_folder_should_be(folder: Folder) -> None:
    folder.path.write_text("")
    assert folder.issue().startswith("passages: this folder cannot be read: Not a directory")
