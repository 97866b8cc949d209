"""The repository's own project: what its page promises at first sight, and how large it is."""

from __future__ import annotations

import pytest

from kg.network import concept_network
from kg.pipeline import Filled
from kg.render import render
from kg.render.layout import place, read_layout
from tests.render.conftest import PHONE, Open

BYTES, BYTES_EACH = 550_000, 250
"""For the page itself, and for each concept and relation; texts come on top."""


@pytest.fixture(scope="module")
def page(filled: Filled) -> str:
    project = filled.project
    network = concept_network(filled.store, base=project.base, languages=project.languages)
    return render(
        filled.store,
        filled.documents,
        network=network,
        title=project.title,
        base=project.base,
        languages=project.languages,
        positions=place(network, read_layout(project.layout)[0]),
        build_id=filled.build,
    )


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("screen", [(1440, 900), (1600, 950)])
def test_nine_labels_in_ten_are_seen_at_once(
    open_page: Open, page: str, language: str, screen: tuple[int, int]
) -> None:
    viewport = dict(zip(("width", "height"), screen, strict=True))
    opened = open_page(page, f"#language={language}", viewport=viewport)
    drawn = opened.evaluate("window.page.labels.boxes.filter(({ index }) => index !== undefined)")
    assert len(drawn) >= 0.9 * opened.evaluate("window.page.concepts.length")
    assert min(box["size"] for box in drawn) >= 11
    for number, box in enumerate(drawn):
        for other in drawn[:number]:
            apart = box["right"] <= other["left"] or other["right"] <= box["left"]
            assert apart or box["bottom"] <= other["top"] or other["bottom"] <= box["top"]


@pytest.mark.browser
def test_every_relation_shows_its_quotes_or_says_where_it_comes_from(
    open_page: Open, page: str
) -> None:
    opened = open_page(page)
    bare = opened.evaluate(
        """async () => {
          const bare = [];
          for (const [index, { id, kind }] of window.page.edges.entries()) {
            window.page.selectEdge(index);
            const quotes = document.querySelectorAll("#panel .quote mark").length;
            const said = kind === "inferred" ? document.querySelector("#panel .step") : quotes > 0;
            if (Boolean(said) === (kind === "background")) bare.push([id, kind]);
          }
          return bare;
        }"""
    )
    assert bare == []


@pytest.mark.browser
def test_an_upright_screen_is_filled(open_page: Open, page: str) -> None:
    opened = open_page(page, viewport=PHONE)
    spread = opened.evaluate(
        """(() => {
          const { map, concepts } = window.page;
          const { clientWidth, clientHeight } = document.getElementById("map");
          const places = concepts.map((concept) => map.network.canvasToDOM(concept));
          const share = (name, side) => {
            const all = places.map((place) => place[name]);
            return (Math.max(...all) - Math.min(...all)) / side;
          };
          return [share("x", clientWidth), share("y", clientHeight)];
        })()"""
    )
    assert min(spread) > 0.8


@pytest.mark.browser
def test_the_name_of_a_chosen_line_covers_no_mark(open_page: Open, page: str) -> None:
    opened = open_page(page, viewport={"width": 1100, "height": 900})
    covered = opened.evaluate(
        """async () => {
          const { edges, concepts, map, labels, selectEdge } = window.page;
          const frame = () => new Promise((done) =>
            setTimeout(() => requestAnimationFrame(done), 320));
          const covered = [];
          for (const { id, at } of edges.filter((_, at) => at % 70 === 3)) {
            selectEdge(at);
            await frame();
            const { left, right, top, bottom } = labels.boxes.find(({ edge }) => edge === at);
            const hit = concepts.map((concept) => map.network.canvasToDOM(concept))
              .some(({ x, y }) => x > left && x < right && y > top && y < bottom);
            if (hit) covered.push(id);
          }
          return covered;
        }"""
    )
    assert covered == []


def test_the_page_keeps_within_its_size(page: str, filled: Filled) -> None:
    project = filled.project
    network = concept_network(filled.store, base=project.base, languages=project.languages)
    texts = sum(len(d.text[s:e].encode()) for d in filled.documents for s, e in d.body)
    items = network.number_of_nodes() + network.number_of_edges()
    assert len(page.encode()) <= BYTES + BYTES_EACH * items + texts
