"""Does every format give back what was written to it, but for what it says it cannot hold?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from kg.interchange.brat import write_brat
from kg.interchange.formats import FORMATS, losses, reduced
from kg.interchange.model import Annotated, Circumstances, Link, Mark
from kg.interchange.source import open_source
from tests.interchange.made import alike, documents

WRITTEN = sorted(name for name, each in FORMATS.items() if each.write and name != "qdc")


def again(name: str, document: Annotated, folder: Path) -> list[Annotated]:
    """Write a document and read it back; every file of the format is read by itself."""
    write = FORMATS[name].write
    assert write
    read = []
    files = write([reduced(document, FORMATS[name].holds)])
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    for path in files:
        if not path.endswith(".txt"):
            source = open_source(folder / path, ())
            foreign = FORMATS[name].read(source)
            assert foreign.issues == ()
            assert FORMATS[name].looks_like(folder / path, source.text)
            read += [_by(document, Path(path).parent.name) for document in foreign.documents]
    return read


def _by(document: Annotated, folder: str) -> Annotated:
    """The marks of a file in a coder's folder are that coder's."""
    marks = (replace(mark, said=replace(mark.said, coder=folder)) for mark in document.marks)
    return replace(document, marks=tuple(marks)) if folder else document


@pytest.mark.parametrize("name", [name for name in WRITTEN if name != "brat"])
@settings(deadline=None, max_examples=60)
@given(document=documents())
def test_what_is_written_is_read_again(name: str, document: Annotated) -> None:
    with TemporaryDirectory() as folder:
        read = again(name, document, Path(folder))
    expected = reduced(document, FORMATS[name].holds)
    if read or expected.marks:
        [found] = read
        assert alike(found) == alike(expected)


@settings(deadline=None, max_examples=60)
@given(document=documents())
def test_brat_has_a_folder_for_each_coder(document: Annotated) -> None:
    with TemporaryDirectory() as folder:
        read = again("brat", document, Path(folder))
    expected = reduced(document, FORMATS["brat"].holds)
    assert {found.text for found in read} == {document.text}
    marks = [mark for found in read for mark in alike(found)[1]]
    assert sorted(marks, key=repr) == alike(expected)[1]


@settings(deadline=None)
@given(document=documents())
def test_losses_are_told_exactly_where_something_is_lost(document: Annotated) -> None:
    for each in FORMATS.values():
        told = losses([document], each.holds)
        assert bool(told) == (reduced(document, each.holds) != document)


def test_brat_tells_of_relations_between_the_marks_of_two_coders() -> None:
    marks = [Mark(f"m{n}", ((n, n + 1),), ("a",), Circumstances(coder)) for n, coder in
             enumerate(("ann", "ann", "ben"))]  # fmt: skip
    links = Link("1", "m0", "m1", "near"), Link("2", "m1", "m2", "near")
    document = Annotated("doc", "abc", tuple(marks), links)
    assert losses([document], FORMATS["brat"].holds) == [
        "relations from a mark of one coder to one of another (1)"
    ]
    files = write_brat([reduced(document, FORMATS["brat"].holds)])
    assert [files[name].count(b"R1\t") for name in ("ann/doc.ann", "ben/doc.ann")] == [1, 0]
