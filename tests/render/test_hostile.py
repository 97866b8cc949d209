"""Projects that mean harm, or have next to nothing: the page stays a page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.render.conftest import PHONE, Open
from tests.render.garden import (
    BASE,
    DOCUMENT,
    EATING,
    PROTECTING,
    TEXT,
    Garden,
    statement,
)
from tests.render.plots import plots

pytestmark = pytest.mark.browser

ATTACK = "</script><img src=x onerror=document.title='hacked'>"
"""Where it is taken for markup, the title changes, a request is made, and the policy complains."""


def attacked(garden: Garden) -> Garden:
    """The garden with an attack wherever somebody may write."""
    ontology = garden.ontology.replace('"ladybird"@en', f'"ladybird {ATTACK}"@en')
    ontology = ontology.replace('"animal"@en', f'"animal {ATTACK}"@en')
    ontology = ontology.replace('"eats"@en', f'"eats {ATTACK}"@en')
    ontology = ontology.replace('"greenfly"@en', f'"greenfly {ATTACK}"@en')
    ontology = ontology.replace('"A spotted beetle."@en', f'"{ATTACK}"@en')
    document = replace(
        DOCUMENT,
        text=TEXT.replace("Nobody has seen", ATTACK),
        title=f"June {ATTACK}",
        source="javascript:document.title='hacked'",
        passages=(
            replace(EATING, note=ATTACK),
            replace(PROTECTING, statements=(replace(PROTECTING.statements[0], note=ATTACK),)),
        ),
    )
    return replace(
        garden,
        ontology=ontology,
        documents=(document,),
        title=f"Garden {ATTACK}",
        coders=(("ann", f"Ann {ATTACK}"),),
    )


def test_markup_in_any_text_is_text(open_page: Open) -> None:
    page = open_page(attacked(Garden()).page(), "#concept=ladybird")
    panel = page.locator("#panel-content")
    for words in (f"ladybird {ATTACK}", f"animal {ATTACK}", f"June {ATTACK}", f"Ann {ATTACK}"):
        expect(panel).to_contain_text(words)
    page.fill("#search", "green")
    page.click("[data-view=table]")
    page.click("[data-sheet=relations]")
    assert page.title() == f"Garden {ATTACK}"
    expect(page.locator("h1")).to_have_text(f"Garden {ATTACK}")
    assert page.locator("img").count() == 0


def test_only_web_addresses_are_links(open_page: Open) -> None:
    page = open_page(attacked(Garden()).page(), "#concept=rose")
    links = page.locator("#panel a").evaluate_all("all => all.map((a) => a.href)")
    assert links == [f"{BASE}concept/rose"]


def test_a_concept_with_an_address_that_runs_is_no_link(open_page: Open) -> None:
    odd = "<javascript:document.title='hacked'>"
    ontology = Garden().ontology.replace("  c:rose a", f"  {odd} a o:Plant . c:rose a")
    page = open_page(replace(Garden(), ontology=ontology).page(), "#view=table")
    page.locator("#sheet tbody button").get_by_text("hacked").click()
    expect(page.locator("#panel .iri")).to_contain_text("javascript:")
    assert page.locator("#panel a").count() == 0


def test_line_separators_and_bidi_controls_stay_in_their_place(open_page: Open) -> None:
    label = "rose\u2028\u2029\u202ereversed\u2066"
    ontology = Garden().ontology.replace('"rose"@en', f'"{label}"@en')
    page = open_page(replace(Garden(), ontology=ontology).page(), "#view=table&concept=rose")
    assert page.locator("#panel h2").text_content() == label
    isolated = page.locator("#panel h2 bdi").evaluate("node => getComputedStyle(node).unicodeBidi")
    assert isolated == "isolate"


def test_what_turns_letters_round_in_a_title_or_a_name_ends_there(open_page: Open) -> None:
    turned = "\u202eturned\u2028round"
    document = replace(DOCUMENT, title=turned, passages=(replace(EATING, note=turned),))
    garden = replace(Garden(), documents=(document,), coders=(("ann", turned),), title=turned)
    page = open_page(garden.page(), "#concept=aphid")
    holders = page.locator("#panel-content :text('turned')").evaluate_all(
        "all => all.map((node) => [node.textContent, getComputedStyle(node).unicodeBidi])"
    )
    assert {text for text, _ in holders} == {turned}
    assert {how for _, how in holders} == {"isolate"}
    assert len(holders) == 3, "the title, the note and the coder"
    page.click("[data-view=reader]")
    assert page.locator("#page-text h2").text_content() == turned


def test_ten_thousand_characters_are_a_label_too(open_page: Open) -> None:
    endless = "rose " * 2000
    ontology = Garden().ontology.replace('"rose"@en', f'"{endless}"@en')
    page = open_page(replace(Garden(), ontology=ontology).page(), "#concept=rose")
    page.click("[data-view=table]")
    expect(page.locator("#panel h2")).to_have_text(endless.strip())
    for view in ("lanes", "table", "map", "reader"):
        if page.locator(f"[data-view={view}]").is_visible():
            page.click(f"[data-view={view}]")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.evaluate("innerWidth")
    boxes = page.evaluate("window.page.labels.boxes")
    assert max(box["right"] - box["left"] for box in boxes) < 400
    assert page.locator("#panel-content").evaluate("node => node.scrollWidth <= node.clientWidth")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("view", ["map", "lanes", "matrix", "table", "reader"])
def test_words_without_an_end_push_nothing_aside(open_page: Open, view: str) -> None:
    endless = "endless" * 1400
    garden = plots()
    garden = replace(
        garden,
        ontology=re.sub(r'(abel ")[^"]*("@en)', rf"\1{endless}\2", garden.ontology),
        documents=tuple(replace(document, title=endless) for document in garden.documents),
        coders=tuple((key, endless) for key, _ in garden.coders),
        title=endless,
    )
    page = open_page(garden.page(), f"#concept=ladybird&view={view}", viewport=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((node) => (node.open = true))")
    pushed = page.evaluate(
        """["html", "#legend", "#panel-content", "#status", "#bar"].filter((name) => {
             const { scrollWidth, clientWidth } = document.querySelector(name);
             return scrollWidth > clientWidth;
           })"""
    )
    assert pushed == []


def test_two_hundred_lines_between_two_concepts_are_apart_and_near(open_page: Open) -> None:
    relations = "".join(
        f'o:r{n} a owl:ObjectProperty ; rdfs:label "relation {n}"@en .' for n in range(200)
    )
    ontology = Garden().ontology.replace("  c:rose a", f"  {relations} c:rose a")
    said = tuple(statement(f"s-r{n}", "ladybird", f"r{n}", "rose") for n in range(200))
    passage = replace(PROTECTING, statements=said)
    document = replace(DOCUMENT, passages=(passage,))
    page = open_page(replace(Garden(), ontology=ontology, documents=(document,)).page())
    expect(page.locator("#shown")).to_contain_text("relations")
    middles = page.evaluate(
        """{ const { edges, concepts, pointOn } = window.page;
             const named = (end, name) => concepts[end].key === name;
             edges.filter(({ from, to }) => named(from, "ladybird") && named(to, "rose"))
               .map(({ at, from, to }) => {
                 const [a, b, { x, y }] = [concepts[from], concepts[to], pointOn(at, 0.5)];
                 const aside = Math.hypot(x - (a.x + b.x) / 2, y - (a.y + b.y) / 2);
                 return aside / Math.hypot(a.x - b.x, a.y - b.y);
               }) }"""
    )
    assert len({round(aside, 4) for aside in middles}) == 200
    assert max(middles) < 1, "no line goes farther aside than its ends are apart"


def test_a_line_to_itself_can_be_chosen_and_saved(open_page: Open) -> None:
    loop = "c:rose o:helps c:rose . o:helps a owl:ObjectProperty . c:rose a"
    ontology = Garden().ontology.replace("  c:rose a", f"  {loop}")
    page = open_page(replace(Garden(), ontology=ontology).page())
    index = page.evaluate("window.page.edges.findIndex(({ from, to }) => from === to)")
    page.evaluate(f"window.page.selectEdge({index})")
    expect(page.locator("#panel h2 .chip")).to_have_text(["rose", "rose"])
    drawn = page.evaluate("window.page.views.map.image().outerHTML")
    assert "NaN" not in drawn
    assert drawn.count("<circle") == 1


def test_without_script_the_tables_can_be_read(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(attacked(Garden()).page(), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.locator("noscript p").first).to_contain_text("script, which is switched off here")
    expect(page.locator("#bar")).to_be_hidden()
    concepts, relations = page.locator("noscript table").all()
    rows = [row.inner_text().split("\t") for row in concepts.locator("tbody tr").all()]
    assert [f"ladybird {ATTACK}", f"animal {ATTACK}", "2"] in rows
    claims = [row.inner_text().split("\t") for row in relations.locator("tbody tr").all()]
    assert [f"ladybird {ATTACK}", f"eats {ATTACK}", "aphid", "1"] in claims
    assert page.locator("img").count() == 0
    context.close()


def test_without_script_a_flow_says_what_moves() -> None:
    row = "<tr><td>compost heap<td>flow (compost)<td>flower bed<td>1\n"
    assert row in Garden().page()


def test_classes_without_colours_and_concepts_without_classes_are_drawn(open_page: Open) -> None:
    ontology = Garden().ontology.replace("pkg:colour", "o:c").replace("pkg:shape", "o:s")
    ontology = ontology.replace("c:rose a o:Plant", "c:rose a skos:Concept")
    page = open_page(replace(Garden(), ontology=ontology).page(), "#concept=rose")
    marks = page.locator("#legend .glyph path").evaluate_all(
        "all => all.map((path) => path.getAttribute('d') + path.getAttribute('fill'))"
    )
    assert len(set(marks)) == 5
    expect(page.locator("#panel .kind")).to_contain_text("–")


@pytest.mark.parametrize("colour", ["red; x", "#12", "url(x)", "#12345g"])
def test_a_colour_that_is_none_gives_way_to_the_palette(open_page: Open, colour: str) -> None:
    ontology = Garden().ontology.replace("#2e8b57", colour)
    page = open_page(replace(Garden(), ontology=ontology).page())
    fills = page.locator("#legend .glyph path").evaluate_all(
        "all => all.map((path) => path.getAttribute('fill'))"
    )
    assert all(len(fill) == 7 and fill.startswith("#") for fill in fills)


HEAD = Garden().ontology[: Garden().ontology.index("g:ontology")]


@pytest.mark.parametrize(
    ("concepts", "said"),
    [
        ("", "All shown: 0 concepts, 0 relations."),
        ("c:a a skos:Concept .", "All shown: 1 concept, 0 relations."),
        ("c:a a skos:Concept . c:b a skos:Concept .", "All shown: 2 concepts, 0 relations."),
        (
            "c:a a skos:Concept ; o:r c:a . o:r a owl:ObjectProperty .",
            "All shown: 1 concept, 1 relation.",
        ),
    ],
)
def test_next_to_nothing_is_shown_too(open_page: Open, concepts: str, said: str) -> None:
    garden = Garden(ontology=f"{HEAD}g:ontology {{ {concepts} }}", documents=())
    page = open_page(garden.page())
    expect(page.locator("#shown")).to_have_text(said)
    page.click("#whole")
    page.click("[data-view=table]")
    page.click("[data-sheet=relations]")
    page.click("[data-view=map]")


def test_a_language_without_an_interface_has_the_english_one(open_page: Open) -> None:
    ontology = Garden().ontology.replace('"瓢虫"@zh-Hans', '"joaninha"@pt')
    page = open_page(replace(Garden(), ontology=ontology, languages=("pt",)).page())
    expect(page.locator("[data-view=table]")).to_have_text("Table")
    expect(page.locator("#languages")).to_be_hidden()
    lines = [line for box in page.evaluate("window.page.labels.boxes") for line in box["lines"]]
    assert {"joaninha", "rose"} <= set(lines)


def test_the_policy_stops_script_that_is_not_ours(open_page: Open, faults: list[str]) -> None:
    foreign = (
        "<img src='data:,x' onerror='window.ran = 1'><script>window.ran = 1</script><noscript>"
    )
    page = open_page(Garden().page().replace("<noscript>", foreign))
    assert page.evaluate("window.ran") is None
    assert faults
    assert all("Content Security Policy" in fault for fault in faults)
    faults.clear()
