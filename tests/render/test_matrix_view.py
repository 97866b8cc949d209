"""The matrix: a real table whose cells lead to the words, and which says what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.render.conftest import PHONE, Open
from tests.render.garden import Garden
from tests.render.plots import HEADER, plots
from tests.render.test_hostile import ATTACK

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def garden() -> str:
    return plots().page()


def table(page: Page) -> list[list[str]]:
    """The rows as a reader sees them; a dot is an empty cell."""
    rows: list[list[str]] = page.locator("#grid tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    return [row[1:] if number == 0 else row for number, row in enumerate(rows)]


def test_a_picture_of_it_says_what_its_bars_mean(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix")
    words = page.evaluate(
        """[...window.page.views.matrix.image().querySelectorAll("text")]
             .map((text) => text.textContent).join(" ")"""
    )
    chips = page.locator("#grid-tools .layer").all_inner_texts()
    assert len(chips) > 2
    assert " ".join(" ".join(chips).split()) in words


def test_cells_count_passages_and_so_do_the_totals(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix")
    assert table(page) == [
        ["flower bed", "rose", "aphid", "compost heap", "Total"],
        ["ladybird", "1", "1", "1", "1", "2"],
        ["aphid", "1", "1", "·", "·", "2"],
        ["Total", "2", "1", "1", "1", "3"],
    ]
    expect(page.locator("#grid caption")).to_have_text("animal × thing")
    assert page.locator("#grid thead th[scope=col]").count() == 5
    assert page.locator("#grid tbody th[scope=row]").count() == 2


def test_a_click_shows_every_quote_behind_the_cell(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix")
    page.get_by_role("button", name="ladybird × rose: 1 passage").click()
    expect(page.locator("#panel h2")).to_have_text("ladybird×rose")
    expect(page.locator("#panel .quote mark").first).to_have_text("ladybird protects")
    assert page.url.endswith("#view=matrix&cell=ladybird,rose")
    page.reload()
    expect(page.locator("#panel h2")).to_have_text("ladybird×rose")
    expect(page.locator(".box[aria-pressed=true]")).to_have_count(1)
    page.click("[data-view=lanes]")
    expect(page.locator("#arcs .arc.chosen")).to_have_count(1)
    page.locator("#panel h2 .chip").first.click()
    expect(page.locator("#panel h2")).to_have_text("ladybird")


def test_a_layer_narrows_the_table_and_a_ladder_shows_the_layers_of_a_cell(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=matrix")
    chips = page.locator(".layer")
    assert chips.all_inner_texts() == ["all\n3", "flower bed\n3", "compost heap\n2"]
    chips.filter(has_text="compost heap").click()
    assert table(page)[0] == ["rose", "aphid", "compost heap", "flower bed", "Total"]
    expect(page.locator("#panel")).to_be_hidden()
    assert page.url.endswith("layer=heap")
    filled = page.locator("tbody .box").first.locator(".here")
    expect(filled).to_have_count(1 if table(page)[1][0] == "aphid" else 2)


def test_what_is_empty_is_counted_and_can_be_shown(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix")
    expect(page.locator("#note")).to_have_text("0 rows and 7 columns are empty and not drawn.")
    page.get_by_label("show 7 that are empty").check()
    expect(page.locator("#note")).to_be_empty()
    assert len(table(page)[0]) == 12
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_rows_and_columns_are_sorted_by_number_or_by_name(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix")
    page.get_by_role("button", name="by name").click()
    assert table(page)[0] == ["aphid", "compost heap", "flower bed", "rose", "Total"]
    assert [row[0] for row in table(page)[1:]] == ["aphid", "ladybird", "Total"]


def test_arrow_keys_go_from_cell_to_cell(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix")
    page.locator(".box[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("aphid×rose")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.cell") == "aphid rose"


def test_the_filter_counts_what_it_leaves(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix&no-coders=bob")
    assert table(page)[1] == ["ladybird", "1", "1", "1", "2"]
    assert "compost heap" not in table(page)[0]
    page.click("#show-all")
    page.get_by_label(re.compile("^plant")).uncheck()
    assert "rose" not in table(page)[0]


def test_the_language_changes_heads_and_tools(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix&language=zh-Hans")
    assert table(page)[0][-1] == "合计"
    assert "瓢虫" in [row[0] for row in table(page)]


def test_on_a_phone_the_table_scrolls_in_its_place(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix", viewport=PHONE, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("tbody .box").first.tap()
    expect(page.locator("#panel")).to_be_visible()


def test_markup_in_labels_is_text(open_page: Open) -> None:
    ontology = plots().ontology.replace('"ladybird"@en', f'"ladybird {ATTACK}"@en')
    page = open_page(replace(plots(), ontology=ontology).page(), "#view=matrix&cell=ladybird,rose")
    assert [f"ladybird {ATTACK}"] == [row[0] for row in table(page) if "lady" in row[0]]
    expect(page.locator("#panel h2")).to_contain_text(ATTACK)
    assert page.title() == "Kitchen garden"
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("axis", ["matrixRow", "matrixColumn"])
def test_without_rows_or_columns_there_is_no_such_view(open_page: Open, axis: str) -> None:
    page = open_page(plots(HEADER.replace(f"pkg:{axis}", "o:axis")).page(), "#view=matrix")
    expect(page.locator("[data-view=matrix]")).to_be_hidden()
    expect(page.locator("#map")).to_be_visible()


def test_without_layers_and_without_cells_the_table_stands(open_page: Open) -> None:
    bare = HEADER.replace("pkg:matrixLayer", "o:axis")
    page = open_page(plots(bare).page(), "#view=matrix")
    expect(page.locator(".layer")).to_have_count(0)
    expect(page.locator("tbody .box .ladder")).to_have_count(0)
    empty = open_page(
        replace(Garden(), ontology=Garden().ontology + HEADER, documents=()).page(), "#view=matrix"
    )
    assert table(empty) == [["Total"], ["Total", ""]]
    expect(empty.locator("#note")).to_have_text("2 rows and 11 columns are empty and not drawn.")


def test_the_table_is_saved_cell_by_cell(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=matrix&layer=heap")
    page.click("#save summary")
    with page.expect_download() as download:
        page.get_by_role("button", name="Table (CSV)").click()
    head, *rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert head == (
        "row,row_en,row_zh-Hans,column,column_en,column_zh-Hans,layer,layer_en,layer_zh-Hans,passages"
    )
    assert any(
        ",aphid,蚜虫," in row and ",rose,月季," in row and row.endswith(",1") for row in rows
    )
    assert all("compost heap,堆肥堆,1" in row for row in rows)
    assert len(rows) == 5
