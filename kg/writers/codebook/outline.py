"""The order of a hierarchy, whatever somebody made of it, and names to link to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, count

from kg.ontology import local_name


def outline(nodes: Sequence[str], broader: Mapping[str, AbstractSet[str]]) -> dict[str, int]:
    """Each node once with its depth, below the first of its broader ones, in the given order.

    A circle has no top: it is cut where the order first meets it.

    >>> outline(["a", "b", "c", "x", "y"], {"b": {"c"}, "x": {"y"}, "y": {"x"}})
    {'a': 0, 'c': 0, 'b': 1, 'x': 0, 'y': 1}
    """
    below: dict[str, list[str]] = defaultdict(list)
    inside, tops = set(nodes), []
    for node in nodes:
        above = (broader.get(node, frozenset()) & inside) - {node}
        for other in above:
            below[other].append(node)
        tops += [] if above else [node]
    depths: dict[str, int] = {}
    for top in [*tops, *nodes]:
        waiting = [(top, 0)]
        while waiting:
            node, depth = waiting.pop()
            if node not in depths:
                depths[node] = depth
                waiting += [(each, depth + 1) for each in reversed(below[node])]
    return depths


def natural(text: str) -> list[tuple[int, str]]:
    """A key that sorts numbers within text as numbers.

    >>> sorted(["B10", "B9", "A"], key=natural)
    ['A', 'B9', 'B10']
    """
    parts = re.findall(r"([0-9]{1,18})|([^0-9]+|[0-9]+)", text.casefold())
    return [(int(number or 0), other) for number, other in parts]


def anchors(prefix: str, iris: Iterable[str]) -> dict[str, str]:
    """IRI → a name to link to: letters, digits, hyphens and low lines only, each name once.

    >>> anchors("c", ["x/b c", "y/b?c", "z/b-c"])
    {'x/b c': 'c-b-c', 'y/b?c': 'c-b-c-2', 'z/b-c': 'c-b-c-3'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for iri in iris:
        stem = f"{prefix}-" + re.sub(r"[^\w-]", "-", local_name(iri))
        numbered = (f"{stem}-{number}" for number in count(2))
        found[iri] = next(name for name in chain([stem], numbered) if name not in taken)
        taken.add(found[iri])
    return found
