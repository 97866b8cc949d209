"""How many of the coded passages are found again after a text was edited, and how many wrongly.

    python -m tests.bench.anchoring [ROUNDS]

The edits are made here, so that it is known where every character went. A place is right if it
shares nine tenths with where the words are now, and false if it shares less than half, or if the
words were deleted. Passages are sought as `kg anchor` seeks them, marks by their words with 32
characters on each side, as other tools keep them.
"""

from __future__ import annotations

import random
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.project import read_project
from kg.readers import coders_files, read_document
from kg.reanchoring.files import Old, anchored
from kg.reanchoring.finding import Passed, find_by_change, find_by_words
from kg.reanchoring.model import CONTEXT, Found, Sought
from kg.reanchoring.searching import Ground, Hit
from kg.reanchoring.sheets import Sheet, read_sheet

SEED = 20261122
SENTENCE = re.compile(r"[^.!?;。！？；\n]*[.!?;。！？；\n]*\s*")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ADDED = (
    "As the survey of last autumn showed, much remains to be done. ",
    "This holds for the north as well as for the south. ",
    "调查表明，这方面的工作仍需加强。",
)
RIGHT, SAME = 0.9, 0.5

Characters = list[tuple[str, int]]
"""Each character of an edited text and where it stood before; -1 if it is new."""
Edit = Callable[[Characters, random.Random], Characters]


def noise(text: Characters, chance: random.Random) -> Characters:
    """2 % of all letters lost, doubled, mistaken or changed with the next one."""
    edited: Characters = []
    for char, origin in text:
        if not char.isalnum() or chance.random() >= 0.02:
            edited.append((char, origin))
            continue
        kind = chance.randrange(4)
        if kind == 1:
            edited += [(char, origin), (char, -1)]
        elif kind == 2:
            edited.append((chance.choice(LETTERS), origin))
        elif kind == 3 and edited:
            edited.insert(len(edited) - 1, (char, origin))
    return edited


def wrap(text: Characters, chance: random.Random) -> Characters:
    """Lines broken elsewhere, some with two spaces or an indentation."""
    edited: Characters = []
    for char, origin in text:
        if char.isspace():
            breaks = chance.choice(["\n", "\r\n", " ", " ", " ", "  ", "\n    ", "\u3000"])
            edited += [(one, origin) for one in breaks]
        else:
            edited.append((char, origin))
            if char > "\u2e80" and chance.random() < 0.03:
                edited.append(("\n", -1))
    return edited


def correct(text: Characters, chance: random.Random) -> Characters:
    """Every tenth word replaced, doubled, capitalised or taken out; sentences put in between."""
    edited: Characters = [(char, -1) for char in "Published on 1 May, by the editors\n\n"]
    for sentence in pieces(text, SENTENCE):
        if chance.random() < 0.15:
            edited += [(char, -1) for char in chance.choice(ADDED)]
        for word in pieces(sentence, re.compile(r"\w+\W*|\W+")):
            kind = chance.randrange(40)
            if kind == 0:
                edited += [(char, -1) for char in "much "]
            elif kind == 1:
                edited.append((word[0][0].swapcase(), word[0][1]))
                edited += word[1:]
                continue
            elif kind == 2:
                edited += [("z", word[0][1]), *word[1:]]
                continue
            elif kind == 3 and len(word) < 6:
                continue
            edited += word
    return edited


def encode(text: Characters, chance: random.Random) -> Characters:
    """Saved by other programs: CRLF, decomposed letters, no-break spaces, invisible characters."""
    edited: Characters = [("\ufeff", -1)] * chance.randrange(2)
    for char, origin in text:
        if char == "\n":
            edited += [("\r", origin), ("\n", origin)]
        elif char == " " and chance.random() < 0.05:
            edited.append(("\u00a0", origin))
        else:
            edited += [(one, origin) for one in unicodedata.normalize("NFD", char)]
            if chance.random() < 0.01:
                edited.append((chance.choice("\u00ad\u200b"), -1))
    return edited


def delete(text: Characters, chance: random.Random) -> Characters:
    """A quarter of all sentences taken out."""
    kept = (sentence for sentence in pieces(text, SENTENCE) if chance.random() >= 0.25)
    return [char for sentence in kept for char in sentence]


def pieces(text: Characters, pattern: re.Pattern[str]) -> Iterator[Characters]:
    found = pattern.finditer("".join(char for char, _ in text))
    yield from (text[match.start() : match.end()] for match in found if match.group())


KINDS: dict[str, Edit] = {
    "noise": noise,
    "wrap": wrap,
    "correct": correct,
    "encode": encode,
    "delete": delete,
}
WITHOUT_LOSS = ("noise", "wrap", "correct", "encode")


@dataclass(frozen=True)
class Case:
    """A text, its coders' files, and where what was coded stands: passages and marks."""

    text: str
    body: tuple[tuple[int, int], ...]
    sheets: tuple[Sheet, ...]
    marks: tuple[tuple[int, int], ...]


def cases(project: Path) -> list[Case]:
    from kg.pipeline import fill

    filled = fill(read_project(project))
    files = [read_sheet(path)[0] for path in coders_files(project / "passages")]
    found = []
    for each in filled.documents:
        document, _ = read_document(project / "passages" / f"{each.key}.txt")
        if document is None:
            raise KgError(each.key, fix="mend the text")
        mentions = [mention for passage in each.passages for mention in passage.mentions]
        marks = sorted({(s.start, s.end) for mention in mentions for s in mention.spans})
        sheets = [file for file in files if file and file.document == each.key]
        found.append(Case(document.text, document.body, tuple(sheets), tuple(marks)))
    return found


def outcome(found: Found, truth: tuple[int, int] | None) -> str:
    if found.span is None:
        return found.state if truth else "gone"
    if truth is None:
        return "false"
    span = (found.span.start, found.span.end)
    shared = max(0, min(span[1], truth[1]) - max(span[0], truth[0]))
    share = shared / (max(span[1], truth[1]) - min(span[0], truth[0]))
    return "right" if share >= RIGHT else "near" if share >= SAME else "false"


def truth_of(edited: Characters, start: int, end: int) -> tuple[int, int] | None:
    """Where a stretch stands now, None if most of it is gone."""
    places = [at for at, (_, origin) in enumerate(edited) if start <= origin < end]
    origins = {edited[at][1] for at in places}
    if len(origins) < SAME * (end - start):
        return None
    return places[0], places[-1] + 1


def tried(case: Case, edit: Edit, seed: int) -> Iterator[tuple[str, bool, str]]:
    """What was sought, whether with the old text, and what came of it."""
    edited = edit([(char, at) for at, char in enumerate(case.text)], random.Random(seed))  # noqa: S311
    now = Ground.of("".join(char for char, _ in edited))
    before = Ground.of(case.text, case.body)
    passed = Passed.of(before, now)
    old = Old("old", "", before, lambda: passed)
    for sheet in case.sheets:
        for olds in ((), (old,)):
            for result in anchored(sheet, now, "the new one", olds).results:
                hit = result.entry.place(before)
                span = before.span(hit) if hit else None
                if span:
                    truth = truth_of(edited, span.start, span.end)
                    yield "passages", bool(olds), outcome(result.found, truth)
    for start, end in case.marks:
        truth = truth_of(edited, start, end)
        hit = passed.old.hit(start, end)
        sought = mark(passed.old, hit)
        yield "marks", False, outcome(find_by_words(now, sought), truth)
        yield "marks", True, outcome(find_by_change(passed, sought, hit, now), truth)


def mark(old: Ground, hit: Hit) -> Sought:
    before, after = old.around(hit, CONTEXT, CONTEXT)
    return Sought(old.words(hit), before, after, is_certain=True, alone=False)


def measured(found: Sequence[Case], kind: str, rounds: int) -> Counter[tuple[str, bool, str]]:
    return Counter(
        result
        for number in range(rounds)
        for case in found
        for result in tried(case, KINDS[kind], SEED + number)
    )


OUTCOMES = ("right", "near", "ambiguous", "orphaned", "gone", "false")


def main() -> None:
    rounds = int(sys.argv[1]) if sys.argv[1:] else 10
    found = cases(Path(__file__).parents[2])
    print("edit      sought    old text ", *(f"{name:>9}" for name in OUTCOMES))
    for kind in KINDS:
        start = time.perf_counter()
        counts = measured(found, kind, rounds)
        for what in ("passages", "marks"):
            for has_old in (True, False):
                row = [counts[what, has_old, name] for name in OUTCOMES]
                figures = " ".join(f"{count:9,}" for count in row)
                print(f"{kind:9} {what:9} {'known' if has_old else 'lost':9} {figures}")
        print(f"{kind:9} {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
