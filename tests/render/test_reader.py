"""The reader: the document as it is, its marks in their places, from passage to passage."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from kg.model import Document, Mention, Passage, Span
from tests.render.conftest import PHONE, Open
from tests.render.garden import BODY, CODED, CONCEPT, TEXT, Garden
from tests.render.plots import JUNE, PLACED, PLANTED, plots
from tests.render.test_hostile import ATTACK
from tests.render.test_two_texts import page as texts  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

ARABIC = "الورد في الحديقة 🌹 جميل.\nWho keeps bees?"


def document(key: str, text: str, marks: dict[str, str], **more: str) -> Document:
    """One passage that is all of the text, with some of its words marked."""
    spans = {words: (text.index(words), text.index(words) + len(words)) for words in marks}
    mentions = tuple(
        Mention(f"m-{key}-{n}", (Span(*spans[words], words),), CONCEPT + concept, "bob", CODED)
        for n, (words, concept) in enumerate(marks.items())
    )
    whole = Passage(f"p-{key}", Span(0, len(text), text), "bob", CODED, mentions=mentions)
    return Document(key, text, "01", ((0, len(text)),), passages=(whole,), **more)


JULY = document("july", ARABIC, {"الورد": "rose", "bees": "ladybird"}, language="ar")


@pytest.fixture(scope="module")
def garden() -> str:
    return plots(documents=(JUNE, JULY)).page()


def lines(page: Page) -> list[str]:
    found: list[str] = page.locator("#page-text .line").evaluate_all(
        "all => all.map((line) => line.textContent)"
    )
    return found


def test_the_document_stands_as_it_is_with_what_is_known_of_it(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=reader&document=june")
    assert "\n".join(lines(page)) == TEXT[slice(*BODY)]
    head = page.locator("#page-text header")
    expect(head.locator("h2")).to_have_text("The garden in June")
    expect(head).to_contain_text("2026-06-01")
    expect(head.locator("a")).to_have_attribute("href", "https://garden.example/june")
    before = f"{BODY[0]} characters here are no part of the document and are left out."
    after = f"{len(TEXT) - BODY[1]} characters"
    assert page.locator(".left-out").first.inner_text().endswith(before)
    expect(page.locator(".left-out").last).to_contain_text(after)
    assert "PRESS OFFICE" not in page.content()


def test_every_accepted_mark_is_underlined_and_overlaps_are_stacked(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=reader&document=june")
    marks = page.locator("#page-text mark")
    assert marks.all_inner_texts() == [
        *("summer", "ladybird", "aphid", "Garden Society"),
        *("ladybird ", "protects", " the ", "rose"),
        *("Compost", "heap", "flower bed"),
    ]
    depth = marks.evaluate_all(
        "all => all.map((node) => node.style.backgroundImage.split('linear').length - 1)"
    )
    assert depth[4:8] == [2, 3, 2, 3]
    levels = marks.nth(7).evaluate("node => node.style.backgroundPosition")
    assert len(set(levels.split(", "))) == 3
    assert marks.nth(7).get_attribute("title") == "rose · Garden Society · garden"
    assert "pest" not in str(marks.evaluate_all("all => all.map((node) => node.title)"))


def test_a_click_on_a_mark_selects_from_the_inside_out(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=reader&document=june")
    rose = page.locator("#page-text mark", has_text="rose")
    for concept in ("rose", "Garden Society", "garden", "rose"):
        rose.click()
        expect(page.locator("#panel h2")).to_have_text(concept)
    expect(page.locator("#page-text mark.chosen")).to_have_text(["rose"])
    page.click("[data-view=table]")
    expect(page.locator("#sheet tr[aria-current]")).to_contain_text("rose")


def test_next_and_previous_lead_through_all_documents(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=reader&concept=ladybird")
    step = page.locator(".steps .count")
    expect(step).to_have_text("1 of 3")
    page.get_by_role("button", name="Next passage").click()
    expect(step).to_have_text("2 of 3")
    expect(page.locator(".bracket.current")).to_have_count(1)
    page.get_by_role("button", name="Next passage").press("Enter")
    expect(step).to_have_text("3 of 3")
    expect(page.locator("#page-text mark.chosen")).to_have_text(["bees"])
    assert "document=july" in page.url
    assert page.evaluate("document.activeElement.dataset.step") == "1"
    page.keyboard.press("Enter")
    expect(step).to_have_text("1 of 3")
    page.go_back()
    expect(step).to_have_text("3 of 3")


def test_a_passage_shows_what_is_said_in_it(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=reader&document=june")
    bracket = page.get_by_role("button", name="Passage 2 of 3, coded by Ann, Bob")
    bracket.click()
    box = page.locator(".said")
    for words in ("Passage 2 of 3", "ladybird protects rose", "required", "marked:", "Ann, Bob"):
        expect(box).to_contain_text(words)
    expect(bracket).to_have_attribute("aria-expanded", "true")
    box.get_by_role("button", name="ladybird protects rose").click()
    expect(page.locator("#panel h2")).to_contain_text("protects")
    expect(page.locator("#page-text mark.chosen").first).to_contain_text("ladybird")
    page.locator(".bracket[aria-expanded=true]").click()
    expect(page.locator(".said")).to_have_count(0)


def test_an_address_leads_to_its_passage(open_page: Open, garden: str) -> None:
    start, end = PLACED.span.start, PLACED.span.end
    page = open_page(garden, f"#view=reader&document=june&passage={start}-{end}")
    expect(page.locator(".bracket.current")).to_have_count(1)
    expect(page.locator(".said")).to_contain_text("compost")
    page = open_page(garden, "#concept=rose")
    page.get_by_role("button", name="Open in the reader").first.click()
    expect(page.locator("#reader")).to_be_visible()
    expect(page.locator("#page-text mark.chosen").first).to_be_in_viewport()


def test_the_document_can_be_changed_and_reads_from_its_own_side(
    open_page: Open, garden: str
) -> None:
    page = open_page(garden, "#view=reader")
    page.get_by_label("Document").select_option("untitled (july)")
    assert lines(page) == ARABIC.split("\n")
    sides = page.locator(".line").evaluate_all(
        "all => all.map((line) => getComputedStyle(line).direction)"
    )
    assert sides == ["rtl", "ltr"]
    assert page.locator("#page-text mark").all_inner_texts() == ["الورد", "bees"]


def test_the_filter_takes_marks_and_coders_away(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=reader&document=june&no-coders=bob")
    expect(page.locator(".bracket")).to_have_count(2)
    assert "Compost" not in page.locator("#page-text mark").all_inner_texts()
    expect(page.locator("#note")).to_have_text("4 marks are switched off.")
    assert page.locator(".who").all_inner_texts() == ["Ann", ""], "named once, as it goes on"
    page.click("#show-all")
    page.get_by_label(re.compile("^animal")).uncheck()
    expect(page.locator("#page-text mark", has_text="aphid")).to_have_count(0)


def test_arrow_keys_go_from_mark_to_mark(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=reader&document=june")
    page.locator("#page-text mark[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("ladybird")


def test_the_language_changes_what_is_not_the_document(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#view=reader&document=june&concept=rose&language=zh-Hans")
    expect(page.locator(".steps")).to_contain_text("月季")
    expect(page.locator(".steps")).to_contain_text("第 1 处，共 2 处")
    assert lines(page)[0].startswith("The garden in June")


def test_on_a_phone_the_words_that_are_meant_lie_above_the_panel(
    open_page: Open, garden: str
) -> None:
    page = open_page(
        garden, "#view=reader&document=june&concept=compost", viewport=PHONE, has_touch=True
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    mark = page.locator("#page-text mark.chosen").bounding_box()
    panel = page.locator("#panel").bounding_box()
    assert mark is not None
    assert panel is not None
    assert mark["y"] + mark["height"] < panel["y"]


def test_markup_in_a_text_is_text(open_page: Open) -> None:
    hostile = document("july", f"A rose {ATTACK} is a rose.", {ATTACK: "rose"}, title=ATTACK)
    noted = replace(PLANTED, note=ATTACK)
    garden = plots(documents=(replace(JUNE, passages=(noted,)), hostile))
    page = open_page(garden.page(), "#view=reader&document=july")
    assert lines(page) == [f"A rose {ATTACK} is a rose."]
    assert page.locator("#page-text mark").all_inner_texts() == [ATTACK]
    page.locator(".bracket").click()
    assert page.title() == "Kitchen garden"
    assert page.locator("img").count() == 0


def test_a_long_text_is_marked_where_it_is_read(open_page: Open) -> None:
    sentence = "The ladybird 🐞 protects the rose, and nobody knows why it does. "
    text = sentence * 1600
    passages = tuple(
        Passage(
            f"p-{n}",
            Span(start, start + len(sentence), sentence),
            "ann",
            CODED,
            mentions=(
                Mention(
                    f"m-{n}",
                    (Span(start + 4, start + 12, "ladybird"),),
                    f"{CONCEPT}ladybird",
                    "ann",
                    CODED,
                ),
            ),
        )
        for n, start in enumerate(range(0, len(text), len(sentence)))
    )
    long = Document("long", text, "02", ((0, len(text)),), passages=passages)
    page = open_page(replace(Garden(), documents=(long,)).page(), "#view=reader")
    assert "".join(lines(page)) == text
    assert page.locator("#page-text mark").count() < 800
    last = len(text) - len(sentence)
    page.evaluate(
        "place => { location.hash = `view=reader&document=long&passage=${place}`; }",
        f"{last}-{len(text)}",
    )
    expect(page.locator("#page-text mark").last).to_be_in_viewport()
    assert page.locator("#page-text mark").last.inner_text() == "ladybird"


def test_without_documents_there_is_no_such_view(open_page: Open) -> None:
    page = open_page(replace(Garden(), documents=()).page(), "#view=reader")
    expect(page.locator("[data-view=reader]")).to_be_hidden()
    expect(page.locator("#map")).to_be_visible()


def test_both_texts_stand_whole_and_every_mark_can_be_reached(
    open_page: Open,
    texts: str,  # noqa: F811
) -> None:
    page = open_page(texts, "#view=reader")
    for choice in range(2):
        page.get_by_label("Document", exact=True).select_option(index=choice)
        marks = page.locator("#page-text mark")
        expect(marks.nth(100)).to_be_attached()
        assert all(marks.evaluate_all("all => all.map((node) => Boolean(node.title))"))
        assert page.locator(".bracket").count() > 10
