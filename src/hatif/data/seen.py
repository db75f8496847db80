"""Which ids a stream has already shown, in eight bytes each."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_RECENT = 8192
"""Ids kept one by one before they are sorted in among the rest."""


class SeenIds:
    """A set that only grows. Of ten million ids two share their 64 bits with a chance of 3 in a million."""

    def __init__(self) -> None:
        self._sorted: NDArray[np.uint64] = np.empty(0, dtype=np.uint64)
        self._recent: set[int] = set()

    def add(self, identifier: str) -> bool:
        """Take an id in; False if it was there."""
        bits = blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        key = int.from_bytes(bits, "little")
        if key in self._recent:
            return False
        place = int(np.searchsorted(self._sorted, np.uint64(key)))
        if place < len(self._sorted) and int(self._sorted[place]) == key:
            return False
        self._recent.add(key)
        if len(self._recent) == _RECENT:
            recent = np.fromiter(self._recent, dtype=np.uint64, count=_RECENT)
            self._sorted = np.sort(np.concatenate([self._sorted, recent]))
            self._recent.clear()
        return True
