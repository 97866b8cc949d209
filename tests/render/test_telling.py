"""What the pages tell in words: titles, hits, filters, flows, and what is folded away."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.render.conftest import Open
from tests.render.garden import DOCUMENT, MOVING, Garden

pytestmark = pytest.mark.browser

TITLES = (("en", "Kitchen garden"), ("zh-Hans", "菜园"))


@pytest.fixture(scope="module")
def garden() -> str:
    return Garden().page()


@pytest.mark.parametrize(("page", "ending"), [("page", ""), ("sparql_page", " – SPARQL")])
def test_the_title_follows_the_language(open_page: Open, page: str, ending: str) -> None:
    opened = open_page(getattr(replace(Garden(), titles=TITLES), page)())
    for button, title in (("简体中文", "菜园"), ("English", "Kitchen garden")):
        opened.get_by_role("button", name=button).click()
        expect(opened.locator("h1").first).to_have_text(title)
        assert opened.title() == title + ending


def test_one_title_serves_for_every_language(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#language=zh-Hans")
    expect(page.locator("h1").first).to_have_text("Kitchen garden")


def test_a_hit_says_its_class_and_how_many_passages_mention_it(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden)
    page.fill("#search", "ladyb")
    expect(page.locator("#found .what")).to_have_text("animal · 2 passages")
    page.fill("#search", "pest")
    expect(page.locator("#found .what")).to_have_text("stuff · in no passage")


def test_a_hit_counts_the_passages_that_the_filter_leaves(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#coders=bob")
    page.fill("#search", "compost h")
    expect(page.locator("#found .what")).to_have_text("place · 1 passage")
    page.fill("#search", "ladyb")
    expect(page.locator("#found .what")).to_have_text("animal · in no passage")


def test_of_many_relations_the_panel_shows_five_until_it_is_asked(open_page: Open) -> None:
    parts = " ".join(
        f'c:n{n} a o:Plant ; skos:prefLabel "plant {n}"@en ; o:partOf c:garden .' for n in range(7)
    )
    ontology = Garden().ontology.replace("  c:bed o:partOf", f"  {parts}\n  c:bed o:partOf")
    page = open_page(Garden(ontology=ontology).page(), "#concept=garden")
    chips = page.locator("#panel-relations .chip")
    expect(chips).to_have_count(8)
    assert sum(chip.is_visible() for chip in chips.all()) == 5
    page.emulate_media(media="print")
    assert sum(chip.is_visible() for chip in chips.all()) == 8
    page.emulate_media(media="screen")
    page.get_by_role("button", name="show all 8").click()
    assert sum(chip.is_visible() for chip in chips.all()) == 8
    assert page.evaluate("document.activeElement === document.querySelectorAll('.chip')[5]")


def test_a_flow_of_which_only_the_end_is_said_names_no_origin(open_page: Open) -> None:
    moving = replace(MOVING, flows=(replace(MOVING.flows[0], origin=""),))
    garden = Garden(documents=(replace(DOCUMENT, passages=(moving,)),))
    page = open_page(garden.page(), "#concept=compost")
    page.locator("#panel-relations .chip.flow").click()
    assert page.locator("#panel h2").inner_text().split() == ["compost", "→", "flower", "bed"]


def test_a_table_opens_at_the_chosen_row(open_page: Open) -> None:
    concepts = " ".join(f'c:n{n} a o:Plant ; skos:prefLabel "plant {n}"@en .' for n in range(400))
    ontology = Garden().ontology.replace("  c:bed o:partOf", f"  {concepts}\n  c:bed o:partOf")
    page = open_page(Garden(ontology=ontology).page(), "#view=table&concept=n321")
    expect(page.locator("#sheet [aria-current=true]")).to_have_text(re.compile("^plant 321"))
    expect(page.locator("#sheet [aria-current=true]")).to_be_in_viewport()


def test_what_is_chosen_stands_out_in_the_text_and_the_rest_steps_back(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=reader&concept=rose")
    strength = "node => getComputedStyle(node).getPropertyValue('--strength')"
    assert page.locator("#page-text mark.chosen").first.evaluate(strength) == ""
    assert page.locator("#page-text mark:not(.chosen)").first.evaluate(strength) == "28%"
    page.keyboard.press("Escape")
    assert page.locator("#page-text mark").first.evaluate(strength) == ""


def test_a_filter_by_modality_says_that_mentions_have_none(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#no-coders=bob")
    expect(page.locator("#shown")).not_to_contain_text("Mentions have no modality")
    page.locator("summary", has_text="Modality").click()
    page.get_by_label(re.compile("^required")).uncheck()
    expect(page.locator("#shown")).to_contain_text(
        "Mentions have no modality: all passages that mention a concept are counted."
    )


@pytest.mark.parametrize(
    ("concept", "flow"),
    [("heap", "compost to flower bed"), ("bed", "compost from compost heap")],
)
def test_from_each_end_a_flow_says_what_goes_where(
    open_page: Open, garden: str, concept: str, flow: str
) -> None:
    page = open_page(garden, f"#concept={concept}")
    expect(page.locator("#panel-relations .chip.flow")).to_contain_text(flow)


def test_a_question_is_found_by_what_it_asks_about(open_page: Open) -> None:
    page = open_page(Garden().sparql_page())
    questions = page.locator("#question-list button")
    page.fill("#seek", "out of")
    names = questions.evaluate_all("all => all.map((node) => node.dataset.question)")
    assert names == ["flows"], "it has a parameter out_of"
    page.fill("#seek", "置信度")
    assert questions.evaluate_all("all => all.map((node) => node.dataset.question)") == [
        "least-certain"
    ]


def test_on_paper_the_questions_print_title_query_and_answer(open_page: Open) -> None:
    page = open_page(Garden().sparql_page(), "#question=concepts")
    expect(page.locator("#rows tbody tr").first).to_be_visible(timeout=30_000)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("#rows")).to_be_visible()
    for part in ("#bar button", "#questions", "#actions", "#downloads"):
        expect(page.locator(part).first).to_be_hidden()
    query = page.locator("#editor .CodeMirror-code").inner_text()
    for line in ("PREFIX skos:", "SELECT", "ORDER BY"):
        assert line in query
    assert page.pdf().startswith(b"%PDF")
