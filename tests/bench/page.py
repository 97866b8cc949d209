"""What the page costs at each size, beside what it may cost.

The pages of the two texts and of made-up projects are opened in headless Chromium without a GPU,
and used as a reader would. Where concepts are gathered in groups at first, ready is the first view;
the rest is measured with every concept shown. `python -m tests.bench.page texts 2000`: these only.
What is no matter of measure is tested (`tests/render`): that the same input gives the same bytes,
and that no view shuts anybody out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from kg.model import Document
from kg.network import concept_network
from kg.pipeline import build_project
from kg.project import read_project
from kg.render import render
from kg.render.layout import relayout
from tests.bench.crowd import BASE, LANGUAGES, Crowd
from tests.conftest import copy_project
from tests.render.conftest import CHROMIUM, FLAGS, SCREEN

TEXTS = "texts"
SIZES = (TEXTS, "60", "2000", "10000", "50000")
T = TypeVar("T")
NOISE = ("error", "warning")
LASTING = 2.5
"""Seconds of a gesture."""
TIMES = 5
"""How often an answer is waited for; the middle one counts."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the page of one size costs."""

    layout_cpu_s: float
    page_kb: float
    labels_pc: float
    faults: float
    ready_cpu_s: float
    ready_s: float
    pan_fps: float
    zoom_fps: float
    select_ms: float
    filter_ms: float
    search_ms: float


@dataclass(frozen=True, slots=True)
class Made:
    """A page on disk, what its layout took in CPU-seconds, and how large it may be."""

    path: Path
    layout: float
    most_kb: float


MORE = {"pan_fps", "zoom_fps", "labels_pc"}
"""Of these, more is better."""
TARGETS = {
    "layout_cpu_s": {TEXTS: 5, "2000": 15, "50000": 90},
    "labels_pc": {TEXTS: 90},
    "ready_cpu_s": {"60": 0.5, "2000": 1.5, "10000": 4},
    "pan_fps": {"2000": 50, "10000": 30},
    "zoom_fps": {"2000": 50, "10000": 30},
    "select_ms": {"2000": 100},
    "filter_ms": {"2000": 100},
    "search_ms": {"2000": 100},
}


def main(sizes: tuple[str, ...]) -> None:
    """Measure the sizes, one after the other, and print the table."""
    results = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            made = write_texts(Path(folder)) if size == TEXTS else write_crowd(size, Path(folder))
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            results[size] = made, measure(browser, made)
            browser.close()
            print(f"{size} measured", file=sys.stderr)
    Console(width=200).print(as_table(results))


def write_texts(folder: Path) -> Made:
    """The page of the repository's own two texts, as `kg build` makes it."""
    (folder / TEXTS).mkdir()
    filled = build_project(read_project(copy_project(folder / TEXTS))).filled
    project = filled.project
    network = concept_network(filled.store, base=project.base, languages=project.languages)
    _, seconds = timed(lambda: relayout(network))
    things = network.number_of_nodes() + network.number_of_edges()
    return Made(project.output / "graph.html", seconds, most_kb(things, filled.documents))


def most_kb(things: int, documents: Iterable[Document]) -> float:
    """For the page itself, for each concept and relation, and for the texts."""
    texts = sum(len(d.text[start:end].encode()) for d in documents for start, end in d.body)
    return 550 + 0.25 * things + texts / 1000


def timed(act: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and the CPU-seconds that it takes."""
    start = time.process_time()
    return act(), time.process_time() - start


def write_crowd(size: str, folder: Path) -> Made:
    """The page of a made-up project."""
    crowd = Crowd(int(size))
    store = crowd.store()
    network = concept_network(store, base=BASE, languages=LANGUAGES)
    positions, seconds = timed(lambda: relayout(network))
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
    path = folder / f"{size}.html"
    path.write_bytes(page.encode())
    things = network.number_of_nodes() + network.number_of_edges()
    return Made(path, seconds, most_kb(things, crowd.documents))


def measure(browser: Browser, made: Made) -> Measured:
    """Everything about one page; the browser is fresh."""
    path, faults = made.path, Counter[str]()
    page = browser.new_page(viewport=SCREEN)
    page.on("pageerror", lambda _: faults.update(["error"]))
    page.on("console", lambda said: faults.update([said.type] * (said.type in NOISE)))
    page.on("request", lambda asked: faults.update(["request"] * asked.url.startswith("http")))
    page.goto("about:blank")
    page.wait_for_timeout(2_000)
    before, start = cpu_seconds(browser), time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    ready, cpu = time.perf_counter() - start, cpu_seconds(browser) - before
    labels = page.evaluate(LABELS_SEEN)
    page.goto("about:blank")
    page.goto(path.as_uri() + "#open=all")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_timeout(2_000)
    measured = Measured(
        layout_cpu_s=made.layout,
        page_kb=path.stat().st_size / 1000,
        labels_pc=100 * labels,
        faults=0,
        ready_cpu_s=cpu,
        ready_s=ready,
        pan_fps=frames(page, dragging),
        zoom_fps=frames(page, wheeling),
        select_ms=answer(page, SELECT),
        filter_ms=answer(page, FILTER),
        search_ms=answer(page, SEARCH),
    )
    return replace(measured, faults=faults.total())


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


LABELS_SEEN = """() => {
  const { labels } = window.page;
  const named = labels.boxes.filter(({ edge }) => edge === undefined).length;
  return named / Math.max(1, named + labels.hidden);
}"""
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


def as_table(results: Mapping[str, tuple[Made, Measured]]) -> Table:
    """One row for each size: what was measured and, behind a bar, the target where there is one."""
    table = Table(title="The page, measured | target")
    table.add_column("concepts", justify="right")
    for field in fields(Measured):
        table.add_column(heading(field.name), justify="right")
    for size, (made, measured) in results.items():
        limits = {"page_kb": made.most_kb, "faults": 0.0}
        limits |= {name: by[size] for name, by in TARGETS.items() if size in by}
        names = [field.name for field in fields(Measured)]
        cells = (cell(name, getattr(measured, name), limits.get(name)) for name in names)
        table.add_row(size if size == TEXTS else f"{int(size):,}", *cells)
    return table


def heading(name: str) -> str:
    """
    >>> heading("ready_cpu_s"), heading("page_kb")
    ('ready CPU-s', 'page KB')
    """
    units = {"_cpu_s": " CPU-s", "_kb": " KB", "_pc": " %", "_": " "}
    for unit, words in units.items():
        name = name.replace(unit, words)
    return name


def cell(name: str, value: float, target: float | None) -> str:
    """
    >>> cell("pan_fps", 47.2, 50), cell("pan_fps", 60.0, None)
    ('[red]47 | 50[/]', '60')
    """
    shown = f"{value:,.0f}" if value >= 10 or value == 0 else f"{value:.2f}"
    if target is None:
        return shown
    met = value >= target if name in MORE else value <= target
    limit = f"{target:,.0f}" if target >= 10 else f"{target:g}"
    return f"[{'green' if met else 'red'}]{shown} | {limit}[/]"


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or SIZES)
