"""Does `kg fmt` put a file in order without losing a comment or changing what it says?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ontology import Ontology
from kg.readers.tidy import coders_files, tidy, tidy_files
from tests.readers.conftest import Folder

UNTIDY = """\
# The pilot coding, not yet checked.
coder: a1\x20\x20
# which text
document: notes
passages:
# about the first
- nth: 2   # the second of two
        # deep, about the words
  text: >-
    [Otters]{otter}\x20\t
    # wait
  statements:
  - otter near otter
  # - otter eats otter
  # why
  note: |
    kept\x20\x20


    as it is
  during: winter



- uncoded: a heading
  text: |
    Title
modality: planned
coded: 2026-11-22T09:00:00Z
# the end
"""

TIDY = """\
# The pilot coding, not yet checked.
# which text
document: notes
coder: a1
coded: 2026-11-22T09:00:00Z
modality: planned
passages:
# about the first
        # deep, about the words
- text: >-
    [Otters]{otter}
    # wait
  nth: 2   # the second of two
  during: winter
  statements:
  - otter near otter
  # - otter eats otter
  # why
  note: |
    kept\x20\x20


    as it is

- text: |
    Title
  uncoded: a heading
# the end
"""


def test_keys_get_their_order_and_comments_go_with_them() -> None:
    assert tidy(UNTIDY) == TIDY.replace("        # deep", "  # deep")


def test_a_tidy_file_stays_as_it_is() -> None:
    assert tidy(tidy(UNTIDY)) == tidy(UNTIDY)


def test_line_ends_become_those_of_unix_and_the_last_is_one() -> None:
    assert tidy("coder: a1\r\ndocument: notes\r\n\r\n") == "document: notes\ncoder: a1\n"


def test_a_comment_never_slips_into_a_block_above_it() -> None:
    text = "passages:\n- note: x\n          # about x\n  at: 0-1\n  text: >-\n      Otters\n"
    assert tidy(text) == (
        "passages:\n- text: >-\n      Otters\n  # about x\n  at: 0-1\n  note: x\n"
    )


def test_a_comment_below_all_keys_never_slips_into_a_block_either() -> None:
    text = "passages:\n- text: >-\n    Otters\ncoder: a1\n      # the end\n"
    assert tidy(text) == "coder: a1\npassages:\n- text: >-\n    Otters\n# the end\n"


def test_a_hyphen_on_a_line_of_its_own() -> None:
    text = "passages:\n-\n  note: x\n  text: >-\n    Otters\n"
    assert tidy(text) == "passages:\n-\n  text: >-\n    Otters\n  note: x\n"


@pytest.mark.parametrize(
    "text",
    [
        "coder: a1\ndocument: notes\ncoder: b2\n",
        "coder: a1\r\ndocument: [\r\n",
        "- coder\n",
        "coder: &a x\n",
    ],
)
def test_a_file_with_faults_in_its_yaml_is_left_alone(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    "text", ["{coder: a1, document: notes}\n", "? coder\n: a1\n? document\n: notes\n"]
)
def test_forms_of_yaml_that_nobody_writes_are_left_alone(text: str) -> None:
    assert tidy(text) == text


def test_qualifiers_and_unknown_keys_keep_their_order_between_the_others() -> None:
    text = "passages:\n- text: >-\n    x\n  note: n\n  b: 1\n  a: 2\n  modality: planned\n"
    assert tidy(text) == (
        "passages:\n- text: >-\n    x\n  modality: planned\n  b: 1\n  a: 2\n  note: n\n"
    )


def test_if_anything_went_missing_the_file_would_stay_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lose(lines: list[object], *_: object) -> None:
        del lines[3]

    monkeypatch.setattr("kg.readers.tidy._reorder", lose)
    assert tidy(UNTIDY) == UNTIDY


def test_tidy_files_are_not_touched_and_a_check_writes_nothing(tmp_path: Path) -> None:
    tidy_one, other = (tmp_path / f"n.{name}.yaml" for name in "ab")
    tidy_one.write_text(tidy(UNTIDY), "utf-8")
    other.write_text(UNTIDY, "utf-8")
    files = (tidy_one, other)
    assert tidy_files(files, only_check=True) == ((other,), ())
    assert other.read_text("utf-8") == UNTIDY
    assert tidy_files(files) == ((other,), ())
    assert other.read_text("utf-8") == tidy(UNTIDY)
    assert tidy_files(files) == ((), ())


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        (b"coder: a1\r\ndocument: [\n", ":2", "bad-yaml"),
        (b"coder: a1\ncoder: a2\n", ":2", "duplicate-key"),
        (b"coder: a1\nnote: caf\xe9\n", ":2", "wrong-encoding"),
    ],
)
def test_a_file_that_cannot_be_tidied_is_told_and_left_while_others_are_tidied(
    tmp_path: Path, data: bytes, place: str, code: str
) -> None:
    broken, other = tmp_path / "n.a.yaml", tmp_path / "n.b.yaml"
    broken.write_bytes(data)
    other.write_text(UNTIDY, "utf-8")
    changed, [issue] = tidy_files((broken, other))
    assert changed == (other,)
    assert (str(issue.place), issue.code) == (f"{broken}{place}", code)
    assert broken.read_bytes() == data


@pytest.mark.parametrize("name", ["notes.txt", "notes.yaml", "n.a.b.yaml", "n.a.yml", ".a.yaml"])
def test_only_coders_files_are_ever_tidied(tmp_path: Path, name: str) -> None:
    path, other = tmp_path / name, tmp_path / "n.a.yaml"
    for each in (path, other):
        each.write_text(UNTIDY, "utf-8")
    with pytest.raises(InputError, match=r"only coders' files can be tidied(.|\n)*no other one is"):
        tidy_files((other, path))
    assert other.read_text("utf-8") == path.read_text("utf-8") == UNTIDY
    assert coders_files(tmp_path) == (other,)


def test_a_link_to_a_coders_file_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "shared.yaml", tmp_path / "n.a.yaml"
    target.write_text(UNTIDY, "utf-8")
    link.symlink_to(target)
    assert tidy_files((link,)) == ((link,), ())
    assert link.is_symlink()
    assert target.read_text("utf-8") == tidy(UNTIDY)


COMMENTS = st.lists(
    st.sampled_from(["# note", "    # deep", "#", "", "", "# - old line", "      # - deeper"]),
    max_size=2,
)
FILE_KEYS = {
    "document": ["document: notes"],
    "coder": ['coder: "a1"  # me', "coder: a1  "],
    "coded": ["coded: 2026-11-22T09:00:00Z"],
    "modality": ["modality: planned"],
    "during": ["during: [winter,\n  flood season]", "during:\n- winter\n- flood season"],
    "note": ["note: >\n  two \n\n  lines  ", "note: 'two\n\n  lines'", "note:"],
}
PASSAGE_KEYS = {
    "text": [
        "text: >-\n    [Otters]{otter #o}\n      eat  \n\n    salmon",
        "text: |\n   Otters eat",
    ],
    "nth": ["nth: 1"],
    "at": ["at: 0-17"],
    "since": ["since: 1998", "since:\n    - 1998"],
    "statements": [
        "statements:\n  - otter near otter\n  # - more\n\n  - statement: o near o\n    note: x",
        "statements:\n    - otter near otter {planned} # why",
    ],
    "flows": ["flows:\n  - salmon from estuary"],
    "note": ["note: plain\n    going on", "note: |+\n    a  \n\n    b\n\n", 'note: "a\n\n    b"'],
    "uncoded": ["uncoded: x"],
}


@st.composite
def entries(draw: st.DrawFn, keys: dict[str, list[str]], needed: str, column: int) -> list[str]:
    """Some keys of a mapping in any order, with comments and blank lines between them."""
    names = draw(st.permutations([*keys]))
    chosen = [name for name in names if name in needed or draw(st.booleans())]
    found = []
    for name in chosen:
        lead = "".join(f"{' ' * column if line else ''}{line}\n" for line in draw(COMMENTS))
        found.append(f"{lead}{' ' * column}{draw(st.sampled_from(keys[name]))}\n")
    return found


@st.composite
def files(draw: st.DrawFn) -> str:
    passages = []
    for _ in range(draw(st.integers(1, 2))):
        lines = "".join(draw(entries(PASSAGE_KEYS, "text", 2))).split("\n")
        first = next(i for i, line in enumerate(lines) if line.strip() and line.strip()[0] != "#")
        lines[first] = "- " + lines[first][2:]
        passages.append("\n".join(lines))
    head = draw(entries(FILE_KEYS, "document coder coded", 0))
    at = draw(st.integers(0, len(head)))
    return "".join([*head[:at], "passages:\n", *passages, *head[at:], *draw(COMMENTS)])


@settings(deadline=None)
@given(files(), st.sampled_from(["\n", "\r\n"]))
def test_law_a_tidied_file_reads_the_same_keeps_its_comments_and_stays(
    river: Ontology, text: str, line_end: str
) -> None:
    text = text.replace("\n", line_end)
    new = tidy(text)
    assert tidy(new) == new
    with TemporaryDirectory() as path:
        folder = Folder(Path(path) / "passages", river).text("Otters eat salmon. Otters eat")
        before = folder.coded(text, "").read()
        after = folder.coded(new, "").read()
    assert after.documents == before.documents
    assert sorted(issue.code for issue in after.issues) == sorted(i.code for i in before.issues)
    assert sorted(comments(new)) == sorted(comments(text))


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]


@settings(deadline=None)
@given(files())
def test_law_the_order_of_keys_does_not_depend_on_how_they_stood(text: str) -> None:
    new = tidy(text)
    heads = [line.split(":")[0] for line in new.splitlines() if line[:1].isalpha()]
    order = ["document", "coder", "coded", "modality", "during", "note", "passages"]
    assert heads == sorted(heads, key=order.index)
