"""What did nobody code, and where does it stand?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.coverage import Covered, State, coverage, covered, stretches
from kg.model import Document, Mention, Passage, Span
from kg.words import words
from tests.conftest import fill_folder
from tests.test_cli import CODER, Kg, change, kg, line_of  # noqa: F401 - a fixture


def content(text: str) -> list[str]:
    """The words that count, and the characters that do."""
    return [text[w.start : w.end] for w in words(text, 0, len(text)) if w.halves]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is the key to urban-rural integration.", ["urban", "rural", "integration"]),
        ("You don't get the farmers’ 2035 plan", ["don't", "farmers’", "plan"]),
        ("Die Bu\u0308rger der Städte", ["Bu\u0308rger", "Städte"]),
        ("县城是 county towns。", ["县", "城", "是", "county", "towns"]),
        ("農地をマモル", ["農", "地", "マ", "モ", "ル"]),
        ("농촌의 힘", ["농촌의"]),
        ("город и село", ["город", "село"]),
        ("𠀀𠀁 123 _x_", ["𠀀", "𠀁"]),
    ],
)
def test_a_content_word_has_four_letters_in_any_language(text: str, found: list[str]) -> None:
    assert content(text) == found


def document(text: str, *passages: Passage, body: tuple[tuple[int, int], ...] = ()) -> Document:
    return Document("d", text, "", body or ((0, len(text)),), passages=passages)


def passage(
    text: str, quote: str, *marks: str, uncoded: str = "", status: str = "accepted"
) -> Passage:
    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words), words)

    mentions = tuple(
        Mention(f"m-{n}", (span(words),), "x:c", "me", "", status=status)
        for n, words in enumerate(marks)
    )
    return Passage("p-" + quote, span(quote), "me", "", mentions, uncoded=uncoded)


TEXT = (
    "County towns connect large cities. Farmers enter many distant towns.\nSmall towns grow fast."
)


def found(coded: Document) -> list[tuple[str, State]]:
    return [(coded.text[s.start : s.end], s.state) for s in stretches(coded)]


def test_what_no_passage_holds_is_one_stretch_a_line() -> None:
    assert found(document(TEXT)) == [
        (TEXT[:67], State.UNREAD),
        ("Small towns grow fast", State.UNREAD),
    ]


def test_what_no_mark_touches_is_told_by_the_sentence() -> None:
    coded = document(TEXT, passage(TEXT, TEXT, "County towns", "Small", "fast"))
    assert found(coded) == [
        ("connect large cities", State.READ),
        ("Farmers enter many distant towns", State.READ),
    ]


def test_two_words_are_no_stretch_and_a_mark_parts_stretches() -> None:
    coded = document(
        TEXT, passage(TEXT, TEXT[:34], "large"), passage(TEXT, TEXT[35:], "many", "Small")
    )
    assert found(coded) == [
        ("County towns connect", State.READ),
        ("towns grow fast", State.READ),
    ]


def test_a_reason_excuses_its_words_within_another_passage_too() -> None:
    whole = passage(TEXT, TEXT, "Farmers", "Small towns", "many distant towns")
    assert found(document(TEXT, whole)) == [("County towns connect large cities", State.READ)]
    part = passage(TEXT, "towns connect large", uncoded="a commonplace")
    assert found(document(TEXT, whole, part)) == []


def test_what_was_only_suggested_is_not_coded() -> None:
    text = "County towns connect."
    for status in ("suggested", "rejected"):
        coded = document(text, passage(text, text, "County towns connect", status=status))
        assert found(coded) == [("County towns connect", State.READ)]
    assert found(document(text, passage(text, text, "towns", status="draft"))) == []


def test_six_chinese_characters_are_as_much_as_three_words() -> None:
    text = "县城连接城市，服务乡村。"
    assert found(document(text, passage(text, text, "城市", "乡村"))) == []
    assert found(document(text, passage(text, text, "服务"))) == [("县城连接城市", State.READ)]


def test_what_is_no_body_is_not_told() -> None:
    text = "Return to the list below. County towns connect. Copyright notice follows here."
    assert found(document(text, body=((26, 47),))) == [("County towns connect", State.UNREAD)]


def test_the_figures_of_a_document() -> None:
    """20 + 10 characters that are no space; County, towns, connect, large, poor, land."""
    text = "County towns connect. Large, poor land"
    coded = document(
        text,
        passage(text, "County towns connect.", "towns"),
        passage(text, "Large", uncoded="said before"),
    )
    assert covered(coded) == Covered("d", characters=33, read=24, halves=12, marked=2, excused=2)


def test_an_empty_text_has_no_share() -> None:
    assert covered(document("")) == Covered("d", 0, 0, 0, 0, 0)


# ── In a project ─────────────────────────────────────────────────────────────────────────────────


def told(folder: Path) -> list[tuple[str, str]]:
    filled = fill_folder(folder)
    found = coverage(filled.documents, filled.ontology)
    return [(str(issue.place), issue.code) for issue in found.issues]


def test_the_starter(starter: Path) -> None:
    assert told(starter) == [
        ("passages/canteens.txt:3", "unmarked-words"),
        ("passages/canteens.txt:3", "unmarked-words"),
        ("passages/canteens.txt:5", "unmarked-words"),
    ]


def test_a_concept_that_nobody_used_is_told_unless_it_is_background(starter: Path) -> None:
    ontology = starter / "ontology" / "school-meals.ttl"
    change(starter / CODER, "[Vegetables]{vegetables} would", "Vegetables would")
    change(
        starter / CODER,
        "  flows:\n  - vegetables from farm to village-school via local-purchasing\n",
        "",
    )
    line = line_of(ontology, "c:vegetables a")
    assert (f"ontology/school-meals.ttl:{line}", "unused-concept") in told(starter)
    change(ontology, '"Food plants, fresh."@en', '"Food plants, fresh."@en ; pkg:background true')
    assert "unused-concept" not in {code for _, code in told(starter)}


def test_a_relation_that_nobody_used_is_told(starter: Path) -> None:
    ontology = starter / "ontology" / "school-meals.ttl"
    line = line_of(ontology, ":servesAim a")
    change(
        starter / CODER, "  - free-lunch servesAim attendance {implied confidence=0.8}\n", "  []\n"
    )
    change(starter / CODER, "  - local-purchasing servesAim rural-income\n", "")
    assert (f"ontology/school-meals.ttl:{line}", "unused-relation") in told(starter)


@pytest.mark.parametrize(
    "more",
    [
        ":helps a owl:ObjectProperty ; rdfs:subPropertyOf :servesAim .",
        "c:free-lunch :servesAim c:attendance .",
        ":aimOf a owl:ObjectProperty ; owl:inverseOf :servesAim .",
    ],
)
def test_a_relation_is_used_by_what_stands_for_it(starter: Path, more: str) -> None:
    ontology = starter / "ontology" / "school-meals.ttl"
    with ontology.open("a") as file:
        file.write(more)
    used = {"helps": "helps", "c:free-lunch": "", ":aimOf": ""}
    relation = next((name for key, name in used.items() if key in more), "")
    first = f"  - free-lunch {relation} attendance\n" if relation else "  []\n"
    change(starter / CODER, "  - free-lunch servesAim attendance {implied confidence=0.8}\n", first)
    change(starter / CODER, "  - local-purchasing servesAim rural-income\n", "")
    wanted = line_of(ontology, ":servesAim a")
    expected = ":aimOf" in more
    assert ((f"ontology/school-meals.ttl:{wanted}", "unused-relation") in told(starter)) is expected


def test_the_command_tells_place_words_and_figures_and_fails_nobody(kg: Kg, starter: Path) -> None:  # noqa: F811
    ran = kg("check", "--coverage", "--project", starter)
    assert ran.code == 0
    assert (
        "passages/canteens.txt:3: warning: nothing is marked in these words of a passage: "
        "3:96 “Nobody who has eaten well” [unmarked-words]"
    ) in ran.err
    assert ran.out.splitlines() == [
        "document  in passages  content words  marked  left out for a reason",
        "canteens         94 %             40    52 %                    0 %",
        f"4 of 4 claims rest on one passage only: kg query single-witness --project {starter}",
    ]


def test_the_command_as_json(kg: Kg, starter: Path) -> None:  # noqa: F811
    report = json.loads(kg("check", "--coverage", "--json", "--project", starter).out)
    assert [i["line"] for i in report["issues"] if i["code"] == "unmarked-words"] == [3, 3, 5]
    assert report["documents"] == [
        {
            "document": "canteens",
            "characters": 288,
            "in_passages": 272,
            "in_passages_share": 0.9444,
            "content_words": 40.0,
            "marked": 21.0,
            "marked_share": 0.525,
            "excused": 0.0,
        }
    ]
    assert (report["claims"], report["single_witness"]) == (4, 4)


def test_without_the_option_nothing_of_it_is_told(kg: Kg, starter: Path) -> None:  # noqa: F811
    assert "unmarked-words" not in kg("check", "--project", starter).err
