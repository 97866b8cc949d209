"""`kg render --from FILE`: where does the page go, and what is said?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.anyrdf import render_file
from kg.errors import OutputError
from tests.anyrdf.pages import SAMPLES, written
from tests.test_cli import Kg, kg

__all__ = ["kg"]


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in the folder of a project."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def thesaurus(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLES / "thesaurus.ttl", tmp_path))


def test_the_page_lies_beside_the_file_and_is_named_after_it(kg: Kg, thesaurus: Path) -> None:
    ran = kg("render", "--from", thesaurus)
    page = thesaurus.with_name("thesaurus.html")
    assert (ran.code, ran.out) == (0, f"{page}\n")
    assert ran.err == "concepts: all 10 are drawn, with 9 relations\n"
    assert "<title>Umwelt-Thesaurus" in page.read_text("utf-8")


def test_in_a_project_it_goes_to_the_exports(kg: Kg, starter: Path, thesaurus: Path) -> None:
    ran = kg("render", "--from", thesaurus, "--project", starter)
    assert ran.out == f"{starter / 'exports' / 'thesaurus.html'}\n"


def test_it_goes_where_one_says(kg: Kg, thesaurus: Path) -> None:
    folder = thesaurus.parent / "pages"
    folder.mkdir()
    assert kg("render", "--from", thesaurus, "-o", folder).out == f"{folder / 'thesaurus.html'}\n"
    other = thesaurus.parent / "new" / "trees.html"
    assert kg("render", "--from", thesaurus, "-o", other).out == f"{other}\n"
    assert other.stat().st_size > 100_000


def test_it_replaces_nothing_but_a_page_of_ours(thesaurus: Path, starter: Path) -> None:
    page = written(thesaurus.parent, "thesaurus.html", "<title>my own</title>")
    with pytest.raises(OutputError, match="was not made by kg"):
        render_file(thesaurus)
    assert page.read_text("utf-8") == "<title>my own</title>"
    page.unlink()
    assert render_file(thesaurus)[0] == render_file(thesaurus)[0] == page
    for name in ("graph.ttl", "codebook.ttl"):
        source = thesaurus.rename(thesaurus.with_name(name))
        thesaurus = source
        with pytest.raises(OutputError, match="an export of the project itself"):
            render_file(source, project=starter)


def test_fewer_things_are_drawn_if_one_says_so(kg: Kg, thesaurus: Path) -> None:
    assert (
        "of 10 are drawn, the best joined ones"
        in kg("render", "--from", thesaurus, "--most", "4").err
    )


def test_a_slip_ends_in_a_sentence(kg: Kg, tmp_path: Path) -> None:
    ran = kg("render", "--from", tmp_path / "trees.ttl")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        f"{tmp_path / 'trees.ttl'}: this is not a readable file: No such file"
    )
    broken = written(tmp_path, "broken.ttl", "@prefix : <http://e.example/> .\n:a :p")
    ran = kg("render", "--from", broken)
    assert ran.err.startswith(f"{broken}:2: this Turtle cannot be read")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.ttl"]


@pytest.mark.parametrize(
    "words", [("--relayout", "--from", "x.ttl"), ("-o", "x.html"), ("--most", "7")]
)
def test_options_that_do_not_go_together_are_refused(kg: Kg, words: tuple[str, ...]) -> None:
    ran = kg("render", *words)
    assert ran.code == 2
    assert "--from" in ran.err


def test_odd_numbers_are_refused(kg: Kg, thesaurus: Path) -> None:
    for number in ("0", "-3", "many"):
        assert kg("render", "--from", thesaurus, "--most", number).code == 2
