"""Where words stand in a long text in which very many are looked for.

Every few characters of the text are hashed once and sorted; words are then compared only where
their beginning has its hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[tuple[int, ...], np.dtype[np.uint32]]

SIZE = 32
"""Characters of the shortest words that are usually looked for."""
_FACTOR = 0x9E3779B97F4A7C15
_64_BITS = (1 << 64) - 1
_CHUNK = 1_000_000


@dataclass(frozen=True)
class Grams:
    """A text with the hashes of its places, sorted, and these places."""

    text: str
    size: int
    hashes: Numbers
    places: Numbers

    @classmethod
    def of(cls, text: str, size: int = SIZE) -> Grams:
        import numpy as np

        starts = range(0, max(1, len(text) - size + 1), _CHUNK)
        hashes = np.concatenate([_hashed(text[at : at + _CHUNK + size - 1], size) for at in starts])
        places = np.argsort(hashes, kind="stable").astype(np.uint32)
        return cls(text, size, hashes[places], places)

    def starts(self, words: str) -> Iterator[int]:
        """The places of words of at least so many characters, in order."""
        import numpy as np

        total = 0
        for char in words[: self.size]:
            total = (total * _FACTOR + ord(char)) & _64_BITS
        wanted = np.uint32(total >> 32)
        first = self.hashes.searchsorted(wanted, "left")
        last = self.hashes.searchsorted(wanted, "right")
        places = self.places[first:last].tolist()
        return (place for place in places if self.text.startswith(words, place))


def _hashed(text: str, size: int) -> Numbers:
    """The hash of each `size` characters that follow each other."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    total = np.zeros(max(0, len(codes) - size + 1), dtype=np.uint64)
    for offset in range(size):
        total *= np.uint64(_FACTOR)
        total += codes[offset : offset + len(total)]
    return (total >> np.uint64(32)).astype(np.uint32)
