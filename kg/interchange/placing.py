"""Giving each foreign mark its concept, its place in our text, its file and its time.

What becomes of each mark and each relation is counted, so that the counts add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.anchoring import Anchors, squeeze, trimmed
from kg.interchange.model import STATES, Annotated, Circumstances, Link, Mark, Stretch
from kg.interchange.moments import moment
from kg.interchange.vocabulary import Match, Vocabulary

WRITTEN = "written"
LEFT_OUT = "left out by the map"
LOST_END = "from or to a mark that was not written"
ACCEPTED = "accepted"


@dataclass
class Tally:
    """What became of marks and relations, by outcome, and what of them could not be kept."""

    marks: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark that has a concept, a place in the text, a coder with a state, and a time."""

    mark: Mark
    match: Match
    spans: tuple[Stretch, ...]
    file: tuple[str, str]
    time: str

    @property
    def hull(self) -> Stretch:
        return self.spans[0][0], self.spans[-1][1]


@dataclass
class Ground:
    """A text and all that is needed to place marks in it.

    `coders` maps each name of a coder to ours; `coded` is the time of marks that have none.
    """

    document: Annotated
    body: tuple[Stretch, ...]
    vocabulary: Vocabulary
    coders: Mapping[str, str]
    coded: str
    tally: Tally

    @cached_property
    def anchors(self) -> Anchors:
        return Anchors.of(self.document.text, self.body)

    def is_in_body(self, stretch: Stretch) -> bool:
        return any(start <= stretch[0] and stretch[1] <= end for start, end in self.body)

    def trimmed(self, spans: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        """Pieces without white space at their edges; those with nothing but that between joined."""
        text = self.document.text
        joined: list[Stretch] = []
        pieces = [trimmed(text, start, end) for start, end in spans]
        for start, end in sorted(pieces) if pieces[1:] else pieces:
            if start >= end:
                continue
            if joined and not squeeze(text[joined[-1][1] : start]):
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        found = tuple(joined)
        return spans if found == spans else found


def place_marks(ground: Ground) -> dict[str, Placed]:
    """By their ids, those that can be placed; the others are counted."""
    placed: dict[str, Placed] = {}
    for mark in ground.document.marks:
        match, time = ground.vocabulary.concept(mark.label), _time(ground, mark.said)
        spans = ground.trimmed(mark.spans)
        if outcome := _obstacle(ground, match, time, spans):
            ground.tally.marks[outcome] += 1
        else:
            placed[mark.id] = Placed(mark, match, spans, _file_of(ground, mark.said), time)
    return placed


def _obstacle(ground: Ground, match: Match, time: str, spans: tuple[Stretch, ...]) -> str:
    if match.how == "left out":
        return LEFT_OUT
    if not match.iri:
        return "without a concept"
    if not time:
        return "without a time"
    if not spans:
        return "white space only"
    is_in_body = ground.is_in_body((spans[0][0], spans[-1][1]))
    return "" if is_in_body else "outside the body of the document"


def _time(ground: Ground, said: Circumstances) -> str:
    if not said.time:
        return ground.coded
    time, assumed = moment(said.time)
    ground.tally.lost["times without a zone (read as UTC)"] += assumed
    ground.tally.lost["times that are none"] += not time
    return time or ground.coded


def _file_of(ground: Ground, said: Circumstances) -> tuple[str, str]:
    """The coder's key, with the state where that is not the ordinary one, and the state."""
    status = said.status or ACCEPTED
    if status not in STATES:
        ground.tally.lost["states that mean nothing here (now accepted)"] += 1
        status = ACCEPTED
    coder = ground.coders[said.coder]
    return (coder if status == ACCEPTED else f"{coder}-{status}"), status


def place_links(ground: Ground, placed: Mapping[str, Placed]) -> list[Link]:
    """Those that can be said; the others are counted."""
    found = []
    for link in ground.document.links:
        if outcome := _obstacle_of_link(ground, link, placed):
            ground.tally.links[outcome] += 1
        else:
            found.append(link)
    return found


def _obstacle_of_link(ground: Ground, link: Link, placed: Mapping[str, Placed]) -> str:
    match = ground.vocabulary.relation(link.label)
    if match.how == "left out":
        return LEFT_OUT
    if not match.iri:
        return "without a relation of ours"
    if link.origin not in placed or link.target not in placed:
        return LOST_END
    ontology = ground.vocabulary.ontology
    relation = ontology.relations[match.name]
    ends = ((link.origin, relation.domain), (link.target, relation.range))
    fits = all(ontology.is_a(placed[end].match.iri, allowed) for end, allowed in ends)
    return "" if fits else "against the domain or range of the relation"
