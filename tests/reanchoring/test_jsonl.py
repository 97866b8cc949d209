"""My texts are in a file of JSON Lines. Does `kg anchor` do for them what it does for YAML?"""

from __future__ import annotations

import json
import shutil
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import fill_folder
from tests.test_cli import Kg, Ran, kg

__all__ = ["kg"]

Edit = Callable[[str], str]


class Desk:
    """A starter project as it is, and the same as JSON Lines; both built and then edited alike."""

    def __init__(self, yaml: Path, lines: Path, kg: Kg) -> None:
        self.yaml, self.lines, self._kg = yaml, lines, kg

    @property
    def file(self) -> Path:
        return self.lines / "passages" / "canteens.jsonl"

    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.file.read_text("utf-8").splitlines()]

    def edit(self, how: Edit) -> None:
        text = self.yaml / "passages" / "canteens.txt"
        text.write_bytes(how(text.read_bytes().decode()).encode())
        entries = self.entries()
        entries[0]["text"] = how(entries[0]["text"])
        self.write(entries)

    def write(self, entries: list[dict[str, Any]]) -> None:
        self.file.write_text("".join(json.dumps(each) + "\n" for each in entries), "utf-8")

    def anchor(self, root: Path, *words: str) -> Ran:
        return self._kg("anchor", "--project", root, *words)

    def states(self, root: Path) -> list[str]:
        files = json.loads(self.anchor(root, "--json").out)["files"]
        return [passage["state"] for file in files for passage in file["passages"]]

    def quotes(self, root: Path) -> list[tuple[str, list[str]]]:
        """The words of passages and marks, as the graph has them."""
        [document] = fill_folder(root).documents
        return [
            (
                passage.span.quote,
                sorted(span.quote for one in passage.mentions for span in one.spans),
            )
            for passage in document.passages
        ]


def as_lines(folder: Path, into: Path, kg: Kg) -> Path:
    """A project whose passages are a file of JSON Lines."""
    assert kg("export", "jsonl", "--project", folder).code == 0
    shutil.copytree(folder / "ontology", into / "ontology")
    shutil.copy(folder / "kg.toml", into)
    (into / "passages").mkdir()
    shutil.copy(folder / "exports/jsonl/passages.jsonl", into / "passages/canteens.jsonl")
    return into


@pytest.fixture
def desk(starter: Path, tmp_path: Path, kg: Kg) -> Desk:
    assert kg("build", "--project", starter).code == 0
    lines = as_lines(starter, tmp_path / "lines", kg)
    assert kg("build", "--project", lines).code == 0
    return Desk(starter, lines, kg)


def wrapped(text: str) -> str:
    return "\r\n".join(textwrap.wrap(text, 31))


def corrected(text: str) -> str:
    return text.replace("stays away from lessons, the", "stay away from lessons, the local")


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text.replace("growers", "gröwers"))


def moved(text: str) -> str:
    return "A note before it all.\n\n" + text


def cut(text: str) -> str:
    return text.replace("Kitchens should buy from growers nearby.", "")


@pytest.mark.parametrize("how", [wrapped, corrected, decomposed, moved, cut])
def test_lines_are_anchored_as_coders_files_are(desk: Desk, how: Edit) -> None:
    desk.edit(how)
    states = desk.states(desk.yaml)
    assert desk.states(desk.lines) == states
    for root in (desk.yaml, desk.lines):
        desk.anchor(root, "--write")
    assert desk.quotes(desk.lines) == desk.quotes(desk.yaml)
    written = desk.file.read_bytes()
    assert "nothing was written" not in desk.anchor(desk.lines).err
    assert desk.file.read_bytes() == written


def test_a_wrapped_text_keeps_marks_where_they_are(desk: Desk) -> None:
    desk.edit(wrapped)
    before = desk.entries()
    assert desk.anchor(desk.lines, "--write").code == 0
    after = desk.entries()
    assert [each["mentions"][0]["quote"].split() for each in after[1:]] == [
        each["mentions"][0]["quote"].split() for each in before[1:]
    ]
    for each in after[1:]:
        for piece in (each, *each["mentions"]):
            assert after[0]["text"][piece["start"] : piece["end"]] == piece["quote"]
    told = ("statements", "flows", "coder", "coded")
    assert [[each.get(key) for key in told] for each in after] == [
        [each.get(key) for key in told] for each in before
    ]


def test_without_the_old_text_the_words_tell(desk: Desk) -> None:
    shutil.rmtree(desk.lines / ".kg")
    desk.edit(corrected)
    assert desk.states(desk.lines) == ["exact", "fuzzy", "moved"]


def test_a_passage_that_is_gone_keeps_all_that_it_holds(desk: Desk) -> None:
    before = desk.entries()
    desk.edit(lambda text: text.partition(" Nobody")[0] + ".")
    ran = desk.anchor(desk.lines, "--write")
    assert ran.code == 1
    assert "canteens.jsonl: 3 passages: 1 exact, 2 orphaned" in ran.out
    gone = desk.entries()[2]
    assert gone == {**before[2], "at": "orphaned"}
    [document] = fill_folder(desk.lines).documents
    assert (document.unplaced[0].state, document.unplaced[0].quote) == ("orphaned", gone["quote"])


def test_what_has_lost_its_place_survives_an_export(desk: Desk, kg: Kg, tmp_path: Path) -> None:
    """From coders' files to JSON Lines and from those to others, with all that was coded."""
    desk.edit(lambda text: text.partition(" Nobody")[0] + ".")
    for number, root in enumerate((desk.yaml, desk.lines)):
        desk.anchor(root, "--write")
        again = as_lines(root, tmp_path / f"again{number}", kg)
        [before], [after] = fill_folder(root).documents, fill_folder(again).documents
        assert after.unplaced == before.unplaced
        assert len(after.unplaced) == 2
        written = (again / "passages" / "canteens.jsonl").read_text("utf-8")
        assert "attendance" in written
        assert "servesAim" in written


def test_the_file_as_it_was_tells_where_words_and_the_body_went(desk: Desk, tmp_path: Path) -> None:
    entries = desk.entries()
    entries[0]["body"] = [[20, len(entries[0]["text"])]]
    desk.write(entries)
    old = tmp_path / "before.jsonl"
    shutil.copy(desk.file, old)
    desk.edit(lambda text: text[:20] + "By our reporter. " * 20 + text[20:])
    ran = desk.anchor(desk.lines, "--write", "--old", str(old))
    assert f"3 passages: 3 moved (followed from {old})" in ran.out
    assert "`body` is of the old text" in ran.err
    assert len(fill_folder(desk.lines).documents[0].passages) == 3


def test_a_broken_line_is_told_and_left_as_it_is(desk: Desk) -> None:
    desk.edit(corrected)
    with desk.file.open("a", encoding="utf-8") as file:
        file.write('{"document": "canteens", "coder": "me", "quote":\n')
    ran = desk.anchor(desk.lines, "--write")
    assert "canteens.jsonl:5: this line is no JSON" in ran.err
    assert desk.file.read_text("utf-8").endswith('"quote":\n')


@pytest.mark.parametrize("broken", [5, [1], [{"pieces": 2}], [{"pieces": [1]}]])
def test_marks_that_are_none_stay_as_they_are(desk: Desk, broken: object) -> None:
    before = desk.entries()
    desk.write([before[0], {**before[1], "mentions": broken}])
    desk.edit(moved)
    assert "1 moved" in desk.anchor(desk.lines, "--write").out
    after = desk.entries()[1]
    assert (after["start"] > before[1]["start"], after["mentions"]) == (True, broken)


def test_what_stood_in_a_coders_file_is_not_lost_in_silence(
    desk: Desk, kg: Kg, tmp_path: Path
) -> None:
    """Its words are back in the text, but in JSON Lines its marks are not read."""
    whole = desk.entries()[0]["text"]
    desk.edit(lambda text: text.partition(" Nobody")[0] + ".")
    desk.anchor(desk.yaml, "--write")
    again = Desk(desk.yaml, as_lines(desk.yaml, tmp_path / "again", kg), kg)
    entries = again.entries()
    again.write([{**entries[0], "text": whole}, *entries[1:]])
    assert "3 passages: 3 exact" in again.anchor(again.lines, "--write").out
    assert "servesAim" in again.entries()[2]["written"]
    told = kg("check", "--project", again.lines).err
    assert told.count("`written` is what stood in a coder's file, and nothing of it is read") == 2
