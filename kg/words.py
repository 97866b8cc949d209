"""The words of a text, and which of them carry content, without a list of words of any language.

A content word has four letters or more: that leaves most function words out in any language that
puts spaces between words. Digits are no letters; a Korean syllable is as many as it is spelt with.
Chinese characters and Japanese katakana count half a word each, because most words are two of them;
hiragana, which is grammar for the most part, does not count. Thai, Lao, Khmer and Burmese, written
without spaces, are counted by the run, which is too few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

LETTERS = 4
"""Letters of a content word, at least."""
_APOSTROPHES = "'’"
_HALF = re.compile(
    r"[\u3005\u3007\u30a1-\u30fa\u30fc\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
_HIRAGANA = re.compile(r"[\u3041-\u309f]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or one character of a script that puts no spaces; offsets in code points.

    `halves` is its content in half words: 2 for a content word, 1 for a character, else 0.
    """

    start: int
    end: int
    halves: int


def words(text: str, start: int, end: int) -> Iterator[Word]:
    """All words of a stretch of text, in their order.

    >>> [(word.start, word.halves) for word in words("the town's 12 县城", 0, 16)]
    [(0, 0), (4, 2), (11, 0), (14, 1), (15, 1)]
    >>> [word.halves for word in words("農地を守る", 0, 5)]
    [1, 1, 0, 1, 0]
    """
    kinds = groupby(range(start, end), lambda offset: _kind(text[offset]))
    for kind, offsets in kinds:
        run = list(offsets)
        if kind == "half":
            yield from (Word(offset, offset + 1, 1) for offset in run)
        elif kind == "letter":
            yield _word(text, run[0], run[-1] + 1)
        elif kind == "hiragana":
            yield Word(run[0], run[-1] + 1, 0)


@cache
def _kind(char: str) -> str:
    if _HALF.fullmatch(char):
        return "half"
    if _HIRAGANA.fullmatch(char):
        return "hiragana"
    if char in _APOSTROPHES or unicodedata.category(char)[0] in "LMN":
        return "letter"
    return ""


def _word(text: str, start: int, end: int) -> Word:
    spelt = unicodedata.normalize("NFD", text[start:end])
    letters = sum(unicodedata.category(char)[0] == "L" for char in spelt)
    return Word(start, end, 2 if letters >= LETTERS else 0)
