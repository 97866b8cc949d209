"""`make picture`: the page of the two texts as the README shows it, into exports/picture.png."""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from tests.conftest import REPOSITORY
from tests.render.conftest import CHROMIUM, FLAGS, SCREEN

SELECTED = "#concept=talent"

if __name__ == "__main__":
    exports = REPOSITORY / "exports"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport=SCREEN)
        page.goto((exports / "graph.html").as_uri() + SELECTED)
        page.wait_for_timeout(1_500)
        page.screenshot(path=exports / "picture.png")
        browser.close()
