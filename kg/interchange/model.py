"""Annotations as other tools hold them, before anything of ours is known of them.

Plain frozen data in which every format meets: labels are the words of the other tool, not concepts.
Offsets count Unicode code points of the document's text, end excluded, whatever unit the file used.
`place` and `unit` say how something was written, for messages; they take no part in equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.errors import Issue, Place

Stretch = tuple[int, int]
Pairs = tuple[tuple[str, str], ...]

STATES = ("accepted", "draft", "rejected", "suggested")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who said something, when, how sure, and what else; "" for what the file does not say.

    `status` is one of `STATES`. `more` holds the fields that mean nothing here, as text.
    """

    coder: str = ""
    time: str = ""
    note: str = ""
    confidence: str = ""
    status: str = ""
    more: Pairs = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on a stretch of text, or on several pieces; `label` is its path in a code tree."""

    id: str
    spans: tuple[Stretch, ...]
    label: tuple[str, ...]
    said: Circumstances = Circumstances()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one mark to another, by their ids."""

    id: str
    origin: str
    target: str
    label: str
    said: Circumstances = Circumstances()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Code:
    """A label that a codebook defines, by its path in the code tree, used or not.

    `more` holds what else it says: colour, notes.
    """

    path: tuple[str, ...]
    definition: str = ""
    more: Pairs = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with what was marked in it; `about` is what is known of it (title, source, …)."""

    key: str
    text: str
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    about: Pairs = ()
    place: Place | None = field(default=None, compare=False)
    unit: str = field(default="code points", compare=False)


@dataclass(frozen=True, slots=True)
class Foreign:
    """What could be read of a file, one issue for each fault, and how much there was in it.

    `marks` and `links` count what the file holds, what was dropped included; `remarks` are
    sentences about what was passed over on purpose.
    """

    documents: tuple[Annotated, ...] = ()
    issues: tuple[Issue, ...] = ()
    marks: int = 0
    links: int = 0
    remarks: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
