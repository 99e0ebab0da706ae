"""Where among sorted words those stand that share their first bytes: a table that spares most steps of a search."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, NamedTuple

_BYTES = 3


class Beginnings(NamedTuple):
    """The first three bytes of words as numbers, in order, and where the words with each begin."""

    heads: list[int]
    firsts: list[int]

    @classmethod
    def of(cls, blob: Any, offsets: Any) -> Beginnings:
        """From the bytes of all words in a row and where each begins there; about 20 ms for a million words."""
        import numpy as np

        padded = np.concatenate([blob, np.zeros(_BYTES, np.uint8)])
        starts, lengths = offsets[:-1], np.diff(offsets)
        heads = np.zeros(len(starts), np.int64)
        for at in range(_BYTES):
            heads = heads << 8 | np.where(lengths > at, padded[starts + at], 0)
        firsts = np.flatnonzero(np.diff(heads, prepend=-1))
        return cls(heads[firsts].tolist(), [*firsts.tolist(), len(heads)])

    def range(self, word: str) -> tuple[int, int]:
        """Between which words ``word`` stands or would stand."""
        head = _head(word)
        at = bisect_left(self.heads, head)
        low = self.firsts[at]
        return (low, self.firsts[at + 1]) if at < len(self.heads) and self.heads[at] == head else (low, low)


def _head(word: str) -> int:
    first = word[:_BYTES].encode("utf-8", "surrogatepass")[:_BYTES]
    return int.from_bytes(first.ljust(_BYTES, b"\0"), "big")
