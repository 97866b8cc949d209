"""On every width of screen nothing is cut off, lies on something else, or is left unexplained."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from kg.pipeline import Built
from tests.render.conftest import PHONE, Open
from tests.render.garden import DOCUMENT, EATING, JULY, Garden, statement
from tests.render.plots import plots

pytestmark = pytest.mark.browser

TITLE = "County towns and urban–rural integration: two texts, coded"
TABLET = {"width": 820, "height": 1180}


@pytest.fixture(scope="module")
def garden() -> str:
    return plots(title=TITLE).page(sparql="sparql.html")


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found is not None, selector
    return found


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("width", [1440, 1280, 1180, 1000, 820, 761, 720, 640, 600, 390, 360])
def test_the_bar_holds_all_its_parts_and_the_title_can_be_read(
    open_page: Open, garden: str, width: int, language: str
) -> None:
    page = open_page(garden, f"#language={language}", viewport={"width": width, "height": 900})
    parts = page.locator("#bar > *:visible")
    boxes = [part.bounding_box() for part in parts.all()]
    for number, one in enumerate(boxes):
        assert one is not None
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= width
        for other in boxes[:number]:
            assert other is not None
            assert (
                one["x"] >= other["x"] + other["width"]
                or other["x"] >= one["x"] + one["width"]
                or one["y"] >= other["y"] + other["height"]
                or other["y"] >= one["y"] + one["height"]
            )
    assert box(page, "#name h1")["width"] >= 150
    assert box(page, "#search")["width"] >= 110


@pytest.mark.parametrize("width", [760, 720, 600])
def test_on_half_a_screen_the_bar_takes_two_rows_and_the_search_has_room(
    open_page: Open, garden: str, width: int
) -> None:
    page = open_page(garden, viewport={"width": width, "height": 900})
    assert box(page, "#bar")["height"] < 100
    assert box(page, "#name h1")["width"] >= 240
    assert box(page, "#search")["width"] >= 140
    page.fill("#search", "bird")
    assert page.evaluate("(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(search)")


def test_the_title_of_a_usual_screen_is_whole(open_page: Open, garden: str) -> None:
    for width in (1440, 1180, 820):
        page = open_page(garden, viewport={"width": width, "height": 900})
        assert page.evaluate(
            "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)"
            "(document.querySelector('h1'))"
        ), width


@pytest.mark.parametrize("viewport", [TABLET, PHONE, {"width": 1440, "height": 900}])
def test_the_button_of_the_map_stands_clear_of_the_line_below(
    open_page: Open, garden: str, viewport: dict[str, int]
) -> None:
    page = open_page(garden, "#least=1&no-kinds=flow", viewport=viewport)
    button, status = box(page, "#whole"), box(page, "#status")
    assert button["y"] + button["height"] < status["y"]
    assert box(page, "#map")["y"] + box(page, "#map")["height"] == pytest.approx(status["y"], abs=1)


@pytest.mark.parametrize(
    ("before", "after"), [((1180, 820), (820, 1180)), ((1440, 900), (1440, 2400))]
)
def test_a_map_that_turns_with_its_window_draws_every_mark(
    open_page: Open, built: Built, before: tuple[int, int], after: tuple[int, int]
) -> None:
    html = (built.filled.project.output / "graph.html").read_text("utf-8")
    page = open_page(html, viewport={"width": before[0], "height": before[1]})
    page.set_viewport_size({"width": after[0], "height": after[1]})
    page.wait_for_function("() => window.page.map.upright")
    drawn = """async () => {
      for (let n = 0; n < 6; n++) await new Promise(requestAnimationFrame);
      return document.querySelector("#map canvas").toDataURL();
    }"""
    first = page.evaluate(drawn)
    page.evaluate("window.page.map.network.redraw()")
    assert page.evaluate(drawn) == first, "drawn again, nothing is added"


def test_beside_a_panel_a_tablet_leaves_room_for_the_map(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=ladybird", viewport=TABLET)
    assert box(page, "#panel")["x"] > 400
    expect(page.locator("#legend")).to_be_hidden()
    page.click("#filters")
    expect(page.locator("#legend")).to_be_visible()
    page.click("#panel-close")
    expect(page.locator("#legend")).to_be_visible()


@pytest.mark.parametrize("view", ["map", "lanes", "matrix", "table"])
def test_what_is_empty_says_why_and_leads_back(open_page: Open, garden: str, view: str) -> None:
    page = open_page(garden, f"#view={view}&classes=")
    expect(page.locator("#nothing p")).to_have_text(
        "Nothing is left to show, because nothing is on under “Classes”."
    )
    assert "more follow" not in page.locator("#shown").inner_text()
    expect(page.locator("#hint")).to_be_hidden()
    page.click("#nothing button")
    expect(page.locator("#nothing")).to_be_hidden()
    expect(page.locator("#shown")).to_contain_text("All shown")


def test_a_table_searched_for_what_is_not_there_is_shown_again(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=table&search=xyzzy")
    expect(page.locator("#nothing p")).to_contain_text("xyzzy")
    page.click("#nothing button")
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator("#sheet tbody tr").first).to_be_visible()


def test_only_the_map_is_asked_to_be_clicked(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    for view in ("lanes", "matrix", "table", "reader"):
        page.click(f"[data-view={view}]")
        expect(page.locator("#hint")).to_be_hidden()


def test_a_chosen_column_comes_out_from_under_the_panel(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix&concept=heap", viewport={"width": 790, "height": 800})
    head = box(page, "#grid thead .head[aria-pressed=true]")
    assert head["x"] + head["width"] <= box(page, "#panel")["x"]


def test_shades_are_explained_where_they_differ(open_page: Open) -> None:
    page = open_page(plots().page(), "#view=matrix")
    most = max(map(int, page.locator("#grid tbody .box").all_inner_texts()))
    assert page.locator("#matrix .scale").count() == (most > 1)


def test_a_long_name_hangs_beside_its_mark(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=table", viewport=PHONE)
    name = page.locator("#sheet .cell").first
    name.locator("bdi").evaluate("node => (node.textContent = 'a name of many words '.repeat(5))")
    lines: list[dict[str, float]] = name.locator("bdi").evaluate(
        "node => [...node.getClientRects()].map(({ left, height }) => ({ left, height }))"
    )
    assert len(lines) > 1
    assert len({round(line["left"]) for line in lines}) == 1


def test_the_kind_of_a_line_needs_one_line(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=table&sheet=relations", viewport={"width": 1180, "height": 900})
    heights = {
        each.evaluate("node => node.getClientRects().length")
        for each in page.locator("#sheet .whole").all()
    }
    assert heights == {1}


def test_where_coders_read_a_claim_differently_each_is_named(open_page: Open) -> None:
    again = statement("s-9", "ladybird", "eats", "aphid", modality="required", coder="bob")
    twice = replace(EATING, statements=(*EATING.statements, again))
    rest = [passage for passage in DOCUMENT.passages if passage is not EATING]
    both = Garden(documents=(replace(DOCUMENT, passages=(twice, *rest)),)).page()
    manners = open_page(both, "#concept=aphid").locator(".quote .manner")
    texts = [text for text in manners.all_inner_texts() if "(" in text]
    assert [text.split("(")[1] for text in texts] == ["Ann)", "Bob)"]
    alone = open_page(Garden().page(), "#concept=aphid").locator(".quote .manner")
    assert not any("(" in text for text in alone.all_inner_texts())


def test_the_picture_of_a_table_is_the_same_wherever_it_was_scrolled(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=matrix", viewport={"width": 320, "height": 400})
    picture = "window.page.views.matrix.image().outerHTML"
    before = page.evaluate(picture)
    scrolled = page.evaluate(
        "(view => { view.scrollTo(60, 40); return view.scrollLeft })"
        "(document.getElementById('matrix'))"
    )
    assert scrolled > 0
    assert page.evaluate(picture) == before
    assert page.evaluate("document.getElementById('matrix').scrollLeft") == scrolled


def test_the_reader_opens_a_document_that_the_filter_leaves(open_page: Open) -> None:
    page = open_page(Garden(documents=(DOCUMENT, JULY)).page(), "#view=reader&no-documents=june")
    expect(page.locator("#page-text h2")).to_have_text("The garden in July")


def test_the_bar_of_the_questions_takes_two_rows_on_a_tablet(open_page: Open) -> None:
    page = open_page(replace(Garden(), title=TITLE).sparql_page(), viewport=TABLET)
    rows = {round(part["y"] / 40) for part in map(_placed, page.locator("#bar > *:visible").all())}
    assert len(rows) == 2


def _placed(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found is not None
    return found
