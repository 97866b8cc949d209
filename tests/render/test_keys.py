"""Without a mouse, and without eyes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kg.pipeline import Built
from tests.render.conftest import PHONE, Open
from tests.render.garden import DOCUMENT, JULY, Garden

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def garden() -> str:
    return Garden(documents=(DOCUMENT, JULY)).page()


def told(page: Page) -> str:
    """What a screen reader says of itself."""
    return page.locator("#told").inner_text()


def place(page: Page, concept: str) -> tuple[float, float]:
    x, y = page.evaluate(
        "name => { const { x, y } = window.page.concepts.find(({ key }) => key === name);"
        " return [x, y]; }",
        concept,
    )
    return x, y


def towards(page: Page, start: str, goal: str) -> str:
    """The arrow that points most nearly from one concept to another."""
    (x0, y0), (x1, y1) = place(page, start), place(page, goal)
    across, down = x1 - x0, y1 - y0
    if abs(across) > abs(down):
        return "ArrowRight" if across > 0 else "ArrowLeft"
    return "ArrowDown" if down > 0 else "ArrowUp"


def test_arrows_walk_along_the_lines_and_enter_reads_on(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    page.locator("#map").focus()
    page.keyboard.press(towards(page, "rose", "ladybird"))
    expect(page.locator("#panel h2")).to_have_text("ladybird")
    assert told(page) == "ladybird, animal · 3 passages · 2 relations"
    assert page.evaluate("document.activeElement.id") == "map"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "map"


def test_where_no_neighbour_lies_an_arrow_says_so(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=bean")
    page.locator("#map").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#panel h2")).to_have_text("runner bean")
    assert told(page) == "No neighbour lies that way."


def test_brackets_point_at_the_lines_one_by_one(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=ladybird")
    page.locator("#map").focus()
    lines = []
    for _ in range(3):
        page.keyboard.press("]")
        lines.append(told(page))
    assert set(lines) == {
        "ladybird eats aphid, 2 passages",
        "ladybird protects rose, 1 passage",
    }
    assert lines[0] == lines[2]
    page.keyboard.press("[")
    assert told(page) == lines[1]
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2.claim")).to_be_visible()
    assert told(page) == lines[1].split(",")[0]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_who_walks_on_points_at_nothing(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    page.locator("#map").focus()
    page.keyboard.press("]")
    page.keyboard.press(towards(page, "rose", "ladybird"))
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("ladybird")


def test_from_a_line_an_arrow_leads_to_its_end(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.evaluate("window.page.selectEdge(window.page.edges.findIndex((e) => e.kind === 'flow'))")
    page.locator("#map").focus()
    page.keyboard.press(towards(page, "heap", "bed"))
    expect(page.locator("#panel h2")).to_have_text("flower bed")


def test_without_a_choice_enter_takes_what_is_in_the_middle(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.locator("#map").focus()
    before = page.evaluate("window.page.map.network.getViewPosition().x")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.page.map.network.getViewPosition().x") > before
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()


def test_with_shift_an_arrow_moves_the_map_though_something_is_chosen(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#concept=rose")
    page.locator("#map").focus()
    before = page.evaluate("window.page.map.network.getViewPosition().y")
    page.keyboard.press("Shift+ArrowDown")
    assert page.evaluate("window.page.map.network.getViewPosition().y") > before
    expect(page.locator("#panel h2")).to_have_text("rose")


def scale(page: Page) -> float:
    return float(page.evaluate("window.page.map.network.getScale()"))


def test_plus_minus_and_nought_zoom_from_anywhere_but_a_field(open_page: Open, garden: str) -> None:
    page = open_page(garden, reduced_motion="reduce")
    whole = scale(page)
    page.locator("#theme").focus()
    page.keyboard.press("+")
    assert scale(page) == pytest.approx(whole * 1.25)
    page.locator("#map").focus()
    page.keyboard.press("-")
    assert scale(page) == pytest.approx(whole)
    page.keyboard.press("-")
    page.locator("#theme").focus()
    page.keyboard.press("0")
    assert scale(page) == pytest.approx(whole)
    page.locator("#search").focus()
    page.keyboard.type("+-0")
    expect(page.locator("#search")).to_have_value("+-0")
    assert scale(page) == pytest.approx(whole)


def test_a_question_mark_shows_the_keys(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    assert "search a concept" in dialog.inner_text()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("?")
    expect(dialog).to_be_hidden()
    expect(page.locator("#search")).to_have_value("?")


def test_a_whole_question_without_a_mouse(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.keyboard.press("/")
    page.keyboard.type("rose")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "rose"
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.tool") == "path":
            break
    page.keyboard.press("Enter")
    page.keyboard.type("pest")
    page.keyboard.press("Enter")
    assert "rose" in page.evaluate("document.activeElement.textContent")
    assert told(page) == "3 steps"


def test_whoever_is_at_the_keyboard_sees_where(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    unseen = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, a, [tabindex='0']")]
          .filter((node) => node.checkVisibility())
          .filter((node) => {
            node.focus({ focusVisible: true });
            return getComputedStyle(node).outlineStyle === "none";
          })
          .map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert unseen == []


def test_the_panel_is_a_region_under_its_heading(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    expect(page.get_by_role("region", name="rose", exact=True)).to_be_visible()
    page.click("[data-language=zh-Hans]")
    expect(page.get_by_role("region", name="月季", exact=True)).to_be_visible()


def faults(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_view_shuts_anybody_out(open_page: Open, built: Built, theme: str) -> None:
    html = (built.filled.project.output / "graph.html").read_text("utf-8")
    page = open_page(html, color_scheme=theme)
    views = page.locator("[data-view]:visible").evaluate_all(
        "all => all.map(({ dataset }) => dataset.view)"
    )
    assert {"map", "table"} <= set(views)
    page.evaluate("document.querySelectorAll('details').forEach((node) => (node.open = true))")
    for view in views:
        page.evaluate(f"location.hash = '#view={view}'")
        assert faults(page) == [], view
        page.evaluate(f"location.hash = '#view={view}&concept=county-town&no-kinds=&depth=2'")
        assert faults(page) == [], view


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "#view=table&sheet=relations&language=zh-Hans&no-documents=county-towns-as-carriers",
        "#view=matrix&cell=break-institutional-barriers,land",
        "#view=reader&document=county-towns-as-carriers&passage=2905-3207",
        "#relation=k-c6cd15979d4ac806&language=zh-Hans",
        "#concept=county-town&path=talent",
        "#view=lanes&no-classes=SettlementTier",
    ],
)
def test_nor_does_what_a_view_opens(
    open_page: Open, built: Built, address: str, theme: str
) -> None:
    html = (built.filled.project.output / "graph.html").read_text("utf-8")
    page = open_page(html, address, color_scheme=theme)
    assert faults(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nor_does_the_page_of_the_questions(open_page: Open, built: Built, theme: str) -> None:
    html = (built.filled.project.output / "sparql.html").read_text("utf-8")
    page = open_page(html, "#question=measures-mobilising&with-factor=land", color_scheme=theme)
    page.wait_for_selector("#rows tbody tr")
    assert faults(page) == []
    page.fill("#given-factor", "l")
    assert faults(page) == [], "a menu is open"
    page.goto(page.url.split("#")[0] + "#query=SELECT%20*%20{{&language=zh-Hans")
    page.wait_for_selector("#fault:not([hidden])")
    assert faults(page) == [], "a query of one's own, with a slip"
    page.set_viewport_size(PHONE)
    page.click("#questions-button")
    assert faults(page) == [], "on a phone"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nor_does_anything_that_opens(open_page: Open, garden: str, theme: str) -> None:
    page = open_page(garden, "#concept=rose&path=pest&no-coders=bob", color_scheme=theme)
    assert faults(page) == []
    page.locator("#save summary").click()
    assert faults(page) == []
    page.fill("#search", "a")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("#map").focus()
    page.keyboard.press("?")
    assert faults(page) == []


def test_nor_the_phone(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose", viewport=PHONE, has_touch=True)
    assert faults(page) == []
    page.tap("#panel-close")
    page.tap("#filters")
    assert faults(page) == []
