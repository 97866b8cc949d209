"""Where words stand in a long text in which very many are looked for.

Every few characters of the text are hashed once and sorted; words are then compared only where
some characters of them have their hash, and which ones those are is chosen so that it is seldom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]

SIZE = 8
"""Characters of the shortest words that are usually looked for."""
_FACTOR = 0x9E3779B97F4A7C15
_64_BITS = (1 << 64) - 1
_32_BITS = (1 << 32) - 1
_CHUNK = 1_000_000
_SELDOM = 8
_MOST_TRIES = 8


@dataclass(frozen=True)
class Grams:
    """A text with its places, sorted by the hash of what stands there: upper and lower 32 bits."""

    text: str
    size: int
    places: Numbers

    @classmethod
    def of(cls, text: str, size: int = SIZE) -> Grams:
        import numpy as np

        places = np.empty(max(0, len(text) - size + 1), dtype=np.uint64)
        for at in range(0, len(places), _CHUNK):
            hashes = _hashed(text[at : at + _CHUNK + size - 1], size)
            numbers = np.arange(at, at + len(hashes), dtype=np.uint64)
            places[at : at + len(hashes)] = hashes & np.uint64(_64_BITS - _32_BITS) | numbers
        places.sort()
        return cls(text, size, places)

    def starts(self, words: str) -> Iterator[int]:
        """The places of words of at least so many characters, in order."""
        found, at = self._alike(words), 0
        step = max(self.size, (len(words) - self.size) // _MOST_TRIES)
        for offset in range(step, len(words) - self.size + 1, step):
            if len(found) <= _SELDOM:
                break
            other = self._alike(words[offset:])
            found, at = (other, offset) if len(other) < len(found) else (found, at)
        places = ((number & _32_BITS) - at for number in found.tolist())
        return (place for place in places if place >= 0 and self.text.startswith(words, place))

    def is_single(self, start: int, end: int) -> bool:
        """Whether what stands there surely stands nowhere else; no says nothing."""
        return self._single.find(1, start, max(start, end - self.size + 1)) >= 0

    def _alike(self, words: str) -> Numbers:
        """The places where the hash of the first characters of some words stands."""
        import numpy as np

        total = 0
        for char in words[: self.size]:
            total = (total * _FACTOR + ord(char)) & _64_BITS
        total &= _64_BITS - _32_BITS
        first = self.places.searchsorted(np.uint64(total), "left")
        last = self.places.searchsorted(np.uint64(total + _32_BITS), "right")
        return self.places[first:last]

    @cached_property
    def _single(self) -> bytes:
        """For each place, 1 where its hash stands only there."""
        import numpy as np

        single = np.zeros(len(self.places), dtype=np.uint8)
        for at in range(0, len(self.places), _CHUNK):
            near = self.places[max(0, at - 1) : at + _CHUNK + 1]
            hashes = near >> np.uint64(32)
            is_new = np.ones(len(near) + 1, dtype=bool)
            is_new[1:-1] = hashes[1:] != hashes[:-1]
            is_single = is_new[:-1] & is_new[1:]
            # What is only a neighbour of this chunk is judged with its own.
            is_single[0] &= at == 0
            is_single[-1] &= at + _CHUNK >= len(self.places)
            single[near[is_single] & np.uint64(_32_BITS)] = 1
        return single.tobytes()


def _hashed(text: str, size: int) -> Numbers:
    """The hash of each `size` characters that follow each other."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    total = np.zeros(max(0, len(codes) - size + 1), dtype=np.uint64)
    for offset in range(size):
        total *= np.uint64(_FACTOR)
        total += codes[offset : offset + len(total)]
    return total
