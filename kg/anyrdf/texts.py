"""What a file says of a thing in words: its label, what explains it, and whatever else is known."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TypeAlias
from urllib.parse import unquote

import pyoxigraph as ox

from kg.anyrdf.facts import Facts, name_of
from kg.anyrdf.vocabularies import vocabularies
from kg.labels import Texts
from kg.ontology import local_name
from kg.terms import Term

LONGEST_LABEL, LONGEST = 120, 1500
"""Characters that a page shows of a label, and of any other text."""
MOST_SAID = 3000
"""Statements about a thing that are looked at."""
MOST_LANGUAGES = 4
RARE = 20
"""A language of the page has at least a twentieth of the labels that the first one has."""

Said: TypeAlias = Mapping[str, list[Term]]
"""Property → values, in code-point order."""
Tagged: TypeAlias = list[list[str]]
"""Pairs of language tag and text."""


def said_of(facts: Facts, name: str) -> Said:
    found: dict[str, list[Term]] = defaultdict(list)
    for property_, value in islice(facts.about(name), MOST_SAID):
        if value not in found[property_]:
            found[property_].append(value)
    return {property_: sorted(found[property_], key=str) for property_ in sorted(found)}


def labels_of(facts: Facts, said: Said) -> Texts:
    """By language, each from the first property that has one; "" for a text without a tag."""
    found: Texts = {}
    for property_ in vocabularies().role("label"):
        for tag, text in _texts(facts, said.get(property_, ())):
            if line := cut(" ".join(text.split()), LONGEST_LABEL):
                found.setdefault(tag, line)
    return found


def texts_of(facts: Facts, said: Said, role: str, languages: Sequence[str]) -> Tagged:
    """The texts of a role in the languages of the page; where there are none, in any."""
    pairs = [
        [tag, cut(text.strip(), LONGEST)]
        for property_ in vocabularies().role(role)
        for tag, text in _texts(facts, said.get(property_, ()))
        if text.strip()
    ]
    own = [pair for pair in pairs if pair[0] in ("", *languages)]
    order = {tag: number for number, tag in enumerate(languages)}
    wanted = sorted(own or pairs[:MOST_LANGUAGES], key=lambda pair: order.get(pair[0], len(order)))
    return [pair for number, pair in enumerate(wanted) if pair not in wanted[:number]]


def _texts(facts: Facts, values: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """Tag and text of each value; some vocabularies give a text a node of its own."""
    for value in values:
        if isinstance(value, ox.Literal):
            yield canonical(value.language or ""), value.value
            continue
        for property_, inner in islice(facts.about(name_of(value)), MOST_SAID):
            if property_ in vocabularies().role("textIn") and isinstance(inner, ox.Literal):
                yield canonical(inner.language or ""), inner.value


def cut(text: str, longest: int) -> str:
    """
    >>> cut("a long text", 7)
    'a long…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?", re.IGNORECASE)


@cache
def canonical(tag: str) -> str:
    """A language tag in its usual letters, as far as browsers know it; Oxigraph folds them.

    >>> canonical("zh-hans-cn"), canonical("x-elvish")
    ('zh-Hans-CN', '')
    """
    match = _TAG.fullmatch(tag)
    if not match:
        return ""
    language, script, region = (part or "" for part in match.groups())
    return "-".join(filter(None, (language.lower(), script.title(), region.upper())))


def languages_of(labels: Iterable[Texts]) -> list[str]:
    """The languages of a page: those of most labels first, English before its equals."""
    counts = Counter(canonical(tag) for texts in labels for tag in texts if canonical(tag))
    ranked = sorted(counts, key=lambda tag: (-counts[tag], tag != "en", tag))
    often = [tag for tag in ranked if counts[tag] * RARE >= counts[ranked[0]]]
    return often[:MOST_LANGUAGES] or ["en"]


def in_languages(texts: Texts, languages: Sequence[str]) -> Texts:
    """The texts by the languages of a page: `zh` serves for `zh-Hans`; one text where none fits."""
    found = {tag: text for tag in languages if (text := _nearest(texts, tag))}
    rest = texts.get("en") or texts.get("") or next(iter(texts.values()), "")
    return found or ({"": rest} if rest else {})


def _nearest(texts: Texts, tag: str) -> str:
    first = tag.partition("-")[0]
    akin = (text for other, text in texts.items() if other.partition("-")[0] == first)
    return texts.get(tag) or texts.get(first) or next(akin, "")


def readable(name: str) -> str:
    """The end of an IRI as words, for what has no label.

    >>> readable("http://example.org/terms#hasTopping"), readable("http://example.org/Old_town")
    ('has topping', 'Old town')
    """
    local = re.sub(r"(?<=[^\W\d])_(?=[^\W\d])", " ", unquote(local_name(name)))
    if local.isalpha() and local.isascii():
        local = re.sub(r"(?<=[a-z])([A-Z])(?=[a-z]|$)", lambda match: f" {match[1].lower()}", local)
    return cut(local or name, LONGEST_LABEL)
