"""ForceAtlas2 for many networks at once (Jacomy et al., https://doi.org/10.1371/journal.pone.0098679).

What is joined attracts, everything repels, all of it is drawn to the middle; the speed follows from
how much the nodes swing. The arrays hold a batch: (networks, nodes, nodes). Networks smaller than
the largest of their batch are filled up with nodes of no mass, which move nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.render.lines import Lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STEPS = 100
REPULSION, GRAVITY = 2.0, 1.5
CELLS = 250_000
"""Of all matrices of a batch together: what a processor's cache holds."""

Job = tuple[Lines, int]
"""A network and the seed of the places that it starts from."""


def pull_and_push(jobs: Sequence[Job]) -> list[Floats]:
    """Places for the nodes of each network, in units of their own, in the order of the jobs."""
    import numpy as np

    found: list[Floats] = [np.zeros((0, 2))] * len(jobs)
    for batch in _batches(jobs):
        places = _run([jobs[number] for number in batch])
        for number, own in zip(batch, places, strict=True):
            found[number] = own[: jobs[number][0].count]
    return found


def _batches(jobs: Sequence[Job]) -> Iterator[list[int]]:
    """Numbers of jobs of like size, as many as fit into the cache."""
    batch: list[int] = []
    for number in sorted(range(len(jobs)), key=lambda number: -jobs[number][0].count):
        largest = jobs[batch[0]][0].count if batch else 0
        if batch and (len(batch) + 1) * largest**2 > CELLS:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


@dataclass
class Speed:
    """For each network of a batch, how fast it may move, from how steadily it does."""

    speed: Floats
    efficiency: Floats
    swing: Floats
    traction: Floats
    counts: Floats

    def observe(self, swing: Floats, traction: Floats) -> None:
        import numpy as np

        self.swing += swing
        self.traction += traction
        optimal = 0.05 * np.sqrt(self.counts)
        jitter = np.maximum(
            np.sqrt(optimal), np.minimum(10, optimal * self.traction / self.counts**2)
        )
        wild = self.swing / self.traction > 2  # noqa: PLR2004
        may_slow = self.efficiency > 0.05  # noqa: PLR2004
        self.efficiency[wild & may_slow] *= 0.5
        jitter[wild] = np.maximum(jitter[wild], 1)
        target = jitter * self.efficiency * self.traction / self.swing
        restless = self.swing > jitter * self.traction
        self.efficiency[restless & may_slow] *= 0.7
        self.efficiency[~restless & (self.speed < 1000)] *= 1.3  # noqa: PLR2004
        self.speed += np.minimum(target - self.speed, 0.5 * self.speed)


def _run(jobs: Sequence[Job]) -> Floats:
    import numpy as np

    size = max(lines.count for lines, _ in jobs)
    joined, mass, places = _start(jobs, size)
    masses = mass[:, :, None] * mass[:, None]
    diagonal = np.arange(size)
    masses[:, diagonal, diagonal] = 0
    one = np.ones(len(jobs))
    counts = np.array([float(lines.count) for lines, _ in jobs])
    pace = Speed(one.copy(), one.copy(), one.copy(), one.copy(), counts)
    for _ in range(STEPS):
        force = _forces(places, joined, masses) + _gravity(places, mass, counts)
        pace.observe(
            (mass * np.hypot(*np.moveaxis(places - force, 2, 0))).sum(axis=1),
            (0.5 * mass * np.hypot(*np.moveaxis(places + force, 2, 0))).sum(axis=1),
        )
        speed = pace.speed[:, None]
        swinging = mass * np.hypot(force[..., 0], force[..., 1])
        places += force * (speed / (1 + np.sqrt(speed * swinging)))[..., None]
    return places


def _start(jobs: Sequence[Job], size: int) -> tuple[Floats, Floats, Floats]:
    """Who is joined to whom, how heavy each is, and where it stands by chance."""
    import numpy as np

    joined = np.zeros((len(jobs), size, size))
    mass, places = np.zeros((len(jobs), size)), np.zeros((len(jobs), size, 2))
    for number, (lines, seed) in enumerate(jobs):
        a, b = lines.pairs.T
        joined[number, a, b] = joined[number, b, a] = lines.weights
        mass[number, : lines.count] = np.bincount(lines.pairs.ravel(), minlength=lines.count) + 1
        places[number, : lines.count] = np.random.RandomState(seed).rand(lines.count, 2)
    return joined, mass, places


def _forces(places: Floats, joined: Floats, masses: Floats) -> Floats:
    """Repulsion falls with the distance, attraction grows with it."""
    import numpy as np

    x, y = places[..., 0], places[..., 1]
    apart = x[:, :, None] - x[:, None]
    squares = apart * apart
    np.subtract(y[:, :, None], y[:, None], out=apart)
    apart *= apart
    squares += apart
    squares[squares == 0] = 1
    np.divide(masses, squares, out=squares)
    squares *= REPULSION
    squares -= joined
    outward = squares.sum(axis=2)
    force: Floats = places * outward[..., None] - np.einsum("gij,gjk->gik", squares, places)
    return force


def _gravity(places: Floats, mass: Floats, counts: Floats) -> Floats:
    import numpy as np

    real = (mass > 0)[..., None]
    middle = (places * real).sum(axis=1, keepdims=True) / counts[:, None, None]
    away = places - middle
    distance = np.hypot(away[..., 0], away[..., 1])
    distance[distance == 0] = 1
    pull: Floats = -GRAVITY * (mass / distance)[..., None] * away
    return pull
