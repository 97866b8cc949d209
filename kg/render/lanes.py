"""The bands of the lanes view, read from the ontology's header, and what stands in them.

A concept stands in the band that holds it, and in every band that holds something which it reaches
by the header's relation. What reaches two bands stands in both. Any other concept is led to the
band to which more than half of its lines lead, of those that lead to a concept with a place; an
analyst's reading of a concept says nothing of that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.render.evidence import Drawn, Record
from kg.rows import rows

Held = Mapping[str, Sequence[int]]
"""Band → the numbers of the concepts that it holds; bands from the top down."""


def read_lanes(
    store: ox.Store, drawn: Drawn, edges: Sequence[Record], relations: Sequence[Record]
) -> dict[str, Any]:
    """The tables `lanes` (empty where the header names no bands), `standing` and `led`."""
    held = _held(store, drawn)
    relation = _relation(store, relations)
    bands = [
        {"term": drawn.terms.number(lane), "holds": concepts} for lane, concepts in held.items()
    ]
    standing = sorted(_standing(held, edges, relation), key=_order)
    return {
        "lanes": {"relation": relation, "bands": bands} if bands else {},
        "standing": standing,
        "led": list(_led(standing, edges)),
    }


def _held(store: ox.Store, drawn: Drawn) -> Held:
    places: dict[str, tuple[bool, int, str]] = {}
    held: dict[str, set[int]] = defaultdict(set)
    for lane, position, concept in sorted(rows(store, "page-lanes"), reverse=True):
        known = position.isdecimal()
        places[lane] = (not known, int(position) if known else 0, lane)
        held[lane] |= {drawn.concepts[concept]} if concept in drawn.concepts else set()
    return {lane: sorted(held[lane]) for lane in sorted(places, key=places.__getitem__)}


def _relation(store: ox.Store, relations: Sequence[Record]) -> int | None:
    """The number of the header's relation; None where it names none, or nothing is said with it."""
    named = min((iri for (iri,) in rows(store, "lane-relation")), default="")
    drawn = [record["iri"] for record in relations]
    return drawn.index(named) if named in drawn else None


def _standing(held: Held, edges: Sequence[Record], relation: int | None) -> Iterator[Record]:
    """`by` is the edge that brings a concept into a band; what the band holds itself has none."""
    for band, concepts in enumerate(held.values()):
        yield from ({"band": band, "concept": concept} for concept in concepts)
        for number, edge in enumerate(edges):
            if relation is not None and edge["relation"] == relation and edge["to"] in concepts:
                yield {"band": band, "concept": edge["from"], "by": number}


def _led(standing: Sequence[Record], edges: Sequence[Record]) -> Iterator[Record]:
    """`lines` of the concept's lines lead to this band, `of` to concepts that have a place."""
    bands: dict[int, set[int]] = defaultdict(set)
    for place in standing:
        bands[place["concept"]].add(place["band"])
    reached: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        if edge["kind"] != "classification":
            for one, other in ((edge["from"], edge["to"]), (edge["to"], edge["from"])):
                if one not in bands and other in bands:
                    reached[one].append(other)
    for concept, others in sorted(reached.items()):
        votes = Counter(band for other in others for band in bands[other]).most_common(2)
        (band, lines), second = votes[0], sum(number for _, number in votes[1:])
        if lines > second and 2 * lines > len(others):
            yield {"band": band, "concept": concept, "lines": lines, "of": len(others)}


def _order(record: Record) -> tuple[int, int, int]:
    return record["band"], record["concept"], record.get("by", -1)
