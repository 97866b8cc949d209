"""Networks of any size: what is too large for forces is cut into communities, each laid out alone.

Forces cost the square of the number of concepts. The communities, boxes themselves by then, are
laid out in the same way, and those that are still too large are cut again.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.render.boxes import Boxes, centred
from kg.render.forces import SCREEN, Effort, arrange, arrange_each
from kg.render.lines import Lines

if TYPE_CHECKING:
    import networkx
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Nodes = NDArray[np.int64]

THOROUGH, FAIR = Effort(12, 2, 5), Effort(12, 1, 5)
SMALL, LARGE = 200, 350
"""Up to so many concepts every effort is made; from so many on, communities are laid out."""
TINY = 2
"""Communities of so few concepts are put together."""
GAP = 24.0


def arrange_all(boxes: Boxes, lines: Lines) -> Floats:
    """Places in pixels around the middle, without any overlap; the same for the same network."""
    if lines.count <= SMALL:
        return arrange(boxes, lines, THOROUGH)
    return arrange(boxes, lines, FAIR) if lines.count <= LARGE else _arrange_many(boxes, lines)


def _arrange_many(boxes: Boxes, lines: Lines) -> Floats:
    import numpy as np

    if not len(lines.pairs):
        return _in_rows(boxes)
    groups = _halls(lines)
    if len(groups) == 1:
        groups = np.array_split(groups[0], 2)
    inside = _arrange_groups([(boxes.of(group), lines.within(group)) for group in groups])
    sizes = [
        centred(places, boxes.of(group))[1] for places, group in zip(inside, groups, strict=True)
    ]
    halves = np.array(sizes) / 2 + GAP
    hulls = Boxes(halves[:, 0], halves[:, 0], halves[:, 1])
    middles = arrange_all(hulls, _between(groups, lines))
    places = np.zeros((lines.count, 2))
    for group, relative, middle in zip(groups, inside, middles, strict=True):
        places[group] = relative + middle
    return places


def _arrange_groups(networks: list[tuple[Boxes, Lines]]) -> list[Floats]:
    """Each alone; those that are small, at once."""
    small = [number for number, (_, lines) in enumerate(networks) if lines.count <= LARGE]
    found = dict(zip(small, arrange_each([networks[number] for number in small]), strict=True))
    return [
        found[number] if number in found else _arrange_many(*network)
        for number, network in enumerate(networks)
    ]


def _halls(lines: Lines) -> list[Nodes]:
    """The communities, the tiny ones together."""
    import numpy as np

    found = communities(lines)
    tiny = sorted(node for group in found if len(group) <= TINY for node in group)
    return [*(group for group in found if len(group) > TINY), *([np.array(tiny)] if tiny else [])]


def communities(lines: Lines) -> list[Nodes]:
    """Numbers of nodes by community (Louvain), the largest first; the same for the same network."""
    import networkx as nx
    import numpy as np

    graph: networkx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(lines.count))
    graph.add_weighted_edges_from(
        (int(a), int(b), float(w)) for (a, b), w in zip(lines.pairs, lines.weights, strict=True)
    )
    found = [sorted(group) for group in nx.community.louvain_communities(graph, seed=1)]
    return [np.array(group) for group in sorted(found, key=lambda group: (-len(group), group))]


def _between(groups: list[Nodes], lines: Lines) -> Lines:
    """The network of the communities: a line where any of their concepts are joined."""
    import numpy as np

    of = np.zeros(lines.count, dtype=np.int64)
    for number, group in enumerate(groups):
        of[group] = number
    pairs = np.sort(of[lines.pairs], axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    return Lines(len(groups), pairs, np.ones(len(pairs)), np.zeros(len(pairs)))


def _in_rows(boxes: Boxes) -> Floats:
    """One after the other, for concepts that nothing joins."""
    import numpy as np

    width = math.sqrt(boxes.area * SCREEN[0] / SCREEN[1])
    places, x, y = [], 0.0, 0.0
    height = 2 * float(boxes.half.max())
    for left, right in zip(boxes.left, boxes.right, strict=True):
        if x and x + left + right > width:
            x, y = 0.0, y + height
        places.append((x + left, y))
        x += left + right
    return centred(np.array(places), boxes)[0]
