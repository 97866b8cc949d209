"""What transitive relations lead to: everything that is reached step by step (OWL 2 RL: prp-trp).

A chain of n things makes n²/2 triples, a ring n², for each of its members leads to all. A ring of
more than LONGEST_RING is hardly meant, so its own steps are not followed: what leads into it leads
to where it enters, and no farther. Each such ring, and a relation of which more would follow than
a graph can use, is an issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.errors import Issue, Place
from kg.namespaces import OWL, RDF
from kg.ontology import local_name
from kg.terms import Term, value

LONGEST_RING = 100
MOST_PAIRS = 1_000_000
MOST_PER_STEP = 50
"""Of one relation: as many pairs as MOST_PAIRS or, in a large graph, as MOST_PER_STEP allows."""

Steps = dict[Term, set[Term]]


@dataclass(frozen=True, slots=True)
class Reached:
    """What one relation leads to beyond its own steps, and what was left out.

    The issues by what they are about: the ring of a relation is the ring of its inverse too.
    """

    triples: list[ox.Triple]
    issues: dict[tuple[Term, ...], Issue]


def transitive(store: ox.Store) -> list[ox.NamedNode]:
    """The relations that are declared to be so, by IRI."""
    kind = ox.NamedNode(OWL.TransitiveProperty)
    quads = store.quads_for_pattern(None, ox.NamedNode(RDF.type), kind)
    return sorted({q.subject for q in quads if isinstance(q.subject, ox.NamedNode)}, key=value)


def reach(store: ox.Store, relation: ox.NamedNode, places: Mapping[str, Place]) -> Reached:
    """Everything that follows from a relation's being transitive and is not in the store yet.

    `places` tells where an issue stands, by the IRI that it is about.
    """
    steps: Steps = {}
    quads = list(store.quads_for_pattern(None, relation, None))
    for quad in quads:
        steps.setdefault(quad.subject, set()).add(quad.object)
    rings = [tuple(sorted(ring, key=value)) for ring in long_rings(steps)]
    issues = {ring: _ring(relation, ring, places) for ring in rings}
    followed = without(steps, rings)
    most = max(MOST_PAIRS, MOST_PER_STEP * len(quads))
    starts = dict.fromkeys(quad.subject for quad in quads)
    pairs = ((start, end) for start in starts for end in reached(start, followed) - steps[start])
    found = list(islice(pairs, most + 1))
    if len(found) > most:
        return Reached([], issues | {(relation,): _too_far(relation, most, places)})
    return Reached([ox.Triple(start, relation, end) for start, end in found], issues)


def reached(start: Term, steps: Steps) -> set[Term]:
    """Where the steps lead from there, which is `start` too if they lead back.

    >>> sorted(reached(1, {1: {2}, 2: {3, 1}, 4: {1}}))
    [1, 2, 3]
    """
    found: set[Term] = set()
    waiting = [start]
    while waiting:
        new = steps.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def long_rings(steps: Steps) -> Iterator[set[Term]]:
    """Things that all lead to one another, where they are more than LONGEST_RING."""
    if len(steps) <= LONGEST_RING:
        return iter(())
    import networkx as nx

    graph = nx.DiGraph((start, end) for start, ends in steps.items() for end in ends)
    return (ring for ring in nx.strongly_connected_components(graph) if len(ring) > LONGEST_RING)


def without(steps: Steps, rings: Iterable[Iterable[Term]]) -> Steps:
    """The steps but those within a ring.

    >>> without({1: {2}, 2: {1, 3}}, [[1, 2]])
    {1: set(), 2: {3}}
    """
    ring_of = {node: number for number, ring in enumerate(rings) for node in ring}
    return {
        start: {end for end in ends if start not in ring_of or ring_of[start] != ring_of.get(end)}
        for start, ends in steps.items()
    }


def _ring(relation: ox.NamedNode, ring: tuple[Term, ...], places: Mapping[str, Place]) -> Issue:
    first, second = (local_name(value(node)) for node in ring[:2])
    return Issue(
        places.get(value(ring[0]), Place("ontology")),
        "long-ring",
        f"{len(ring):,} things lead to one another by '{local_name(relation.value)}', "
        f"'{first}' and '{second}' among them; what follows from the ring is left out",
        "remove the step that leads back; the rest of the graph is as it should be",
        severity="warning",
    )


def _too_far(relation: ox.NamedNode, most: int, places: Mapping[str, Place]) -> Issue:
    return Issue(
        places.get(relation.value, Place("ontology")),
        "too-much-follows",
        f"more than {most:,} triples follow from '{local_name(relation.value)}' being transitive; "
        "they are left out",
        "make its longest chains shorter, or do not declare it to be an owl:TransitiveProperty",
        severity="warning",
    )
