"""How far a concept reaches, how two hang together, and from what an inferred line follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.render.conftest import Open
from tests.render.garden import Garden

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def garden() -> str:
    return Garden().page()


def shown(page: Page) -> str:
    return page.locator("#shown").inner_text()


def in_focus(page: Page) -> set[str]:
    """The concepts that do not step back."""
    keys = page.evaluate(
        """{ const { concepts, focus } = window.page;
             const near = focus();
             concepts.filter((_, at) => !near || near.concepts.has(at)).map(({ key }) => key) }"""
    )
    return set(keys)


def test_the_neighbourhood_reaches_as_far_as_asked(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    assert in_focus(page) == {"rose", "ladybird"}
    page.get_by_role("button", name="2 steps").click()
    assert in_focus(page) == {"rose", "ladybird", "aphid"}
    page.get_by_role("button", name="3 steps").press("Enter")
    assert in_focus(page) == {"rose", "ladybird", "aphid", "pest"}
    assert page.evaluate("document.activeElement.textContent") == "3"
    assert page.evaluate("location.hash") == "#concept=rose&depth=3"
    page.go_back()
    assert in_focus(page) == {"rose", "ladybird", "aphid"}


def test_only_the_neighbourhood_and_back_to_everything(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    only = page.get_by_role("button", name="Only this")
    only.click()
    assert shown(page) == (
        "2 of 11 concepts and 1 of 5 relations shown, "
        "because only “rose” and what lies one step from it was asked for."
    )
    page.get_by_role("button", name="2 steps").click()
    assert "what lies within 2 steps of it was asked for" in shown(page)
    page.go_back()
    assert "what lies one step from it" in shown(page)
    expect(only).to_have_attribute("aria-pressed", "true")
    only.click()
    assert shown(page).startswith("All shown")


def test_a_path_is_shown_alone_with_its_evidence_edge_by_edge(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    page.get_by_role("button", name="Path to …").click()
    expect(page.locator("#search")).to_have_attribute("placeholder", "Path from “rose” to …")
    page.keyboard.type("pest")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2 .chip").all_inner_texts() == ["rose", "pest"]
    expect(page.locator("#panel .kind").first).to_have_text("3 steps")
    assert page.locator("#panel .step h3.claim").all_inner_texts() == [
        "1. ladybird protects rose",
        "2. ladybird eats aphid",
        "3. aphid has rank pest",
    ]
    assert page.locator("#panel .step .passage").all_inner_texts() == [
        "Thus the ladybird protects the rose.",
        "In summer the ladybird eats the aphid, says the Garden Society.",
        "In summer the ladybird eats the aphid, says the Garden Society.",
    ]
    assert in_focus(page) == {"rose", "ladybird", "aphid", "pest"}
    assert page.evaluate("location.hash") == "#concept=rose&path=pest"
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("rose")


def test_the_map_comes_close_to_a_path_and_goes_back(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose", reduced_motion="reduce")
    scale = "window.page.map.network.getScale()"
    page.evaluate("window.page.map.network.moveTo({ scale: 0.8 })")
    to = page.evaluate("window.page.concepts.findIndex(({ key }) => key === 'aphid')")
    page.evaluate(f"window.page.selectPath(window.page.state.concept, {to})")
    assert page.evaluate(scale) > 1.2
    page.get_by_role("button", name="Close").click()
    assert page.evaluate(scale) == pytest.approx(0.8)


def test_where_there_is_no_path_the_page_says_why(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose&path=bed")
    panel = page.locator("#panel-content")
    expect(panel).to_contain_text("No chain of lines leads from the one to the other.")
    page = open_page(garden, "#concept=rose&path=pest&no-classes=Animal")
    panel = page.locator("#panel-content")
    expect(panel).to_contain_text(
        "No path is left, because “animal” is switched off. "
        "Without the filter there is one of 3 steps."
    )
    panel.get_by_role("button", name="Show all").click()
    expect(page.locator("#panel .step")).to_have_count(3)


def test_who_looks_for_a_path_may_give_up(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose&view=table")
    page.get_by_role("button", name="Path to …").click()
    page.keyboard.type("pest")
    expect(page.locator("#sheet tbody tr")).to_have_count(11)
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("rose")
    expect(page.locator("#search")).to_have_attribute("placeholder", "Search concepts")
    page.fill("#search", "pest")
    expect(page.locator("#sheet tbody tr")).to_have_count(1)


AXIOMS = """
  o:partOf a owl:TransitiveProperty .
  o:in a owl:ObjectProperty ; rdfs:label "lies in"@en .
  o:partOf rdfs:subPropertyOf o:in .
  o:protects a owl:SymmetricProperty .
  c:estate a o:Place ; skos:prefLabel "estate"@en . c:garden o:partOf c:estate .
"""


def with_axioms() -> Garden:
    fact = "  c:bed o:partOf c:garden ."
    return Garden(ontology=Garden().ontology.replace(fact, AXIOMS + fact))


@pytest.fixture(scope="module")
def inferring() -> str:
    return with_axioms().page()


def edge(page: Page, relation: str, subject: str, object_: str) -> None:
    """Choose a line by its names."""
    page.evaluate(
        """([relation, from, to]) => {
          const { edges, concepts, selectEdge, nameOfRelation } = window.page;
          selectEdge(edges.findIndex((edge) =>
            concepts[edge.from].key === from && concepts[edge.to].key === to &&
            nameOfRelation(edge) === relation));
        }""",
        [relation, subject, object_],
    )


def test_what_follows_is_there_for_the_asking(open_page: Open, inferring: str) -> None:
    page = open_page(inferring)
    assert shown(page) == (
        "All shown: 12 concepts, 6 relations. 5 more follow from these and are switched off."
    )
    page.get_by_label("inferred").check()
    assert shown(page) == "All shown: 12 concepts, 11 relations."
    assert page.evaluate("location.hash") == "#no-kinds="
    page.get_by_label("inferred").uncheck()
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize(
    ("line", "why", "steps"),
    [
        (
            ("is part of", "bed", "estate"),
            "because “is part of” holds over several steps",
            ["1. flower bed is part of garden", "2. garden is part of estate"],
        ),
        (
            ("lies in", "bed", "garden"),
            "because whatever “is part of” says, “lies in” says too",
            ["1. flower bed is part of garden"],
        ),
        (
            ("lies in", "bed", "estate"),
            "because “is part of” holds over several steps",
            ["1. flower bed is part of garden", "2. garden is part of estate"],
        ),
        (
            ("protects", "rose", "ladybird"),
            "because “protects” holds both ways",
            ["1. ladybird protects rose"],
        ),
    ],
)
def test_an_inferred_line_says_from_what_it_follows(
    open_page: Open, inferring: str, line: tuple[str, str, str], why: str, steps: list[str]
) -> None:
    page = open_page(inferring, "#no-kinds=")
    edge(page, *line)
    expect(page.locator("#panel-content")).to_contain_text(why)
    assert page.locator("#panel .step h3.claim").all_inner_texts() == steps


def test_an_inferred_line_leads_down_to_the_quotes(open_page: Open, inferring: str) -> None:
    page = open_page(inferring, "#no-kinds=")
    edge(page, "protects", "rose", "ladybird")
    expect(page.locator(".quote .passage")).to_have_text("Thus the ladybird protects the rose.")
    edge(page, "lies in", "bed", "garden")
    assert "From the ontology, not from a text." in page.inner_text("#panel")


def test_more_than_can_be_drawn_is_counted(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.render.inferred.MOST", 2)
    page = open_page(with_axioms().page())
    assert shown(page) == (
        "All shown: 12 concepts, 6 relations. 5 more follow from these: too many to draw."
    )
    expect(page.get_by_label("inferred")).to_have_count(0)


def test_the_panel_of_a_concept_leaves_out_what_is_not_asked_for(
    open_page: Open, inferring: str
) -> None:
    page = open_page(inferring, "#concept=bed")
    expect(page.locator("#panel-content")).to_contain_text("1 passage · 2 relations")
    assert "The filter" not in page.inner_text("#panel")
    page.get_by_label("inferred").check()
    expect(page.locator("#panel-content")).to_contain_text("1 passage · 5 relations")
