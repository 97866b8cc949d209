"""How large marks, letters and lines stand on the map, in pixels at a scale of 1."""

from __future__ import annotations

import math

FEW, SOME = 80, 180
"""Up to so many concepts, labels are large, or middling."""
WIDEST = 5.0
"""The width of a line, however much evidence there is."""


def node_size(passages: int) -> float:
    """The radius of a concept's mark in pixels, so that its area grows with its passages.

    >>> node_size(0), node_size(1), node_size(16)
    (5.5, 7.2, 15.0)
    """
    return round(4.6 + 2.6 * math.sqrt(passages), 1) if passages else 5.5


def letter_size(concepts: int) -> int:
    """The size of labels in pixels at a scale of 1: small where many must fit."""
    return 13 if concepts <= FEW else 12 if concepts <= SOME else 11


def edge_width(passages: int) -> float:
    """
    >>> edge_width(0), edge_width(1), edge_width(4)
    (0.8, 1.2, 2.1)
    """
    return round(min(WIDEST, 0.3 + 0.9 * math.sqrt(passages)), 1) if passages else 0.8


def edge_widths() -> list[float]:
    """The width of an edge by its passages; the last holds for all beyond.

    >>> edge_widths()[:3], edge_widths()[-1]
    ([0.8, 1.2, 1.6], 5.0)
    """
    widths = [edge_width(0)]
    while widths[-1] < WIDEST:
        widths.append(edge_width(len(widths)))
    return widths
