"""Is a file of Turtle that cannot be used one finding, whatever is wrong with it?"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import Issue
from kg.turtle import read_prefixes, read_turtle

BASE = "https://example.org/river/"
GOOD = "@prefix r: <https://example.org/river/terms#> .\nr:otter a r:Animal .\n"


def issue(path: Path) -> Issue:
    found = read_turtle(path, f"ontology/{path.name}", BASE)
    assert isinstance(found, Issue)
    return found


def test_a_wrong_encoding_is_named_with_the_line_of_the_first_bad_byte(tmp_path: Path) -> None:
    path = tmp_path / "river.ttl"
    path.write_bytes((GOOD + '# 河流\nr:otter r:name "水獭在河流的上游" .\n').encode("gb18030"))
    assert str(issue(path)).startswith("ontology/river.ttl:3: not UTF-8 at byte ")
    assert "it looks like GB18030 [wrong-encoding]\n  fix: save it again as" in str(issue(path))


def link_into_nothing(path: Path) -> None:
    path.symlink_to("gone.ttl")


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, link_into_nothing])
def test_what_is_named_like_turtle_but_is_no_file(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "river.ttl")
    found = issue(tmp_path / "river.ttl")
    assert (str(found.place), found.code) == ("ontology/river.ttl", "unreadable-file")
    (tmp_path / "other.ttl").write_text(GOOD)
    assert read_prefixes(tmp_path) == {"r": "https://example.org/river/terms#"}


def test_turtle_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "river.ttl").write_text(GOOD)
    monkeypatch.setattr(Path, "open", refuse)
    assert str(issue(tmp_path / "river.ttl")) == (
        "ontology/river.ttl: this is not a readable file: Permission denied [unreadable-file]\n"
        "  fix: check that it exists and that you may read it"
    )
