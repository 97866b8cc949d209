"""How far do two coders agree? All values were worked out by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.agreement import Agreement, Claims, Matches, agreements, kappa
from kg.model import Document, Mention, Passage, Span, Statement
from tests.test_cli import Kg, change, kg  # noqa: F401 - a fixture

TEXT = "County towns serve villages. Land and data flow to towns. Farmers gain."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def passage(
    coder: str, quote: str, *marks: tuple[str, str], says: tuple[Statement, ...] = (), **more: str
) -> Passage:
    mentions = tuple(
        Mention(f"m-{coder}-{words}", (span(words),), concept, coder, "", **more)
        for words, concept in marks
    )
    return Passage(f"p-{quote}", span(quote), coder, "", mentions, says)


def says(subject: str, relation: str, object_: str, modality: str = "required") -> Statement:
    return Statement("s", subject, relation, object_, modality, "x", "")


def agreement(*passages: Passage) -> Agreement:
    (found,) = agreements(
        [Document("d", TEXT, "", ((0, len(TEXT)),), passages=passages)],
        {"town": "Place", "village": "Place", "land": "Factor", "data": "Factor"},
    )
    return found


ONE, TWO = "County towns serve villages.", "Land and data flow to towns."


def both() -> Agreement:
    """Ana has five marks, Rui four; one pair is the same, two overlap."""
    return agreement(
        passage("ana", ONE, ("County towns", "town"), ("villages", "village"),
                says=(says("town", "serves", "village"), says("town", "has", "role"))),
        passage("ana", TWO, ("Land", "land"), ("data", "data"), ("to towns", "town"),
                says=(says("land", "to", "town"),)),
        passage("rui", ONE, ("towns", "town"), ("villages", "village"),
                says=(says("town", "serves", "village", "descriptive"),)),
        passage("rui", TWO, ("Land", "data"), ("flow to towns", "town"),
                says=(says("land", "to", "town"), says("data", "to", "town"))),
    )  # fmt: skip


def test_marks_are_compared_by_their_words_and_by_any_overlap() -> None:
    found = both()
    assert (found.coders, found.units, found.characters) == (("ana", "rui"), 2, 56)
    assert found.mentions == Matches(5, 4, 1, 1, 3, 3)
    assert found.mentions.exact == pytest.approx(2 / 9)
    assert found.mentions.overlap == pytest.approx(6 / 9)


def test_one_mark_that_the_other_coder_cut_into_pieces() -> None:
    """One of Ana's two marks has a partner, all three of Rui's: of 1/2 and 1 the mean is 2/3."""
    found = agreement(
        passage("ana", TWO, ("Land and data flow", "data"), ("to towns", "town")),
        passage("rui", TWO, ("Land", "data"), ("and data", "data"), ("flow", "data")),
    ).mentions
    assert found == Matches(2, 3, 0, 0, 1, 3)
    assert (found.exact, found.overlap) == (0, pytest.approx(2 / 3))


def test_marks_are_compared_class_by_class() -> None:
    assert both().classes == {
        "Factor": Matches(2, 1, 0, 0, 0, 0),
        "Place": Matches(3, 3, 1, 1, 3, 3),
    }


def test_kappa_is_over_passages_and_concepts() -> None:
    """Two passages and four concepts.

    Ana marks town and village in the first, land, data and town in the second: 5 of 8. Rui: town
    and village, data and town: 4 of 8. They differ in land of the second alone: 7 of 8 are same.
    By chance (5·4 + 3·4) / 64 = 1/2; kappa = (7/8 − 1/2) / (1 − 1/2) = 3/4.
    """
    assert both().kappa == pytest.approx(0.75)


def test_the_example_of_the_textbook() -> None:
    """Twice yes 20, no and no 15, and 5 and 10 apart: 0.7 observed, 0.5 by chance."""
    judged = (
        [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    )
    assert kappa(judged) == pytest.approx(0.4)
    assert kappa([(True, True)] * 3) is None
    assert kappa([]) is None


def test_statements_are_compared_by_what_they_claim_then_by_modality() -> None:
    assert both().statements == Claims(first=3, second=3, both=2, same_modality=1)
    assert both().statements.f1 == pytest.approx(2 / 3)


def test_only_what_both_read_is_compared_however_they_cut_it() -> None:
    """Ana reads both sentences as one, Rui half of the second and the third."""
    found = agreement(
        passage("ana", f"{ONE} {TWO}", ("County towns", "town"), ("data", "data")),
        passage("rui", "data flow to towns.", ("data", "data")),
        passage("rui", "Farmers gain.", ("Farmers", "village")),
    )
    assert (found.units, found.characters) == (1, 19)
    assert found.mentions == Matches(1, 1, 1, 1, 1, 1)
    assert found.kappa is None


def test_what_was_only_suggested_or_rejected_is_left_out() -> None:
    found = agreement(
        passage("ana", ONE, ("villages", "village")),
        passage("rui", ONE, ("villages", "village"), status="rejected"),
    )
    assert found.mentions == Matches(1, 0, 0, 0, 0, 0)
    assert found.mentions.exact == 0


def test_without_common_words_there_is_nothing_to_say() -> None:
    coded = Document("d", TEXT, "", ((0, 70),), passages=(passage("ana", ONE), passage("rui", TWO)))
    assert list(agreements([coded], {})) == []
    assert list(agreements([Document("d", TEXT, "", ((0, 70),))], {})) == []


# ── In a project ─────────────────────────────────────────────────────────────────────────────────


def second_coder(starter: Path) -> None:
    """The same file by another coder, who saw no pupils and read the second sentence otherwise."""
    path = starter / "passages" / "canteens.you.yaml"
    shutil.copy(starter / "passages" / "canteens.me.yaml", path)
    change(path, "coder: me", "coder: you")
    change(path, "[children]{pupils}", "children")
    change(path, "modality: descriptive", "modality: proposed")


def test_the_command_shows_a_table(kg: Kg, starter: Path) -> None:  # noqa: F811
    second_coder(starter)
    ran = kg("agree", "--project", starter)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "canteens: me and you on 3 passages, 327 characters",
        "mentions   me  you  exact F1  overlap F1",
        "all        11   10      0.95        0.95",
        "  aim       2    2      1.00        1.00",
        "  good      1    1      1.00        1.00",
        "  group     2    1      0.67        0.67",
        "  measure   3    3      1.00        1.00",
        "  place     3    3      1.00        1.00",
        "Cohen's kappa, passage × concept: 0.92",
        "statements and flows: me 5, you 5, both 5 (F1 1.00); in the same modality 4",
    ]


def test_the_command_as_json(kg: Kg, starter: Path) -> None:  # noqa: F811
    second_coder(starter)
    (found,) = json.loads(kg("agree", "--json", "--project", starter).out)
    assert found["mentions"] == {
        "first": 11,
        "second": 10,
        "exact_f1": 0.9524,
        "overlap_f1": 0.9524,
    }
    assert found["statements"]["same_modality"] == 4
    assert found["coders"] == ["me", "you"]


def test_one_coder_agrees_with_nobody(kg: Kg, starter: Path) -> None:  # noqa: F811
    ran = kg("agree", "--project", starter)
    assert (ran.code, ran.out) == (0, "")
    assert "no two coders have coded the same words" in ran.err
    assert kg("agree", "--json", "--project", starter).out == "[]\n"
