"""What is shown leaves the page: as a picture, a table, a query, a citation, on paper."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from kg.pipeline import Built
from tests.render.conftest import PHONE, Open
from tests.render.garden import BASE, DOCUMENT, JULY, PROTECTING, Garden

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def garden() -> Garden:
    return Garden(documents=(DOCUMENT, JULY))


@pytest.fixture(scope="module")
def html(garden: Garden) -> str:
    return garden.page()


def save(page: Page, what: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that an item of the menu makes."""
    page.locator("#save summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=what, exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def table(page: Page) -> list[dict[str, str]]:
    _, content = save(page, "Table (CSV)")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


def test_the_table_of_what_is_shown_opens_in_a_spreadsheet(open_page: Open, html: str) -> None:
    page = open_page(html, "#no-kinds=background,inferred&no-documents=june")
    name, content = save(page, "Table (CSV)")
    assert name == "kitchen-garden-map.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    assert table(page) == [
        {
            "claim": page.evaluate("window.page.edges.find(({ kind }) => kind === 'direct').id"),
            "kind": "direct",
            "from": f"{BASE}concept/ladybird",
            "from_en": "ladybird",
            "from_zh-Hans": "瓢虫",
            "relation_en": "eats",
            "relation_zh-Hans": "吃",
            "to": f"{BASE}concept/aphid",
            "to_en": "aphid",
            "to_zh-Hans": "蚜虫",
            "of_en": "",
            "of_zh-Hans": "",
            "evidence": "1",
            "documents": "july",
        }
    ]


def test_the_table_view_saves_its_rows_in_their_order(open_page: Open, html: str) -> None:
    page = open_page(html, "#view=table&sort=concept&classes=Animal")
    name, _ = save(page, "Table (CSV)")
    assert name == "kitchen-garden-table.csv"
    assert [row["label_en"] for row in table(page)] == ["aphid", "ladybird"]
    page.click("[data-sheet=relations]")
    assert {row["from_en"] for row in table(page)} == {"ladybird"}


def test_a_choice_saves_its_own_lines(open_page: Open, html: str) -> None:
    page = open_page(html, "#concept=rose")
    assert [row["relation_en"] for row in table(page)] == ["protects"]


def test_a_cell_is_no_formula_and_keeps_its_quotation_marks(open_page: Open) -> None:
    ontology = Garden().ontology.replace('"rose"@en', '"=cmd|\' /C calc\'!A0, \\"rose\\""@en')
    page = open_page(Garden(ontology=ontology).page(), "#view=table&sort=concept")
    labels = [row["label_en"] for row in table(page)]
    assert "'=cmd|' /C calc'!A0, \"rose\"" in labels


# ── Pictures ─────────────────────────────────────────────────────────────────────────────────────


def test_a_picture_of_the_map_has_its_shapes_lines_and_labels(open_page: Open, html: str) -> None:
    page = open_page(html, "#no-classes=Animal")
    name, content = save(page, "Picture (SVG)")
    assert name == "kitchen-garden-map.svg"
    root = etree.fromstring(content)
    words = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert {"rose", "garden", "compost"} <= set(words)
    assert "ladybird" not in words
    caption = words[-1]
    assert "Kitchen garden · 9 of 11 concepts" in caption
    assert "because “animal” is switched off" in caption
    assert "build 0123456789abcdef" in caption
    lines = [path for path in root.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert len(lines) == 2
    marks = [path for path in root.iter(f"{SVG}path") if path.get("transform")]
    assert len(marks) == 9
    assert {"plant", "place"} <= set(words), "the key to the marks"
    assert "animal" not in words
    assert not re.search(rb"NaN|undefined|script", content)


def test_a_picture_in_pixels_is_sharp_and_on_paper(open_page: Open, html: str) -> None:
    page = open_page(html)
    name, content = save(page, "Picture (PNG)")
    assert name == "kitchen-garden-map.png"
    assert content.startswith(b"\x89PNG")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    box = page.locator("#map").bounding_box()
    assert box is not None
    assert width == 2 * round(box["width"])
    assert height > 2 * round(box["height"])
    assert "251 250 246" in colours(page, content)
    assert len(colours(page, content)) > 20


def colours(page: Page, png: bytes) -> set[str]:
    """The colours of a picture, as the browser reads it."""
    return set(
        page.evaluate(
            """async bytes => {
              const picture = new Image();
              picture.src = `data:image/png;base64,${bytes}`;
              await picture.decode();
              const canvas = document.createElement("canvas");
              [canvas.width, canvas.height] = [picture.width, picture.height];
              const context = canvas.getContext("2d");
              context.drawImage(picture, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              const found = new Set();
              for (let at = 0; at < data.length; at += 4) {
                found.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
              }
              return [...found];
            }""",
            base64.b64encode(png).decode(),
        )
    )


def test_a_long_caption_is_broken_into_lines(open_page: Open, html: str) -> None:
    page = open_page(html, "#language=zh-Hans&no-classes=Animal", viewport=PHONE)
    _, content = save(page, "图片（SVG）")
    root = etree.fromstring(content)
    lines = ["".join(line.itertext()) for line in list(root.iter(f"{SVG}text"))[-1]]
    assert len(lines) == 2
    assert "".join(lines).replace(" ", "").startswith("Kitchengarden·显示11个概念中的9个")
    assert lines[1] == "已关闭：动物。 · 构建 0123456789abcdef"


def test_a_view_without_a_picture_offers_none(open_page: Open, html: str) -> None:
    page = open_page(html, "#view=table")
    page.locator("#save summary").click()
    expect(page.get_by_role("button", name="Picture (PNG)")).to_have_count(0)
    expect(page.get_by_role("button", name="Table (CSV)")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Table (CSV)")).to_be_hidden()


def test_from_a_dark_page_a_picture_may_be_light(open_page: Open, html: str) -> None:
    page = open_page(html, color_scheme="dark")
    ground = re.compile(rb'<rect[^>]* fill="(#\w+)"')
    for what, colour in (("Picture (SVG)", b"#15171a"), ("Light picture (SVG)", b"#fbfaf6")):
        _, content = save(page, what)
        assert ground.findall(content)[0] == colour
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.click("#theme")
    page.locator("#save summary").click()
    expect(page.get_by_role("button", name="Light picture (SVG)")).to_have_count(0)


# ── The view as a query ──────────────────────────────────────────────────────────────────────────


def ask(store: ox.Store, query: str) -> list[dict[str, str]]:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: "" if row[name] is None else row[name].value for name in names} for row in found]


def evidence(answers: list[dict[str, str]]) -> dict[str, tuple[int, set[str]]]:
    """Claim → how many passages back it, of which documents."""
    quotes: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for row in answers:
        claim = row["claim"].rsplit("/", 1)[1]
        if row["status"].endswith("accepted") and not row["polarity"].endswith("negative"):
            quotes[claim] |= {row["quote"]} - {""}
            documents[claim] |= {row["document"].rsplit("/doc-", 1)[-1]} - {""}
    return {claim: (len(found), documents[claim]) for claim, found in quotes.items()}


VIEWS = [
    "",
    "#no-coders=bob",
    "#no-documents=june",
    "#modalities=required",
    "#modalities=none",
    "#least=2",
    "#no-classes=Animal",
    "#no-kinds=flow,inferred",
    "#from=2026-07-01",
    "#concept=ladybird",
    "#concept=ladybird&no-coders=ann",
    "#concept=rose&path=pest",
    "#around=rose,2",
]


@pytest.mark.parametrize("address", VIEWS)
def test_the_query_of_a_view_finds_what_the_view_shows(
    open_page: Open, garden: Garden, html: str, address: str
) -> None:
    page = open_page(html, address)
    shown = {
        row["claim"]: (int(row["evidence"]), set(row["documents"].split()))
        for row in table(page)
        if int(row["evidence"])
    }
    assert evidence(ask(garden.store(), page.evaluate("window.page.question()"))) == shown
    assert shown


def test_the_query_of_a_line_brings_the_words_and_who_read_them(
    open_page: Open, garden: Garden, html: str
) -> None:
    page = open_page(html, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate(
        "window.page.selectEdge(window.page.edges.findIndex(({ kind }) => kind === 'direct'))"
    )
    page.get_by_role("button", name="Copy SPARQL for this view").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    query = page.evaluate("navigator.clipboard.readText()")
    rows = ask(garden.store(), query)
    assert {row["quote"] for row in rows} == set(page.locator(".passage").all_inner_texts())
    assert [(row["title"], row["coder"].rsplit("-", 1)[1]) for row in rows] == [
        ("The garden in July", "bob"),
        ("The garden in June", "ann"),
    ]


def test_the_query_of_everything_names_no_line(open_page: Open, html: str) -> None:
    page = open_page(html)
    assert "VALUES" not in page.evaluate("window.page.question()")
    page = open_page(html, "#no-coders=ann")
    question = page.evaluate("window.page.question()")
    assert f"VALUES ?coder {{ <{BASE}data/coder-bob> }}" in question


def test_what_the_page_does_not_draw_the_query_does_not_find(open_page: Open) -> None:
    stray = replace(PROTECTING.statements[0], id="s-9", object=f"{BASE}concept/tractor")
    document = replace(
        DOCUMENT, passages=(replace(PROTECTING, statements=(*PROTECTING.statements, stray)),)
    )
    garden = Garden(documents=(document,))
    page = open_page(garden.page())
    rows = ask(garden.store(), page.evaluate("window.page.question()"))
    assert [row["object"] for row in rows] == [f"{BASE}concept/rose"]


@pytest.mark.parametrize(
    "address", ["", "#concept=county-town", "#no-coders=a1&modalities=required", "#least=2"]
)
def test_the_query_of_a_view_of_the_two_texts(open_page: Open, built: Built, address: str) -> None:
    filled = built.filled
    page = open_page((filled.project.output / "graph.html").read_text("utf-8"), address)
    shown = {row["claim"]: int(row["evidence"]) for row in table(page) if int(row["evidence"])}
    found = evidence(ask(filled.store, page.evaluate("window.page.question()")))
    assert {claim: count for claim, (count, _) in found.items() if count} == shown
