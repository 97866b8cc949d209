"""From what another tool holds of a text to coders' files: passages cut, marks nested, statements.

One file for each coder and state, because a state is said of a whole file. Passages are cut once
for all coders, so that two who marked the same sentence can be compared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from kg.anchoring import Anchors
from kg.interchange.cutting import FARTHEST, passages, sentences
from kg.interchange.drafts import DraftFile, DraftPassage
from kg.interchange.marking import Marking, marked, nested, pieces_of
from kg.interchange.model import Link, Stretch
from kg.interchange.moments import latest, moment
from kg.interchange.placing import (
    LOST_END,
    WRITTEN,
    Ground,
    Placed,
    place_links,
    place_marks,
)
from kg.interchange.saying import Here, settings, statements
from kg.readers.markup import MOST_MARKS

MODALITY = "descriptive"
"""Of relations that have none: they describe what the words say."""
ENTANGLED = "more in one passage than it can hold"
By = Mapping[str, Sequence[Link]]


def convert(ground: Ground) -> tuple[DraftFile, ...]:
    """The coders' files of one text."""
    placed = place_marks(ground)
    links = place_links(ground, placed)
    hulls = {each.hull for each in placed.values()}
    hulls |= {hull for link in links if (hull := _joint_hull(ground, link, placed))}
    cut = passages(sentences(ground.document.text, ground.body), hulls)
    starts = [start for start, _ in cut]
    files: dict[tuple[str, str], dict[Stretch, list[Placed]]] = {}
    for each in placed.values():
        span = cut[bisect_right(starts, each.hull[0]) - 1]
        files.setdefault(each.file, {}).setdefault(span, []).append(each)
    said: dict[str, list[Link]] = {}
    for link in links:
        said.setdefault(link.origin, []).append(link)
    drafts = []
    for (coder, status), entries in sorted(files.items()):
        made = [_passage(ground, span, entries[span], said, placed) for span in sorted(entries)]
        kept = tuple(passage for passage in made if passage)
        modality = MODALITY if any(passage.statements for passage in kept) else ""
        drafts.append(DraftFile(ground.document.key, coder, status, kept, modality))
    return tuple(draft for draft in drafts if draft.passages)


def _joint_hull(ground: Ground, link: Link, placed: Mapping[str, Placed]) -> Stretch | None:
    """From one end of a relation to the other, if that is near enough for one passage."""
    one, two = placed[link.origin].hull, placed[link.target].hull
    hull = min(one[0], two[0]), max(one[1], two[1])
    return hull if hull[1] - hull[0] <= FARTHEST and ground.is_in_body(hull) else None


def _passage(
    ground: Ground,
    span: Stretch,
    marks: Sequence[Placed],
    said: By,
    placed: Mapping[str, Placed],
) -> DraftPassage | None:
    """One passage with the marks of one coder; None where it is beyond what a passage may hold."""
    here = _here(ground, marks, placed)
    ((start, end),) = ground.trimmed((span,))
    links = [link for each in marks for link in said.get(each.mark.id, ())]
    markings = [Marking(each.spans, each.match.name) for each in here.kept]
    brackets = nested(markings, MOST_MARKS - ground.document.text.count("[", start, end))
    if brackets is None:
        ground.tally.marks[ENTANGLED] += len(here.kept)
        ground.tally.links[LOST_END] += len(links)
        return None
    lines = statements(here, links)
    ground.tally.marks[WRITTEN] += len(here.kept)
    ground.tally.links[WRITTEN] += len(lines)
    ground.tally.links["said twice in one passage"] += len(links) - len(lines)
    counts = pieces_of(brackets, len(markings))
    named = [
        Marking(
            marking.pieces,
            marking.item,
            settings(here.kept[number].mark.said, ground.tally.lost),
            here.id_of(number) if counts[number] > 1 or number in here.used else "",
        )
        for number, marking in enumerate(markings)
    ]
    words = marked(ground.document.text, (start, end), named, brackets)
    nth = _nth(ground.anchors, start, end)
    return DraftPassage(start, words, nth, _coded(ground, here, links), lines)


def _here(ground: Ground, marks: Sequence[Placed], placed: Mapping[str, Placed]) -> Here:
    """The marks of a passage; of those that mark the same words with one concept, the first."""
    first: dict[tuple[str, tuple[Stretch, ...]], int] = {}
    kept: list[Placed] = []
    numbers: dict[str, int] = {}
    for each in marks:
        number = first.setdefault((each.match.iri, each.spans), len(kept))
        numbers[each.mark.id] = number
        kept += [each] if number == len(kept) else []
    ground.tally.marks["marked twice with one concept"] += len(marks) - len(kept)
    return Here(ground.vocabulary, ground.tally.lost, kept, numbers, placed)


def _coded(ground: Ground, here: Here, links: Sequence[Link]) -> str:
    """The last time at which any of this was said: a passage has but one."""
    times = {each.time for each in here.kept}
    times |= {time for link in links if (time := moment(link.said.time)[0])}
    ground.tally.lost["times within a passage (its last is kept)"] += len(times) - 1
    return latest(times)


def _nth(anchors: Anchors, start: int, end: int) -> int:
    """The number of a passage among the places with its words, 0 if there is but one."""
    first, last = anchors.hit(start), anchors.hit(end)
    if anchors.stands_once(first, last):
        return 0
    number = 0
    for count, hit in enumerate(anchors.hits(anchors.squeezed[first:last]), 1):
        number = count if hit == first else number
        if number and count > 1:
            return number
    return 0
