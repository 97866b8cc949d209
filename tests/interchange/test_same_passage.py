"""Is one passage the same, whichever tool it comes from, but for what a format cannot hold?"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.interchange.formats import FORMATS, format_of, reduced
from kg.interchange.model import Annotated, Circumstances, Code, Link, Mark
from kg.interchange.source import open_source
from tests.interchange.made import alike
from tests.test_cli import Kg, kg

__all__ = ["kg"]

FOLDER = Path(__file__).parent.parent / "same_passage"
TEXT = (FOLDER / "notes.txt").read_text("utf-8")
ANN = Circumstances(coder="ann", time="2026-11-22T09:00:00Z")
EXPECTED = Annotated(
    "notes",
    TEXT,
    (
        Mark("1", ((4, 9),), ("otter",), ANN),
        Mark("2", ((17, 23),), ("salmon",), ANN),
        Mark("3", ((17, 33),), ("winter",), ANN),
        Mark("4", ((38, 40),), ("salmon",), Circumstances("ann", ANN.time, "seen twice")),
        Mark("5", ((62, 67),), ("otter",), ANN),
    ),
    (Link("6", "1", "2", "eats", ANN),),
)
CODEBOOKS = {"qdc"}
"""Formats of code trees, which hold no text."""
FILES = sorted(path for path in FOLDER.iterdir() if path.stem in FORMATS and path.suffix != ".txt")


def test_every_format_has_its_file() -> None:
    assert {path.stem for path in FILES} == {*FORMATS}


MARKED = [path for path in FILES if path.stem not in CODEBOOKS]


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.name)
def test_every_format_reads_as_the_same_passage(path: Path) -> None:
    source = open_source(path, ())
    assert format_of(source) == path.stem
    foreign = FORMATS[path.stem].read(source)
    assert foreign.issues == ()
    [document] = foreign.documents
    holds = FORMATS[path.stem].holds - {"folders"}  # by itself, a file does not tell whose it is
    assert alike(document) == alike(reduced(EXPECTED, holds))


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.name)
def test_a_project_made_of_it_builds_answers_and_is_drawn_with_no_further_step(
    kg: Kg, project: Path, path: Path
) -> None:
    ran = kg("import", path, "--coded", "2026-11-22T09:00:00Z", "--project", project)
    assert (ran.code, "marks: 5 = 5 written" in ran.out) == (0, True)
    assert ("relations: 1 = 1 written" in ran.out) == ("links" in FORMATS[path.stem].holds)
    assert "passages/" not in kg("build", "--project", project).err
    asked = kg("query", "mentions", "concept=otter", "--format", "csv", "--project", project)
    assert (asked.code, asked.out.count(",otter,")) == (0, 2)
    kg("render", "--project", project)
    assert "The otter 🐟 eats salmon" in (project / "exports" / "graph.html").read_text("utf-8")


def test_the_unit_of_offsets_is_found_in_each_file() -> None:
    units = {}
    for path in MARKED:
        source = open_source(path, ())
        units[path.stem] = FORMATS[path.stem].read(source).documents[0].unit
    wide = {"labelstudio", "webanno", "uima", "inception"}
    assert {units[name] for name in wide} == {"UTF-16 code units"}
    assert {unit for name, unit in units.items() if name not in wide} == {"code points"}


def test_the_codebook_of_the_passage_is_the_same_in_its_project_and_alone() -> None:
    codes = [
        Code(("otter",), "The animal itself, not its tracks.", (("colour", "#8B4513"),)),
        Code(("salmon",), "", (("colour", "#FA8072"),)),
        Code(("winter",)),
    ]
    for path in (FOLDER / "qdc.qdc", FOLDER / "qdpx.qdpx"):
        source = open_source(path, ())
        assert format_of(source) == path.stem
        assert [*FORMATS[path.stem].read(source).codes] == codes


def test_cancelled_work_is_passed_over_and_told() -> None:
    source = open_source(FOLDER / "labelstudio.json", ())
    foreign = FORMATS["labelstudio"].read(source)
    assert foreign.remarks == ("annotations cancelled by their annotators, not read: 1",)
    assert foreign.marks == 5
