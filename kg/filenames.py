"""Names of files made from labels: that every system and every program that links takes.

Left out are characters that Windows, macOS or Markdown links cannot hold and those that turn the
order of letters. Names of devices (`con`), long names and those that differ in case only change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import chain, count

LONGEST = 120
"""Bytes in UTF-8, without the ending; systems take 255, some programs that synchronise fewer."""
_UNFIT = re.compile(
    r"""[\x00-\x1f\x7f-\x9f\\/:*?"<>|#^\[\]`%]"""
    "|[\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def file_names(labels: Mapping[str, str], keys: Mapping[str, str]) -> dict[str, str]:
    """A name without ending for each thing, no two the same; `keys` tell those of one label apart.

    >>> file_names({"1": "Town", "2": "town", "3": "a/b", "4": "CON"}, {"2": "small-town"})
    {'1': 'Town', '2': 'town (small-town)', '3': 'a b', '4': 'CON_'}
    """
    taken: set[str] = set()
    found: dict[str, str] = {}
    for thing, label in labels.items():
        key = file_name(keys.get(thing, ""))
        name = file_name(label) or key or "_"
        tries = chain([name], [f"{name} ({key})"] if key else [], numbered(name, "{} ({})"))
        free = next(each for each in tries if _folded(each) not in taken)
        taken.add(_folded(free))
        found[thing] = free
    return found


def numbered(name: str, form: str = "{}-{}") -> Iterator[str]:
    """The name, and without end the name with 2, 3 … behind it, for where it is taken.

    >>> names = numbered("a")
    >>> next(names), next(names), next(names)
    ('a', 'a-2', 'a-3')
    """
    yield name
    yield from (form.format(name, number) for number in count(2))


def file_name(label: str) -> str:
    """A label as a name, "" where nothing of it can be one.

    >>> file_name(" ../a: b? "), file_name("..."), file_name("🐟 县城")
    ('a b', '', '🐟 县城')
    """
    words = _UNFIT.sub(" ", unicodedata.normalize("NFC", label))
    name = " ".join(words.split()).lstrip("-. ").rstrip(". ")
    name = _cut(name).rstrip(". ")
    return f"{name}_" if _DEVICE.fullmatch(name) else name


def _cut(name: str) -> str:
    """At the end of a character that still fits."""
    return name.encode()[:LONGEST].decode(errors="ignore")


def _folded(name: str) -> str:
    """What systems that ignore case, or the way accents are written, take for the same."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
