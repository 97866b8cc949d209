"""A coder's file before it is written: plain data, and the YAML of it as `kg fmt` leaves it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.interchange.marking import folded

_PLAIN = re.compile(r"(?!.*(?:: | #|:$))[^\W_][^\r\n\x85\u2028\u2029\"]*")


@dataclass(frozen=True, slots=True)
class DraftPassage:
    """One entry: the words with their marks, already in the grammar.

    `nth` is 0 where the words stand only once; `start` orders the entries.
    """

    start: int
    text: str
    nth: int = 0
    coded: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftFile:
    """What one coder marked in one text; `modality` is "" where nothing is stated."""

    document: str
    coder: str
    status: str
    passages: tuple[DraftPassage, ...]
    modality: str = ""

    @property
    def name(self) -> str:
        return f"{self.document}.{self.coder}.yaml"


def yaml_of(draft: DraftFile) -> str:
    """The file; the commonest time stands at the top, others on their passages."""
    times = Counter(passage.coded for passage in draft.passages)
    coded = min(times, key=lambda time: (-times[time], time))
    head = [("document", draft.document), ("coder", draft.coder), ("coded", coded)]
    head += [("modality", draft.modality)] if draft.modality else []
    head += [("status", draft.status)] if draft.status not in ("", "accepted") else []
    lines = [f"{key}: {_scalar(value)}\n" for key, value in head]
    entries = ("".join(_entry(passage, coded)) for passage in draft.passages)
    return "".join([*lines, "passages:\n", "\n".join(entries)])


def _entry(passage: DraftPassage, coded: str) -> Iterator[str]:
    yield "- text: >-\n"
    yield folded(passage.text)
    if passage.nth:
        yield f"  nth: {passage.nth}\n"
    if passage.coded != coded:
        yield f"  coded: {_scalar(passage.coded)}\n"
    if passage.statements:
        yield "  statements:\n"
        yield from (f"  - {_scalar(line)}\n" for line in passage.statements)


def _scalar(text: str) -> str:
    """
    >>> _scalar("m1 near otter"), _scalar('"a: b" near otter')
    ('m1 near otter', '\\'"a: b" near otter\\'')
    """
    if _PLAIN.fullmatch(text):
        return text
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
