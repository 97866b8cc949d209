"""Five questions of a reader of the two texts, each answered by a hand that counts its steps.

A step is one click, or a name typed and taken with Enter; no question may need more than five.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from kg.pipeline import Built
from tests.render.conftest import SCREEN

pytestmark = pytest.mark.browser

WAIT = 30_000


@dataclass
class Hand:
    page: Page
    steps: int = 0

    def click(self, what: str | Locator) -> None:
        self.steps += 1
        (self.page.locator(what) if isinstance(what, str) else what).click()

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def take(self, box: str, name: str) -> None:
        """Type a name into a box and take the first that is offered."""
        self.steps += 1
        self.page.fill(box, name)
        self.page.keyboard.press("Enter")

    def ask(self, question: str) -> None:
        """On the page of questions, which is one file beside this one."""
        self.click("#to-sparql")
        self.page.wait_for_selector("#question-list button")
        self.click(self.page.locator(f"[data-question='{question}']"))


@pytest.fixture
def hand(browser: Browser, built: Built) -> Iterator[Hand]:
    """A reader who has just opened the graph of the two texts."""
    folder = built.filled.project.output.as_uri()
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((folder, "blob:", "data:")):
            faults.append(request.url)

    page.on("request", asked)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{folder}/graph.html")
    page.wait_for_selector("html[data-ready]", state="attached")
    yield Hand(page)
    context.close()
    assert faults == []


def answers(page: Page) -> list[dict[str, str]]:
    """The rows of an answer, each with the names of its columns."""
    page.wait_for_selector("#rows tbody tr", timeout=WAIT)
    rows: list[dict[str, str]] = page.locator("#rows").evaluate(
        """table => {
          const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
          return [...table.tBodies[0].rows].map((row) =>
            Object.fromEntries([...row.cells].map((cell, at) => [names[at], cell.textContent])));
        }"""
    )
    return rows


def test_which_measures_act_on_land_in_villages_and_in_whose_words(hand: Hand) -> None:
    hand.click("[data-view=matrix]")
    hand.click(hand.page.locator("#grid-tools .layer").filter(has_text="rural area"))
    cells = hand.page.locator("#grid [data-cell$=' land']")
    assert cells.evaluate_all("all => all.map((cell) => cell.dataset.cell.split(' ')[0])") == [
        "break-institutional-barriers"
    ]
    hand.click(cells)
    panel = hand.page.locator("#panel")
    expect(panel).to_contain_text("break down institutional barriers to factor flow")
    expect(panel.locator(".passage")).to_contain_text("One is to break down the institutional")
    expect(panel.locator("cite")).to_contain_text("Using county towns as carriers")
    expect(panel.locator("footer")).to_contain_text("coded by")
    assert hand.steps == 3


def test_what_does_document_no_1_require_of_towns(hand: Hand) -> None:
    hand.ask("required-of")
    hand.take("#given-tier", "township")
    hand.take("#given-source", "No. 1 central document")
    expect(hand.page.locator("#told")).to_contain_text("4 rows", timeout=WAIT)
    wanted = {row["wanted"] for row in answers(hand.page) if row["modality"] == "required"}
    assert wanted == {
        "regional centre serving farmers",
        "farmer",
        "build townships into regional centres serving farmers",
        "make the functions of county, township and village complementary",
    }
    assert all("Document No.1" in row["quote"] for row in answers(hand.page))
    assert hand.steps == 4


def test_how_do_talents_get_to_the_countryside(hand: Hand) -> None:
    hand.take("#search", "talent")
    hand.button("Path to …")
    hand.take("#search", "rural area")
    steps = hand.page.locator("#panel .step")
    expect(steps).to_have_count(2)
    expect(steps.nth(0)).to_contain_text("promote talent to go to the countryside")
    expect(steps.nth(1)).to_contain_text("applies to tier rural area")
    expect(steps.nth(0).locator(".passage")).to_contain_text("talents and capital to go to rural")
    assert hand.steps == 3


def test_what_do_both_texts_say_and_what_only_one(hand: Hand) -> None:
    hand.ask("compare-claims")
    for name, at in (("one", 1), ("other", 2)):
        hand.steps += 1
        hand.page.locator(f"#given-{name}").select_option(index=at)
    expect(hand.page.locator("#told")).to_contain_text("rows", timeout=WAIT)
    found = answers(hand.page)
    both = [row for row in found if not row["only in"]]
    said = {(row["subject"], row["relation"], row["object"]) for row in both}
    assert ("county", "complements", "village") in said
    assert all(int(row["passages in one"]) and int(row["passages in other"]) for row in both)
    assert {row["only in"] for row in found if row not in both} >= {
        "Using county towns as carriers to promote urban-rural integration and development"
    }
    assert hand.steps == 4


def test_why_does_the_graph_hold_this_inferred_edge(hand: Hand) -> None:
    hand.click(hand.page.get_by_role("checkbox", name="inferred"))
    hand.take("#search", "rural area")
    hand.click(hand.page.locator("#panel .chip.inferred").first)
    panel = hand.page.locator("#panel")
    expect(panel.locator(".kind").first).to_contain_text("inferred")
    expect(panel).to_contain_text(
        "It follows from this line, because “complements” holds both ways."
    )
    expect(panel.locator(".step")).to_contain_text("city complements rural area")
    assert panel.locator(".step mark").count() > 0, "down to the words"
    assert hand.steps == 3
