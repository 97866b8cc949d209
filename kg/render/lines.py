"""The lines of a network as a layout sees them: whom they join, and how often they cross."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Pairs = NDArray[np.int64]

FAINT = 0.15
"""The pull of an analyst's reading: it joins many concepts to a few, and is drawn faintly."""
SHORT, BESIDE = 66.0, 18.0
"""Pixels; on a shorter line nobody sees the arrow. Each line beside it needs some more."""


@dataclass(frozen=True)
class Lines:
    """Pairs of numbers of nodes, each once; `strong` are those that a text or the ontology says.

    `shortest` is the length in pixels below which a line, or several beside each other, cannot be
    told from its ends.
    """

    count: int
    pairs: Pairs
    weights: Floats
    shortest: Floats

    def within(self, nodes: Pairs) -> Lines:
        """The lines among some nodes, numbered anew in the order given."""
        import numpy as np

        number = np.full(self.count, -1)
        number[nodes] = np.arange(len(nodes))
        inside = (number[self.pairs] >= 0).all(axis=1)
        pairs = number[self.pairs[inside]]
        return Lines(len(nodes), pairs, self.weights[inside], self.shortest[inside])

    @property
    def strong(self) -> Pairs:
        strong: Pairs = self.pairs[self.weights == 1]
        return strong

    def around(self) -> list[tuple[Pairs, Floats, Floats]]:
        """For each node, its neighbours, and weight and shortest length of the lines to them."""
        import numpy as np

        ends = np.concatenate([self.pairs, self.pairs[:, ::-1]])
        weights, shortest = np.tile(self.weights, 2), np.tile(self.shortest, 2)
        return [
            (ends[mine, 1], weights[mine], shortest[mine])
            for mine in (ends[:, 0] == number for number in range(self.count))
        ]


def read_lines(network: networkx.MultiDiGraph[str]) -> Lines:
    import numpy as np

    numbers = {iri: number for number, iri in enumerate(network)}
    found: dict[tuple[int, int], list[float]] = {}
    for source, target, data in network.edges(data=True):
        a, b = sorted((numbers[source], numbers[target]))
        if a != b:
            weight = FAINT if data["kind"] == "classification" else 1.0
            found.setdefault((a, b), []).append(weight)
    lines = sorted(found.items())
    return Lines(
        count=len(network),
        pairs=np.array([pair for pair, _ in lines], dtype=np.int64).reshape(-1, 2),
        weights=np.array([max(weights) for _, weights in lines], dtype=float),
        shortest=np.array([SHORT + BESIDE * (len(weights) - 1) for _, weights in lines]),
    )


def crossings(places: Floats, pairs: Pairs) -> int:
    """How many pairs of straight lines cross that share no end."""
    start, end = places[pairs[:, 0]], places[pairs[:, 1]]
    return sum(
        int(
            _cross(start[n], end[n], start[n + 1 :], end[n + 1 :])[
                ~_share(pairs[n], pairs[n + 1 :])
            ].sum()
        )
        for n in range(len(pairs) - 1)
    )


def crossings_at(spots: Floats, node: int, ends: Pairs, places: Floats, pairs: Pairs) -> Floats:
    """For each spot a node could stand on, how many lines its own to `ends` would cross."""
    import numpy as np

    count: Floats = np.zeros(len(spots))
    others = pairs[(pairs != node).all(axis=1)]
    start, end = places[others[:, 0]], places[others[:, 1]]
    spot_above = _side(start, end, spots[:, None]) > 0
    for neighbour in ends:
        apart = ~(others == neighbour).any(axis=1)
        parted = spot_above != (_side(start, end, places[neighbour]) > 0)
        above = _side(spots[:, None], places[neighbour], places) > 0
        count += (parted & apart & (above[:, others[:, 0]] != above[:, others[:, 1]])).sum(axis=1)
    return count


def _share(pair: Pairs, others: Pairs) -> NDArray[np.bool_]:
    shared: NDArray[np.bool_] = (others == pair[0]).any(axis=1) | (others == pair[1]).any(axis=1)
    return shared


def _cross(a: Floats, b: Floats, c: Floats, d: Floats) -> NDArray[np.bool_]:
    """Whether the line from a to b crosses that from c to d, for arrays of points."""
    crossed: NDArray[np.bool_] = (_side(a, b, c) * _side(a, b, d) < 0) & (
        _side(c, d, a) * _side(c, d, b) < 0
    )
    return crossed


def _side(start: Floats, end: Floats, point: Floats) -> Floats:
    """On which side of a line a point lies: the sign of the cross product."""
    along, to = end - start, point - start
    side: Floats = along[..., 0] * to[..., 1] - along[..., 1] * to[..., 0]
    return side
