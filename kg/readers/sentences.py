"""The lines under `statements:` and `flows:`, taken apart; what their names mean is not asked here.

Statement   m1 removes old-barriers, "dual system" {descriptive confidence=0.8}
Flow        consumer-goods, capital from urban-area to rural-area via m2 {planned}

Exactly one relation word stands between the names of a statement; a flow needs `from` or `to`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.readers.faults import Fault
from kg.readers.names import nearest
from kg.readers.words import Name, Token, punctuation_advice, tokens

FLOW_WORDS = ("from", "to", "via")
_TRIPLE = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """One entry of a tail: a key with its value, or a bare facet value with key ""."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Sentence:
    subjects: tuple[Name, ...]
    relation: str
    objects: tuple[Name, ...]
    tail: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    of: tuple[Name, ...]
    origins: tuple[Name, ...]
    destinations: tuple[Name, ...]
    means: tuple[Name, ...]
    tail: tuple[Setting, ...]


def read_sentence(line: str, relations: Collection[str]) -> Sentence:
    """Take a statement apart, or raise the Fault that keeps it from being one."""
    words, tail = _split_tail(line)
    where = [at for at, word in enumerate(words) if word.kind == "word" and word.value in relations]
    if not where:
        raise _no_relation(words, relations)
    if len(where) > 1:
        found = " and ".join(f"`{words[at].value}`" for at in where)
        fix = "write two statements, or put a name that is also a relation in quotation marks"
        raise Fault("two-relations", f"this statement holds the relations {found}", fix)
    before, after = words[: where[0]], words[where[0] + 1 :]
    relation = words[where[0]].value
    subjects = read_names(before, f"before `{relation}`")
    return Sentence(subjects, relation, read_names(after, f"after `{relation}`"), tail)


def _no_relation(words: list[Token], relations: Collection[str]) -> Fault:
    """The likeliest word between two names is named; three words in a row make the middle one."""
    joined: list[list[Token]] = [[]]
    for left, word in zip([None, *words], words, strict=False):
        if word.kind == "comma" or (left and left.kind == "comma"):
            joined.append([])
        if word.kind != "comma":
            joined[-1].append(word)
    runs = [run for run in joined if len(run) == _TRIPLE and run[1].kind == "word"]
    if len(runs) == 1:
        name = runs[0][1].value
        fix = f"write {nearest(name, relations)}{punctuation_advice(name)}"
        return Fault("unknown-relation", f"no relation is called `{name}`", fix)
    fix = 'write: subject relation object, with "quotation marks" around names that hold spaces'
    if close := [w.value for w in words if w.kind == "word" and _resembles(w.value, relations)]:
        fix += f"; `{close[0]}` is nearest to {nearest(close[0], relations)}"
    return Fault("no-relation", "no word of this statement is a relation", fix)


def _resembles(word: str, relations: Collection[str]) -> bool:
    return nearest(word, relations) != nearest("", relations)


def read_movement(line: str) -> Movement:
    """Take a flow apart, or raise the Fault that keeps it from being one."""
    words, tail = _split_tail(line)
    parts: dict[str, list[Token]] = {"": []}
    part = ""
    for word in words:
        if word.kind == "word" and word.value in FLOW_WORDS:
            part = word.value
            if part in parts:
                fix = "write it once, with commas between names"
                raise Fault("bad-flow", f"`{part}` stands twice in this flow", fix)
            parts[part] = []
        else:
            parts[part].append(word)
    if "from" not in parts and "to" not in parts:
        fix = "write: what moves from place to place via means; `from` or `to` is needed"
        raise Fault("bad-flow", "this flow says neither `from` nor `to`", fix)
    of = read_names(parts.pop(""), f"before `{next(iter(parts), '')}`")
    ends = {word: read_names(found, f"after `{word}`") for word, found in parts.items()}
    origins, destinations, means = (ends.get(word, ()) for word in FLOW_WORDS)
    return Movement(of, origins, destinations, means, tail)


def read_names(words: list[Token], where: str) -> tuple[Name, ...]:
    """Names with commas between them; `where` tells a message which part of the line is meant."""
    names: list[Name] = []
    due = True
    for word in words:
        if word.kind == "comma":
            if due:
                raise _missing_name(where)
            due = True
            continue
        name = _name(word)
        if not due:
            raise _two_words(names[-1].text, name.text)
        names.append(name)
        due = False
    if due:
        raise _missing_name(where)
    return tuple(names)


def _missing_name(where: str) -> Fault:
    fix = "write a concept or an id there, or take a comma away"
    return Fault("missing-name", f"a name is missing {where}", fix)


def _two_words(first: str, second: str) -> Fault:
    fix = f'put a comma between two names, and quotation marks around one: "{first} {second}"'
    what = f"`{first}` and `{second}` stand side by side with no comma"
    return Fault("two-names", what, fix)


def _name(word: Token) -> Name:
    if word.kind == "id":
        fix = f"write `{word.value}` without # (behind a space YAML takes # for a comment)"
        raise Fault("id-with-hash", f"`#{word.value}` stands in a statement", fix)
    if word.kind == "pair":
        fix = f"put it in braces at the end: {{{word.key}={word.value}}}"
        raise Fault("bad-statement", f"`{word.key}={word.value}` stands among the names", fix)
    return Name(word.value, quoted=word.kind == "quoted")


def _split_tail(line: str) -> tuple[list[Token], tuple[Setting, ...]]:
    words = list(tokens(line))
    opened = next((at for at, word in enumerate(words) if word.kind == "open"), len(words))
    if any(word.kind == "close" for word in words[:opened]):
        raise Fault("unclosed-braces", "a } stands before any {", "take it away, or open it")
    if opened == len(words):
        return words, ()
    tail = words[opened + 1 :]
    if not tail or tail[-1].kind != "close" or any(w.kind in ("open", "close") for w in tail[:-1]):
        what = "the braces of this line are not closed at its end"
        fix = 'write one pair of braces, at the end: {confidence=0.8 note="…"}'
        raise Fault("unclosed-braces", what, fix)
    return words[:opened], tuple(_setting(word) for word in tail[:-1] if word.kind != "comma")


def _setting(word: Token) -> Setting:
    if word.kind == "pair":
        return Setting(word.key, word.value)
    if word.kind == "word":
        return Setting("", word.value)
    what = f"`{word.value}` means nothing between these braces"
    raise Fault("bad-statement", what, "write key=value pairs and bare facet values there")
