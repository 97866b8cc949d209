"""In which class each thing stands in the legend: one each, and not too many of them.

A class of its own first; for a concept without one, the scheme or collection that it belongs to.
Where all things would be of one class, the branches of the hierarchy tell them apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.anyrdf.facts import Facts, Line
from kg.anyrdf.picture import Picture
from kg.anyrdf.vocabularies import ELSEWHERE, OTHER, vocabularies
from kg.namespaces import OWL, SKOS

MOST = 20
"""Classes in the legend; those of the fewest things are put together."""
_DEEPEST = 6
"""Levels below the top at which branches are looked for."""


@dataclass(frozen=True)
class Groups:
    """`of` maps a thing to its class, None where it has none; `branches` says that all of these
    are heads of branches."""

    of: Mapping[str, str | None]
    branches: bool = False


def groups_of(facts: Facts, picture: Picture) -> Groups:
    memberships = _memberships(facts) if picture.kind == "concepts" else {}
    sets = {name: _classes(facts, picture, memberships, name) for name in picture.nodes}
    groups = _most_common(sets)
    if len(set(groups.values()) - {None, ELSEWHERE}) > 1:
        return Groups(_folded(groups))
    branches = _branches(picture)
    if len(set(branches.values())) < 2:  # noqa: PLR2004 - a single branch tells nothing apart
        return Groups(groups)
    return Groups(_folded(groups | branches), branches=True)


def _classes(
    facts: Facts, picture: Picture, memberships: Mapping[str, set[str]], name: str
) -> set[str]:
    """What may stand for the class of a thing; a class above another of them says less."""
    if picture.kind == "classes" and name in facts.classes:
        return {OWL.Class}
    said = vocabularies()
    found = facts.types.get(name, set()) - {*said.role("plain"), *said.role("machinery")}
    found -= {upper for cls in found for upper in _all_above(cls, facts.above)}
    if found:
        return found
    if name in facts.concepts:
        return memberships.get(name) or {SKOS.Concept}
    return set() if next(facts.about(name), None) else {ELSEWHERE}


def _all_above(cls: str, above: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [cls]
    while waiting:
        more = above.get(waiting.pop(), set()) - found - {cls}
        found |= more
        waiting += more
    return found


def _memberships(facts: Facts) -> dict[str, set[str]]:
    """Concept → its schemes and collections, those left out that hold every concept."""
    found: dict[str, set[str]] = defaultdict(set)
    for property_ in vocabularies().role("group"):
        for thing, group in facts.pairs(property_):
            found[thing].add(group)
    for property_ in vocabularies().role("groupOf"):
        for group, thing in facts.pairs(property_):
            found[thing].add(group)
    sizes = Counter(group for thing in facts.concepts for group in found.get(thing, ()))
    whole = {group for group, size in sizes.items() if size == len(facts.concepts)}
    return {thing: groups - whole for thing, groups in found.items()}


def _most_common(sets: Mapping[str, set[str]]) -> dict[str, str | None]:
    """Of several classes, the one that most things have."""
    sizes = Counter(cls for classes in sets.values() for cls in classes)
    return {
        name: min(classes, key=lambda cls: (-sizes[cls], cls), default=None)
        for name, classes in sets.items()
    }


def _folded(groups: Mapping[str, str | None]) -> dict[str, str | None]:
    """The smallest classes put together where there are too many."""
    sizes = Counter(group for group in groups.values() if group)
    kept = {group for group, _ in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]}
    return {
        name: group if group is None or group in kept or len(sizes) <= MOST + 1 else OTHER
        for name, group in groups.items()
    }


# ── Branches ────────────────────────────────────────────────────────────────────────────────────


def _branches(picture: Picture) -> dict[str, str]:
    """Thing → the head of its branch: the first level below the top that has several branches."""
    up = _ways_up(picture.ways_up)
    paths = {name: _path(name, up) for name in picture.nodes}
    found: dict[str, str] = {}
    for level in range(_DEEPEST):
        heads = {name: path[min(level, len(path) - 1)] for name, path in paths.items()}
        sizes = Counter(heads.values())
        found = {name: head for name, head in heads.items() if sizes[head] > 1}
        if len(set(found.values())) > 1:
            break
    return found


def _ways_up(lines: tuple[Line, ...]) -> dict[str, str]:
    """Thing → the one that is above it, the first in code-point order of several."""
    up: dict[str, str] = {}
    for source, _, target in lines:
        up[source] = min(target, up.get(source, target))
    return up


def _path(name: str, up: Mapping[str, str]) -> list[str]:
    """From the top of the hierarchy down to a thing; a ring ends where it closes."""
    path = [name]
    seen = {name}
    while (above := up.get(path[-1], name)) not in seen:
        path.append(above)
        seen.add(above)
    return path[::-1]
