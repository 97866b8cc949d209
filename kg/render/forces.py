"""A layout from scratch: forces (kg.render.atlas) from several seeds, fitted to a landscape screen.

Those whose lines cross least go on: every concept gets a free spot for its mark and label
(kg.render.spots), and the best of them is taken.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.render.atlas import pull_and_push
from kg.render.boxes import Boxes, centred
from kg.render.lines import Lines, crossings
from kg.render.spots import find_spots

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SCREEN = (1310.0, 830.0)
"""What a browser window of 1600 × 950 has for the map, less a margin."""
DENSITY = 0.67
"""How much of the frame may be covered by boxes."""
ROOM = 15_000
"""Square pixels for a concept where there is plenty."""

REACH = 200.0
"""How many pixels around its neighbours a concept looks for a better spot, among very many."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How many seeds are tried, how many of them go on, and for how many rounds."""

    seeds: int
    finalists: int
    rounds: int


def arrange(boxes: Boxes, lines: Lines, effort: Effort) -> Floats:
    """Places in pixels around the middle, without any overlap."""
    frame = frame_for(boxes)
    jobs = [(lines, seed) for seed in range(effort.seeds)]
    starts = [_fitted(places, boxes, frame) for places in pull_and_push(jobs)]
    attempts = [
        find_spots(places, boxes, lines, frame, effort.rounds)
        for places in _least_crossed(starts, lines)[: effort.finalists]
    ]
    return centred(_least_crossed(attempts, lines)[0], boxes)[0]


def arrange_each(networks: Sequence[tuple[Boxes, Lines]]) -> list[Floats]:
    """Many small networks with little effort, each as `arrange` would."""
    starts = pull_and_push([(lines, 0) for _, lines in networks])
    return [_seat(places, *network) for places, network in zip(starts, networks, strict=True)]


def _seat(places: Floats, boxes: Boxes, lines: Lines) -> Floats:
    frame = frame_for(boxes)
    found = find_spots(_fitted(places, boxes, frame), boxes, lines, frame, 1, REACH)
    return centred(found, boxes)[0]


def _least_crossed(attempts: list[Floats], lines: Lines) -> list[Floats]:
    if len(attempts) == 1:
        return attempts
    return sorted(attempts, key=lambda places: crossings(places, lines.strong))


def frame_for(boxes: Boxes) -> tuple[float, float]:
    """As large as the screen where that suffices, smaller for few concepts, larger for many."""
    plenty = min(SCREEN[0] * SCREEN[1], len(boxes.left) * ROOM)
    area = max(boxes.area / DENSITY, plenty)
    width = max(
        math.sqrt(area * SCREEN[0] / SCREEN[1]), float((boxes.left + boxes.right).max()) + 8
    )
    return width, max(area / width, 2 * float(boxes.half.max()) + 8)


def _fitted(places: Floats, boxes: Boxes, frame: tuple[float, float]) -> Floats:
    """Turned so that the longest way lies across, spread out evenly, and scaled to the frame."""
    import numpy as np

    if len(places) < 2:  # noqa: PLR2004 - one concept stands in the middle
        return np.zeros((len(places), 2))
    places = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(places.T))
    # of the two directions of an axis, the one that points right or down
    axes = axes[:, ::-1] * np.where(axes[:, ::-1].sum(axis=0) < 0, -1, 1)
    places = places @ axes
    margin = np.array([(boxes.left + boxes.right).mean(), 2 * boxes.half.mean()])
    room = np.array(frame) - margin
    return np.column_stack([_spread(places[:, axis]) * room[axis] for axis in (0, 1)])


def _spread(values: Floats) -> Floats:
    """Between -½ and ½: half as they stand, half by rank, so that crowds loosen."""
    import numpy as np

    extent = np.ptp(values) or 1.0
    linear = (values - values.min()) / extent
    ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable") / (len(values) - 1)
    spread: Floats = (linear + ranks) / 2 - 0.5
    return spread
