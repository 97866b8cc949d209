"""A page within another page, as a notebook shows it."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import FrameLocator, expect

import kg
from kg.anyrdf.drawing import draw
from kg.graph import Graph
from kg.notebook import frame
from kg.results import Rows
from tests.anyrdf.pages import SAMPLES
from tests.render.conftest import Open
from tests.render.garden import DOCUMENT, JULY, Garden

NOTEBOOK = "<!doctype html><html lang='en' data-ready><title>notebook</title>"


@pytest.fixture(scope="module")
def garden() -> str:
    return frame(Garden(documents=(DOCUMENT, JULY)).page(), "Kitchen garden")


def ready(notebook: FrameLocator) -> FrameLocator:
    notebook.locator("html[data-ready]").wait_for(state="attached")
    return notebook


@pytest.mark.browser
def test_everything_can_be_clicked_in_a_frame(open_page: Open, garden: str) -> None:
    page = open_page(NOTEBOOK + garden, permissions=["clipboard-read", "clipboard-write"])
    inside = ready(page.frame_locator("iframe"))
    for view in inside.locator("[data-view]:visible").all():
        view.click()
        expect(view).to_have_attribute("aria-pressed", "true")
    inside.locator("[data-view=map]").click()
    inside.locator("[data-language=zh-Hans]").click()
    inside.locator("[data-language=en]").click()
    inside.locator("#theme").click()
    inside.locator("#search").fill("rose")
    inside.locator("#search").press("Enter")
    expect(inside.locator("#panel h2")).to_have_text("rose")
    inside.locator("[data-tool=depth-2]").click()
    inside.locator("[data-tool=only]").click()
    inside.locator("#legend input").first.uncheck()
    inside.locator("#show-all").click()
    inside.get_by_role("button", name="Copy citation").first.click()
    expect(inside.get_by_role("button", name="Copied")).to_be_visible()
    inside.locator("#panel-close").click()
    inside.locator("#keys-button").click()
    inside.locator("#keys-close").click()
    assert page.evaluate("document.title") == "notebook"


@pytest.mark.browser
def test_what_is_shown_can_be_saved_from_a_frame(open_page: Open, garden: str) -> None:
    page = open_page(NOTEBOOK + garden)
    inside = ready(page.frame_locator("iframe"))
    inside.locator("#save summary").click()
    items = inside.locator("#save-items button").all_inner_texts()
    assert "Copy link to this view" not in items
    for words, ending in (("Picture (PNG)", ".png"), ("Table (CSV)", ".csv")):
        if inside.locator("#save").get_attribute("open") is None:
            inside.locator("#save summary").click()
        with page.expect_download() as waiting:
            inside.get_by_role("button", name=words).click()
        assert waiting.value.suggested_filename.endswith(ending)


@pytest.mark.browser
def test_several_frames_do_not_disturb_each_other(open_page: Open, garden: str) -> None:
    other = frame(draw(SAMPLES / "thesaurus.ttl", 99).html, "Thesaurus")
    page = open_page(NOTEBOOK + garden + garden + other, viewport={"width": 1300, "height": 2200})
    first, second, third = (ready(page.frame_locator("iframe").nth(n)) for n in range(3))
    first.locator("#search").fill("rose")
    first.locator("#search").press("Enter")
    third.locator("#search").fill("moor")
    third.locator("#search").press("Enter")
    expect(first.locator("#panel h2")).to_have_text("rose")
    expect(third.locator("#panel h2")).to_have_text("Moor")
    expect(second.locator("#panel")).to_be_hidden()
    first.locator("#theme").click()
    themes = [f.locator("html").get_attribute("data-theme") for f in (first, second, third)]
    assert themes == ["dark", "light", "light"]


@pytest.mark.browser
def test_the_frame_of_a_built_project_has_no_way_to_files_beside_it(
    open_page: Open, graph: Graph
) -> None:
    page = open_page(NOTEBOOK + str(graph._repr_html_()))
    inside = ready(page.frame_locator("iframe"))
    expect(inside.locator("#to-sparql")).to_be_hidden()
    inside.locator("#search").fill("land")
    inside.locator("#search").press("Enter")
    expect(inside.locator(".quote").first).to_be_visible()
    expect(inside.locator("[data-tool=ask]")).to_have_count(0)


def test_a_notebook_shows_the_frame_and_a_terminal_opens_the_browser(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    display = SimpleNamespace(display=shown.append)
    for shell in (SimpleNamespace(), SimpleNamespace(kernel=None)):
        ipython = SimpleNamespace(get_ipython=lambda shell=shell: shell, display=display)
        monkeypatch.setitem(sys.modules, "IPython", ipython)
        monkeypatch.setitem(sys.modules, "IPython.display", display)
        graph.show()
    assert opened == [graph.page().resolve().as_uri()]
    assert shown == [graph]
    monkeypatch.delitem(sys.modules, "IPython")
    graph.show()
    assert len(opened) == 2


def test_without_a_page_a_notebook_shows_words(starter: Path) -> None:
    graph = kg.build(starter)
    graph.page().unlink()
    assert graph._repr_html_() is None
    assert "School meals" in repr(graph)
    with pytest.raises(kg.KgError, match="kg render"):
        graph.show()


def test_an_answer_is_a_table_with_links_and_no_markup_of_its_own(graph: Graph) -> None:
    rows = graph.query(
        "SELECT ?concept ?label ?odd { VALUES ?concept { c:land } ?concept skos:prefLabel ?label "
        'BIND ("<script>&\'\\"" AS ?odd) FILTER (LANG(?label) = "en") }'
    )
    assert isinstance(rows, Rows)
    assert rows._repr_html_() == (
        "<table><thead><tr><th>concept</th><th>label</th><th>odd</th></tr></thead><tbody><tr>"
        '<td><a href="https://w3id.org/policy-kg/concept/land" target="_blank" '
        'rel="noopener noreferrer"><bdi>land</bdi></a></td><td><bdi>land</bdi></td>'
        "<td><bdi>&lt;script&gt;&amp;&#x27;&quot;</bdi></td></tr></tbody></table>"
    )


def test_a_long_answer_says_what_it_leaves_out(graph: Graph) -> None:
    rows = graph.query("SELECT ?s { ?s ?p ?o } LIMIT 1234")
    assert isinstance(rows, Rows)
    assert rows._repr_html_().endswith("<p>… and 734 more rows</p>")
    assert rows._repr_html_().count("<tr>") == 501
