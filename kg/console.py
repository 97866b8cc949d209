"""The terminal: words for people on stderr, data on stdout, and no traceback on either."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from typing import NoReturn

import click

from kg.errors import Issue


def prepare() -> None:
    """Data is UTF-8 wherever it goes but to a terminal; faults end in a sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            data = stream is sys.stdout and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if data else None, errors="replace")
    sys.excepthook = unexpected


def say(text: str = "") -> None:
    """For people: to stderr, so that stdout holds data only."""
    click.echo(text, err=True)


def tell(issues: Iterable[Issue]) -> None:
    """Findings, each with its place and its mending."""
    for issue in issues:
        say(_coloured(issue, str(issue)))


def _coloured(issue: Issue, words: str) -> str:
    return click.style(words, fg="red" if issue.severity == "error" else "yellow")


def tell_together(issues: Iterable[Issue]) -> None:
    """The same, with one mending below all findings that it mends, each where its first is."""
    by_fix: dict[str, list[Issue]] = {}
    for issue in issues:
        by_fix.setdefault(issue.fix, []).append(issue)
    for fix, alike in by_fix.items():
        *others, last = alike
        for issue in others:
            say(_coloured(issue, str(issue).removesuffix(f"\n  fix: {fix}")))
        say(_coloured(last, str(last)))


def print_json(data: object) -> None:
    """Data for programs, on stdout."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def refuse(words: str) -> NoReturn:
    """Say why a command could not be done, and end with exit code 2."""
    say(click.style(words, fg="red"))
    sys.exit(2)


def unexpected(kind: type[BaseException], error: BaseException, _: object) -> None:
    """A fault of this program: say so, and keep what its makers need."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="kg-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(error, file=log)
    say(f"this is a fault of kg, not of your files: {kind.__name__}: {error}")
    say(f"  fix: report it with the file {log.name}")
