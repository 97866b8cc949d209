"""Which stretch of the text is a passage, and what holds for everything in it?"""

from __future__ import annotations

import pytest

from kg.identifiers import passage_id
from tests.readers.conftest import HEAD, Folder

TEXT = "Title. 2024.\nThe otter waits. The heron waits.\r\nThe otter waits again. Return to list"


@pytest.fixture
def notes(folder: Folder) -> Folder:
    return folder.text(TEXT).write("notes.yaml", "body: 0-6, 13-70\n")


def coded(text: str, *keys: str) -> str:
    return f"- text: >-\n    {text}\n" + "".join(f"  {key}\n" for key in keys)


def test_a_passage_is_named_by_document_words_and_number(notes: Folder) -> None:
    passage = notes.coded(coded("The otter waits", "nth: 2")).passage()
    assert (passage.span.start, passage.span.end) == (48, 63)
    assert passage.id == passage_id("notes", "The otter waits", 2)
    assert (passage.coder, passage.coded) == ("a1", "2026-11-22T09:00:00Z")
    assert str(passage.place) == "passages/notes.a1.yaml:6"


def test_words_that_stand_twice_are_never_placed_by_the_program(notes: Folder) -> None:
    assert notes.coded(coded("The otter waits")).issue() == (
        "passages/notes.a1.yaml:6: these words stand twice in the text:"
        " 2:1 “The otter waits. The heron”, 3:1 “waits. The otter waits again.” [quote-twice]\n"
        "  fix: quote more of the sentence, or add `nth: 1` (`nth: 2`, …) under `text`"
    )
    assert notes.read().documents[0].passages == ()


@pytest.mark.parametrize("nth", ["0", "3", "-1", "second", "99999999999"])
def test_an_nth_that_does_not_fit(notes: Folder, nth: str) -> None:
    issue = notes.coded(coded("The otter waits", f"nth: {nth}")).issue()
    assert f"`nth: {nth}` does not fit: these words stand twice: 2:1 “The otter" in issue
    assert "[bad-nth]\n  fix: write a number from 1 to 2" in issue


def test_a_machine_written_range_settles_which_place_is_meant(notes: Folder) -> None:
    assert notes.coded(coded("The otter waits", "at: 48-63")).passage().span.start == 48
    assert notes.coded(coded("The otter waits", "at: 48-63", "nth: 1")).passage().span.start == 48


@pytest.mark.parametrize(
    ("passage", "start"),
    [
        (coded("The heron waits", "at: 1-9"), 30),
        (coded("The otter waits", "at: 1-9", "nth: 1"), 13),
    ],
)
def test_a_range_that_no_longer_fits_is_told_and_passed_over(
    notes: Folder, passage: str, start: int
) -> None:
    assert notes.coded(passage).issue() == (
        "passages/notes.a1.yaml:8: warning: `at: 1-9` does not fit these words and is passed over:"
        " “itle. 20” stands there [stale-range]\n"
        "  fix: delete the line, or set it right; the offsets count characters of the text from 0"
    )
    [passage_read] = notes.read().documents[0].passages
    assert passage_read.span.start == start


def test_a_stale_range_does_not_choose_between_two_places(notes: Folder) -> None:
    issues = notes.coded(coded("The otter waits", "at: 60-900")).issues()
    assert ["[quote-twice]" in issue for issue in issues] == [True, False]
    assert "passed over: the text has only 85 characters [stale-range]" in issues[1]


@pytest.mark.parametrize("at", ["here", "5-2", "30-30", "-3"])
def test_what_is_no_range_costs_the_passage(notes: Folder, at: str) -> None:
    issue = notes.coded(coded("The heron waits", f"at: {at}")).issue()
    assert f"`at: {at}` is no range of offsets [bad-range]" in issue
    assert notes.read().documents[0].passages == ()


def test_an_nth_of_words_that_stand_once_is_not_needed(notes: Folder) -> None:
    issue = notes.coded(coded("The heron waits", "nth: 2")).issue()
    assert "these words stand once: 2:18" in issue
    assert "[bad-nth]\n  fix: delete the line" in issue


def test_words_that_are_not_there_show_the_nearest_place(notes: Folder) -> None:
    assert notes.coded(coded("The hreon waits")).issue() == (
        "passages/notes.a1.yaml:6: these words are not in the text; nearest is 2:18, 92 % alike:"
        " the text has “The heron waits” where the quote has “The hreon waits” [quote-not-found]\n"
        "  fix: copy the words from the text; marks apart, only white space may differ"
    )


def test_words_that_resemble_nothing(notes: Folder) -> None:
    issue = notes.coded(coded("河流上游的鲑鱼")).issue()
    assert "nor was anything like them found [quote-not-found]\n  fix: is this the right" in issue


def test_advice_ends_when_it_would_take_too_long(
    notes: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.readers.sheet.PATIENCE", 70)
    issues = notes.coded(coded("The hreon waits") + coded("The hreon waits again")).issues()
    assert ["nearest is" in issue for issue in issues] == [True, False]


def test_words_outside_the_body_are_never_coded(notes: Folder) -> None:
    assert notes.coded(coded("Return to list")).issue() == (
        "passages/notes.a1.yaml:6: these words stand only outside the body of the document:"
        " 3:24 “again. Return to list” [quote-outside-body]\n"
        "  fix: leave them uncoded, or widen `body` in the document's own file"
    )
    assert "[quote-outside-body]" in notes.coded(coded("Title. 2024. The otter")).issue()


def test_the_same_stretch_twice_in_one_file(notes: Folder) -> None:
    notes.coded(coded("The heron waits", "note: one") + coded("The heron  waits", "note: two"))
    assert notes.issue().startswith(
        "passages/notes.a1.yaml:9: this passage stands in line 6 already [passage-twice]"
    )
    assert [passage.note for passage in notes.read().documents[0].passages] == ["one"]


@pytest.mark.parametrize(
    ("passage", "line", "message"),
    [
        ("- note: x\n", 6, "this passage has no words [missing-text]"),
        ("- note: x\n  text:\n", 7, "this passage has no words [missing-text]"),
        ("- text: >-\n    …\n", 6, "this passage has no words [missing-text]"),
        ("- text: The heron waits\n", 6, "`text` is no block; in other forms YAML changes"),
        ('- text: "The heron waits"\n', 6, "`text` is no block; in other forms YAML changes"),
        ("- text:\n    The heron waits\n", 6, "`text` is no block; in other forms YAML changes"),
        ("- text: [a, b]\n", 6, "`text` is no block; in other forms YAML changes"),
        ("- The heron waits\n", 6, "an entry under `passages` is no passage [bad-passage]"),
        ("- [a, b]\n", 6, "an entry under `passages` is no passage [bad-passage]"),
    ],
)
def test_a_faulty_passage_costs_only_itself(
    notes: Folder, passage: str, line: int, message: str
) -> None:
    issue = notes.coded(passage + coded("The heron waits")).issue()
    assert issue.startswith(f"passages/notes.a1.yaml:{line}: {message}")
    assert "\n  fix: " in issue
    [read] = notes.read().documents[0].passages
    assert read.span.quote == "The heron waits"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("txet: x", "`txet` is no key of a passage [unknown-key]\n  fix: a passage takes text"),
        ("polarity: negative", "`polarity` is no key of a passage [unknown-key]\n  fix: a passage"),
        (
            "modality: requierd",
            "`requierd` is no value of modality; nothing that would",
        ),
        (
            "status: required",
            "`required` is no value of status; nothing that would",
        ),
        (
            "confidence: 1,0",
            "`1,0` is no confidence; nothing that would",
        ),
        (
            "source: censsus",
            "no concept is called `censsus`; nothing that would inherit it is read [unkn",
        ),
        (
            "during: otter",
            "`during` takes concepts of class season (Season), but `otter` is of class",
        ),
        (
            "since: March",
            "`March`, given for since, is no gYear; nothing that would inherit",
        ),
        ("coded: yesterday", "`coded: yesterday` is no date and time with a zone [bad-time]"),
        ("coded: 2026-11-22T09:00:00", "`coded: 2026-11-22T09:00:00` is no date and time with a"),
        ("coded: 2026-02-30T09:00:00Z", "`coded: 2026-02-30T09:00:00Z` is no date and time"),
        (
            "modality: [required, proposed]",
            "`modality` is given several values: required, proposed",
        ),
        ("modality:", "`modality` has no value; nothing that would inherit it is read [bad-value]"),
        ("modality: {a: b}", "`modality` holds keys of its own; nothing that"),
        ("note: [a]", "`note` is text, but a list stands here [bad-value]"),
        ("statements: otter near otter", "`statements` holds no list [bad-value]"),
    ],
)
def test_a_faulty_key_costs_only_itself(notes: Folder, key: str, message: str) -> None:
    issue = notes.coded(coded("The heron waits", key)).issue()
    assert issue.startswith(f"passages/notes.a1.yaml:8: {message}")
    assert len(notes.read().documents[0].passages) == 1


def test_why_nothing_is_coded_in_a_passage(notes: Folder) -> None:
    passage = notes.coded(
        coded("The heron waits", "uncoded: a heading", "note: see above")
    ).passage()
    assert (passage.uncoded, passage.note) == ("a heading", "see above")


def test_a_reason_for_coding_nothing_beside_codes_is_a_warning(notes: Folder) -> None:
    issue = notes.coded(coded("The [heron]{grey-heron} waits", "uncoded: a heading")).issue()
    assert issue.startswith("passages/notes.a1.yaml:8: warning: this passage says why nothing is")
    assert "[uncoded-but-coded]" in issue


def test_each_passage_may_say_when_it_was_coded(notes: Folder) -> None:
    later = "2026-12-01T08:00:00+08:00"
    passage = notes.coded(coded("The [heron]{grey-heron} waits", f"coded: {later}")).passage()
    assert (passage.coded, passage.mentions[0].coded) == (later, later)


def test_without_any_time_a_passage_is_not_read(notes: Folder) -> None:
    head = HEAD.replace("coded: 2026-11-22T09:00:00Z\n", "")
    dated = coded("The heron waits", "coded: 2026-11-22T09:00:00Z")
    notes.coded(dated + coded("again") + coded("Title"), head)
    assert notes.issue() == (
        "passages/notes.a1.yaml:8: neither the file nor this passage and 1 more says when it was"
        " coded: not read [missing-time]\n"
        "  fix: write when this was coded at the top: `coded: 2026-11-22T09:00:00Z`"
    )
    assert [p.span.quote for p in notes.read().documents[0].passages] == ["The heron waits"]


def test_a_faulty_time_of_the_file_is_told_once(notes: Folder) -> None:
    notes.coded(coded("again"), HEAD.replace("T09:00:00Z", ""))
    assert notes.issue().startswith("passages/notes.a1.yaml:3: `coded: 2026-11-22` is no date and")
    assert notes.read().documents[0].passages == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "document: notes\n",
            "",
            ":1: `document` is missing [missing-key]\n  fix: write `document: n",
        ),
        (
            "coder: a1\n",
            "",
            ":1: `coder` is missing [missing-key]\n  fix: write `coder: a1` at the top",
        ),
        (
            "coder: a1",
            "coder: b2",
            ":2: `coder: b2` does not fit the name of the file, which says `a",
        ),
        (
            "notes",
            "census",
            ":1: `document: census` does not fit the name of the file, which says `n",
        ),
        ("passages:", "passages: x", ":5: there is no list of passages [missing-key]"),
        ("passages:\n", "", ":1: there is no list of passages [missing-key]"),
        ("coder: a1", "coder: a1\nnth: 2", ":3: `nth` is no key of a coder's file [unknown-key]"),
    ],
)
def test_the_head_of_a_coders_file(notes: Folder, old: str, new: str, message: str) -> None:
    passages = "" if "passages" in old else coded("again")
    issue = notes.coded(passages, HEAD.replace(old, new)).issue()
    assert issue.startswith(f"passages/notes.a1.yaml{message}")


def test_a_text_that_changed_since_it_was_coded_is_a_warning(notes: Folder) -> None:
    digest = notes.coded(coded("again")).document().sha256
    for given in (digest, digest.upper()):
        assert notes.coded(coded("again"), f"sha256: {given}\n{HEAD}").issues() == []
    issue = notes.coded(coded("again"), f"sha256: 00\n{HEAD}").issue()
    assert issue.startswith("passages/notes.a1.yaml:1: warning: the text has changed since it was")
    assert "[text-changed]\n  fix: kg anchor says what became of every passage" in issue
    assert len(notes.read().documents[0].passages) == 1
