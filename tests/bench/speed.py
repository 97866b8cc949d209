"""`make bench SIZE=100k|1m|10m`: what the program costs, beside what it may cost.

One corpus of the size, one run, CPU seconds; each step is a process of its own, so that its peak of
memory is its own. The figures go to exports/benchmark.md. Most targets are ratios: they hold on any
machine. `python -m tests.bench.speed 100k`
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from kg.project import read_project
from kg.store import open_store
from tests.bench.corpus import ROOT, of_triples
from tests.bench.steps import SAMPLE, STEPS

SIZES = {"20k": 20_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
SLOW = 20_000
"""Triples that rdflib and pySHACL get where they have to do the whole work."""
REPORT = ROOT / "exports" / "benchmark.md"
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its target; `least` where more is better."""

    what: str
    value: float
    unit: str
    target: float | None = None
    least: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target


def main(size: str) -> None:
    """Measure, print the table, write the report."""
    console = Console(width=140, stderr=True)
    with TemporaryDirectory(prefix="kg-bench-") as folder, Progress(console=console) as progress:
        rows = list(measure(Path(folder), SIZES[size], progress))
    Console(width=140).print(as_table(size, rows))
    write_report(size, rows)


def measure(folder: Path, triples: int, progress: Progress) -> Iterator[Row]:
    """All rows; `folder` is filled and may be thrown away."""
    large, small = folder / "large", folder / "small"
    names = [name for name in STEPS if name != "build"]
    task = progress.add_task("", total=len(names) + 2)

    def run(name: str, where: Path) -> Figures:
        progress.update(task, description=name)
        found = step(name, where)
        progress.advance(task)
        return found

    build, documents = made(large, triples, run)
    made(small, min(triples, SLOW), run)
    yield from filling(run, large, build)
    yield from building(run, large, build)
    yield from asking(run, large, small)
    yield from others(run, large, small)
    yield Row("documents", documents, "")


Run = Callable[[str, Path], Figures]


def made(folder: Path, triples: int, run: Run) -> tuple[Figures, int]:
    """A project of so many triples, built, and its own N-Quads beside it."""
    corpus = of_triples(triples)
    folder.mkdir()
    (folder / "documents").write_text(str(corpus.size))
    corpus.write(folder / "project")
    build = run("build", folder)
    dump(folder)
    return build, corpus.size


def dump(folder: Path) -> None:
    import pyoxigraph as ox

    store = open_store(read_project(folder / "project").cache)
    with (folder / "graph.nq").open("wb") as file:
        store.dump(file, format=ox.RdfFormat.N_QUADS)


def step(name: str, folder: Path) -> Figures:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.steps", name, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise SystemExit(f"{name}: {ran.stderr[-2_000:]}")
    return dict(json.loads(ran.stdout))


def filling(run: Run, large: Path, build: Figures) -> Iterator[Row]:
    written, mapped = run("write", large), run("map_records", large)
    read, parsed = run("read_records", large), run("rdflib_parse", large)
    yield Row("triples in the graph", written["lines"], "")
    rate = mapped["lines"] / mapped["cpu"] / 1e6
    yield Row("records → N-Quads", rate, "M triples/CPU-s", 1.0, least=True)
    slow = parsed["cpu"] / parsed["lines"] * mapped["lines"]
    yield Row(
        "records → N-Quads, rdflib's parser over it", slow / mapped["cpu"], "×", 19, least=True
    )
    yield Row("records → N-Quads over writing the bytes", mapped["cpu"] / written["cpu"], "×")
    rate = mapped["lines"] / (read["cpu"] + mapped["cpu"]) / 1e6
    yield Row("JSON Lines → records → N-Quads, all checked", rate, "M triples/CPU-s")
    raw, bulk, memory = run("load", large), run("bulk_load", large), run("oxigraph_parse", large)
    share = raw["cpu"] / (raw["cpu"] + mapped["cpu"])
    yield Row("records → store, raw load over it", share, "×", 0.85, least=True)
    if written["lines"] >= SAMPLE:
        yield Row("memory of the store over rdflib's", memory["peak"] / parsed["peak"], "×", 0.6)
    yield Row("raw load into memory", raw["cpu"], "CPU-s")
    yield Row("raw bulk load to disk", bulk["cpu"], "CPU-s")
    yield Row("kg build over raw load", build["cpu"] / raw["cpu"], "×", 2)
    yield Row("kg build over raw bulk load", build["cpu"] / bulk["cpu"], "×")


def building(run: Run, large: Path, build: Figures) -> Iterator[Row]:
    yield Row("kg build", build["cpu"], "CPU-s", note=f"{build['seconds']:.1f} s on the clock")
    yield Row("kg build, peak memory", build["peak"], "MB")
    one, two = run("build_1", large), run("build_2", large)
    yield Row("two jobs over one", two["seconds"] / one["seconds"], "× on the clock")
    yield Row("two jobs over one", two["cpu"] / one["cpu"], "×")
    pieces = run("shards", large)
    yield Row("kg export shards over the build", pieces["cpu"] / build["cpu"], "×")
    again = run("rebuild", large)
    yield Row("one document changed, over the first build", again["cpu"] / build["cpu"], "×", 0.1)
    yield Row("the same, peak memory", again["peak"], "MB")


def asking(run: Run, large: Path, small: Path) -> Iterator[Row]:
    native, worker, each = run("natively", large), run("by_worker", large), run("each", large)
    yield Row("questions by kg's worker over native", worker["cpu"] / native["cpu"], "×", 1.1)
    yield Row("smallest query, worker started for it", worker["cold"], "ms on the clock")
    yield Row("smallest query, worker waiting", worker["warm"], "ms on the clock")
    slow = run("by_rdflib", small)
    note = f"{len(slow['late'])} of {slow['asked']} stopped after 5 s"
    yield Row("rdflib over native", slow["cpu"] / slow["ours"], "×", 20, least=True, note=note)
    for what, at in (("as asked", 0), ("for everything", 2)):
        times = {name: figures[at] for name, figures in each["each"].items()}
        rows = {name: figures[at + 1] for name, figures in each["each"].items()}
        slowest = max(times, key=times.__getitem__)
        over = [f"{n} {s:.2f} ({rows[n]:,} rows)" for n, s in times.items() if s >= 0.5]
        yield Row(
            f"slowest question, {what}", times[slowest], "CPU-s", 0.5,
            note=f"{slowest}; over: {', '.join(over) or 'none'}",
        )  # fmt: skip


def others(run: Run, large: Path, small: Path) -> Iterator[Row]:
    ours, plain, theirs = run("turtle", large), run("dump", large), run("rdflib_turtle", large)
    yield Row("sorted Turtle over Oxigraph's dump", ours["cpu"] / plain["cpu"], "×", 2)
    whole, disk = run("export_turtle", large), run("dump_disk", large)
    yield Row("kg export ttl over Oxigraph's dump from disk", whole["cpu"] / disk["cpu"], "×")
    yield Row("kg export ttl over Oxigraph's dump from memory", whole["cpu"] / plain["cpu"], "×")
    lines = (large / "graph.nq").read_bytes().count(b"\n")
    slow = theirs["cpu"] * lines / theirs["lines"]
    yield Row("rdflib's Turtle over ours", slow / ours["cpu"], "×", 30, least=True)
    closed = run("closure", large)
    note = f"{closed['inferred']:,} triples follow"
    yield Row("closure", closed["cpu"], "CPU-s", 0.5, note=note)
    shapes, pyshacl = run("shapes", small), run("pyshacl", small)
    note = f"{shapes['issues']} findings, pySHACL {pyshacl['issues']}"
    yield Row("pySHACL over ours", pyshacl["cpu"] / shapes["cpu"], "×", 8, least=True, note=note)
    helped = run("start", small)
    yield Row("kg --help", helped["seconds"], "s on the clock", 0.25)


def shown(value: float) -> str:
    """
    >>> shown(0.0123), shown(12.34), shown(1001990)
    ('0.012', '12.3', '1,001,990')
    """
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3f}".rstrip("0")


def aimed(row: Row) -> str:
    if row.target is None:
        return ""
    return f"{'≥' if row.least else '≤'} {row.target:g}"


def verdict(row: Row) -> str:
    return {None: "", True: "yes", False: "no"}[row.met]


def as_table(size: str, rows: list[Row]) -> Table:
    table = Table(title=f"{size} triples")
    for name in ("what", "measured", "unit", "target", "met", "note"):
        table.add_column(name, justify="right" if name == "measured" else "left", overflow="fold")
    for row in rows:
        colour = {None: "", True: "green", False: "red"}[row.met]
        table.add_row(
            row.what, shown(row.value), row.unit, aimed(row), verdict(row), row.note, style=colour
        )
    return table


HEAD = """# Benchmark

Made by `make bench SIZE=…` (`tests/bench/speed.py`): CPU seconds and ratios of one run. The corpus:
documents of 20 passages, each with three mentions and one statement, English and Chinese, seeded.
"""


def write_report(size: str, rows: list[Row]) -> None:
    """The section of this size anew; those of other sizes stay."""
    text = REPORT.read_text("utf-8") if REPORT.exists() else HEAD
    head, *sections = text.split("\n## ")
    kept = {section.partition(" ")[0]: section for section in sections}
    kept[size] = section(size, rows)
    ordered = [kept[name] for name in SIZES if name in kept]
    REPORT.write_text("\n## ".join([head, *ordered]), "utf-8")


def section(size: str, rows: list[Row]) -> str:
    packages = ", ".join(f"{n} {version(n)}" for n in ("pyoxigraph", "rdflib", "pyshacl"))
    lines = [
        f"{size} triples",
        "",
        f"CPython {platform.python_version()}, {packages}, {platform.machine()}.",
        "",
        "| what | measured | unit | target | met | note |",
        "|---|---:|---|---|---|---|",
    ]
    for row in rows:
        cells = (row.what, shown(row.value), row.unit, aimed(row), verdict(row), row.note)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "100k")
