"""What is seen can be sent to a colleague as a link, and undone step by step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.render.conftest import Open, spot
from tests.render.garden import DOCUMENT, JULY, Garden

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def garden() -> str:
    return Garden(documents=(DOCUMENT, JULY)).page()


def address(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash)"))


def shown(page: Page) -> str:
    return page.locator("#shown").inner_text()


def test_a_link_opens_what_the_sender_saw(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.get_by_label(re.compile("^animal")).uncheck()
    page.click("[data-view=table]")
    page.click("[data-sheet=relations]")
    page.get_by_role("button", name="From", exact=True).click()
    page.fill("#search", "bed")
    link = address(page)
    assert link == "#view=table&sheet=relations&sort=from&search=bed&no-classes=Animal"
    other = open_page(garden, link)
    assert shown(other) == shown(page)
    assert shown(other) == (
        "1 of 11 concepts and 2 of 5 relations shown, "
        "because “animal” is switched off and the search is “bed”."
    )
    expect(other.locator("#search")).to_have_value("bed")
    expect(other.locator("#sheet thead th").first).to_have_attribute("aria-sort", "ascending")


def test_what_is_as_it_is_of_itself_takes_no_room(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=table")
    page.click("[data-view=map]")
    assert address(page) == ""


def test_of_a_list_the_shorter_half_is_named(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.get_by_role("button", name="Classes: none").click()
    page.get_by_label(re.compile("^plant")).check()
    assert address(page) == "#classes=Plant"
    assert open_page(garden, "#classes=Plant").locator("#shown").inner_text() == (
        "2 of 11 concepts and 0 of 5 relations shown, because only plant is on under “Classes”."
    )


def test_every_filter_travels(open_page: Open, garden: str) -> None:
    link = (
        "#no-modalities=required&coders=ann&unmentioned=no&least=1&from=2026-06-01"
        "&until=2026-06-01&around=ladybird,2"
    )
    page = open_page(garden, link)
    page.click("#theme")
    page.click("[data-view=table]")
    page.click("[data-view=map]")
    assert set(address(page)[1:].split("&")) == {
        "no-modalities=required",
        "no-coders=bob",
        "unmentioned=no",
        "least=1",
        "from=2026-06-01",
        "until=2026-06-01",
        "around=ladybird,2",
    }


@pytest.mark.parametrize(
    "slip",
    [
        "no-classes=Tractor",
        "classes=Tractor",
        "least=many",
        "least=-3",
        "from=yesterday",
        "around=tractor,2",
        "no-kinds=%E0%A4%A",
        "depth=99999",
        "sort=colour",
        "sheet=constructor",
        "path=rose",
        "document=constructor&passage=1-2",
        "unmentioned",
        "=&&&",
    ],
)
def test_a_slip_of_the_pen_costs_only_itself(open_page: Open, garden: str, slip: str) -> None:
    page = open_page(garden, f"#{slip}&no-coders=bob&concept=rose")
    expect(page.locator("#panel h2")).to_have_text("rose")
    assert "because “Bob” is switched off" in shown(page)


def test_back_undoes_a_filter(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.get_by_label(re.compile("^animal")).uncheck()
    page.get_by_label(re.compile("^plant")).uncheck()
    assert "animal and plant" in shown(page)
    page.go_back()
    assert "because “animal” is switched off" in shown(page)
    expect(page.get_by_label(re.compile("^plant"))).to_be_checked()
    page.go_back()
    assert shown(page).startswith("All shown")
    page.go_forward()
    assert "because “animal” is switched off" in shown(page)


def test_what_is_typed_in_one_go_is_one_step_back(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=table")
    page.locator("#search").press_sequentially("rose")
    assert address(page).endswith("search=rose")
    page.go_back()
    assert address(page) == "#view=table"
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator("#sheet tbody tr")).to_have_count(11)


def test_back_leads_through_views_and_choices(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.mouse.click(*spot(page, "rose"))
    page.click("[data-view=table]")
    page.get_by_role("button", name="aphid", exact=True).click()
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("rose")
    expect(page.locator("#sheet")).to_be_visible()
    page.go_back()
    expect(page.locator("#map")).to_be_visible()
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("concept=tractor", "This link names a concept that is not here."),
        ("concept=rose&path=tractor", "This link names a concept that is not here."),
        ("relation=k-0", "This link names a relation that is not here."),
        ("view=globe", "This link names a view that is not here."),
        ("view=reader&document=august", "This link names a document that is not here."),
        ("concept=tractor&language=zh-Hans", "此链接所指的概念不在这里。"),
        (
            "view=globe&relation=k-0&language=zh-Hans",
            "此链接所指的视图不在这里。此链接所指的关系不在这里。",
        ),
        ("view=reader&document=july&passage=1-2", "This link names a passage that is not here."),
        ("view=reader&passage=41-77", "This link names a passage that is not here."),
        ("around=tractor,2", "This link names a concept that is not here."),
        ("classes=Fungus", "This link names a filter that is not here."),
        ("no-coders=bob,eve", "This link names a filter that is not here."),
        ("view=reader&concept=rose&document=july&passage=41-77", ""),
        ("classes=&no-coders=bob", ""),
    ],
)
def test_a_link_that_names_what_is_not_here_says_so(
    open_page: Open, garden: str, link: str, said: str
) -> None:
    page = open_page(garden, f"#{link}")
    expect(page.locator("#note")).to_have_text(said)


def test_what_a_link_has_lost_is_forgotten_with_the_next_choice(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden)
    page.evaluate("location.hash = '#concept=tractor'")
    expect(page.locator("#note")).to_contain_text("names a concept")
    page.mouse.click(*spot(page, "rose"))
    expect(page.locator("#note")).to_have_text("")


def test_an_address_typed_over_is_followed(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#concept=rose")
    page.evaluate("location.hash = '#concept=aphid&no-coders=bob'")
    expect(page.locator("#panel h2")).to_have_text("aphid")
    assert "Bob" in shown(page)


def test_a_quote_opens_where_it_stands_in_its_text(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    page.mouse.click(*spot(page, "rose"))
    page.get_by_role("button", name="Open in the reader").last.click()
    expect(page.locator("#page-text mark.chosen")).to_have_text(["rose"])
    expect(page.locator(".bracket.current")).to_have_count(1)
    assert address(page) == "#view=reader&concept=rose&document=july&passage=41-77"
    expect(page.locator("#map")).to_be_hidden()
    page.go_back()
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator("#reader")).to_be_hidden()
