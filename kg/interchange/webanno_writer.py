"""Writing WebAnno TSV 3.3, a file for each text.

INCEpTION takes it into a project with a span layer `Concept` and a relation layer `Relates` on it,
both with the text features coder, confidence, fields, label, note, status and time. Words are cut
where a mark begins or ends, and the text comes back with every space.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kg.interchange.layers import CONCEPT, FEATURES, RELATION, features_of
from kg.interchange.model import Annotated, Link, Mark, Stretch
from kg.interchange.tsv import escaped, text_written
from kg.interchange.units import UTF16, ruler

_HEAD = """\
#FORMAT=WebAnno TSV 3.3
#T_SP={concept}|{features}
#T_RL={relation}|{features}|BT_{concept}

"""
_TOKEN = re.compile(r"\S+")


def write_webanno(documents: Sequence[Annotated]) -> dict[str, bytes]:
    return {f"{each.key}.tsv": "".join(_lines(each)).encode() for each in documents}


def _lines(document: Annotated) -> Iterator[str]:
    yield _HEAD.format(concept=CONCEPT, relation=RELATION, features="|".join(FEATURES))
    text = document.text
    tokens = _tokens(document)
    sentences = _sentences(text, tokens)
    ids = {token: f"{number}-{count}" for number, sentence in enumerate(sentences, 1)
           for count, token in enumerate(sentence, 1)}  # fmt: skip
    cells = _Cells(document, ids)
    offset = ruler(text, UTF16).offset
    for number, sentence in enumerate(sentences):
        end = sentences[number + 1][0][0] if sentences[number + 1 :] else len(text)
        is_last = end == len(text)
        words = text[sentence[0][0] : end]
        words = words[:-1] if words.endswith("\n") and not is_last else words
        yield "\n"
        yield from (f"#Text={text_written(line)}\n" for line in words.split("\n"))
        for token in sentence:
            place = f"{offset(token[0])}-{offset(token[1])}"
            word = text_written(text[token[0] : token[1]])
            yield "\t".join([ids[token], place, word, *cells.of(token), "\n"])


def _tokens(document: Annotated) -> list[Stretch]:
    """Runs of characters that are no white space, cut at the edges of marks; white space at the
    start of the text is a token too, unless it is plain spaces."""
    edges = sorted({edge for mark in document.marks for span in mark.spans for edge in span})
    found: list[Stretch] = []
    waiting = iter([*edges, len(document.text)])
    edge = next(waiting)
    for run in _TOKEN.finditer(document.text):
        start = run.start()
        while edge < run.end():
            if edge > start:
                found.append((start, edge))
                start = edge
            edge = next(waiting)
        found.append((start, run.end()))
    begin = found[0][0] if found else len(document.text)
    if begin and (not found or document.text[:begin].strip(" ")):
        found.insert(0, (0, begin))
    return found


def _sentences(text: str, tokens: Sequence[Stretch]) -> list[list[Stretch]]:
    """A sentence ends where a line does."""
    found: list[list[Stretch]] = []
    before = 0
    for token in tokens:
        if not found or "\n" in text[before : token[0]]:
            found.append([])
        found[-1].append(token)
        before = token[1]
    return found


class _Cells:
    """The columns of each token."""

    def __init__(self, document: Annotated, ids: dict[Stretch, str]) -> None:
        starts = sorted(ids)
        self.numbers = {mark.id: number for number, mark in enumerate(document.marks, 1)}
        self.marks: dict[Stretch, list[Mark]] = {}
        self.first: dict[str, Stretch] = {}
        for mark in document.marks:
            start, end = mark.spans[0]
            at = bisect_left(starts, (start, start))
            covered = starts[at : bisect_right(starts, (end, 0))]
            self.first[mark.id] = covered[0]
            for token in covered:
                self.marks.setdefault(token, []).append(mark)
        self.links: dict[Stretch, list[Link]] = {}
        for link in document.links:
            self.links.setdefault(self.first[link.target], []).append(link)
        self.ids = ids

    def of(self, token: Stretch) -> Iterator[str]:
        marks, links = self.marks.get(token, ()), self.links.get(token, ())
        rows = [features_of(mark.label[-1], mark.said) for mark in marks]
        numbers = [f"[{self.numbers[mark.id]}]" for mark in marks]
        for name in FEATURES:
            cells = [_cell(row[name]) + number for row, number in zip(rows, numbers, strict=True)]
            yield "|".join(cells) or "_"
        said = [features_of(link.label, link.said) for link in links]
        for name in FEATURES:
            yield "|".join(_cell(row[name]) for row in said) or "_"
        yield "|".join(self._base(link) for link in links) or "_"

    def _base(self, link: Link) -> str:
        source, target = self.numbers[link.origin], self.numbers[link.target]
        return f"{self.ids[self.first[link.origin]]}[{source}_{target}]"


def _cell(value: str) -> str:
    return escaped(" ".join(value.split())) or "*"
