"""One file on its way in: nothing is taken that does not fit its text, and everything is counted.

A reader says what it found; here offsets are turned into code points and quotes are compared with
what stands there. A quote that stands elsewhere, and only once, is moved there with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.anchoring import Anchors, squeeze
from kg.interchange.model import (
    Annotated,
    Circumstances,
    Code,
    Foreign,
    Link,
    Mark,
    Pairs,
    Stretch,
)
from kg.interchange.units import POINTS, Ruler, ruler
from kg.limits import raised
from kg.readers.faults import Fault, Faults

MOST_ANNOTATIONS = 1_000_000
"""Of one file."""
_SHOWN = 40
_OFFSET = re.compile(r"\s*-?[0-9]{1,12}\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")
Offsets = Sequence[tuple[object, object]]


def shown(text: str) -> str:
    """A short form of some words, for messages."""
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


class Intake:
    """A whole file; `faults` collects what is wrong with it."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.marks = 0
        self.links = 0
        self.most = raised(MOST_ANNOTATIONS)
        self._documents: list[Incoming] = []
        self._remarks: dict[str, int] = {}

    def document(
        self, key: str, text: str, line: int = 0, about: Iterable[tuple[str, str]] = ()
    ) -> Incoming:
        """A further text, into which marks can then be put."""
        self._documents.append(Incoming(self, key, text, line, tuple(about)))
        return self._documents[-1]

    def refuse(self, line: int, code: str, what: str, fix: str) -> None:
        """A mark that cannot be taken, nor any document of it be told."""
        self.marks += 1
        self.faults.error(line, code, what, fix)

    def refuse_link(self, line: int, code: str, what: str, fix: str) -> None:
        self.links += 1
        self.faults.error(line, code, what, fix)

    def remark(self, what: str, count: int = 1) -> None:
        """Something that was passed over on purpose, to be told with its count."""
        self._remarks[what] = self._remarks.get(what, 0) + count

    def foreign(self, codes: Iterable[Code] = ()) -> Foreign:
        documents = tuple(incoming.annotated() for incoming in self._documents)
        remarks = tuple(f"{what}: {count:,}" for what, count in self._remarks.items())
        issues = self.faults.issues
        return Foreign(documents, issues, self.marks, self.links, remarks, tuple(codes))


class Incoming:
    """One document of a file; `ruler` turns the file's offsets into code points of its text."""

    def __init__(self, intake: Intake, key: str, text: str, line: int, about: Pairs) -> None:
        self.intake = intake
        self.key, self.line, self.about = key, line, about
        self.text = _without_surrogates(text, line, intake.faults)
        self.ruler: Ruler = ruler(self.text, POINTS)
        self._marks: dict[str, Mark] = {}
        self._labels: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._links: list[Link] = []
        self._anchors: Anchors | None = None

    def mark(
        self,
        id_: str,
        label: Sequence[str],
        offsets: Offsets,
        line: int,
        *,
        quote: str | None = None,
        said: Circumstances = Circumstances(),  # noqa: B008 - frozen
    ) -> None:
        """A mark as the file has it; what does not fit the text is an issue."""
        self.intake.marks += 1
        path = tuple(label)
        try:
            self._admit(id_, path, offsets)
            found = [self._stretch(*pair) for pair in offsets]
            spans = tuple(sorted(set(found)) if found[1:] else found)
            spans = self._checked(spans, quote, line)
        except Fault as fault:
            self.intake.faults.add(line, fault)
            return
        place = self.intake.faults.place(line)
        self._marks[id_] = Mark(id_, spans, self._labels.setdefault(path, path), said, place)

    def link(
        self,
        id_: str,
        label: str,
        ends: tuple[str, str],
        line: int,
        *,
        said: Circumstances = Circumstances(),  # noqa: B008 - frozen
    ) -> None:
        """A relation; whether its ends are there is looked up when the whole text is read."""
        self.intake.links += 1
        self._links.append(Link(id_, *ends, label, said, self.intake.faults.place(line)))

    def annotated(self) -> Annotated:
        links = tuple(link for link in self._links if self._is_tied(link))
        marks = tuple(self._marks.values())
        place = self.intake.faults.place(self.line)
        return Annotated(self.key, self.text, marks, links, self.about, place, self.ruler.unit)

    def _admit(self, id_: str, label: tuple[str, ...], offsets: Offsets) -> None:
        if self.intake.marks > self.intake.most:
            what = f"this file holds more than {self.intake.most:,} annotations, which is the limit"
            raise Fault("too-large", what, "split it")
        if id_ in self._marks:
            what = f"two annotations of this text have the id `{shown(id_)}`"
            raise Fault("annotation-twice", what, "the first is the one read; export again")
        if label not in self._labels and not any(part.strip() for part in label):
            what = f"the annotation `{shown(id_)}` has no label"
            raise Fault("no-label", what, "give it a label there, or leave it out")
        if not offsets:
            what = f"the annotation `{shown(id_)}` says nowhere where it stands"
            raise Fault("not-anchored", what, "mark the words it stands for, and export again")

    def _stretch(self, start: object, end: object) -> Stretch:
        first, last = _offset(start), _offset(end)
        if self.ruler.is_plain and 0 <= first < last <= self.ruler.length:
            return first, last
        points = self.ruler.point(first), self.ruler.point(last)
        what = ""
        if first < 0 or last < 0:
            what = f"offset {first if first < 0 else last} lies before the text"
        elif first > last:
            what = f"the annotation ends at {last}, before it begins at {first}"
        elif first == last:
            what = f"the annotation begins and ends at {first}: it holds no words"
        elif self.ruler.inside(first) or self.ruler.inside(last):
            at = first if self.ruler.inside(first) else last
            what = f"offset {at} lies inside of a character (counting {self.ruler.unit})"
        elif min(points) < 0:
            length = f"{len(self.text):,} characters"
            what = f"offset {last if points[1] < 0 else first} lies beyond the text, of {length}"
        if what:
            fix = "export again from the tool that made this file; its text may have changed since"
            raise Fault("bad-offset", what, fix)
        return points

    def _checked(
        self, spans: tuple[Stretch, ...], quote: str | None, line: int
    ) -> tuple[Stretch, ...]:
        """The same stretches if they hold the quote, else the one place where it stands."""
        here = "".join([self.text[start:end] for start, end in spans])
        if here == quote and here[0].isalnum():
            return spans
        if not squeeze(here):
            what = f"the annotation at {spans[0][0]} marks nothing but white space"
            raise Fault("blank-mark", what, "mark some words instead")
        if quote is None or squeeze(quote) == squeeze(here):
            return spans
        hit = self._only_place(quote) if len(spans) == 1 else None
        what = f"“{shown(here)}” stands at {spans[0][0]}–{spans[-1][1]}, not “{shown(quote)}”"
        if hit is None:
            fix = "export again from the tool that made this file; the text has changed since"
            raise Fault("quote-mismatch", what, fix)
        fix = f"look at it: these words stand only at {hit[0]}–{hit[1]}, and so it was moved there"
        self.intake.faults.warning(line, "quote-moved", what, fix)
        return (hit,)

    def _only_place(self, quote: str) -> Stretch | None:
        if self._anchors is None:
            self._anchors = Anchors.of(self.text)
        spans = self._anchors.first(quote, 2)
        return (spans[0].start, spans[0].end) if len(spans) == 1 else None

    def _is_tied(self, link: Link) -> bool:
        lost = [end for end in (link.origin, link.target) if end not in self._marks]
        place = link.place or self.intake.faults.place(0)
        if lost:
            what = f"the relation `{shown(link.label)}` leads to `{shown(lost[0])}`, "
            what += "which is no annotation that was read"
            fix = "mend that annotation first, or take the relation away"
            self.intake.faults.error_at(place, "dangling-relation", what, fix)
        elif not link.label.strip():
            what = f"the relation from `{shown(link.origin)}` to `{shown(link.target)}` has no name"
            self.intake.faults.error_at(place, "no-label", what, "name it there, or take it away")
        return not lost and bool(link.label.strip())


def _offset(value: object) -> int:
    if isinstance(value, str) and _OFFSET.fullmatch(value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    what = "an offset is missing" if value is None else f"`{shown(str(value))}` is no offset"
    raise Fault("bad-offset", what, "offsets are whole numbers, counted from 0")


def _without_surrogates(text: str, line: int, faults: Faults) -> str:
    if not _SURROGATE.search(text):
        return text
    what = "this text holds half a character (a lone surrogate); it is read as \ufffd"
    faults.warning(line, "half-character", what, "export it again; some program cut an emoji apart")
    return _SURROGATE.sub("\ufffd", text)


def plain(value: object) -> Pairs:
    """The fields of a JSON object as text, in their order; nested ones keep their JSON.

    >>> plain({"group": "g", "n": 3, "in": ["a", "b"], "at": [1, 2]})
    (('group', 'g'), ('n', '3'), ('in', 'a'), ('in', 'b'), ('at', '[1, 2]'))
    """
    import json

    return tuple(
        (whole(key), whole(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)))
        for key, given in (value.items() if isinstance(value, dict) else ())
        for each in (given if _is_texts(given) else [given])
    )


def _is_texts(value: object) -> bool:
    """Several texts under one name, which are so many fields."""
    if not isinstance(value, list) or len(value) == 1:
        return False
    return all(isinstance(each, str) for each in value)


def whole(text: str) -> str:
    """A text that can be written to a file: half characters replaced.

    >>> whole("a\\ud83d")
    'a\ufffd'
    """
    return _SURROGATE.sub("\ufffd", text)


def worded(value: object) -> str:
    """A JSON scalar as text, "" for null and for what is no scalar."""
    if isinstance(value, str):
        return whole(value)
    return "" if value is None or isinstance(value, (dict, list, bool)) else str(value)
