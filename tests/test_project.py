"""What does a project folder say, and where does everything lie?"""

from __future__ import annotations

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


def test_settings_saved_by_a_windows_editor_are_read(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes(b'\xef\xbb\xbfbase = "https://example.org/r/"\r\n')
    assert read_project(tmp_path).base == "https://example.org/r/"


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
