"""What the page costs at each size, beside what it may cost.

Pages of made-up projects are opened in headless Chromium without a GPU, and used as a reader would.
Where concepts are gathered in groups at first, ready is the first view; the rest is measured with
every concept shown. `python -m tests.bench.page 2000` measures one size only.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from kg.network import concept_network
from kg.render import render
from kg.render.layout import relayout
from tests.bench.crowd import BASE, LANGUAGES, Crowd
from tests.render.conftest import CHROMIUM, FLAGS, SCREEN

SIZES = (60, 280, 2_000, 10_000, 50_000)
LASTING = 2.5
"""Seconds of a gesture."""
TIMES = 5
"""How often an answer is waited for; the middle one counts."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the page of one size costs."""

    layout_cpu_s: float
    page_mb: float
    ready_cpu_s: float
    ready_s: float
    pan_fps: float
    zoom_fps: float
    select_ms: float
    filter_ms: float
    search_ms: float


FASTER = {"pan_fps", "zoom_fps"}
"""Of these, more is better."""
TARGETS = {
    "layout_cpu_s": {280: 5, 2_000: 15, 50_000: 90},
    "ready_cpu_s": {60: 0.5, 2_000: 1.5, 10_000: 4},
    "pan_fps": {2_000: 50, 10_000: 30},
    "zoom_fps": {2_000: 50, 10_000: 30},
    "select_ms": {2_000: 100},
    "filter_ms": {2_000: 100},
    "search_ms": {2_000: 100},
}


def main(sizes: tuple[int, ...]) -> None:
    """Measure the sizes, one after the other, and print the table."""
    results = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.html"
            seconds = write_page(size, path)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            results[size] = measure(browser, path, seconds)
            browser.close()
            print(f"{size:,} concepts measured", file=sys.stderr)
    Console(width=200).print(as_table(results))


def write_page(size: int, path: Path) -> float:
    """The page of a crowd; the CPU-seconds that its layout took."""
    crowd = Crowd(size)
    store = crowd.store()
    network = concept_network(store, base=BASE, languages=LANGUAGES)
    start = time.process_time()
    positions = relayout(network)
    seconds = time.process_time() - start
    page = render(
        store,
        crowd.documents,
        network=network,
        title=crowd.title,
        base=BASE,
        languages=LANGUAGES,
        positions=positions,
        build_id="0123456789abcdef",
    )
    path.write_bytes(page.encode())
    return seconds


def measure(browser: Browser, path: Path, layout_seconds: float) -> Measured:
    """Everything about one page; the browser is fresh."""
    page = browser.new_page(viewport=SCREEN)
    page.goto("about:blank")
    page.wait_for_timeout(2_000)
    before, start = cpu_seconds(browser), time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    ready, cpu = time.perf_counter() - start, cpu_seconds(browser) - before
    page.goto("about:blank")
    page.goto(path.as_uri() + "#open=all")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_timeout(2_000)
    return Measured(
        layout_cpu_s=layout_seconds,
        page_mb=path.stat().st_size / 1e6,
        ready_cpu_s=cpu,
        ready_s=ready,
        pan_fps=frames(page, dragging),
        zoom_fps=frames(page, wheeling),
        select_ms=answer(page, SELECT),
        filter_ms=answer(page, FILTER),
        search_ms=answer(page, SEARCH),
    )


def cpu_seconds(browser: Browser) -> float:
    """Of all processes of the browser."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return sum(float(process["cpuTime"]) for process in processes)


def frames(page: Page, gesture: Callable[[Page], Iterator[None]]) -> float:
    """How many frames a second are made while a gesture lasts."""
    page.evaluate(COUNT_FRAMES)
    start = time.perf_counter()
    for _ in gesture(page):
        if time.perf_counter() - start > LASTING:
            break
        page.wait_for_timeout(5)
    made = page.evaluate("window.stopCounting()")
    page.mouse.up()
    page.wait_for_timeout(1_000)
    return float(made)


def dragging(page: Page) -> Iterator[None]:
    """To and fro across the middle of the map."""
    page.mouse.move(900, 480)
    page.mouse.down()
    step = 0
    while True:
        step += 1
        away = 250 - abs(step * 9 % 1_000 - 500)
        page.mouse.move(900 + away, 480 + away / 3)
        yield


def wheeling(page: Page) -> Iterator[None]:
    """In and out at the middle of the map."""
    page.mouse.move(900, 480)
    step = 0
    while True:
        step += 1
        page.mouse.wheel(0, -60 if step % 40 < 20 else 60)
        yield


def answer(page: Page, act: str) -> float:
    """Milliseconds from an action to the end of the last slow frame that it causes."""
    waits = []
    for number in range(TIMES):
        waits.append(float(page.evaluate(UNTIL_SHOWN % act, number)))
        page.wait_for_timeout(600)
    return sorted(waits)[TIMES // 2]


COUNT_FRAMES = """() => {
  let frames = 0, running = true;
  const start = performance.now();
  const count = () => { frames += 1; if (running) requestAnimationFrame(count); };
  requestAnimationFrame(count);
  window.stopCounting = () => {
    running = false;
    return 1000 * frames / (performance.now() - start);
  };
}"""
UNTIL_SHOWN = """number => new Promise((done) => {
  const start = performance.now();
  let [before, shown] = [start, null];
  const afterFrame = () => {
    const now = performance.now();
    if (shown === null || now - before > 34) shown = now - start;
    before = now;
    if (now - start < 400) requestAnimationFrame(inFrame);
    else done(shown);
  };
  const inFrame = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = afterFrame;
    port2.postMessage("after the frame");
  };
  (%s)(number);
  requestAnimationFrame(inFrame);
})"""
SELECT = "(number) => window.page.select(7 + 11 * number)"
FILTER = "() => document.querySelector('#legend input[type=checkbox]').click()"
SEARCH = """(number) => {
  const field = document.getElementById("search");
  field.value = "open bridge".slice(0, number + 1);
  field.dispatchEvent(new Event("input"));
}"""


def as_table(results: dict[int, Measured]) -> Table:
    """One row for each size: what was measured and, behind a bar, the target where there is one."""
    table = Table(title="The page, measured | target")
    table.add_column("concepts", justify="right")
    for field in fields(Measured):
        table.add_column(heading(field.name), justify="right")
    for size, measured in results.items():
        cells = (
            cell(field.name, size, getattr(measured, field.name)) for field in fields(Measured)
        )
        table.add_row(f"{size:,}", *cells)
    return table


def heading(name: str) -> str:
    """
    >>> heading("ready_cpu_s"), heading("page_mb")
    ('ready CPU-s', 'page MB')
    """
    return name.replace("_cpu_s", " CPU-s").replace("_mb", " MB").replace("_", " ")


def cell(name: str, size: int, value: float) -> str:
    """
    >>> cell("pan_fps", 2000, 47.2), cell("pan_fps", 60, 60.0)
    ('[red]47 | 50[/]', '60')
    """
    shown = f"{value:.0f}" if value >= 10 else f"{value:.2f}"
    target = TARGETS.get(name, {}).get(size)
    if target is None:
        return shown
    met = value >= target if name in FASTER else value <= target
    return f"[{'green' if met else 'red'}]{shown} | {target}[/]"


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
