"""My text was corrected after I had coded it. Are my passages found again, and never wrongly?"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.reanchoring.kept import keep_texts, kept_texts
from tests.conftest import fill_folder
from tests.test_cli import Kg, Ran, kg

__all__ = ["kg"]


@dataclass(frozen=True)
class Desk:
    """A project that was built, its one text and the file of its one coder."""

    root: Path
    kg: Kg

    @property
    def text(self) -> Path:
        return self.root / "passages" / "canteens.txt"

    @property
    def coded(self) -> Path:
        return self.root / "passages" / "canteens.me.yaml"

    def edit(self, old: str, new: str) -> None:
        text = self.text.read_bytes().decode()
        assert old in text
        self.text.write_bytes(text.replace(old, new).encode())

    def anchor(self, *words: str | Path) -> Ran:
        return self.kg("anchor", "--project", self.root, *words)

    def states(self, *words: str | Path) -> list[str]:
        [file] = json.loads(self.anchor("--json", *words).out)["files"]
        return [passage["state"] for passage in file["passages"]]

    def quotes(self) -> list[str]:
        """The words of each passage as the graph has them; no finding may be left."""
        filled = fill_folder(self.root)
        assert [str(issue) for issue in filled.issues] == []
        return [passage.span.quote for passage in filled.documents[0].passages]


@pytest.fixture
def desk(starter: Path, kg: Kg) -> Desk:
    assert kg("build", "--project", starter).code == 0
    return Desk(starter, kg)


@pytest.fixture
def unbuilt(starter: Path, kg: Kg) -> Desk:
    """The same where nobody knows the old text."""
    return Desk(starter, kg)


BOTH = pytest.mark.parametrize("which", ["desk", "unbuilt"])


@BOTH
def test_a_typo_was_mended(which: str, request: pytest.FixtureRequest) -> None:
    desk: Desk = request.getfixturevalue(which)
    before = desk.coded.read_text("utf-8")
    desk.edit("stays away from lessons, the council says", "stay away from lessons, says it")
    ran = desk.anchor()
    assert ran.code == 0
    assert desk.coded.read_text("utf-8") == before
    assert "warning: these words stand at 3:96 with other letters" in ran.err
    assert "3 passages: 1 exact, 1 moved, 1 fuzzy" in ran.out or "2 exact, 1 fuzzy" in ran.out
    assert desk.anchor("--write").code == 0
    after = desk.coded.read_text("utf-8")
    assert "[stay away from lessons]{attendance}, says it." in after
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line.partition(":")[0].strip() for line in new] == [
        "sha256", "at", "Nobody who has eaten well [stay away from lessons]{attendance}, says it.",
        "at", "at",
    ]  # fmt: skip
    assert desk.quotes()[1].endswith("stay away from lessons, says it.")
    assert desk.anchor("--write").out.count("exact") == 1
    assert desk.coded.read_text("utf-8") == after


@BOTH
def test_two_sentences_changed_places(which: str, request: pytest.FixtureRequest) -> None:
    desk: Desk = request.getfixturevalue(which)
    first, second = desk.text.read_text("utf-8").split("\n\n")[1:]
    desk.text.write_text(f"Lunch for everyone\n\n{second.strip()}\n\n{first}\n", encoding="utf-8")
    assert set(desk.states()) <= {"exact", "moved"}
    assert desk.anchor("--write").code == 0
    assert desk.quotes()[2].startswith("Kitchens should buy")


@BOTH
def test_a_paragraph_was_taken_out(which: str, request: pytest.FixtureRequest) -> None:
    desk: Desk = request.getfixturevalue(which)
    desk.edit("Kitchens should", "\nKitchens should")
    lost = desk.text.read_text("utf-8").split("\n\n")[-1]
    desk.text.write_text(desk.text.read_text("utf-8").replace(lost, ""), encoding="utf-8")
    ran = desk.anchor()
    assert ran.code == 1
    assert "these words are no longer in the text" in ran.err
    assert desk.anchor("--write").code == 1
    assert desk.coded.read_text("utf-8").count("at: orphaned") == 1
    filled = fill_folder(desk.root)
    assert [issue.code for issue in filled.issues] == ["orphaned-anchor"]
    assert {issue.severity for issue in filled.issues} == {"warning"}
    [document] = filled.documents
    assert len(document.passages) == 2
    assert [each.state for each in document.unplaced] == ["orphaned"]
    found = filled.store.query(
        "SELECT ?words { ?passage <https://w3id.org/policy-kg/core#anchorState> "
        "<https://w3id.org/policy-kg/core#anchor-orphaned> ; "
        "<http://www.w3.org/ns/oa#hasSelector>/<http://www.w3.org/ns/oa#exact> ?words }",
        use_default_graph_as_union=True,
    )
    assert [row["words"].value[:15] for row in found] == ["Kitchens should"]
    assert desk.kg("build", "--project", desk.root).code == 0


def as_crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def as_decomposed(text: str) -> bytes:
    return unicodedata.normalize("NFD", text).encode()


def with_mark(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


def wrapped(text: str) -> bytes:
    return text.replace(" ", "\n").encode()


@BOTH
@pytest.mark.parametrize("saved", [as_crlf, as_decomposed, with_mark, wrapped])
def test_the_text_was_saved_in_another_way(
    which: str, saved: Callable[[str], bytes], request: pytest.FixtureRequest
) -> None:
    desk: Desk = request.getfixturevalue(which)
    for path in (desk.text, desk.coded):
        text = path.read_text("utf-8").replace("a free lunch", "a café lunch")
        path.write_text(text.replace("[free lunch]", "[café lunch]"), encoding="utf-8")
    if which == "desk":
        assert desk.kg("build", "--project", desk.root).code == 0
    desk.text.write_bytes(saved(desk.text.read_text("utf-8")))
    assert set(desk.states()) <= {"exact", "moved"}
    assert desk.anchor("--write").code == 0
    assert len(desk.quotes()) == 3
    marks = [m.spans[0].quote for m in fill_folder(desk.root).documents[0].passages[0].mentions]
    assert unicodedata.normalize("NFC", " ".join(marks[1].split())) == "café lunch"


def test_an_old_text_in_gb18030_tells_what_moved(unbuilt: Desk, tmp_path: Path) -> None:
    old = "城乡融合。县城是关键支撑。\n\n土地改革。县城是关键支撑。\n"
    (tmp_path / "old.txt").write_bytes(old.encode("gb18030"))
    unbuilt.text.write_text("新的一段。" + old.replace("城乡融合。", ""), encoding="utf-8")
    unbuilt.coded.write_text(
        "document: canteens\ncoder: me\ncoded: 2026-01-20T10:00:00Z\npassages:\n"
        "- text: >-\n    县城是关键[支撑]{pupils}。\n  nth: 2\n",
        encoding="utf-8",
    )
    refused = unbuilt.anchor("--old", tmp_path / "old.txt")
    assert refused.code == 2
    assert "it looks like GB18030" in refused.err
    ran = unbuilt.anchor("--old", tmp_path / "old.txt", "--encoding", "GB18030", "--write")
    assert ran.code == 0
    assert "at: 20-28" in unbuilt.coded.read_text("utf-8")
    assert unbuilt.quotes() == ["县城是关键支撑。"]
    assert fill_folder(unbuilt.root).documents[0].passages[0].span.start == 20


def test_words_that_stand_twice_now_are_not_guessed(unbuilt: Desk) -> None:
    sentence = "Kitchens should buy from growers nearby."
    text = unbuilt.coded.read_text("utf-8").split("- text: >-")[0]
    passage = "- text: >-\n    Kitchens should buy from [growers]{farmers} nearby.\n"
    unbuilt.coded.write_text(text + passage + "  modality: planned\n", encoding="utf-8")
    unbuilt.edit(sentence, f"{sentence} They do. {sentence}")
    ran = unbuilt.anchor("--write")
    assert ran.code == 1
    assert "these words may stand at 5:1 “says. Kitchens should buy from…" in ran.err
    assert " or 5:51 “" in ran.err
    assert "at: ambiguous\n" in unbuilt.coded.read_text("utf-8")
    assert [issue.code for issue in fill_folder(unbuilt.root).issues] == ["ambiguous-anchor"]


def test_with_the_old_text_a_sentence_that_was_doubled_is_still_told(desk: Desk) -> None:
    sentence = "Nobody who has eaten well stays away from lessons, the council says."
    desk.edit("Lunch for everyone", f"Lunch for everyone\n\n{sentence}")
    assert desk.states() == ["moved"] * 3


def test_a_deleted_sentence_is_not_found_in_one_that_is_like_it(desk: Desk) -> None:
    sentence = "Nobody who has eaten well stays away from lessons, the council says."
    like = sentence.replace("eaten well", "eaten enough")
    desk.edit("Vegetables would", f"{like} Vegetables would")
    desk.coded.write_text(
        desk.coded.read_text("utf-8").replace("    [Vegetables]", f"    {like}\n    [Vegetables]"),
        encoding="utf-8",
    )
    assert desk.kg("build", "--project", desk.root).code == 0
    desk.edit(f" {sentence}", "")
    assert desk.states() == ["exact", "orphaned", "moved"]


def test_a_marked_word_that_became_another_one_is_left_to_the_coder(desk: Desk) -> None:
    desk.edit("from the farm to the", "from the big cooperative to the")
    before = desk.coded.read_text("utf-8")
    ran = desk.anchor("--write")
    assert ran.code == 1
    assert "but “farm”, which is marked in it, is gone there" in ran.err
    assert "[lost-mark]" in ran.err
    entry = before[before.index("- text: >-\n    Kitchens") :]
    assert desk.coded.read_text("utf-8").endswith(entry)


def test_comments_order_and_line_ends_of_my_file_stay(desk: Desk) -> None:
    text = desk.coded.read_text("utf-8").replace(
        "- text: >-\n    Nobody",
        "# ask again\n- modality: descriptive\n  text: >-  # why?\n    Nobody",
    )
    text = text.replace("council says.\n  modality: descriptive\n", "council says.\n")
    desk.coded.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    desk.edit("Nobody who", "None who")
    assert desk.anchor("--write").code == 0
    new = desk.coded.read_bytes().decode("utf-8")
    assert new.startswith("\ufeff# What the coder")
    lines = new.replace("None who", "Nobody who").split("\r\n")
    assert "\n" not in "".join(lines)
    kept = [line for line in lines if not line.startswith(("  at: ", "sha256: "))]
    assert kept == ("\ufeff" + text).split("\n")


def test_a_line_above_moves_the_body_along(desk: Desk) -> None:
    about = desk.root / "passages" / "canteens.yaml"
    text = desk.text.read_text("utf-8")
    about.write_text(f"body: 20-{len(text) - 1}\n# mine\ntitle: Lunch\n", encoding="utf-8")
    assert desk.kg("build", "--project", desk.root).code == 0
    desk.edit("Lunch for everyone", "Lunch for everyone, in all of our village schools")
    assert "these words stand only outside the body" in desk.kg("check", "--project", desk.root).err
    ran = desk.anchor("--write")
    assert ran.code == 0
    assert "it is 51-" in ran.err
    assert about.read_text("utf-8") == f"body: 51-{len(text) + 30}\n# mine\ntitle: Lunch\n"
    assert len(desk.quotes()) == 3
    assert desk.anchor("--write").out == "passages/canteens.me.yaml: 3 passages: 3 exact\n"


def test_a_shorter_text_whose_body_reaches_beyond_its_end(desk: Desk) -> None:
    about = desk.root / "passages" / "canteens.yaml"
    about.write_text(f"body: 0-{len(desk.text.read_text('utf-8'))}\n", encoding="utf-8")
    assert desk.kg("build", "--project", desk.root).code == 0
    desk.edit("Lunch for everyone", "Lunch")
    assert desk.anchor("--write").code == 0
    assert len(desk.quotes()) == 3


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("passages: [\n", 1, "[bad-yaml]"),
        (
            "document: canteens\npassages:\n- text: plain\n",
            0,
            "1 passage of this file cannot be read",
        ),
    ],
)
def test_a_broken_file_of_a_coder_is_told_and_left(
    desk: Desk, content: str, code: int, words: str
) -> None:
    desk.coded.write_text(content, encoding="utf-8")
    ran = desk.anchor()
    assert ran.code == code
    assert words in ran.err


def test_an_old_text_that_belongs_to_no_one_text_is_refused(two_texts: Path, kg: Kg) -> None:
    old = two_texts / "old.txt"
    old.write_text("x", encoding="utf-8")
    ran = kg("anchor", "--project", two_texts, "--old", old)
    assert ran.code == 2
    assert "it is not told of which text this is the old one" in ran.err


def test_the_texts_of_the_last_builds_are_kept(desk: Desk, tmp_path: Path) -> None:
    [built] = kept_texts(desk.root / ".kg", "canteens").values()
    assert built == desk.text.read_text("utf-8")
    [document] = fill_folder(desk.root).documents
    for number in range(7):
        again = replace(document, text=f"{number}", sha256=f"{number}" * 64)
        keep_texts(tmp_path, [again, again])
        os.utime(tmp_path / "texts" / "canteens" / f"{again.sha256}.txt", (number, number))
    assert list(kept_texts(tmp_path, "canteens").values()) == ["6", "5", "4", "3", "2"]
