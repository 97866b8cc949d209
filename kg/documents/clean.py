"""The words of a document, put together paragraph by paragraph, and what of it was left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

Stretch = tuple[int, int]

_FONT_FORMS = re.compile("[\ufb00-\ufb06\u2f00-\u2fd5]")
_NOT_SEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n\t]+")
_AROUND_BREAKS = re.compile(r"[ \t]*(\n) *| *(\t) *")
BREAK = "\n\n"
"""Between paragraphs."""
TABLES = "tables, as lines with tabs between cells"


@dataclass(frozen=True, slots=True)
class Clean:
    """A text; `body` are the stretches that are the document itself, () for all of it.

    `about` has the keys of a text's .yaml. `dropped` says in words what of the file is not in the
    text, `changed` what is there in another form, and how often.
    """

    text: str
    body: tuple[Stretch, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)


class Paragraphs:
    """A text that grows; what stands beside the document (menus, notes) is no part of its body."""

    def __init__(self) -> None:
        self.dropped: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self._found: list[tuple[str, bool]] = []

    def add(self, words: str, *, inside: bool = True) -> None:
        """A paragraph, or lines of a table with tabs between cells; nothing if it has no words."""
        if cleaned := self._cleaned(words):
            self._found.append((cleaned, inside))

    def _cleaned(self, words: str) -> str:
        words, hyphens = _NOT_SEEN.subn("", words)
        self.dropped["unseen characters such as soft hyphens"] += hyphens
        words = _FONT_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), words)
        return _AROUND_BREAKS.sub(r"\1\2", _SPACES.sub(" ", words)).strip()

    def clean(self, about: Mapping[str, str]) -> Clean:
        at, body = 0, list[Stretch]()
        for words, inside in self._found:
            end = at + len(words)
            if inside and body and body[-1][1] + len(BREAK) == at:
                body[-1] = (body[-1][0], end)
            elif inside:
                body.append((at, end))
            at = end + len(BREAK)
        text = BREAK.join(words for words, _ in self._found)
        known = {key: " ".join(value.split()) for key, value in about.items()}
        return Clean(
            text + "\n" if text else "",
            () if body in ([], [(0, len(text))]) else tuple(body),
            {key: value for key, value in known.items() if value},
            dict(+self.dropped),
            dict(+self.changed),
        )
