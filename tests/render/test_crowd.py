"""Very many concepts: on a plain canvas, gathered in groups at first, whole if one asks for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.bench.crowd import CIRCLE, SAID, Crowd
from tests.render.conftest import PHONE, Open, edge_spot, spot

pytestmark = pytest.mark.browser

PLENTY = 3_000
CROWD = Crowd(3_400)
SOME, ITS_GROUP = "c-00100", "c-00000"
"""A concept, and the best known one of its group."""


@pytest.fixture(scope="module")
def crowd() -> str:
    return CROWD.page()


def shown(page: Page) -> str:
    return page.locator("#shown").inner_text()


def group_spot(page: Page, hub: str) -> tuple[float, float]:
    """Where the group stands that is named by a concept."""
    script = """key => {
      const { map, folds, hubs, concepts } = window.page;
      const mark = folds.marks.find(({ group }) => concepts[hubs[group]].key === key);
      const { x, y } = map.network.canvasToDOM(mark);
      const frame = document.getElementById("map").getBoundingClientRect();
      return [x + frame.left, y + frame.top];
    }"""
    x, y = page.evaluate(script, hub)
    return x, y


def wait(page: Page, for_what: str) -> None:
    """Until an expression is true. (What playwright has for this, the page's policy forbids.)"""
    page.evaluate(
        "() => new Promise((done) => {"
        f"const look = () => (({for_what}) ? done() : requestAnimationFrame(look));"
        "look(); })"
    )


def largest_hub(page: Page) -> str:
    hub: str = page.evaluate(
        "window.page.concepts[window.page.hubs[window.page.folds.marks[0].group]].key"
    )
    return hub


def beside(a: int, b: int) -> bool:
    """Of one circle, and no mark between them."""
    return a // CIRCLE == b // CIRCLE and (a % CIRCLE % 7 - b % CIRCLE % 7) in (-1, 1)


def test_at_first_concepts_are_gathered_and_the_page_says_so(open_page: Open, crowd: str) -> None:
    page = open_page(crowd)
    expect(page.locator("#shown")).to_have_text(
        re.compile(
            r"0 of 3,400 concepts and 0 of 7,650 relations shown, "
            r"because the rest is gathered in \d+ groups: select one to open it\."
        )
    )
    counts = page.evaluate("window.page.folds.marks.map(({ count }) => count)")
    assert sum(counts) == 3_400


def test_labels_of_groups_are_clear_of_each_other(open_page: Open, crowd: str) -> None:
    page = open_page(crowd)
    boxes = page.evaluate("window.page.labels.boxes")
    assert len(boxes) >= 0.9 * page.evaluate("window.page.folds.marks.length")
    for number, box in enumerate(boxes):
        for other in boxes[:number]:
            apart = box["right"] <= other["left"] or other["right"] <= box["left"]
            assert apart or box["bottom"] <= other["top"] or other["bottom"] <= box["top"]


def test_a_click_opens_a_group_and_back_gathers_it_again(open_page: Open, crowd: str) -> None:
    page = open_page(crowd)
    gathered = shown(page)
    hub = largest_hub(page)
    count = page.evaluate("window.page.folds.marks[0].count")
    page.mouse.click(*group_spot(page, hub))
    expect(page.locator("#shown")).to_have_text(re.compile(rf"^{count} of 3,400 concepts"))
    assert page.evaluate("location.hash") == f"#open={hub}"
    page.go_back()
    expect(page.locator("#shown")).to_have_text(gathered)


def test_the_address_restores_what_is_open_and_chosen(open_page: Open, crowd: str) -> None:
    hub = largest_hub(open_page(crowd))
    page = open_page(crowd, f"#concept={SOME}&open={hub}")
    expect(page.locator("#panel h2")).to_have_text(CROWD.labels[100][0])
    assert not shown(page).startswith("0 of")
    expect(page.locator("#gather")).to_be_visible()


def test_everything_can_be_shown_and_gathered_again(open_page: Open, crowd: str) -> None:
    page = open_page(crowd)
    page.click("#everything")
    expect(page.locator("#shown")).to_have_text("All shown: 3,400 concepts, 7,650 relations.")
    expect(page.locator("#everything")).to_be_hidden()
    assert page.evaluate("location.hash") == "#open=all"
    page.click("#gather")
    expect(page.locator("#shown")).to_have_text(re.compile("gathered"))
    assert page.evaluate("location.hash") == ""


def test_search_finds_who_is_in_a_closed_group(open_page: Open, crowd: str) -> None:
    page = open_page(crowd)
    page.keyboard.press("/")
    page.keyboard.type(CROWD.labels[100][1])
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(CROWD.labels[100][0])
    assert page.locator("#panel .quote mark").count() > 0
    on_map = page.evaluate("window.page.labels.boxes.map(({ lines }) => lines.join(' '))")
    assert CROWD.labels[100][0] in on_map


def test_clicks_on_the_canvas_choose_concepts_and_lines(open_page: Open, crowd: str) -> None:
    page = open_page(crowd, f"#open=all&concept={SOME}")
    neighbour = page.locator("#panel .chip").first
    name = neighbour.inner_text().split("\n")[0]
    index = next(number for number, (english, _) in enumerate(CROWD.labels) if english == name)
    page.mouse.click(*spot(page, f"c-{index:05}"))
    expect(page.locator("#panel h2")).to_have_text(name)
    a, relation, b = next(line for line in CROWD.lines[::SAID] if beside(line[0], line[2]))
    page.evaluate(
        "a => window.page.map.network.moveTo({ position: window.page.concepts[a], scale: 1 })", a
    )
    page.mouse.click(*edge_spot(page, f"c-{a:05} c-{b:05}"))
    expect(page.locator("#panel h2.claim .relation")).to_have_text(relation)
    assert page.locator("#panel .quote mark").count() >= 2


def test_who_is_switched_off_is_neither_drawn_nor_hit(open_page: Open, crowd: str) -> None:
    page = open_page(crowd, "#open=all")
    place = spot(page, SOME)
    kind = page.evaluate(f"window.page.concepts.find(({{ key }}) => key === '{SOME}').group")
    page.locator("#legend-rows details").first.locator("input").nth(kind).uncheck()
    assert page.evaluate("window.page.folds.standing[100]") == 0
    page.mouse.click(*place)
    assert page.locator("#panel h2").all_inner_texts() != [CROWD.labels[100][0]]
    expect(page.locator("#shown")).to_have_text(re.compile("is switched off"))


def test_few_that_the_filter_leaves_are_not_gathered(open_page: Open, crowd: str) -> None:
    page = open_page(crowd)
    for box in page.locator("#legend-rows details").first.locator("input").all()[:4]:
        box.uncheck()
    text = shown(page)
    assert "gathered" not in text
    assert not text.startswith("0 of")


def test_keys_move_and_zoom_the_canvas(open_page: Open, crowd: str) -> None:
    page = open_page(crowd, "#open=all")
    whole = page.evaluate("window.page.map.network.getScale()")
    page.locator("#map").focus()
    page.keyboard.press("+")
    assert page.evaluate("window.page.map.network.getScale()") == pytest.approx(1.25 * whole)
    before = page.evaluate("window.page.map.network.getViewPosition().x")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.page.map.network.getViewPosition().x") > before
    page.keyboard.press("0")
    assert page.evaluate("window.page.map.network.getScale()") == pytest.approx(whole)


def test_the_hand_drags_and_the_wheel_zooms(open_page: Open, crowd: str) -> None:
    page = open_page(crowd, "#open=all")
    x, y = spot(page, SOME)
    page.mouse.move(800, 400)
    page.mouse.down()
    page.mouse.move(900, 430, steps=4)
    page.mouse.up()
    assert spot(page, SOME) == pytest.approx((x + 100, y + 30))
    expect(page.locator("#panel")).to_be_hidden()
    scale = page.evaluate("window.page.map.network.getScale()")
    page.mouse.wheel(0, -200)
    wait(page, f"window.page.map.network.getScale() > {scale}")
    wait(page, "document.querySelector('#plain').style.transform === ''")


def test_a_finger_chooses_and_two_zoom(open_page: Open, crowd: str) -> None:
    page = open_page(crowd, viewport=PHONE, has_touch=True)
    hub = largest_hub(page)
    page.touchscreen.tap(*group_spot(page, hub))
    expect(page.locator("#shown")).not_to_have_text(re.compile("^0 of"))
    scale = page.evaluate("window.page.map.network.getScale()")
    session = page.context.new_cdp_session(page)
    for kind, apart in (("Start", 30), ("Move", 60), ("Move", 90)):
        fingers = [{"x": 200 + side * apart, "y": 400, "id": side + 1} for side in (-1, 1)]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": fingers})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait(page, f"window.page.map.network.getScale() > 2 * {scale}")


def test_theme_and_language_reach_the_canvas(open_page: Open, crowd: str) -> None:
    page = open_page(crowd)
    page.click("#theme")
    page.click("[data-language=zh-Hans]")
    expect(page.locator("#shown")).to_have_text(re.compile("归入"))
    hub = int(largest_hub(page)[2:])
    written = [line for box in page.evaluate("window.page.labels.boxes") for line in box["lines"]]
    assert CROWD.labels[hub][1] in written


@pytest.mark.parametrize(("size", "drawn_by"), [(PLENTY, "vis-network"), (PLENTY + 1, "canvas")])
def test_the_plain_canvas_begins_where_there_are_very_many(
    open_page: Open, size: int, drawn_by: str
) -> None:
    page = open_page(Crowd(size).page())
    found = "vis-network" if page.locator("#map .vis-network").count() else "canvas"
    assert found == drawn_by
    page.evaluate("window.page.select(7)")
    expect(page.locator("#panel h2")).to_have_text(Crowd(size).labels[7][0])
    page.keyboard.press("Escape")
    page.get_by_label(re.compile("^aim")).uncheck()
    expect(page.locator("#shown")).to_have_text(re.compile("is switched off"))
