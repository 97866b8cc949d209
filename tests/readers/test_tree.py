"""Does whoever breaks the YAML of a coder's file learn where, and what to do?"""

from __future__ import annotations

import pytest

from kg.readers import coded, tree
from tests.readers.conftest import HEAD, Folder

SALMON = "- text: >-\n    Salmon\n"


@pytest.mark.parametrize(
    ("passages", "message"),
    [
        ("- text: >-\n    Salmon\n\tnote: x\n", ":8: a tab stands where YAML wants spaces"),
        (SALMON + "  note: two: kinds\n", ":8: a colon followed by a space stands inside a plain"),
        (SALMON + "   note: x\n", ":8: this line does not line up with what stands above"),
        (SALMON + '  note: "see \\[1\\]"\n', ':8: a backslash inside "double quotation marks"'),
        (SALMON + "  note: 'it\n  at: 0-6\n", ":8: a quotation mark that was opened here"),
        (SALMON + "  note: @x\n", ":8: a plain value may not begin with this character"),
        (SALMON + "  in: [winter\n", ":8: a bracket is not closed"),
        ("- text: [Salmon]{salmon} swim\n", ":6: this line does not line up"),
        (SALMON + "  note: *x\n", ":8: a YAML anchor or alias (`*…`) stands here [yaml-alias]"),
        (SALMON + "  note: &x y\n", ":8: a YAML anchor or alias (`&…`) stands here [yaml-alias]"),
        (SALMON + "  note: !x y\n", ":8: a YAML tag (`!x`) stands here [yaml-tag]"),
        (SALMON + "  note: !!python/object:os.system y\n", ":8: a YAML tag (`tag:yaml.org"),
        (SALMON + f"  note: {'[' * 20}\n", ":8: brackets or indentation nested more than 12 deep"),
        (
            SALMON + "  ? [a]\n  : b\n",
            ":8: a bracket or list stands where the name of a key is due",
        ),
    ],
)
def test_broken_yaml_costs_the_file_and_says_how_to_mend_it(
    folder: Folder, passages: str, message: str
) -> None:
    issue = folder.text("Salmon.").coded(passages).issue()
    assert issue.startswith(f"passages/notes.a1.yaml{message}")
    assert "\n  fix: " in issue
    assert folder.read().documents[0].passages == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "this file is empty"),
        ("# only a comment\n", "this file is empty"),
        ("- a\n- b\n", "this file holds no `key: value` lines"),
        ("just words\n", "this file holds no `key: value` lines"),
    ],
)
def test_files_that_are_no_coders_files(folder: Folder, content: str, message: str) -> None:
    issue = folder.text("Salmon.").write("notes.a1.yaml", content).issue()
    assert issue == (
        f"passages/notes.a1.yaml:1: {message} [bad-yaml]\n"
        "  fix: write it as lines of `key: value`; `kg explain bad-yaml` shows one"
    )


def test_what_follows_a_second_document_marker_is_told_not_read(folder: Folder) -> None:
    issue = folder.text("Salmon.").coded(SALMON + "---\na: b\n").issue()
    assert issue.startswith("passages/notes.a1.yaml:8: a line of three hyphens begins a second")
    assert len(folder.read().documents[0].passages) == 1


def test_a_repeated_key_is_told_with_both_lines_and_the_first_is_read(folder: Folder) -> None:
    folder.text("Salmon.").coded(SALMON + "  note: one\n  note: two\n")
    assert folder.issue() == (
        "passages/notes.a1.yaml:9: `note` stands here again, after line 8 [duplicate-key]\n"
        "  fix: keep one of the two; the first is the one that is read"
    )
    assert folder.read().documents[0].passages[0].note == "one"


def test_a_forgotten_hyphen_before_a_passage_is_recognised(folder: Folder) -> None:
    folder.text("Salmon.").coded(SALMON + "  text: >-\n    Salmon\n")
    assert "if a new passage begins here, write a hyphen: `- text: >-`" in folder.issue()


def test_a_form_feed_from_a_pdf_is_read_as_a_space(folder: Folder) -> None:
    folder.text("Salmon swim.").coded("- text: >-\n    Salmon\f swim\n  note: a\x07b\n")
    assert folder.issue() == (
        "passages/notes.a1.yaml:7: warning: read as spaces: 2 invisible control characters"
        " (the first is U+000C) [control-character]\n"
        "  fix: delete them; such characters come along when text is copied from a PDF"
    )
    [passage] = folder.read().documents[0].passages
    assert (passage.span.quote, passage.note) == ("Salmon swim", "a b")


def test_everything_is_text_even_what_yaml_takes_for_numbers_and_truth(folder: Folder) -> None:
    head = HEAD.replace("coder: a1", "coder: 007").replace("notes", "no")
    folder.write("no.txt", "Salmon.").write("no.007.yaml", head + SALMON + "  note: 2024-01-01\n")
    [passage] = folder.document().passages
    assert (passage.coder, passage.note) == ("007", "2024-01-01")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(folder: Folder) -> None:
    passages = "- text: >-\n    [Sal\n    mon]{salmon}\n  note: x\n  statements:\n  - salmon\n"
    folder.text("Salmon.").coded(passages)
    plain = folder.read()
    data = b"\xef\xbb\xbf" + (HEAD + passages).replace("\n", "\r\n").encode()
    folder.write("notes.a1.yaml", data)
    assert folder.read() == plain
    assert str(plain.issues[0]).startswith("passages/notes.a1.yaml:11: ")


def test_a_coders_file_in_a_wrong_encoding(folder: Folder) -> None:
    data = (HEAD + "- text: >-\n    鲑鱼在河流上游的生活\n").encode("gb18030")
    issue = folder.text("Salmon.").write("notes.a1.yaml", data).issue()
    assert issue.startswith("passages/notes.a1.yaml:7: not UTF-8")
    assert "it looks like GB18030 [wrong-encoding]" in issue


def test_a_file_beyond_the_limits_is_not_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.text("Salmon.").coded(SALMON)
    monkeypatch.setattr(tree, "MOST_NODES", 10)
    assert "more than 10 YAML nodes, which is the limit [too-large]" in folder.issue()
    monkeypatch.setattr(coded, "LARGEST_YAML", 20)
    assert "this file has 108 bytes; the limit is 20 [too-large]" in folder.issue()


def test_of_very_many_faults_the_first_are_listed_and_the_others_counted(folder: Folder) -> None:
    folder.text("Salmon.").coded("- text: >-\n    Salmon\n  flows:\n" + "  - x\n" * 250)
    issues = folder.issues()
    assert len(issues) == 201
    assert issues[-1].startswith("passages/notes.a1.yaml:258: 50 more faults in this file")


def test_the_count_of_faults_that_are_not_listed_stands_behind_those_that_are(
    folder: Folder,
) -> None:
    folder.text("Salmon.").coded("- text: >-\n    Salmon\n  flows:\n" + "  - x\n" * 201)
    issues = folder.read().issues
    assert sorted(issues)[-1] == issues[-1]
    assert issues[-1].what == "1 more fault in this file is not listed"
