"""Projects that mean harm, or have next to nothing: the page stays a page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.render.conftest import Open
from tests.render.garden import BASE, DOCUMENT, EATING, PROTECTING, TEXT, Garden

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
