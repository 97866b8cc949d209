"""Relations of another tool as statements of the coder's file, and what stands beside a mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.interchange.model import STATES, Circumstances, Link
from kg.interchange.moments import confidence
from kg.interchange.placing import Placed
from kg.interchange.vocabulary import Vocabulary
from kg.ontology import Relation
from kg.readers.faults import Fault
from kg.readers.manner import look_up

FACETS = ("modality", "explicitness", "polarity")
_BARE = re.compile(r"[^\s,\"{}\[\]#=:]+")
Pair = tuple[str, str]


@dataclass
class Here:
    """The marks of one coder in one passage: `kept` in order, `numbers` by their foreign ids.

    `used` are the numbers of those that statements point at.
    """

    vocabulary: Vocabulary
    lost: Counter[str]
    kept: Sequence[Placed]
    numbers: Mapping[str, int]
    everywhere: Mapping[str, Placed]
    used: set[int] = field(default_factory=set)

    def id_of(self, number: int) -> str:
        """An id that is neither a concept nor a relation."""
        id_ = f"m{number + 1}"
        while not self.vocabulary.is_free(id_):
            id_ = f"m{id_}"
        return id_


def statements(here: Here, links: Sequence[Link]) -> tuple[str, ...]:
    """A line for each relation; those that say the same are one."""
    lines: dict[tuple[object, ...], str] = {}
    for link in links:
        relation = here.vocabulary.ontology.relations[here.vocabulary.relation(link.label).name]
        tail = list(_tail(here, link, relation))
        ends = (here.everywhere[link.origin], here.everywhere[link.target])
        telling = sorted(pair for pair in tail if pair[0] not in _NOT_TELLING)
        key = (ends[0].match.iri, relation.iri, ends[1].match.iri, tuple(telling))
        if key not in lines:
            names = [_name(here, end) for end in (link.origin, link.target)]
            braces = " ".join(f"{name}={_value(value)}" for name, value in tail)
            line = f"{names[0]} {relation.key} {names[1]}"
            lines[key] = f"{line} {{{braces}}}" if braces else line
    return tuple(lines.values())


_NOT_TELLING = ("confidence", "status", "note", "explicitness", "polarity")


def _name(here: Here, mark: str) -> str:
    """A mark of this passage by its id, one of another passage by its concept."""
    if mark in here.numbers:
        here.used.add(here.numbers[mark])
        return here.id_of(here.numbers[mark])
    here.lost["marks in another passage (relations name their concepts)"] += 1
    return here.vocabulary.in_statement(here.everywhere[mark].match.name)


def _tail(here: Here, link: Link, relation: Relation) -> Iterator[Pair]:
    said, (coder, status) = link.said, here.everywhere[link.origin].file
    if not relation.analyst:
        yield from _facets(here, link)
    else:
        here.lost["other fields of relations"] += len(said.more)
    if number := sure(said, here.lost):
        yield "confidence", number
    if said.status in STATES and said.status != status:
        yield "status", said.status
    if note := noted(said, here.lost):
        yield "note", note
    other = said.coder and said.coder != here.everywhere[link.origin].mark.said.coder
    here.lost["coders of relations (that of the first mark is kept)"] += bool(coder and other)


def _facets(here: Here, link: Link) -> Iterator[Pair]:
    """Those of the other fields that mean something to us: modality, source, qualifiers …"""
    names = here.vocabulary.names
    seen: set[str] = set()
    for key, value in link.said.more:
        known = key in (*FACETS, "source") or key in names.qualifiers
        written = _written(here, value) if known else ""
        repeated = key in seen and key not in names.qualifiers
        try:
            fits = bool(written) and not repeated and bool(look_up(key, [written], names))
        except Fault:
            fits = False
        if fits:
            seen.add(key)
            yield key, written
        else:
            here.lost["other fields of relations"] += 1


def _written(here: Here, value: str) -> str:
    """A value without quotation marks; the IRI of a concept as its name."""
    concept = here.vocabulary.ontology.concepts.get(value)
    name = here.vocabulary.name_of(concept) if concept else value
    return " ".join(name.strip('"').split())


def _value(value: str) -> str:
    return value if _BARE.fullmatch(value) else '"' + value.replace('"', "'") + '"'


def sure(said: Circumstances, lost: Counter[str]) -> str:
    """The confidence, "" where it is full or not said."""
    number = confidence(said.confidence)
    lost["confidences that are no number from 0 to 1"] += bool(said.confidence) and not number
    return "" if number == "1.0" else number


def noted(said: Circumstances, lost: Counter[str]) -> str:
    """The note on one line, as it can stand in quotation marks."""
    lost["quotation marks in notes (now ')"] += '"' in said.note
    return " ".join(said.note.replace('"', "'").split())


def settings(said: Circumstances, lost: Counter[str]) -> str:
    """What stands behind the concept of a mark."""
    number, note = sure(said, lost), noted(said, lost)
    lost["other fields of marks"] += len(said.more)
    return (f" confidence={number}" if number else "") + (f' note="{note}"' if note else "")
