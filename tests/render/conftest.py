"""A real browser without a network; every console error, page error or request fails the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    expect,
    sync_playwright,
)

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))),
    None,
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1600, "height": 950}

expect.set_options(timeout=20_000)  # what takes longer on a busy machine is no fault

Open = Callable[..., Page]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if CHROMIUM:
        return
    browser = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if item not in browser]
    config.hook.pytest_deselected(items=browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not CHROMIUM:
        terminalreporter.write_line("no Chromium here: the tests marked 'browser' were left out")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """Whatever the browser complained of; a test that means it to complain empties the list."""
    return []


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path, faults: list[str]) -> Iterator[Open]:
    """Open HTML from a file: `open_page(html, "#view=table", viewport=PHONE)`."""
    contexts: list[BrowserContext] = []

    def open_(html: str, address: str = "", **options: Any) -> Page:
        path = tmp_path / "graph.html"
        path.write_bytes(html.encode())
        context = browser.new_context(**{"viewport": SCREEN, **options})
        contexts.append(context)
        context.route("**/*", lambda route: _only(path, route, faults))
        page = context.new_page()
        page.on("console", lambda message: _heard(message, faults))
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.goto(path.as_uri() + address)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def _only(path: Path, route: Route, faults: list[str]) -> None:
    if route.request.url.split("#")[0] == path.as_uri():
        route.continue_()
    else:
        faults.append(f"request: {route.request.url}")
        route.abort()


def _heard(message: ConsoleMessage, faults: list[str]) -> None:
    if message.type in ("error", "warning"):
        faults.append(f"console: {message.text}")


def spot(page: Page, concept: str) -> tuple[float, float]:
    """Where a concept stands on the screen."""
    return _on_screen(page, "concepts.find(({ key }) => key === name)", concept)


def edge_spot(page: Page, ends: str) -> tuple[float, float]:
    """The middle of the line between two concepts, named "from to", as it is drawn."""
    find = (
        "pointOn(edges.findIndex(({ from, to }) => "
        "`${concepts[from].key} ${concepts[to].key}` === name), 0.5)"
    )
    return _on_screen(page, find, ends)


def _on_screen(page: Page, find: str, name: str) -> tuple[float, float]:
    script = (
        "name => { const { map, concepts, edges, pointOn } = window.page;"
        f"const {{ x, y }} = map.network.canvasToDOM({find});"
        "const frame = document.getElementById('map').getBoundingClientRect();"
        "return [x + frame.left, y + frame.top]; }"
    )
    x, y = page.evaluate(script, name)
    return x, y
