"""In which class each thing stands in the legend: one each, and not too many of them.

A class of its own first; for a concept without one, the scheme or collection that it belongs to.
What that does not tell apart, and the classes of an ontology, stand in the branch of the hierarchy
that they belong to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.anyrdf.facts import Facts, Line
from kg.anyrdf.picture import Picture
from kg.anyrdf.vocabularies import ALONE, ELSEWHERE, OTHER, UNTYPED, vocabularies
from kg.namespaces import OWL, SKOS

MOST = 20
"""Classes in the legend; those of the fewest things are put together."""
DEEPEST = 6
"""Levels below the top at which branches are looked for."""
LARGEST = 0.6
"""The share of all things that the largest branch should have at most."""


@dataclass(frozen=True)
class Groups:
    """`of` maps each thing to its class; `branches` says that classes are heads of branches."""

    of: Mapping[str, str]
    branches: bool = False


def groups_of(facts: Facts, picture: Picture) -> Groups:
    groups = _classes_of(facts, picture)
    if picture.kind != "classes" and len(set(groups.values()) - {ELSEWHERE, UNTYPED}) > 1:
        return Groups(_folded(groups))
    branches = _branches(picture)
    if len(set(branches.values())) < 2:  # noqa: PLR2004 - a single branch tells nothing apart
        return Groups(_folded(groups))
    plain = (name for name, group in groups.items() if group in (OWL.Class, SKOS.Concept))
    heads = set(groups.values())
    alone = {name: name if name in heads else ALONE for name in plain}
    return Groups(_folded(groups | alone | branches), branches=True)


# ── Classes ─────────────────────────────────────────────────────────────────────────────────────


def _classes_of(facts: Facts, picture: Picture) -> dict[str, str]:
    """Of several classes of a thing, the one that most things have."""
    memberships = _memberships(facts) if picture.kind == "concepts" else {}
    sets = {
        name: _own_classes(facts, name) or memberships.get(name) or {_stand_in(facts, name)}
        for name in picture.nodes
    }
    sizes = Counter(cls for classes in sets.values() for cls in classes)
    return {
        name: min(classes, key=lambda cls: (-sizes[cls], cls)) for name, classes in sets.items()
    }


def _own_classes(facts: Facts, name: str) -> set[str]:
    """Those that say something; a class above another of them says less."""
    said = vocabularies()
    found = facts.types.get(name, set()) - {*said.role("plain"), *said.role("machinery")}
    return found - {upper for cls in found for upper in _all_above(cls, facts.above)}


def _all_above(cls: str, above: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [cls]
    while waiting:
        more = above.get(waiting.pop(), set()) - found - {cls}
        found |= more
        waiting += more
    return found


def _stand_in(facts: Facts, name: str) -> str:
    if name in facts.concepts:
        return SKOS.Concept
    if name in facts.classes:
        return OWL.Class
    return UNTYPED if next(facts.about(name), None) else ELSEWHERE


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


def _folded(groups: Mapping[str, str]) -> dict[str, str]:
    """The smallest classes put together where there are too many."""
    sizes = Counter(groups.values())
    ranked = sorted(sizes, key=lambda group: (-sizes[group], group))
    few = set(ranked[MOST:]) if len(ranked) > MOST + 1 else set()
    return {name: OTHER if group in few else group for name, group in groups.items()}


# ── Branches ────────────────────────────────────────────────────────────────────────────────────


def _branches(picture: Picture) -> dict[str, str]:
    """Thing → the head of its branch, for branches of several things.

    Counted from the top, it is the first level where no branch has nearly everything.
    """
    up = _ways_up(picture.ways_up)
    paths = {name: _path(name, up) for name in picture.nodes}
    several: dict[str, str] = {}
    for level in range(DEEPEST):
        heads = {name: path[min(level, len(path) - 1)] for name, path in paths.items()}
        sizes = Counter(heads.values())
        found = {name: head for name, head in heads.items() if sizes[head] > 1}
        if len(set(found.values())) > 1:
            several = several or found
            if max(sizes.values()) <= LARGEST * len(paths):
                return found
    return several


def _ways_up(lines: Iterable[Line]) -> dict[str, str]:
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
