"""The lanes: what stands in which band and why, what flows between them, how little is hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.render.conftest import PHONE, Open
from tests.render.garden import Garden
from tests.render.plots import HEADER, plots
from tests.render.test_hostile import ATTACK
from tests.render.test_two_texts import page as texts  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def garden() -> str:
    return plots().page()


def band(page: Page, name: str) -> list[str]:
    section = page.locator(".band", has=page.get_by_role("heading", name=name, exact=True))
    return section.locator(".pill .name").all_inner_texts()


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.locator(selector).evaluate_all(
        """all => all.filter((node) => node.checkVisibility()).map((node) => {
          const { left, top, right, bottom } = node.getBoundingClientRect();
          return { left, top, right, bottom, clipped: node.scrollWidth > node.clientWidth + 1 };
        })"""
    )
    return found


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    aside = one["right"] <= other["left"] + 0.5 or other["right"] <= one["left"] + 0.5
    return aside or one["bottom"] <= other["top"] + 0.5 or other["bottom"] <= one["top"] + 0.5


def test_bands_stand_in_their_order_with_what_the_relation_brings_there(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=lanes")
    assert page.locator(".band h2").all_inner_texts() == [
        "flowers",
        "by the heap",
        "In no single band",
    ]
    assert band(page, "flowers") == ["flower bed", "ladybird", "aphid"]
    assert band(page, "by the heap") == ["compost heap", "ladybird"]
    expect(page.locator(".lead")).to_contain_text("the others stand where “lives in” leads")


def test_what_stands_in_two_bands_says_so_and_why(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=lanes")
    ladybirds = page.locator(".pill", has_text="ladybird")
    titles = ladybirds.evaluate_all("all => all.map((node) => node.title)")
    assert titles == [
        "ladybird\nlives in: flower bed\nalso in: by the heap",
        "ladybird\nlives in: compost heap\nalso in: flowers",
    ]
    expect(ladybirds.locator(".ladder")).to_have_count(2)
    expect(page.locator("#note")).to_contain_text("1 stands in several bands and is drawn in each.")
    ladybirds.first.hover()
    expect(page.locator(".pill.hovered")).to_have_count(2)


def test_what_stands_in_no_band_is_counted_and_can_be_unfolded(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=lanes")
    expect(page.locator("#note")).to_contain_text("5 concepts stand in no single band.")
    expect(page.locator("#loose .pill")).to_have_count(0)
    expect(page.locator("#loose .tally")).to_contain_text("plant 1")
    page.get_by_role("button", name="show all 5").click()
    expect(page.locator("#loose .pill")).to_have_count(5)
    assert page.evaluate("document.activeElement.textContent") == "fold"
    page.keyboard.press("Enter")
    expect(page.locator("#loose .pill")).to_have_count(0)


def test_below_a_band_stands_what_is_nearest_to_it_and_why(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=lanes")
    rest = page.locator(".band", has_text="flowers").locator(".rest")
    expect(rest).to_contain_text("Nearest by their relations:")
    expect(rest.locator(".pill")).to_have_count(0)
    expect(page.locator(".band", has_text="by the heap").locator(".rest")).to_be_hidden()
    rest.get_by_role("button", name="show all 2").click()
    assert rest.locator(".pill .name").all_inner_texts() == ["garden", "rose"]
    expect(rest.locator(".pill").last).to_have_attribute(
        "title", "rose\n2 of its 2 lines to concepts of the bands lead here"
    )


def test_a_click_shows_the_quotes_and_draws_the_lines_of_a_concept(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=lanes")
    page.locator(".pill", has_text="ladybird").first.click()
    expect(page.locator("#panel h2")).to_have_text("ladybird")
    expect(page.locator("#panel .quote mark").first).to_have_text("ladybird")
    expect(page.locator(".rest .pill .name")).to_have_text(["rose"])
    lines = page.locator("#arcs .arc.chosen").count()
    assert lines == 2, "eats and protects; where it lives is its place"
    expect(page.locator(".pill[aria-pressed=true]")).to_have_count(2)
    page.click("[data-view=table]")
    expect(page.locator("#sheet tr[aria-current]")).to_contain_text("ladybird")
    page.click("[data-view=lanes]")
    page.keyboard.press("Escape")
    expect(page.locator("#arcs .arc.chosen")).to_have_count(0)


def test_a_line_leads_to_its_quotes(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=lanes&concept=ladybird")
    titles = page.locator("#arcs .hit title").all_text_contents()
    assert "ladybird – eats – aphid" in titles
    page.locator("#arcs .hit", has=page.locator("title", has_text="eats")).dispatch_event("click")
    expect(page.locator("#panel .kind")).to_contain_text("said in a text")


def test_what_flows_crosses_the_bands_and_has_a_name(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=lanes")
    flow = page.locator(".flow-block")
    assert flow.inner_text().split() == ["compost", "heap", "→", "flower", "bed", "compost"]
    line = boxes(page, "#arcs .arc.flow")[0]
    bands = boxes(page, ".band")
    assert line["top"] < bands[0]["bottom"]
    assert line["bottom"] > bands[1]["top"]
    head = boxes(page, "#arcs .head")[0]
    assert head["bottom"] < bands[0]["bottom"], "the arrow points at the flower bed"
    flow.get_by_role("button").click()
    expect(page.locator("#panel .quote mark")).to_have_text(["Compost", "heap", "flower bed"])


def test_the_filter_takes_concepts_away_and_relations_their_place(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=lanes")
    page.get_by_label(re.compile("^animal")).uncheck()
    assert band(page, "flowers") == ["flower bed"]
    page.click("#show-all")
    page.get_by_label(re.compile("^lives in")).uncheck()
    assert band(page, "by the heap") == ["compost heap"]
    expect(page.locator("#note")).to_contain_text("7 concepts stand in no single band.")
    page.get_by_label(re.compile("^flow[0-9 ]")).first.uncheck()
    expect(page.locator(".flow-block")).to_have_count(0)


def test_the_language_changes_bands_and_concepts(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=lanes&language=zh-Hans")
    assert page.locator(".band h2").all_inner_texts() == ["花间", "堆肥处", "不专属某一泳道"]
    assert band(page, "花间") == ["花坛", "瓢虫", "蚜虫"]


def test_arrow_keys_go_from_concept_to_concept(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=lanes")
    assert page.locator(".pill[tabindex='0']").count() == 1
    page.locator(".pill[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.querySelector('.name').textContent") == "ladybird"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).not_to_be_empty()


def test_on_a_phone_bands_stand_one_below_the_other(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=lanes", viewport=PHONE, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert all(box["right"] <= PHONE["width"] for box in boxes(page, ".pill"))
    expect(page.locator(".flow-block")).to_contain_text("compost heap → flower bed")
    page.locator(".pill", has_text="aphid").tap()
    expect(page.locator("#panel h2")).to_have_text("aphid")


def test_markup_in_labels_is_text(open_page: Open) -> None:
    hostile = HEADER.replace('"flowers"@en', f'"flowers {ATTACK}"@en')
    ontology = plots(hostile).ontology.replace('"ladybird"@en', f'"ladybird {ATTACK}"@en')
    page = open_page(replace(plots(), ontology=ontology).page(), "#view=lanes&concept=ladybird")
    expect(page.locator(".band h2").first).to_have_text(f"flowers {ATTACK}")
    expect(page.locator(".pill .name", has_text="ladybird").first).to_have_text(
        f"ladybird {ATTACK}"
    )
    assert page.title() == "Kitchen garden"
    assert page.locator("img").count() == 0


def test_a_label_without_end_stays_in_its_place(open_page: Open) -> None:
    long = "x" * 600
    ontology = plots().ontology
    for label in ("ladybird", "flower bed", "compost"):
        ontology = ontology.replace(f'"{label}"@en', f'"{label}{long}"@en')
    html = replace(plots(), ontology=ontology).page()
    for view in ("lanes", "matrix", "reader"):
        page = open_page(html, f"#view={view}", viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page = open_page(html, "#view=lanes")
    found = boxes(page, ".pill .name, button.flow")
    assert not any(box["clipped"] for box in found)
    for number, one in enumerate(found):
        assert all(apart(one, other) for other in found[number + 1 :])
    page = open_page(html, "#view=matrix")
    heads = boxes(page, "thead .head")
    assert all(box["right"] - box["left"] < 200 for box in heads)


def test_without_bands_there_is_no_such_view(open_page: Open) -> None:
    page = open_page(Garden().page(), "#view=lanes")
    expect(page.locator("[data-view=lanes]")).to_be_hidden()
    expect(page.locator("[data-view=matrix]")).to_be_hidden()
    expect(page.locator("#map")).to_be_visible()


@pytest.mark.parametrize(
    ("concepts", "standing", "loose"),
    [
        ("c:bed a skos:Concept .", ["bed"], 0),
        ("c:bed a skos:Concept . c:rose a skos:Concept .", ["bed"], 1),
        ("c:rose a skos:Concept .", [], 1),
        ("", [], 0),
    ],
)
def test_next_to_nothing_has_its_band_too(
    open_page: Open, concepts: str, standing: list[str], loose: int
) -> None:
    prefixes = Garden().ontology[: Garden().ontology.index("g:ontology")]
    ontology = f"{prefixes}g:ontology {{ {concepts} }} {HEADER}"
    page = open_page(replace(Garden(), ontology=ontology, documents=()).page(), "#view=lanes")
    assert page.locator(".band h2").first.inner_text() == "flowers"
    assert page.locator(".cards .name").all_inner_texts() == standing
    note = page.locator("#note").inner_text()
    assert note.startswith("1 concept stands in no single band.") if loose else note == ""


def test_the_picture_is_one_drawing_that_needs_nothing(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=lanes&concept=ladybird")
    drawn = page.evaluate("new XMLSerializer().serializeToString(window.page.views.lanes.image())")
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    words = " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text"))
    for label in ("flowers", "by the heap", "ladybird", "compost heap"):
        assert label in words
    assert not re.search(r" class=| style=|var\(|url\(|<script|transparent", drawn)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("screen", [{"width": 1600, "height": 950}, PHONE])
def test_every_label_of_the_two_texts_is_whole_and_clear_of_the_others(
    open_page: Open,
    texts: str,  # noqa: F811
    language: str,
    screen: dict[str, int],
) -> None:
    opened = open_page(texts, f"#view=lanes&language={language}", viewport=screen)
    for fold in (False, True):
        if fold:
            for button in opened.locator(".fold:visible").all():
                button.click()
        found = boxes(opened, "#bands .pill .name")
        assert len(found) == opened.locator("#bands .pill").count()
        assert not any(box["clipped"] or box["right"] > screen["width"] for box in found)
        for number, one in enumerate(found):
            assert all(apart(one, other) for other in found[number + 1 : number + 60])
    names = opened.locator("#bands .pill").evaluate_all(
        "all => new Set(all.map((node) => node.dataset.concept)).size"
    )
    assert names == opened.evaluate("window.page.concepts.length")
