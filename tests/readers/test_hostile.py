"""Can anything that lies in the folder stop the reader or make it lose its temper?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ontology import Ontology
from tests.readers.conftest import HEAD, Folder

TEXT = "Otters eat salmon. Otters wait."
GOOD = """\
- text: >-
    [Otters]{otter #o} eat [salmon]{salmon #s, otter confidence=0.5 note="x"} …
  nth: 1
  during: [winter, flood season]
  statements:
  - o eats s {planned during=winter since=1998 confidence=0.8 note="so"}
  - statement: "\\"grey heron\\" near s"
    status: draft
  flows:
  - s, o from estuary to "upper river" via o
  note: |
    words
- text: |
    Otters wait
  uncoded: no
"""
SAYING = "- text: >-\n    Otters eat\n  statements:\n  - "


def read(river: Ontology, name: str, data: bytes) -> list[str]:
    with TemporaryDirectory() as path:
        folder = Folder(Path(path) / "passages", river).text(TEXT)
        return folder.write(name, data).issues()


def test_the_file_that_is_spoilt_below_is_good(river: Ontology) -> None:
    issues = read(river, "notes.a1.yaml", (HEAD + GOOD).encode())
    assert issues == []


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_law_no_damage_to_a_coders_file_is_more_than_issues(
    river: Ontology, data: st.DataObject
) -> None:
    text = HEAD + GOOD
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(at, min(len(text), at + 12)))
        new = data.draw(
            st.text(st.sampled_from('[]{}#,:"\\\n\t -|>&*!…=\x00\u2028') | st.characters())
        )
        text = text[:at] + new[:4] + text[end:]
    for issue in read(river, "notes.a1.yaml", text.encode("utf-8", "surrogatepass")):
        assert issue.startswith("passages/notes.a1.yaml")
        assert "\n  fix: " in issue


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["notes.a1.yaml", "notes.txt", "notes.yaml"]))
def test_law_any_bytes_at_all_may_lie_there(river: Ontology, data: bytes, name: str) -> None:
    read(river, name, data)


@pytest.mark.parametrize(
    ("passages", "code"),
    [
        ("- text: >-\n    " + "[" * 9_000 + "Otters eat\n", "unclosed-mark"),
        ("- text: >-\n    " + "[" * 20_000 + "Otters eat\n", "too-large"),
        ("- text: >-\n    Otters eat" + "]{otter}" * 20_000 + "\n", "unopened-mark"),
        (
            "- text: >-\n    " + "[" * 5_000 + "Otters eat" + "]{oter}" * 5_000 + "\n",
            "unknown-concept",
        ),
        ("- text: >-\n    Otters\n  note: " + "[" * 100_000 + "\n", "too-deep"),
        ("- text: >-\n    Otters\n  note: " + "{a: " * 100_000 + "\n", "too-deep"),
        ("a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "yaml-alias"),
        (SAYING + "o, " * 900 + "o eats salmon\n", "unknown-concept"),
        (SAYING + "otter, " * 5_000 + "otter eats salmon" + ", salmon" * 5_000 + "\n", "too-large"),
        (SAYING + "salmon eats salmon {" + "draft " * 50_000 + "}\n", "several-values"),
        ("- text: >-\n    Otters\n" + "".join(f"  k{n}: x\n" for n in range(5_000)), "unknown-key"),
        ("- text: >-\n    " + "x" * 500_000 + "\n", "quote-not-found"),
        ("- text: >-\n    Otters\n  nth: 9\n" * 2_000, "bad-nth"),
    ],
)
def test_files_made_to_hurt_are_read_to_their_end(folder: Folder, passages: str, code: str) -> None:
    issues = folder.text(TEXT).coded(passages).issues()
    assert len(issues) <= 201
    assert any(f"[{code}]" in issue for issue in issues)


def test_a_quote_of_one_letter_in_a_text_of_one_letter(folder: Folder) -> None:
    folder.text("a" * 100_000).coded("- text: >-\n    " + "a" * 50_000 + "\n  nth: 3\n")
    assert folder.passage().span.start == 2
