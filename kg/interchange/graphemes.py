"""Where the characters that a reader sees begin: letters with their marks, flags, joined emoji.

The extended grapheme clusters of https://unicode.org/reports/tr29/, but for Indic conjuncts and
prepended signs.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = ("Mn", "Me", "Mc")
_JOINER = "\u200d"
_EXTENDING = "\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_HANGUL = "[\u1100-\u115f\ua960-\ua97c]*(?:[\uac00-\ud7a3]|[\u1160-\u11a7])[\u1160-\u11ff]*"
_PICTURE = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"


_SPECIAL = re.compile(f"[{_EXTENDING}\U0001f1e6-\U0001f1ff\u1100-\u11ff\ua960-\ua97c]")


def has_clusters(text: str) -> bool:
    """Whether any character that is seen may be more than one code point."""
    if "\r\n" in text:
        return True
    others = {char for char in set(text) if not char.isascii()}
    return any(_SPECIAL.match(char) or unicodedata.category(char) in _MARKS for char in others)


def starts(text: str) -> list[int]:
    """The code points at which they begin.

    >>> starts("e\\u0301a"), starts("\U0001f1e8\U0001f1f3!"), starts("👩\\u200d🌾👍🏽.")
    ([0, 2], [0, 2], [0, 3, 5])
    """
    marks = {char for char in set(text) if unicodedata.category(char) in _MARKS}
    extending = f"[{_EXTENDING}{''.join(map(re.escape, sorted(marks)))}]*"
    joined = f"{_PICTURE}{extending}(?:(?<={_JOINER}){_PICTURE}{extending})*"
    cluster = re.compile(f"\r\n|(?:{_FLAG}|{_HANGUL}|{joined}|.){extending}", re.DOTALL)
    return [match.start() for match in cluster.finditer(text)]
