"""A spot for each concept where its mark and label meet no other, then better ones, one at a time.

The frame is a raster of small cells, taken or free. First everybody takes the free spot nearest to
where the forces put it, the best connected first. Then, in a few rounds, each looks for a free spot
with shorter lines and fewer crossings.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.render.boxes import Boxes
from kg.render.lines import Lines, crossings_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Pairs = NDArray[np.int64]

ACROSS, DOWN = 8.0, 4.0
"""A cell of the raster, in pixels."""
MOST_CELLS = 100_000
"""In a frame with more, the cells are larger."""
NEAR = 160.0
"""Pixels within which a free spot is looked for first."""
STEEP = 1.6
"""Boxes are wide and flat: a step down is worth more than a step aside."""
CROSSING = 60.0
"""What a crossing is worth in pixels of line."""
TRIED = 32
"""Crossings are counted for so many spots with the shortest lines, and as many of the next best."""


class Raster:
    """A frame around the middle, and what of it is taken."""

    def __init__(self, frame: tuple[float, float], boxes: Boxes) -> None:
        import numpy as np

        self.boxes = boxes
        self.corner = (-frame[0] / 2, -frame[1] / 2)
        grain = max(1.0, (frame[0] * frame[1] / (ACROSS * DOWN) / MOST_CELLS) ** 0.5)
        self.cell = (ACROSS * grain, DOWN * grain)
        columns, rows = (int(side // cell) + 1 for side, cell in zip(frame, self.cell, strict=True))
        self.taken = np.zeros((rows, columns), np.int32)
        self.wide = np.ceil((boxes.left + boxes.right) / self.cell[0]).astype(int)
        self.high = np.ceil(boxes.half * 2 / self.cell[1]).astype(int)

    def mark(self, node: int, place: Floats, step: int) -> None:
        """Take (1) or give back (-1) the cells of a node's box."""
        left = round((place[0] - self.boxes.left[node] - self.corner[0]) / self.cell[0])
        top = round((place[1] - self.boxes.half[node] - self.corner[1]) / self.cell[1])
        self.taken[top : top + self.high[node], left : left + self.wide[node]] += step

    def free(self, node: int, spot: Floats | None = None, reach: float = math.inf) -> Floats:
        """Every place where the node's box would cover free cells only.

        With a spot, only places within `reach` pixels across, and as far as counts the same down.
        """
        import numpy as np

        w, h = self.wide[node], self.high[node]
        first, last = self._window(node, spot, reach)
        taken = self.taken[first[1] : last[1] + h, first[0] : last[0] + w]
        if taken.shape[0] < h or taken.shape[1] < w:
            return np.zeros((0, 2))
        sums = np.zeros((taken.shape[0] + 1, taken.shape[1] + 1), np.int32)
        sums[1:, 1:] = taken.cumsum(axis=0).cumsum(axis=1)
        covered = sums[h:, w:] - sums[:-h, w:] - sums[h:, :-w] + sums[:-h, :-w]
        top, left = np.nonzero(covered == 0)
        return np.column_stack(
            [
                self.corner[0] + (first[0] + left) * self.cell[0] + self.boxes.left[node],
                self.corner[1] + (first[1] + top) * self.cell[1] + self.boxes.half[node],
            ]
        )

    def nearest(self, node: int, spot: Floats) -> Floats | None:
        """The free place nearest to a spot; None where there is none."""
        import numpy as np

        for reach in (*(NEAR * 2**step for step in range(5)), math.inf):
            places = self.free(node, spot, reach)
            if len(places):
                away = np.hypot(*((places - spot) * [1, STEEP]).T)
                best: Floats = places[away.argmin()]
                if away.min() <= reach:
                    return best
        return None

    def _window(
        self, node: int, spot: Floats | None, reach: float
    ) -> tuple[tuple[int, int], tuple[int, int]]:
        """The first and last cells, across and down, where the corner of a node's box may lie."""
        rows, columns = self.taken.shape
        if spot is None or math.isinf(reach):
            return (0, 0), (columns, rows)
        x = (spot[0] - self.boxes.left[node] - self.corner[0]) / self.cell[0]
        y = (spot[1] - self.boxes.half[node] - self.corner[1]) / self.cell[1]
        across, down = reach / self.cell[0], reach / STEEP / self.cell[1]
        first = (min(max(0, int(x - across)), columns), min(max(0, int(y - down)), rows))
        last = (min(max(0, int(x + across) + 1), columns), min(max(0, int(y + down) + 1), rows))
        return first, last


def find_spots(
    wished: Floats,
    boxes: Boxes,
    lines: Lines,
    frame: tuple[float, float],
    rounds: int,
    reach: float = math.inf,
) -> Floats:
    """Places without any overlap, in a larger frame where this one is too full.

    Better ones are looked for within `reach` of the middle of a node's neighbours.
    """
    import numpy as np

    around = lines.around()
    degrees = np.array([len(ends) for ends, *_ in around])
    order = np.lexsort((np.arange(lines.count), -degrees))
    raster = Raster(frame, boxes)
    places = _seated(wished, order, raster)
    if places is None:
        larger = (frame[0] * 1.05, frame[1] * 1.05)
        return find_spots(wished * 1.05, boxes, lines, larger, rounds, reach)
    for _ in range(rounds):
        moved = [_moved(node, places, raster, lines, around[node], reach) for node in order]
        if not any(moved):
            break
    return places


def _seated(wished: Floats, order: NDArray[np.int64], raster: Raster) -> Floats | None:
    """Everybody on the free spot nearest to the wished one; None where somebody finds none."""
    places = wished.copy()
    for node in order:
        spot = raster.nearest(node, wished[node])
        if spot is None:
            return None
        places[node] = spot
        raster.mark(node, spot, 1)
    return places


def _moved(
    node: int,
    places: Floats,
    raster: Raster,
    lines: Lines,
    around: tuple[Pairs, Floats, Floats],
    reach: float,
) -> bool:
    """Move a node to the best free spot; whether that was another than its own."""
    import numpy as np

    raster.mark(node, places[node], -1)
    among = places[around[0]] if len(around[0]) else places[node][None]
    spots = np.concatenate([places[node][None], raster.free(node, among.mean(axis=0), reach)])
    lengths = _lengths(spots, places, around, raster.corner)
    ranked = lengths[1:].argsort(kind="stable") + 1
    fair = ranked[TRIED : len(ranked) // 4]
    tried = np.concatenate([[0], ranked[:TRIED], fair[:: len(fair) // TRIED + 1]])
    strong = around[0][around[1] == 1]
    crossed = crossings_at(spots[tried], node, strong, places, lines.strong)
    costs = lengths[tried] + CROSSING * crossed
    best = int(costs.argmin())
    better = best > 0 and costs[best] < costs[0] - 1
    if better:
        places[node] = spots[tried[best]]
    raster.mark(node, places[node], 1)
    return better


def _lengths(
    spots: Floats,
    places: Floats,
    around: tuple[Pairs, Floats, Floats],
    corner: tuple[float, float],
) -> Floats:
    """How long a node's lines are for each spot; who has none goes to the lower right corner."""
    import numpy as np

    total: Floats = np.zeros(len(spots))
    if not len(around[0]):
        total += np.hypot(*(spots + np.array(corner)).T)
    for neighbour, weight, shortest in zip(*around, strict=True):
        length = np.hypot(*(spots - places[neighbour]).T)
        total += weight * np.maximum(length, 6 * shortest - 5 * length)
    return total
