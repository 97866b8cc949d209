"""What nobody coded: words of the texts, concepts and relations of the ontology.

Words come in stretches. Words that no passage holds are told by the line; words of a passage that
no mark touches, by the sentence, and only where three content words stand together (`kg.words`).
Whatever one coder read or marked is read or marked; what was rejected or is only suggested is not.
A passage with a reason under `uncoded` excuses its words, also when it quotes part of another one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from kg.anchoring import Anchors
from kg.errors import Issue, Place
from kg.model import CODED, Document
from kg.ontology import Ontology
from kg.unused import unused
from kg.words import Word, words

LEAST = 6
"""Half words of a stretch that is worth a look: three content words, or six characters."""
_SHOWN = 60
"""Characters of a long stretch that are shown; as many from its beginning as from its end."""
_LINE_END = re.compile(r"[\r\n]")
_SENTENCE_END = re.compile(r"[\r\n.!?;:…。！？；：]")


class State(IntEnum):
    """What became of a word; of several, the highest."""

    UNREAD = 0
    READ = 1
    EXCUSED = 2
    MARKED = 3


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of the body of one document is coded.

    `characters` are those that are no white space, `read` of them stand in passages. `halves` are
    its content in half words; `marked` are those that a mark touches, `excused` those that a reason
    covers and no mark touches.
    """

    document: str
    characters: int
    read: int
    halves: int
    marked: int
    excused: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand together and were left out, all unread or all read."""

    start: int
    end: int
    state: State
    halves: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Figures and findings; `single` of the `claims` that were accepted rest on one passage."""

    documents: tuple[Covered, ...]
    issues: tuple[Issue, ...]
    claims: int
    single: int


def coverage(documents: Sequence[Document], ontology: Ontology) -> Coverage:
    """Of a whole project; findings in the order of the texts, then of the ontology."""
    passages = [passage for document in documents for passage in document.passages]
    issues = [issue for document in documents for issue in _left_out(document)]
    witnesses = _witnesses(documents)
    return Coverage(
        documents=tuple(covered(document) for document in documents),
        issues=(*issues, *unused(passages, ontology)),
        claims=len(witnesses),
        single=sum(_places(found) == 1 for found in witnesses.values()),
    )


def covered(document: Document) -> Covered:
    """The figures of one document."""
    states = _states(document)
    found = [(word, _state(states, word)) for word in _words(document)]
    offsets = [
        offset
        for start, end in document.body
        for offset in range(start, end)
        if not document.text[offset].isspace()
    ]
    return Covered(
        document=document.key,
        characters=len(offsets),
        read=sum(states[offset] > State.UNREAD for offset in offsets),
        halves=sum(word.halves for word, _ in found),
        marked=sum(word.halves for word, state in found if state == State.MARKED),
        excused=sum(word.halves for word, state in found if state == State.EXCUSED),
    )


def stretches(document: Document) -> Iterator[Stretch]:
    """Every stretch of three or more content words that was left out, in the order of the text."""
    states = _states(document)
    run: list[Word] = []
    state = State.MARKED
    for word in _words(document):
        now = _state(states, word)
        if run and (now != state or _parted(document, run[-1], word, state)):
            yield from _worth_a_look(run, state)
            run = []
        state = now
        if now < State.EXCUSED:
            run.append(word)
    yield from _worth_a_look(run, state)


def _words(document: Document) -> Iterator[Word]:
    for start, end in document.body:
        yield from words(document.text, start, end)


def _states(document: Document) -> bytearray:
    """The state of each character."""
    states = bytearray(len(document.text))
    for state, start, end in sorted(_covering(document)):
        states[start:end] = bytes([state]) * (end - start)
    return states


def _covering(document: Document) -> Iterator[tuple[State, int, int]]:
    for passage in document.passages:
        state = State.EXCUSED if passage.uncoded else State.READ
        yield state, passage.span.start, passage.span.end
        for mention in passage.mentions:
            for span in mention.spans if mention.status in CODED else ():
                yield State.MARKED, span.start, span.end


def _state(states: bytearray, word: Word) -> State:
    return State(max(states[word.start : word.end]))


def _parted(document: Document, before: Word, after: Word, state: State) -> bool:
    """Whether two words stand in different lines, or in different sentences of what was read."""
    between = document.text[before.end : after.start]
    ends = _LINE_END if state == State.UNREAD else _SENTENCE_END
    outside = any(before.end <= end < after.start for _, end in document.body)
    return outside or ends.search(between) is not None


def _worth_a_look(run: Sequence[Word], state: State) -> Iterator[Stretch]:
    content = [word for word in run if word.halves]
    halves = sum(word.halves for word in content)
    if halves >= LEAST:
        yield Stretch(content[0].start, content[-1].end, state, halves)


def _left_out(document: Document) -> Iterator[Issue]:
    anchors = Anchors.of(document.text)
    file = document.place.file if document.place else f"passages/{document.key}.txt"
    for stretch in stretches(document):
        line, column = anchors.line_column(stretch.start)
        where = f"{line}:{column} “{_shown(document.text[stretch.start : stretch.end])}”"
        number = stretch.halves // 2
        if stretch.state == State.UNREAD:
            yield Issue(
                Place(file, line),
                "unread-words",
                f"no passage holds these words ({number} content words): {where}",
                "code them, or quote them as a passage with `uncoded:` and the reason",
                severity="warning",
            )
        else:
            yield Issue(
                Place(file, line),
                "unmarked-words",
                f"nothing is marked in these words of a passage: {where}",
                "mark what names a concept; if nothing does, quote these words as a passage of "
                "their own with `uncoded:` and the reason",
                severity="warning",
            )


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return (
        line if len(line) <= 2 * _SHOWN else f"{line[:_SHOWN].rstrip()} … {line[-_SHOWN:].lstrip()}"
    )


def _witnesses(
    documents: Iterable[Document],
) -> dict[tuple[str, str, str], set[tuple[str, int, int]]]:
    """Claim → where it is made: statements that are accepted and deny nothing."""
    found: dict[tuple[str, str, str], set[tuple[str, int, int]]] = defaultdict(set)
    for document in documents:
        for passage in document.passages:
            where = (document.key, passage.span.start, passage.span.end)
            for said in passage.statements:
                if said.status == "accepted" and said.polarity == "positive":
                    found[said.subject, said.predicate, said.object].add(where)
    return found


def _places(spans: Iterable[tuple[str, int, int]]) -> int:
    """How many there are, those that overlap an earlier one left out (as `single-witness` does)."""
    ordered = sorted(spans)
    return sum(
        all(earlier[0] != span[0] or earlier[2] <= span[1] for earlier in ordered[:number])
        for number, span in enumerate(ordered)
    )
