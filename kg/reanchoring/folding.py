"""A text as it is compared: every letter decomposed (NFD), each place leading back to the source.

Editors store `é` as one character or as two; both are one word to whoever looks for it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass


def fold(text: str) -> str:
    """
    >>> len(fold("\\u00e9")), fold("县城") == "县城"
    (2, True)
    """
    return unicodedata.normalize("NFD", text)


@dataclass(frozen=True)
class Folded:
    """A text and its folded form; the arrays hold where stretches begin in either, alternately
    such as are the same in both and letters that are stored otherwise."""

    source: str
    text: str
    _folded: array[int]
    _source: array[int]

    @classmethod
    def of(cls, source: str) -> Folded:
        folded, origin = array("q", [0]), array("q", [0])
        parts: list[str] = []
        at = length = 0
        for match in _stored_otherwise(source):
            start, end = match.span()
            parts += [source[at:start], fold(match.group())]
            length += start - at
            folded.append(length)
            origin.append(start)
            length += len(parts[-1])
            folded.append(length)
            origin.append(end)
            at = end
        parts.append(source[at:])
        return cls(source, "".join(parts), folded, origin)

    def forth(self, offset: int) -> int:
        """Where an offset of the source lies in the folded text."""
        run = bisect_right(self._source, offset) - 1
        within = 0 if run % 2 else offset - self._source[run]
        return self._folded[run] + within

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the folded text as one of the source, letters whole."""
        return self._back(start, last=False), self._back(end, last=True)

    def _back(self, offset: int, last: bool) -> int:
        run = bisect_right(self._folded, offset) - 1
        if run % 2 == 0:
            return self._source[run] + offset - self._folded[run]
        is_inside = offset > self._folded[run]
        return self._source[run + 1] if last and is_inside else self._source[run]


def _stored_otherwise(text: str) -> list[re.Match[str]]:
    """The letters with their marks that decomposing changes."""
    if unicodedata.is_normalized("NFD", text):
        return []
    known = set(text)
    marks = "".join(re.escape(char) for char in known if unicodedata.combining(char))
    composed = "".join(re.escape(char) for char in known if fold(char) != char)
    followed = f"|.(?=[{marks}])" if marks else ""
    ending = f"[{marks}]*" if marks else ""
    letters = re.compile(f"(?:[{composed or chr(0xFFFF)}]{followed}){ending}", re.DOTALL)
    return [match for match in letters.finditer(text) if fold(match.group()) != match.group()]
