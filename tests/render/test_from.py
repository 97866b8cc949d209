"""What a reader sees of a colleague's graph: nothing of passages, everything that the file says."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kg.anyrdf.drawing import draw
from tests.anyrdf.pages import SAMPLES, written
from tests.render.conftest import PHONE, Open, edge_spot, spot
from tests.render.test_hostile import ATTACK
from tests.render.test_saving import save

pytestmark = pytest.mark.browser

FILES = sorted(path.name for path in SAMPLES.iterdir())
OF_EVIDENCE = re.compile(
    r"passage|evidence|coder|coded|quote|document\b|text\b|段落|依据|编码|原文"
)


def html(name: str) -> str:
    return draw(SAMPLES / name, 2000).html


@pytest.fixture(scope="module")
def thesaurus() -> str:
    return html("thesaurus.ttl")


def texts(page: Page) -> str:
    """Every word of the interface that can be seen, names for screen readers too."""
    said = page.evaluate(
        "['aria-label', 'title', 'placeholder'].flatMap((name) =>"
        " [...document.querySelectorAll(`body [${name}]`)].filter((node) => node.checkVisibility())"
        ".map((node) => node.getAttribute(name)))"
    )
    return " ".join([page.locator("body").inner_text(), *said])


@pytest.mark.parametrize("name", FILES)
def test_nothing_speaks_of_passages_where_there_are_none(open_page: Open, name: str) -> None:
    page = open_page(html(name))
    for language in page.locator("[data-language]:visible").all() or [None]:
        if language:
            language.click()
        assert not OF_EVIDENCE.search(texts(page))
        for chosen in ("concept", "edge"):
            page.evaluate(
                f"what => window.page.{'selectEdge' if chosen == 'edge' else 'select'}(0)", 0
            )
            assert not OF_EVIDENCE.search(texts(page))
    page.click("[data-view=table]")
    for sheet in ("concepts", "relations"):
        page.click(f"[data-sheet={sheet}]")
        assert not OF_EVIDENCE.search(texts(page))
    page.click("#save summary")
    assert not OF_EVIDENCE.search(texts(page))
    page.keyboard.press("Escape")
    page.click("#keys-button")
    assert not OF_EVIDENCE.search(texts(page))


@pytest.mark.parametrize("name", FILES)
def test_the_buttons_are_those_of_the_views_that_there_are(open_page: Open, name: str) -> None:
    page = open_page(html(name))
    assert page.locator("[data-view]:visible").all_inner_texts() == ["Map", "Table"]
    expect(page.locator("#to-sparql")).to_have_count(0)


def test_a_click_on_a_concept_tells_what_the_file_says(open_page: Open, thesaurus: str) -> None:
    page = open_page(thesaurus)
    page.mouse.click(*spot(page, "wald"))
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Wald")
    expect(panel.locator(".others")).to_have_text("forêt")
    expect(panel.locator(".kind")).to_have_text("Natur · 4 relations")
    expect(panel.locator(".definition")).to_have_text("Eine mit Bäumen bestandene Fläche.")
    assert panel.locator("dl.facts").inner_text().split("\n") == [
        "in the scheme", "Umwelt-Thesaurus", "notation", "N.1",
    ]  # fmt: skip
    groups = panel.locator(".groups li").all_inner_texts()
    assert [re.split(r"\n+", group) for group in groups] == [
        ["the same as", "forest"], ["related", "Holz", "Waldrecht"], ["broader", "Natur"],
    ]  # fmt: skip
    links = panel.locator("a").evaluate_all("all => all.map(({ href }) => href)")
    assert links == ["https://thesaurus.example/umwelt/", "https://thesaurus.example/umwelt/wald"]
    page.click("[data-language=fr]")
    expect(panel.locator("h2")).to_have_text("forêt")
    expect(panel.locator(".definition")).to_have_text("Étendue couverte d’arbres.")


def test_a_relation_is_read_from_both_sides(open_page: Open, thesaurus: str) -> None:
    page = open_page(thesaurus, "#concept=natur")
    group = page.locator("#panel .groups li").first
    assert re.split(r"\n+", group.inner_text()) == ["narrower", "Boden", "Wald"]
    page.mouse.click(*edge_spot(page, "boden natur"))
    assert page.locator("#panel h2").inner_text().split() == ["Boden", "broader", "Natur"]


def test_the_legend_sorts_by_branch_and_switches_branches_off(
    open_page: Open, thesaurus: str
) -> None:
    page = open_page(thesaurus)
    legend = page.locator("#legend")
    assert legend.locator("h2").all_inner_texts() == ["BRANCHES", "RELATIONS"]
    rows = legend.locator(".facet").first.locator("li").all_inner_texts()
    assert [row.split() for row in rows[:2]] == [["Natur", "4"], ["Technik", "3"]]
    legend.get_by_label("Natur").uncheck()
    expect(page.locator("#shown")).to_have_text(
        "6 of 10 concepts and 3 of 9 relations shown, because “Natur” is switched off."
    )


def test_search_path_and_table_work_as_on_any_page(open_page: Open, thesaurus: str) -> None:
    page = open_page(thesaurus)
    page.keyboard.press("/")
    page.keyboard.type("forst")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Wald")
    page.click("[data-tool=path]")
    page.keyboard.type("windkraft")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .step h3")).to_have_count(3)
    page.click("[data-view=table]")
    heads = page.locator("#sheet thead th").all_inner_texts()
    assert [head.strip(" ↑↓") for head in heads] == ["Concept", "français", "Branch", "Relations"]
    page.click("[data-sheet=relations]")
    expect(page.locator("#sheet tbody tr")).to_have_count(9)


def test_what_is_saved_has_no_columns_of_evidence(open_page: Open, thesaurus: str) -> None:
    page = open_page(thesaurus, "#view=table")
    name, content = save(page, "Table (CSV)")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert name == "umwelt-thesaurus-table.csv"
    assert rows[0] == ["concept", "label_de", "label_fr", "class_de", "class_fr", "relations"]
    assert rows[1] == [
        "https://thesaurus.example/umwelt/wald",
        "Wald",
        "forêt",
        "Natur",
        "nature",
        "4",
    ]
    page.click("[data-sheet=relations]")
    _, content = save(page, "Table (CSV)")
    header = content.decode("utf-8-sig").split("\r\n")[0]
    assert header == ("claim,kind,from,from_de,from_fr,relation_de,relation_fr,to,to_de,to_fr")


def test_people_without_an_address_are_reached_by_theirs(open_page: Open) -> None:
    page = open_page(html("people.ttl"), "#concept=anna")
    facts = page.locator("dl.facts")
    expect(facts.locator("a")).to_have_attribute("href", "http://anna.example/")
    expect(facts).to_contain_text("anna@example.org")
    page.locator("#panel .chip").get_by_text("Dora").click()
    page.locator("#panel .chip").get_by_text("Dora").click()
    expect(page.locator("#panel h2")).to_have_text("Dora")
    expect(page.locator("#panel .iri")).to_have_text("")
    assert "concept=" in page.evaluate("location.hash")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(page.locator("#panel h2")).to_have_text("Dora")


def test_how_much_of_a_large_file_is_here_is_always_said(open_page: Open, tmp_path: Path) -> None:
    lines = "".join(
        f"<http://e.example/{n % 7}> <x:p> <http://e.example/{n}> .\n" for n in range(1500)
    )
    page = open_page(draw(written(tmp_path, "many.nt", lines), 9).html)
    expect(page.locator("#shown")).to_have_text(
        "All shown: 9 nodes, 5 relations. These 9 are the best joined of 1,500 in the file."
    )


HOSTILE = f"""
@prefix : <http://e.example/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://e.example/?{ATTACK.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")}> a :Evil ;
  rdfs:label "label {ATTACK}"@en , "مرحبا\\u202Ehello"@ar ; skos:altLabel "other {ATTACK}" ;
  rdfs:comment "comment {ATTACK}" ; :p "fact {ATTACK}" ;
  :home <javascript:document.title='hacked'> , <data:text/html,hacked> ;
  :near <javascript:alert(1)> , :long , [ a :Evil ] .
<javascript:alert(1)> a :Evil ; rdfs:label "runs" .
:Evil rdfs:label "class {ATTACK}" . :near rdfs:label "relation {ATTACK}" .
:p rdfs:label "property {ATTACK}" .
:long rdfs:label "{"long and " * 2000}" .
:__proto__ :constructor :toString .
"""


def test_markup_and_addresses_that_run_stay_text(open_page: Open, tmp_path: Path) -> None:
    page = open_page(draw(written(tmp_path, f"{ATTACK.replace('/', '')}.ttl", HOSTILE), 99).html)
    title = page.title()
    for index in range(page.evaluate("window.page.concepts.length")):
        page.evaluate("index => window.page.select(index)", index)
        hrefs = page.locator("#panel a").evaluate_all("all => all.map((a) => a.protocol)")
        assert set(hrefs) <= {"http:", "https:"}
    page.fill("#search", "label")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    for words in ("label", "class", "other", "comment", "property", "fact", "relation"):
        expect(panel).to_contain_text(f"{words} {ATTACK}")
    page.click("[data-view=table]")
    page.click("[data-sheet=relations]")
    assert page.title() == title
    assert page.locator("img").count() == 0


def test_on_a_phone_it_fits(open_page: Open, thesaurus: str) -> None:
    page = open_page(thesaurus, "#concept=wald", viewport=PHONE, has_touch=True)
    expect(page.locator("dl.facts")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anyone_out(open_page: Open, thesaurus: str, scheme: str) -> None:
    page = open_page(thesaurus, "#concept=wald", color_scheme=scheme)
    found = Axe().run(page)
    assert [v["id"] for v in found.response["violations"]] == []


def test_a_page_in_chinese_speaks_chinese(open_page: Open, tmp_path: Path) -> None:
    text = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<x:a> a skos:Concept ; skos:prefLabel "橡树"@zh-Hans ; skos:broader <x:b> .\n'
        '<x:b> a skos:Concept ; skos:prefLabel "树"@zh-Hans ; skos:notation "7" .'
    )
    page = open_page(draw(written(tmp_path, "树.ttl", text), 9).html, "#concept=x:b")
    expect(page.locator("#panel h3").first).to_have_text("文件另述")
    expect(page.locator("#panel .groups .relation")).to_have_text("下位")
    expect(page.locator("#shown")).to_have_text("已全部显示：2 个概念，1 条关系。")
    assert page.title() == "树"
