"""How large marks, letters and lines stand on the map, in pixels at a scale of 1."""

from __future__ import annotations

import math

FEW, SOME = 80, 180
"""Up to so many concepts, labels are large, or middling."""


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
    return round(min(5.0, 0.3 + 0.9 * math.sqrt(passages)), 1) if passages else 0.8
