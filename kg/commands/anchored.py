"""What `kg anchor` found, as findings, as a summary, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from kg.anchoring import Anchors
from kg.errors import Issue, Place, issue_as_json
from kg.model import Span
from kg.readers.placing import difference, shown
from kg.reanchoring.files import Anchored, Result
from kg.reanchoring.folder import Plan
from kg.reanchoring.model import STATES
from kg.reanchoring.records import AnchoredRecords
from kg.results import counted

_SHOWN = 60
Marked: TypeAlias = Anchored | AnchoredRecords


def findings(plan: Plan) -> list[Issue]:
    """What somebody should look at: passages without a place, and those with other words."""
    issues = [issue for each in plan.files for issue in _findings_of(each)]
    return sorted([*plan.issues, *issues])


def unsettled(plan: Plan) -> int:
    """How many passages are left to a person."""
    return sum(len(each.results) - each.settled for each in plan.files)


def _findings_of(file: Marked) -> Iterator[Issue]:
    anchors = Anchors.of(file.text)
    for result in file.results:
        place = Place(file.sheet.place, result.entry.line)
        if result.lost:
            yield _lost_mark(place, anchors, result)
        elif result.found.state == "fuzzy":
            yield _reworded(place, anchors, result)
        elif not result.found.span:
            yield _unplaced(place, anchors, result)
    if file.sheet.unread:
        what = f"{counted(file.sheet.unread, 'passages')} of this file cannot be read, "
        what += "and nothing is done about them"
        fix = "kg check says what is wrong with them"
        yield Issue(Place(file.sheet.place), "unread-passages", what, fix, severity="warning")


def _words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def _reworded(place: Place, anchors: Anchors, result: Result) -> Issue:
    span = result.found.span or Span(0, 0, "")
    line, column = anchors.line_column(span.start)
    markup = result.entry.markup
    found, wanted = difference(Anchors.of(span.quote), Anchors.of(markup.words), markup.quote)
    what = f"these words stand at {line}:{column} with other letters: “{found}”, not “{wanted}”"
    fix = "kg anchor --write puts the new words here; look whether what was coded still holds"
    return Issue(place, "reworded", what, fix, severity="warning")


def _lost_mark(place: Place, anchors: Anchors, result: Result) -> Issue:
    span = result.found.span or Span(0, 0, "")
    line, column = anchors.line_column(span.start)
    what = f"the passage stands at {line}:{column}, but “{_words(result.lost)}”, which is marked in"
    what += f" it, is gone there: “{_words(span.quote)}”"
    fix = "write the words of the text here, and put the marks where they belong now"
    return Issue(place, "lost-mark", what, fix)


def _unplaced(place: Place, anchors: Anchors, result: Result) -> Issue:
    found = result.found
    places = " or ".join(shown(anchors, span) for span in found.places)
    if found.state == "ambiguous":
        what = f"these words may stand at {places}" if found.places[1:] else (
            f"these words stand at {places}, but are too few to tell that they are the same"
        )  # fmt: skip
        fix = "write which: `nth: 1` under `text`, and no `at`; the old text tells it: --old FILE"
        return Issue(place, "ambiguous-anchor", what, fix, severity="warning")
    what = "these words are no longer in the text"
    if places:
        what += f"; like them, at most {found.score:.0%}, is {places}"
    fix = "take the passage out, or quote the words that stand there now"
    return Issue(place, "orphaned-anchor", what, fix, severity="warning")


def summary(plan: Plan) -> list[str]:
    """A line for each file: of what state its passages are."""
    found: dict[str, Counter[str]] = {}
    olds: dict[str, str] = {}
    for each in plan.files:
        counts = found.setdefault(each.sheet.place, Counter())
        counts.update(result.found.state for result in each.results)
        if each.old:
            olds[each.sheet.place] = f" (followed from {_old(each)})"
    lines = []
    for place, counts in found.items():
        states = ", ".join(f"{counts[state]:,} {state}" for state in STATES if counts[state])
        total = counted(counts.total(), "passages")
        lines.append(f"{place}: {total}{': ' if states else ''}{states}{olds.get(place, '')}")
    return lines


def _old(file: Marked) -> str:
    return "the text of an earlier build" if Path(file.old).stem == file.old else file.old


def as_json(plan: Plan, written: Iterable[Path]) -> dict[str, object]:
    """The same for programs; offsets count characters of the text from 0, end excluded."""
    return {
        "files": [_file_as_json(each) for each in plan.files],
        "findings": [issue_as_json(issue) for issue in findings(plan)],
        "written": [path.as_posix() for path in written],
    }


def _file_as_json(file: Marked) -> dict[str, object]:
    anchors = Anchors.of(file.text)
    counts = Counter(result.found.state for result in file.results)
    return {
        "file": file.sheet.place,
        "document": file.sheet.document,
        "sha256": file.sha256,
        "states": {state: counts[state] for state in STATES},
        "passages": [_passage_as_json(anchors, result) for result in file.results],
    }


def _passage_as_json(anchors: Anchors, result: Result) -> dict[str, object]:
    found = result.found
    return {
        "line": result.entry.line,
        "state": found.state,
        "score": round(found.score, 3),
        "was": found.was,
        "at": found.span and (found.span.start, found.span.end),
        "words": found.span.quote if found.span else result.entry.markup.words.strip(),
        "lost_mark": result.lost,
        "places": [_place_as_json(anchors, span) for span in found.places],
    }


def _place_as_json(anchors: Anchors, span: Span) -> dict[str, object]:
    line, column = anchors.line_column(span.start)
    at = {"start": span.start, "end": span.end, "line": line, "column": column}
    return {**at, "words": span.quote}
