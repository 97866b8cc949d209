"""What holds for a statement when file, passage and line say different things?"""

from __future__ import annotations

import pytest

from kg.model import Statement
from tests.readers.conftest import HEAD, Folder, concept

PASSAGE = "- text: >-\n    [Otters]{otter #o} eat [salmon]{salmon #s}\n"


@pytest.fixture
def notes(folder: Folder) -> Folder:
    return folder.text("Otters eat salmon.")


def statement(notes: Folder, file: str = "", passage: str = "", tail: str = "") -> Statement:
    """One statement below the given keys of its file and passage."""
    head = HEAD.replace("passages:", f"{file}\npassages:") if file else HEAD
    keys = f"  {passage}\n" if passage else ""
    notes.coded(f"{PASSAGE}{keys}  statements:\n  - o eats s {tail}\n", head)
    [found] = notes.passage().statements
    return found


def seasons(found: Statement) -> list[str]:
    return [value.split("/")[-1] for prop, value in found.qualifiers if prop.endswith("inSeason")]


def test_what_is_said_lower_down_replaces_what_is_said_above(notes: Folder) -> None:
    assert statement(notes).modality == "descriptive"
    assert statement(notes, passage="modality: planned").modality == "planned"
    assert statement(notes, passage="modality: planned", tail="{piloted}").modality == "piloted"
    assert statement(notes, tail="{modality=piloted}").modality == "piloted"


def test_none_cancels_what_is_inherited(notes: Folder) -> None:
    assert statement(notes, file="source: census").source == concept("census")
    assert statement(notes, file="source: census", tail="{source=none}").source == ""
    assert statement(notes, file="source: census", passage="source: none").source == ""
    assert statement(notes, file="confidence: 0.3", passage="confidence: none").confidence == "1.0"
    assert statement(notes, file="during: winter", tail="{during=none}").qualifiers == ()


def test_qualifiers_replace_those_of_the_same_key_only(notes: Folder) -> None:
    file = "during: winter\nsince: 1998"
    assert seasons(statement(notes, file=file)) == ["winter"]
    changed = statement(notes, file=file, tail='{during="flood season" during=winter}')
    assert seasons(changed) == ["flood-season", "winter"]
    assert changed.qualifiers[-1][1] == "1998"


def test_a_passage_gives_its_status_and_confidence_to_its_mentions(notes: Folder) -> None:
    statement(notes, passage="status: draft\n  confidence: 0.70")
    assert {(m.status, m.confidence) for m in notes.passage().mentions} == {("draft", "0.7")}


def test_notes_are_not_inherited(notes: Folder) -> None:
    assert statement(notes, file="note: of the file", passage="note: of the passage").note == ""


def test_a_key_in_braces_and_below_them_is_told(notes: Folder) -> None:
    notes.coded(
        PASSAGE + "  statements:\n  - statement: o eats s {planned}\n    modality: required\n"
    )
    assert "`modality` stands in the braces and below them [duplicate-key]" in notes.issue()


def test_several_values_and_none_do_not_go_together(notes: Folder) -> None:
    notes.coded(PASSAGE + "  statements:\n  - o eats s {during=winter during=none}\n")
    assert "`during` is given several values: winter, none [several-values]" in notes.issue()


def test_without_any_modality_required_is_assumed_and_told_once(notes: Folder) -> None:
    head = HEAD.replace("modality: descriptive\n", "")
    lines = "  statements:\n  - o near s {planned}\n  - o eats s\n  - s near o\n"
    assert notes.coded(PASSAGE + lines, head).issue() == (
        "passages/notes.a1.yaml:9: warning: no modality is given here, nor on 1 more line below,"
        " nor at the top: `required` is assumed [missing-modality]\n"
        "  fix: write `modality: required` at the top of the file, or another one on each statement"
    )
    [passage] = notes.read().documents[0].passages
    assert [found.modality for found in passage.statements] == ["planned", "required", "required"]


def test_one_flow_without_modality_is_told_by_itself(notes: Folder) -> None:
    head = HEAD.replace("modality: descriptive\n", "")
    assert (
        notes.coded(PASSAGE + "  flows:\n  - s, o from estuary\n", head)
        .issue()
        .startswith(
            "passages/notes.a1.yaml:8: warning: no modality is given here nor at the top: `req"
        )
    )


@pytest.mark.parametrize(
    "lines",
    ["", "  statements:\n  - o inGuild divers\n", "  modality: planned\n  flows:\n  - s from o\n"],
)
def test_no_modality_is_missed_where_none_is_needed(notes: Folder, lines: str) -> None:
    assert notes.coded(PASSAGE + lines, HEAD.replace("modality: descriptive\n", "")).issues() == []


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("1", "1.0"), ("0", "0.0"), (".5", "0.5"), ("0.80", "0.8"), ("1.", "1.0")],
)
def test_confidence_has_one_way_of_being_written(
    notes: Folder, written: str, canonical: str
) -> None:
    assert statement(notes, tail=f"{{confidence={written}}}").confidence == canonical


@pytest.mark.parametrize("file", [True, False])
def test_nothing_is_said_with_a_default_that_could_not_be_read(notes: Folder, file: bool) -> None:
    head = HEAD.replace("modality: descriptive", "modality: descripitve") if file else HEAD
    key = "" if file else "  modality: descripitve\n"
    lines = "  statements:\n  - o eats s\n  - o near s {planned}\n  - o inGuild divers\n"
    assert "; nothing that would inherit it is read [unknown-facet]" in (
        notes.coded(PASSAGE + key + lines, head).issue()
    )
    [passage] = notes.read().documents[0].passages
    assert [found.modality for found in passage.statements] == ["planned"]
    assert len(passage.classifications) == 1
    assert len(passage.mentions) == 2


def test_nothing_is_accepted_under_a_status_that_could_not_be_read(notes: Folder) -> None:
    lines = "  status: drft\n  statements:\n  - otter eats salmon\n  - otter inGuild divers\n"
    assert "`drft` is no value of status; nothing" in notes.coded(PASSAGE + lines).issue()
    [passage] = notes.read().documents[0].passages
    assert (passage.mentions, passage.statements, passage.classifications) == ((), (), ())


def test_a_faulty_key_of_the_long_form_costs_the_statement(notes: Folder) -> None:
    lines = "  statements:\n  - statement: o eats s\n    note: x\n    modality: planed\n"
    assert (
        notes.coded(PASSAGE + lines)
        .issue()
        .startswith("passages/notes.a1.yaml:11: `planed` is no value of modality [unknown-facet]")
    )
    assert notes.read().documents[0].passages[0].statements == ()
