"""What is shown is printed: light, with its title and the filter, and in full."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.render.conftest import PHONE, Open
from tests.render.garden import DOCUMENT, JULY, Garden
from tests.render.plots import plots

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def html() -> str:
    return Garden(documents=(DOCUMENT, JULY)).page()


def printed(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")


def test_on_paper_stand_title_filter_picture_and_quotes(open_page: Open, html: str) -> None:
    page = open_page(html, "#concept=ladybird&no-coders=bob", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#paper h2")).to_have_text("Kitchen garden")
    expect(page.locator("#paper-shown")).to_contain_text("because “Bob” is switched off")
    expect(page.locator("#paper-shown")).to_contain_text("build 0123456789abcdef")
    expect(page.locator("#paper-picture > svg")).to_be_visible()
    mark = page.locator("#paper-picture .glyph").first.bounding_box()
    assert mark is not None
    assert mark["width"] < 30, "the key stands small below the picture"
    expect(page.locator("#panel .quote")).to_have_count(2)
    for part in ("#bar", "#legend", "#map", "#status", ".tools"):
        expect(page.locator(part)).to_be_hidden()
    ink, paper = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    inks = page.locator("#paper-picture text").evaluate_all(
        "all => all.map((text) => text.getAttribute('fill'))"
    )
    assert inks[0] == "#1e2022"
    assert page.pdf().startswith(b"%PDF")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize(
    ("screen", "lies"), [({"width": 1280, "height": 800}, "across"), (PHONE, "upright")]
)
def test_the_map_fills_one_sheet_that_lies_as_the_screen_does(
    open_page: Open, html: str, screen: ViewportSize, lies: str
) -> None:
    page = open_page(html, viewport=screen)
    sheets = re.findall(
        rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(format="A4", prefer_css_page_size=True)
    )
    assert ["across" if float(w) > float(h) else "upright" for w, h in sheets] == [lies]


def test_a_picture_with_quotes_stands_above_them_on_one_sheet(open_page: Open, html: str) -> None:
    page = open_page(html, "#concept=rose", viewport={"width": 1280, "height": 800})
    sheets = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/MediaBox", sheets)) == 1


def test_on_paper_the_table_stands_in_full(open_page: Open) -> None:
    concepts = " ".join(f'c:n{n} a o:Plant ; skos:prefLabel "plant {n}"@en .' for n in range(400))
    ontology = Garden().ontology.replace("  c:bed o:partOf", f"  {concepts}\n  c:bed o:partOf")
    page = open_page(Garden(ontology=ontology).page(), "#view=table")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#sheet tbody tr").count() == 411


def test_on_paper_the_words_of_a_text_keep_their_underlines(open_page: Open, html: str) -> None:
    page = open_page(html, "#view=reader", color_scheme="dark")
    on_screen = page.locator("#page-text mark").count()
    on_paper = page.evaluate(
        """() => {
          window.dispatchEvent(new Event("beforeprint"));
          return [...document.querySelectorAll("#page-text mark")].map((mark) =>
            [getComputedStyle(mark).printColorAdjust, mark.style.backgroundImage.slice(0, 15)]);
        }"""
    )
    assert on_screen > 3
    assert on_paper == [["exact", "linear-gradient"]] * on_screen


def test_on_paper_the_lanes_leave_nothing_folded(open_page: Open) -> None:
    page = open_page(plots().page(), "#view=lanes")
    expect(page.locator(".rest .pill")).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".rest .pill")).to_have_count(7)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".rest .pill")).to_have_count(0)


def test_on_paper_the_lanes_stand_as_lists_that_break_into_pages(open_page: Open) -> None:
    page = open_page(plots().page(), "#view=lanes")
    printed(page)
    expect(page.locator("#paper-picture svg")).to_have_count(0)
    expect(page.locator("#arcs")).to_be_hidden()
    flow, band = page.locator(".flow-block"), page.locator(".band").first
    assert flow.inner_text().split() == ["compost", "heap", "→", "flower", "bed", "compost"]
    boxes = [each.bounding_box() for each in (flow, band)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"], "what flows stands above the bands"
    assert (
        page.locator(".pill .name").first.evaluate("node => getComputedStyle(node).fontSize")
        == "13px"
    )
    assert page.pdf().startswith(b"%PDF")
