"""What is drawn on the map itself: lines in their colours, labels clear of each other."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.render.conftest import Open, edge_spot, spot
from tests.render.garden import Garden

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def garden() -> str:
    return Garden().page()


def test_labels_meet_neither_each_other_nor_the_edge(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    boxes = page.evaluate("window.page.labels.boxes")
    assert len(boxes) >= 11
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    for number, box in enumerate(boxes):
        assert box["left"] >= 0
        assert box["right"] <= frame["width"]
        for other in boxes[:number]:
            apart = box["right"] <= other["left"] or other["right"] <= box["left"]
            assert apart or box["bottom"] <= other["top"] or other["bottom"] <= box["top"]


def test_lines_are_drawn_in_their_colours(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    spots = [edge_spot(page, ends) for ends in ("ladybird aphid", "ladybird rose", "heap bed")]
    colours = page.evaluate(INK_AT, spots)
    assert len(set(colours)) == 3
    assert "none" not in colours


def test_where_vis_network_cannot_be_unpacked_the_plain_canvas_draws(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden.replace('id="vis-network">', 'id="vis-network">!'))
    assert page.locator("#plain").count() == 1
    page.mouse.click(*spot(page, "ladybird"))
    expect(page.locator("#panel h2")).to_have_text("ladybird")
    page.mouse.click(*edge_spot(page, "ladybird rose"))
    expect(page.locator("#panel h2.claim")).to_contain_text("protects")


def test_what_is_chosen_stands_out_and_the_rest_steps_back(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=ladybird")
    drawn = page.evaluate("window.page.labels.boxes.flatMap(({ index }) => index ?? [])")
    around = {"ladybird", "aphid", "rose"}
    assert {page.evaluate(f"window.page.concepts[{index}].key") for index in drawn} == around
    opacity = "canvas => getComputedStyle(canvas).opacity"
    assert float(page.locator("#map canvas").first.evaluate(opacity)) < 0.2
    page.keyboard.press("Escape")
    assert page.locator("#map canvas").first.evaluate(opacity) == "1"


def test_what_lies_under_the_hand_shows_its_lines(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    x, y = edge_spot(page, "ladybird rose")
    over = """([x, y]) => {
      const canvas = document.getElementById("over");
      const frame = canvas.getBoundingClientRect();
      const place = [x - frame.left - 3, y - frame.top - 3].map((at) => Math.round(at));
      const piece = new OffscreenCanvas(7, 7).getContext("2d");
      piece.drawImage(canvas, -place[0], -place[1]);
      const { data } = piece.getImageData(0, 0, 7, 7);
      return data.some((part, at) => at % 4 === 3 && part > 150);
    }"""
    assert not page.evaluate(over, [x, y])
    page.mouse.move(*spot(page, "ladybird"))
    expect(page.locator("#map.pointing")).to_have_count(1)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(over, [x, y])


def test_of_many_names_a_few_stand_out_and_most_step_back(open_page: Open) -> None:
    plants = " ".join(
        f'c:n{n} a o:{("Plant", "Stuff")[n % 2]} ; skos:prefLabel "plant {n}"@en .'
        for n in range(80)
    )
    ontology = Garden().ontology.replace("  c:bed o:partOf", f"  {plants}\n  c:bed o:partOf")
    page = open_page(Garden(ontology=ontology).page())
    looks = """() => {
      const { labels, concepts } = window.page;
      const looks = labels.boxes.filter(({ index }) => index !== undefined)
        .map(({ index, ink, size }) => [concepts[index].key, [ink, size]]);
      return Object.fromEntries(looks);
    }"""
    drawn = page.evaluate(looks)
    known, unknown = drawn["ladybird"], drawn["n2"]
    assert (known[0], unknown[0]) == ("ink", "soft")
    assert known[1] > unknown[1]
    page.evaluate("location.hash = '#no-classes=Stuff'")
    page.wait_for_selector("#show-all:visible")
    assert page.evaluate(looks)["n2"][0] == "ink", "of few, none steps back"


INK_AT = """spots => {
  const canvas = document.querySelector("#map canvas");
  const frame = canvas.getBoundingClientRect();
  const { width } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, canvas.height);
  return spots.map(([x, y]) => {
    let ink = { alpha: 0, colour: "none" };
    for (let across = -3; across <= 3; across++) {
      for (let down = -3; down <= 3; down++) {
        const row = Math.round(y - frame.top) + down;
        const at = 4 * (row * width + Math.round(x - frame.left) + across);
        const [r, g, b, alpha] = data.slice(at, at + 4);
        const colour = `${r} ${g} ${b}`;
        if (alpha > ink.alpha && colour !== "251 250 246") ink = { alpha, colour };
      }
    }
    return ink.colour;
  });
}"""
