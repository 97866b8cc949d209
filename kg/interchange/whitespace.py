"""One text under two forms that differ in white space only, and the marks moved between them."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.anchoring import Anchors
from kg.interchange.model import Annotated, Stretch


def plain_line_ends(text: str) -> str:
    """A text as it is written to `passages/`: line ends as LF, no byte order mark, an end of line.

    >>> plain_line_ends("\\ufeffone\\r\\ntwo\\rthree")
    'one\\ntwo\\nthree\\n'
    """
    text = re.sub(r"\r\n?", "\n", text.lstrip("\ufeff"))
    return text if text.endswith("\n") or not text else text + "\n"


def moved(document: Annotated, text: str) -> Annotated | None:
    """The same marks on another form of the text, None where the words are not the same.

    >>> from kg.interchange.model import Mark
    >>> document = Annotated("a", "one\\r\\ntwo", (Mark("1", ((5, 8),), ("x",)),))
    >>> moved(document, "one\\ntwo").marks[0].spans
    ((4, 7),)
    """
    if text in (document.text, f"{document.text}\n"):
        return replace(document, text=text)
    old, new = Anchors.of(document.text), Anchors.of(text)
    if old.squeezed != new.squeezed:
        return None

    def places(spans: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        hits = ((old.hit(start), old.hit(end)) for start, end in spans)
        found = [new.span(start, end) for start, end in hits if start < end]
        return tuple((span.start, span.end) for span in found)

    marks = tuple(replace(mark, spans=places(mark.spans)) for mark in document.marks)
    return replace(document, text=text, marks=marks)
