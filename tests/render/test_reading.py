"""What a reader of the page does: look, click, read the words, search, filter, go back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.render.conftest import PHONE, Open, edge_spot, spot
from tests.render.garden import Garden

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def garden() -> str:
    return Garden().page()


def panel(page: Page) -> str:
    return page.locator("#panel-content").inner_text()


def test_a_click_on_a_concept_shows_every_quote_behind_it(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.mouse.click(*spot(page, "ladybird"))
    expect(page.locator("#panel h2")).to_have_text("ladybird")
    expect(page.locator(".quote")).to_have_count(2)
    expect(page.locator(".quote mark")).to_have_text(
        ["ladybird", "aphid", "ladybird protects", "rose"]
    )
    text = panel(page)
    for words in (
        "瓢虫",
        "animal",
        "2 passages",
        "A spotted beetle.",
        "The garden in June · 2026-06-01",
    ):
        assert words in text


def test_a_click_on_a_line_shows_how_its_passage_says_it(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.mouse.click(*edge_spot(page, "ladybird aphid"))
    text = panel(page)
    for words in (
        "modality descriptive",
        "attributed to Garden Society",
        "in season summer",
        "coded by Ann",
        "An animal feeds on something.",
        "Some accepted passage says so",
    ):
        assert words in text
    assert page.locator(".quote mark").all_inner_texts() == ["ladybird", "aphid"]


def test_what_is_out_of_the_ordinary_is_said(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.mouse.click(*edge_spot(page, "ladybird rose"))
    for words in ("required", "implied", "confidence 0.8", "note: Between the lines."):
        assert words in panel(page)


def test_offsets_count_code_points_and_the_surroundings_end_with_the_body(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden)
    page.mouse.click(*edge_spot(page, "ladybird rose"))
    quote = page.locator(".quote blockquote").inner_text()
    assert "The garden in June 🌹" in quote
    assert page.locator(".passage").inner_text() == "Thus the ladybird protects the rose."
    assert "PRESS" not in quote
    assert "COPYRIGHT" not in quote


def test_a_flow_says_what_goes_where(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.mouse.click(*edge_spot(page, "heap bed"))
    heading = page.locator("#panel h2").inner_text().split()
    assert heading == ["compost", ":", "compost", "heap", "→", "flower", "bed"]
    assert page.locator(".quote mark").all_inner_texts() == ["Compost", "heap", "flower bed"]


def test_a_line_of_the_ontology_says_that_no_text_says_it(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.mouse.click(*edge_spot(page, "bed garden"))
    assert "From the ontology, not from a text." in panel(page)
    expect(page.locator(".quote")).to_have_count(0)


def test_a_click_beside_everything_closes_the_panel(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


@pytest.mark.parametrize(
    ("query", "found"),
    [("lady", "ladybird"), ("BIRD", "ladybird"), ("瓢", "ladybird"), ("greenfly", "aphid")],
)
def test_search_finds_beginnings_and_middles_in_every_language(
    open_page: Open, garden: str, query: str, found: str
) -> None:
    page = open_page(garden)
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator("#found [role=option]").first).to_contain_text(found)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(found)


def test_search_says_when_there_is_nothing(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.fill("#search", "tractor")
    expect(page.locator("#found")).to_have_text("No concept of that name.")


def test_the_filter_always_says_how_much_is_shown_and_why(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    shown = page.locator("#shown")
    expect(shown).to_have_text("All shown: 11 concepts, 5 relations.")
    page.get_by_label(re.compile("^animal")).uncheck()
    expect(shown).to_have_text(
        "9 of 11 concepts and 2 of 5 relations shown, because “animal” is switched off."
    )
    page.get_by_label(re.compile("^from the ontology")).uncheck()
    expect(shown).to_have_text(
        "9 of 11 concepts and 1 of 5 relations shown, "
        "because these are switched off: animal and from the ontology."
    )
    assert page.evaluate("window.page.map.network.body.nodes[2].options.hidden") is False
    page.click("#show-all")
    expect(shown).to_have_text("All shown: 11 concepts, 5 relations.")


def test_the_language_changes_labels_and_interface(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=ladybird")
    page.click("[data-language=zh-Hans]")
    expect(page.locator("#panel h2")).to_have_text("瓢虫")
    expect(page.locator("#shown")).to_have_text("已全部显示：11 个概念，5 条关系。")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert "瓢虫" in [
        line for box in page.evaluate("window.page.labels.boxes") for line in box["lines"]
    ]


def test_the_address_holds_view_language_and_selection(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=table&language=zh-Hans&concept=rose")
    expect(page.locator("#panel h2")).to_have_text("月季")
    expect(page.locator("#sheet")).to_be_visible()
    page.click("[data-view=map]")
    assert page.evaluate("location.hash") == "#language=zh-Hans&concept=rose"


def test_back_and_forward_undo_and_redo(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.mouse.click(*spot(page, "rose"))
    page.mouse.click(*spot(page, "ladybird"))
    expect(page.locator("#panel h2")).to_have_text("ladybird")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("rose")
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    page.go_forward()
    expect(page.locator("#panel h2")).to_have_text("rose")


def test_an_address_that_names_nothing_here_opens_the_map(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=globe&language=xx&concept=tractor&relation=k-0")
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()


def test_the_table_can_be_sorted_and_read_by_keyboard(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=table")
    page.get_by_role("button", name="Concept", exact=True).press("Enter")
    head = page.locator("#sheet thead th").first
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#sheet tbody th").first).to_have_text("aphid")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    page.locator("#sheet tbody button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("runner bean")
    expect(page.locator("#sheet tr[aria-current]")).to_contain_text("runner bean")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "runner bean"


def test_the_table_lists_every_relation_and_search_narrows_it(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=table")
    page.click("[data-sheet=relations]")
    expect(page.locator("#sheet tbody tr")).to_have_count(5)
    page.fill("#search", "rose")
    expect(page.locator("#sheet tbody tr")).to_have_count(1)
    expect(page.locator("#shown")).to_have_text(
        "1 of 11 concepts and 1 of 5 relations shown, because the search is “rose”."
    )


def test_on_a_phone_the_panel_lies_below_and_the_filter_above(open_page: Open, garden: str) -> None:
    page = open_page(garden, viewport=PHONE, has_touch=True)
    expect(page.locator("#legend")).to_be_hidden()
    page.tap("#filters")
    expect(page.locator("#legend")).to_be_visible()
    page.tap("#filters")
    page.touchscreen.tap(*spot(page, "ladybird"))
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["x"] == 0
    assert box["width"] == PHONE["width"]
    assert box["y"] > PHONE["height"] * 0.4
    assert spot(page, "ladybird")[1] < box["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_dark_follows_the_system_until_the_reader_chooses(open_page: Open, garden: str) -> None:
    page = open_page(garden, color_scheme="dark")
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    page.click("#theme")
    expect(html).to_have_attribute("data-theme", "light")
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    expect(html).to_have_attribute("data-theme", "light")


def test_a_citation_names_text_place_and_coder(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“Thus the ladybird protects the rose.” The garden in June (2026-06-01), "
        "characters 108–144. Coded as: ladybird – protects – rose (required). Coded by Ann. "
        "https://garden.example/june [Kitchen garden, build 0123456789abcdef]"
    )


def test_a_sandboxed_frame_without_history_works(open_page: Open, garden: str) -> None:
    page = open_page("<!doctype html><html data-ready><title>x</title>")
    page.evaluate(
        """html => {
          const frame = document.createElement("iframe");
          frame.setAttribute("sandbox", "allow-scripts");
          frame.style = "width:1200px;height:800px";
          frame.srcdoc = html;
          document.body.append(frame);
        }""",
        garden,
    )
    frame = page.frame_locator("iframe")
    frame.locator("[data-view=table]").click()
    frame.get_by_role("button", name="aphid", exact=True).click()
    expect(frame.locator("#panel h2")).to_have_text("aphid")
