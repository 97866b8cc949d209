"""What is sought in a text and what is found: words, neighbours, a place and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.model import Span

State = Literal["exact", "moved", "fuzzy", "ambiguous", "orphaned"]
STATES: tuple[State, ...] = ("exact", "moved", "fuzzy", "ambiguous", "orphaned")
CONTEXT = 32
"""Characters on each side that tell places apart."""
TELLING = 20
"""Characters of words that by themselves are no chance hit; half of them in Chinese."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Words, normal form: what stands before and after them, and whether that is certain.

    `alone` says that they stood only once, so that they need no neighbours to be told apart.
    """

    quote: str
    before: str = ""
    after: str = ""
    is_certain: bool = False
    alone: bool = True

    @property
    def is_telling(self) -> bool:
        """Whether the very words need no neighbours."""
        return self.alone and self._weight >= TELLING

    @property
    def is_long(self) -> bool:
        """Whether words that are much like these need no neighbours."""
        return self.alone and self._weight >= 2 * TELLING

    @property
    def has_neighbours(self) -> bool:
        return bool(self.before or self.after)

    @property
    def _weight(self) -> int:
        return sum(1 if char.isascii() else 2 for char in self.quote)


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand now, None if that is not sure; else `places` are those where they may.

    `score` is their likeness, from 0 to 1; `was` their place in the old text, where that is known.
    """

    state: State
    span: Span | None = None
    score: float = 0.0
    places: tuple[Span, ...] = ()
    was: tuple[int, int] | None = None
