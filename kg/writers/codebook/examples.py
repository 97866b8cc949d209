"""Marked words as examples: few, and as unlike each other as there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ontology import local_name
from kg.rows import pairs, rows
from kg.writers.codebook.book import Example
from kg.writers.codebook.said import ACCEPTED

MOST = 3
AROUND = 130
"""Characters of a passage that are shown on each side of the marked words."""
SLACK = 40
"""As many more are shown where the passage then is shown to its end."""


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """One accepted mention; offsets as in the document, `words` those of its passage."""

    document: str
    spans: tuple[tuple[int, int], ...]
    coder: str
    passage_start: int
    words: str

    @property
    def marked(self) -> str:
        """The marked words, in lower case, to tell different ones from the same."""
        start = self.passage_start
        return " ".join(self.words[a - start : b - start] for a, b in self.spans).casefold()


def read_marked(store: ox.Store) -> dict[str, list[Marked]]:
    """Concept → its accepted mentions, in the order of the documents."""
    passages = {row[0]: row[1:] for row in rows(store, "quotes")}
    names = pairs(store, "names")
    spans: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for mention, concept, passage, coder, status, start, end in rows(store, "page-mentions"):
        if status == ACCEPTED and passage in passages:
            spans[mention, concept, passage, coder].append((int(start), int(end)))
    found: dict[str, list[Marked]] = defaultdict(list)
    for (_, concept, passage, coder), pieces in spans.items():
        document, start, _, words = passages[passage]
        key = local_name(document).removeprefix("doc-")
        name = names.get(coder, local_name(coder))
        found[concept].append(Marked(key, tuple(sorted(pieces)), name, int(start), words))
    return {concept: sorted(marked) for concept, marked in found.items()}


def examples(marked: Sequence[Marked]) -> tuple[Example, ...]:
    """At most three: other documents first, then other words, then in the order of the text."""
    waiting = list(marked)
    chosen: list[Marked] = []
    while waiting and len(chosen) < MOST:
        known = {each.document for each in chosen}
        words = {each.marked for each in chosen}
        best = min(waiting, key=lambda each: (each.document in known, each.marked in words, each))
        waiting.remove(best)
        chosen.append(best)
    return tuple(_example(each) for each in sorted(chosen))


def _example(marked: Marked) -> Example:
    start, end = marked.spans[0][0], max(span[1] for span in marked.spans)
    return Example(tuple(_pieces(marked)), marked.document, start, end, marked.coder)


def _pieces(marked: Marked) -> Iterable[tuple[str, bool]]:
    words = marked.words
    spans = [(a - marked.passage_start, b - marked.passage_start) for a, b in marked.spans]
    here, last = _begin(words, spans[0][0]), _end(words, max(end for _, end in spans))
    before = "… " if here else ""
    for start, end in spans:
        yield before + words[here:start], False
        yield words[start:end], True
        before, here = "", end
    yield words[here:last] + (" …" if last < len(words) else ""), False


def _begin(words: str, start: int) -> int:
    """Where the quote begins: behind a space, if there is one."""
    if start <= AROUND + SLACK:
        return 0
    space = words.find(" ", start - AROUND, start)
    return space + 1 if space >= 0 else start - AROUND


def _end(words: str, end: int) -> int:
    if len(words) - end <= AROUND + SLACK:
        return len(words)
    space = words.rfind(" ", end, end + AROUND)
    return space if space >= 0 else end + AROUND
