"""Room for marks and labels: how large a box each concept needs on the map.

A box holds the mark and, to the right of it, the label as `labels.js` will write it. Widths are
estimates: no font is measured, so that a layout does not change with the machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.render.sizes import letter_size, node_size

if TYPE_CHECKING:
    import networkx
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LETTER, IDEOGRAPH, LINE = 0.5, 1.0, 1.14
"""Shares of the letter size: width of an average letter, of a Chinese character, line height."""
WRAP = 19
"""Longer labels stand on two lines; the same in labels.js."""
GAP = 4.0


def label_lines(label: str) -> list[str]:
    """The label as the map writes it: on two lines where it is long, broken near the middle.

    >>> label_lines("a hedge of hawthorn and hazel")
    ['a hedge of', 'hawthorn and hazel']
    >>> label_lines("hedge")
    ['hedge']
    """
    if sum(1.8 if _is_wide(char) else 1 for char in label) <= WRAP:
        return [label]
    breaks = re.finditer(r"[\s–-]+|(?<=[\u3000-\u9fff])(?=[\u3000-\u9fff])", label)
    places = [at.end() for at in breaks if 2 < at.end() < len(label) - 2]  # noqa: PLR2004
    if not places:
        return [label]
    best = min(places, key=lambda at: abs(at - len(label) / 2))
    return [label[:best].rstrip(), label[best:]]


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def label_size(labels: Iterable[str]) -> tuple[float, float]:
    """Width and height of the largest of the labels, as multiples of the letter size."""
    lines = [label_lines(label) for label in labels]
    width = max(_line_width(line) for label in lines for line in label)
    return width, LINE * max(len(label) for label in lines)


def _line_width(line: str) -> float:
    return sum(IDEOGRAPH if _is_wide(char) else LETTER for char in line)


@dataclass(frozen=True)
class Boxes:
    """In the order of the nodes: from `x - left` to `x + right`, and `half` up and down."""

    left: Floats
    right: Floats
    half: Floats

    def of(self, nodes: NDArray[np.int64]) -> Boxes:
        return Boxes(self.left[nodes], self.right[nodes], self.half[nodes])

    @property
    def area(self) -> float:
        return float(((self.left + self.right) * self.half * 2).sum())


def boxes_of(network: networkx.MultiDiGraph[str]) -> Boxes:
    import numpy as np

    size = letter_size(len(network))
    left, right, half = [], [], []
    for _, data in network.nodes(data=True):
        radius = node_size(data["passages"])
        width, height = label_size(data["labels"].values() or [data["label"]])
        left.append(radius + GAP)
        right.append(radius + 4 + width * size + GAP)
        half.append(max(radius + 1, height * size / 2) + GAP / 4)
    return Boxes(np.array(left), np.array(right), np.array(half))


def centred(places: Floats, boxes: Boxes) -> tuple[Floats, tuple[float, float]]:
    """Places moved so that the middle of all boxes is the origin, and the size they cover."""
    import numpy as np

    low = np.array([(places[:, 0] - boxes.left).min(), (places[:, 1] - boxes.half).min()])
    high = np.array([(places[:, 0] + boxes.right).max(), (places[:, 1] + boxes.half).max()])
    width, height = (high - low).tolist()
    return places - (low + high) / 2, (width, height)
