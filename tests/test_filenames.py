"""Can every label be the name of a file, on every system, and never that of another?"""

from __future__ import annotations

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.filenames import file_name, file_names

CHARACTERS = st.one_of(
    st.sampled_from('aAbBcoOnNC1. -/\\:*?"<>|#^[]\x00\n\u202e\u200b🐟县é\ud800'),
    st.sampled_from(["e\u0301", "ﬁ", "ß", "SS", "İ", "K"]),
)
LABELS = st.lists(st.lists(CHARACTERS, max_size=90).map("".join), max_size=8)


@settings(deadline=None, max_examples=80)
@given(labels=LABELS)
def test_every_label_has_a_name_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, labels: list[str]
) -> None:
    names = file_names({str(n): label for n, label in enumerate(labels)}, {"1": "one"})
    assert len(names) == len(labels)
    folded = {unicodedata.normalize("NFC", name).casefold() for name in names.values()}
    assert len(folded) == len(labels)
    folder = tmp_path_factory.mktemp("names")
    for name in names.values():
        path = folder / f"{name}.md"
        assert path.parent == folder
        path.write_text("x", "utf-8")
        assert len(f"{name}.md".encode()) <= 160
        assert not PureWindowsPath(f"{name}.md").is_reserved()
        assert not set(name) & set('<>:"/\\|?*#^[]')
        assert name == name.strip(". ")
    assert len([*folder.iterdir()]) == len(labels)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("county town", "county town"),
        ("a/b", "a b"),
        ("../../etc/passwd", "etc passwd"),
        ("con", "con_"),
        ("Aux.txt", "Aux.txt_"),
        ("LPT1", "LPT1_"),
        ("console", "console"),
        ("🐟 县城", "🐟 县城"),
        ("x" * 300, "x" * 120),
        ("县" * 100, "县" * 40),
        ("one\n\ttwo\u202e", "one two"),
        ("...", ""),
    ],
)
def test_a_label_becomes_a_name(label: str, name: str) -> None:
    assert file_name(label) == name


def test_what_differs_in_case_only_is_told_apart_by_its_key() -> None:
    labels = {"1": "Town", "2": "TOWN", "3": "town", "4": "", "5": "?"}
    assert [*file_names(labels, {"2": "big-town"}).values()] == [
        "Town",
        "TOWN (big-town)",
        "town (2)",
        "_",
        "_ (2)",
    ]


def test_a_name_stands_alone_without_its_folder() -> None:
    assert Path(file_name("/a/b")).name == file_name("/a/b")
