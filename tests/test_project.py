"""What does a project folder say, and where does everything lie?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import identifiers
from kg.errors import ProjectError
from kg.project import EXPORTS, read_project


def test_a_project_needs_no_more_than_a_title_and_a_base(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('title = "Rice"\nbase = "https://example.org/rice/"\n')
    project = read_project(tmp_path)
    assert (project.title, project.base) == ("Rice", "https://example.org/rice/")
    assert project.languages == ("en",)
    assert project.exports == EXPORTS


def test_a_project_without_a_base_is_told_to_choose_one(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('title = "Rice"\n')
    with pytest.raises(ProjectError, match=r"(?s)'base' must be a web address.*for example"):
        read_project(tmp_path)


def test_a_title_may_be_given_in_each_language(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(
        'title = { zh = "稻", en = "Rice" }\nbase = "https://ex.org/r/"\n'
        'languages = ["en", "zh"]\n',
        encoding="utf-8",
    )
    project = read_project(tmp_path)
    assert (project.title, project.titles) == ("Rice", {"en": "Rice", "zh": "稻"})


def test_settings_saved_by_a_windows_editor_are_read(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes(b'\xef\xbb\xbfbase = "https://example.org/r/"\r\n')
    assert read_project(tmp_path).base == "https://example.org/r/"


@pytest.mark.parametrize("base", ["https://ex.org/%zz/", "https://[/", "https://ex.org:port/"])
def test_a_base_has_to_be_an_iri(tmp_path: Path, base: str) -> None:
    (tmp_path / "kg.toml").write_text(f'base = "{base}"\n')
    with pytest.raises(ProjectError, match=r"(?s)kg.toml: 'base' must be a web address.*write"):
        read_project(tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('coders = {me = ["x"]}', r"(?s)'me' under \[coders\] must be text.*me = \"A. Reader\""),
        ("coders = {me = 1}", "'me' under"),
        (r'coders = {me = "a\u0000b"}', "'me' holds an invisible control character"),
        (r'title = "a\u0000b"', "'title' holds an invisible control character"),
        ('title = {fr = "Riz"}', r"(?s)'title' is given in 'fr'.*languages are: en"),
        ("title = {en = 1}", r"(?s)the title in 'en' must be text"),
        (r'title = {en = "a\u0000b"}', "'title' holds an invisible control character"),
        ("title = {}", "'title' names no language"),
        ("title = 1", r"'title' must be text in quotes, or a table"),
        ("exports = " + "[" * 9_000, "recursion"),
    ],
)
def test_faulty_settings_are_told(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "kg.toml").write_text(f'base = "https://example.org/r/"\n{line}\n')
    with pytest.raises(ProjectError, match=message):
        read_project(tmp_path)


def test_settings_in_a_wrong_encoding(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes('# 1\ntitle = "Лосось идёт"\n'.encode("cp1251"))
    with pytest.raises(ProjectError, match=r"kg.toml:2: not UTF-8 at byte 13 .*windows-1251"):
        read_project(tmp_path)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("gone")])
def test_settings_that_are_no_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "kg.toml")
    with pytest.raises(ProjectError, match="this is not a readable file"):
        read_project(tmp_path)


fields = st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(fields, min_size=2, max_size=5), st.lists(fields, min_size=2, max_size=5))
def test_different_fields_make_different_ids(one: list[str], other: list[str]) -> None:
    assert (identifiers.digest(*one) == identifiers.digest(*other)) == (one == other)


def test_the_order_in_which_a_coder_wrote_qualifiers_makes_no_other_statement() -> None:
    triple, pairs = ("s", "p", "o"), [("in", "town"), ("in", "village"), ("if", "dry")]
    ids = {
        identifiers.statement_id("p-1", triple, order, "required", "", "a1")
        for order in (pairs, pairs[::-1])
    }
    assert len(ids) == 1
