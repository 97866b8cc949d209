"""The legend as a filter: who says it, where, when, how firmly and how often."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from kg.render.tables import pack
from tests.render.conftest import Open, edge_spot
from tests.render.garden import DOCUMENT, JULY, Garden, unpacked

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def garden() -> str:
    return Garden(documents=(DOCUMENT, JULY)).page()


def tick(page: Page, section: str, name: str) -> None:
    """Click a row of a section, which is opened if it is closed."""
    heading = page.locator("#legend summary").filter(has_text=section)
    if heading.locator("..").get_attribute("open") is None:
        heading.click()
    heading.locator("..").get_by_label(re.compile(f"^{name}")).click()


def rows(page: Page, section: str) -> list[str]:
    details = page.locator("#legend details").filter(has_text=section).first
    details.evaluate("node => (node.open = true)")
    return [row.replace("\n", " ") for row in details.locator("li").all_inner_texts()]


def shown(page: Page) -> str:
    return page.locator("#shown").inner_text()


def widths(page: Page) -> dict[str, float]:
    return dict(
        page.evaluate(
            """window.page.edges.map(({ from, to, width }) =>
              [`${window.page.concepts[from].key} ${window.page.concepts[to].key}`, width])"""
        )
    )


def test_every_choice_has_its_count(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    assert rows(page, "Documents") == ["The garden in June 4", "The garden in July 2"]
    assert rows(page, "Coders") == ["Ann 3", "Bob 3"]
    assert rows(page, "Modality") == [
        "descriptive 3",
        "required 2",
        "no modality (an analyst's reading) 1",
    ]


def test_what_is_no_choice_is_not_offered(open_page: Open) -> None:
    page = open_page(replace(Garden(), coders=(("ann", "Ann"),)).page())
    headings = page.locator("#legend .facet h2").all_inner_texts()
    assert [heading.capitalize() for heading in headings] == [
        "Classes",
        "Kinds of line",
        "Modality",
        "Coders",
        "Relations",
    ]


def test_only_what_one_document_says(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#relation=nothing")
    tick(page, "Documents", "The garden in June")
    assert shown(page) == (
        "3 of 11 concepts and 1 of 5 relations shown, "
        "because “The garden in June” is switched off. "
        "Shown is only what a passage says; "
        "numbers and widths count the passages that are left."
    )
    page.mouse.click(*edge_spot(page, "ladybird aphid"))
    expect(page.locator(".quote")).to_have_count(1)
    expect(page.locator(".passage")).to_have_text("In July the ladybird must eat the aphid.")
    assert "The filter leaves out 1 reading of a passage here." in page.inner_text("#panel")


def test_a_line_is_as_thick_as_what_is_left(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    before = widths(page)
    tick(page, "Coders", "Bob")
    after = widths(page)
    assert after["ladybird aphid"] < before["ladybird aphid"]
    assert after["ladybird rose"] == before["ladybird rose"]


def test_a_denial_does_not_keep_a_line(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    tick(page, "Coders", "Ann")
    assert "2 of 5 relations" in shown(page)
    page.mouse.click(*edge_spot(page, "ladybird aphid"))
    expect(page.locator("#panel h2")).to_contain_text("ladybird")


def test_how_firmly_a_text_says_it(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    tick(page, "Modality", "descriptive")
    tick(page, "Modality", "no modality")
    assert shown(page).startswith(
        "3 of 11 concepts and 2 of 5 relations shown, because only required is on under “Modality”."
    )


def test_only_what_several_passages_say(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.locator("#legend summary").filter(has_text="Evidence").click()
    page.get_by_label("At least").fill("2")
    assert shown(page).startswith(
        "2 of 11 concepts and 1 of 5 relations shown, "
        "because only what at least 2 passages say counts."
    )
    page.click("#show-all")
    assert shown(page) == "All shown: 11 concepts, 5 relations."
    expect(page.get_by_label("At least")).to_have_value("0")


def test_only_texts_of_a_time(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.locator("#legend summary").filter(has_text="Evidence").click()
    page.get_by_label("From", exact=True).select_option("2026-07-01")
    assert "because only texts from 2026-07-01 on count" in shown(page)
    assert "1 of 5 relations" in shown(page)
    page.get_by_label("From", exact=True).select_option("")
    page.get_by_label("Up to", exact=True).select_option("2026-06-01")
    assert "4 of 5 relations" in shown(page)


def test_texts_of_the_same_day_have_no_dates_to_choose(open_page: Open) -> None:
    june = replace(JULY, issued=DOCUMENT.issued)
    page = open_page(Garden(documents=(DOCUMENT, june)).page())
    expect(page.locator("#least")).to_have_count(1)
    expect(page.locator("#legend select")).to_have_count(0)


def test_the_numbers_of_the_legend_follow_the_filter(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    tick(page, "Documents", "The garden in June")
    assert rows(page, "Classes")[0] == "animal 2/2" or rows(page, "Classes")[0] == "animal 2"
    assert "thing" not in " ".join(rows(page, "Classes"))
    assert rows(page, "Documents") == ["The garden in June 0/4", "The garden in July 1/2"]
    assert rows(page, "Kinds of line")[0] == "said in a text 1/2"


def test_the_panel_says_what_the_filter_keeps_from_it(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=ladybird&no-documents=june")
    panel = page.locator("#panel-content")
    expect(panel).to_contain_text("1 passage · 1 relation")
    expect(panel).to_contain_text("The filter leaves out 1 relation and 2 passages here.")
    panel.get_by_role("button", name="Show all").click()
    expect(panel).to_contain_text("3 passages · 2 relations")
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_a_chosen_concept_that_is_not_shown_is_said_to_be_so(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=bean&no-classes=Plant")
    assert "The filter does not show this concept." in page.inner_text("#panel")


def test_the_table_follows_the_filter(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=table&no-documents=june&sheet=relations")
    assert page.locator("#sheet tbody tr").all_inner_texts() == [
        "ladybird\teats\taphid\tsaid in a text\t1"
    ]
    page.click("[data-sheet=concepts]")
    assert page.locator("#sheet tbody tr").count() == 3


def banded(page: str) -> str:
    """The same page with two bands: one holds the first three concepts, the other the third."""

    def add(match: re.Match[str]) -> str:
        data = json.loads(match[2])
        terms = unpacked(data["terms"])
        names = [{"key": "upper", "labels": ["upper"]}, {"key": "lower", "labels": ["lower"]}]
        data["terms"] = pack([*terms, *names])
        data["lanes"] = {"bands": [{"term": len(terms)}, {"term": len(terms) + 1}]}
        pairs = [(0, 0), (0, 1), (0, 2), (1, 2)]
        data["standing"] = pack([{"band": band, "concept": concept} for band, concept in pairs])
        return match[1] + json.dumps(data)

    return re.sub(r'(<script type="application/json" id="data">)([^<]*)', add, page)


def test_a_concept_is_shown_while_any_of_its_bands_is_on(open_page: Open, garden: str) -> None:
    page = open_page(banded(garden))
    assert rows(page, "Tiers") == ["upper 3", "lower 1", "in none of these 8"]
    tick(page, "Tiers", "upper")
    assert shown(page).startswith("9 of 11 concepts")
    assert "because “upper” is switched off" in shown(page)
    tick(page, "Tiers", "lower")
    assert shown(page).startswith("8 of 11 concepts")
    assert page.evaluate("location.hash") == "#lanes=none"


def test_a_section_closed_says_what_is_off_in_it(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#no-coders=bob")
    heading = page.locator("#legend summary").filter(has_text="Coders")
    expect(heading).to_contain_text("1 off")


def test_chinese_sentences_stand_without_a_space_between_them(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=reader&language=zh-Hans&no-coders=bob")
    expect(page.locator("#note")).not_to_be_empty()
    said = page.locator("#status").inner_text()
    assert "。" in said
    assert not re.search(r"[。，；] +[\u4e00-\u9fff]", said)
    page.click("[data-language=en]")
    assert "left. 3 marks" in page.locator("#status").inner_text()


def test_the_language_changes_the_reasons(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#language=zh-Hans&least=2&no-classes=Place")
    assert shown(page) == (
        "显示 11 个概念中的 2 个、5 条关系中的 1 条，"
        "因为已关闭：地点，且仅计至少有 2 个段落为据者。只显示段落所述；数字与线宽只计余下的段落。"
    )
