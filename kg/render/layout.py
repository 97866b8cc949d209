"""Where each concept stands on the map: `layout.tsv`, an input that a build never changes.

    key<TAB>x<TAB>y
    garden-hedge<TAB>-120<TAB>34

Whole pixels from the middle, x to the right, y down. A concept without a line is put near its
neighbours, clear of the others; only `relayout` computes all places anew.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.atomic import write_atomically
from kg.errors import Issue, Place
from kg.ontology import local_name
from kg.render.boxes import Boxes, boxes_of
from kg.render.communities import arrange_all
from kg.render.lines import read_lines

if TYPE_CHECKING:
    import networkx

Position = tuple[int, int]
HEADER = "key\tx\ty"
LINE = 40
"""Pixels between what is there and what is put below it."""
MANY = 200
"""More new concepts than this are laid out by themselves, below the others."""
SPOTS = 256
"""How many spots of the spiral are tried at once."""
MOST_ISSUES = 20
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def read_layout(path: Path) -> tuple[dict[str, Position], list[Issue]]:
    """The places in a file, by the concept's key, and an issue for each line that is none.

    Nothing where there is no file.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return {}, []
    places: dict[str, Position] = {}
    issues = []
    for number, line in enumerate(lines[1:], 2):
        try:
            key, x, y = line.rstrip("\r").split("\t")
            places[key] = (int(x), int(y))
        except ValueError:
            if line.strip():
                issues.append(_no_place(path, number, line))
    return places, issues[:MOST_ISSUES]


def _no_place(path: Path, number: int, line: str) -> Issue:
    return Issue(
        Place(f"ontology/{path.name}", number),
        "bad-layout",
        f"this line is not a key and two whole numbers, with tabs between: {line[:60]!r}",
        "mend or delete the line, or compute all places anew: kg render --relayout",
        severity="warning",
    )


def write_layout(path: Path, places: Mapping[str, Position]) -> None:
    """`places` are by key or by IRI; the file holds keys, sorted."""
    by_key = sorted((local_name(name), place) for name, place in places.items())
    lines = [HEADER, *(f"{key}\t{x}\t{y}" for key, (x, y) in by_key)]
    write_atomically(path, ("\n".join(lines) + "\n").encode())


def place(
    network: networkx.MultiDiGraph[str], layout: Mapping[str, Position]
) -> dict[str, Position]:
    """A place for every concept, by IRI: the layout's, else near its neighbours.

    Without any place that is known, a full layout is computed.
    """
    places = {iri: layout[local_name(iri)] for iri in network if local_name(iri) in layout}
    if not places:
        return relayout(network)
    waiting = [iri for iri in network if iri not in places]
    if not waiting:
        return places
    if len(waiting) > MANY:
        return places | _block(relayout(network.subgraph(waiting)), places)
    return _fitted_in(network, places, set(waiting))


def _block(block: dict[str, Position], places: Mapping[str, Position]) -> dict[str, Position]:
    """A layout of its own, moved below everything that has a place."""
    top = min(y for _, y in block.values()) - max(y for _, y in places.values()) - LINE
    return {iri: (x, y - top) for iri, (x, y) in block.items()}


def _fitted_in(
    network: networkx.MultiDiGraph[str], places: dict[str, Position], waiting: set[str]
) -> dict[str, Position]:
    """One after the other near its neighbours, whoever has most of them in place first."""
    boxes = dict(zip(network, _each(boxes_of(network)), strict=True))
    near = network.to_undirected(as_view=True)
    while waiting:
        iri = min(waiting, key=lambda iri: (-sum(n in places for n in near[iri]), iri))
        neighbours = [places[other] for other in near[iri] if other in places]
        start = _mean(neighbours) if neighbours else _below(list(places.values()))
        taken = [_rectangle(places[other], boxes[other]) for other in places]
        places[iri] = _first_free(start, boxes[iri], taken)
        waiting.remove(iri)
    return {iri: places[iri] for iri in network}


def relayout(network: networkx.MultiDiGraph[str]) -> dict[str, Position]:
    """All places anew, by IRI; the same for the same network."""
    if not len(network):
        return {}
    places = arrange_all(boxes_of(network), read_lines(network))
    return {
        iri: (round(float(x)), round(float(y))) for iri, (x, y) in zip(network, places, strict=True)
    }


Box = tuple[float, float, float]
Rectangle = tuple[float, float, float, float]


def _each(boxes: Boxes) -> list[Box]:
    return list(zip(boxes.left.tolist(), boxes.right.tolist(), boxes.half.tolist(), strict=True))


def _rectangle(position: tuple[float, float], box: Box) -> Rectangle:
    (x, y), (left, right, half) = position, box
    return x - left, x + right, y - half, y + half


def _mean(positions: list[Position]) -> tuple[float, float]:
    count = len(positions)
    return sum(x for x, _ in positions) / count, sum(y for _, y in positions) / count


def _below(positions: list[Position]) -> tuple[float, float]:
    """Under the middle of everything: where what has no neighbours gathers."""
    return _mean(positions)[0], max(y for _, y in positions) + LINE


def _first_free(start: tuple[float, float], box: Box, taken: list[Rectangle]) -> Position:
    """The first spot on a spiral of whole pixels whose box meets no other."""
    import numpy as np

    left, right, top, bottom = np.array(taken).T[:, None]
    for first in itertools.count(0, SPOTS):
        step = np.arange(first, first + SPOTS)[:, None]
        reach, turn = 7 * np.sqrt(step), step * GOLDEN_ANGLE
        x = np.round(start[0] + 1.5 * reach * np.cos(turn))
        y = np.round(start[1] + reach * np.sin(turn))
        apart = (x + box[1] <= left) | (right <= x - box[0])
        free = (apart | (y + box[2] <= top) | (bottom <= y - box[2])).all(axis=1)
        if free.any():
            best = int(free.argmax())
            return int(x[best, 0]), int(y[best, 0])
    raise AssertionError("a spiral has no end")
