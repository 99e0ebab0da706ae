"""The letters of words as masks of 64 bits, whose distance bounds the edit distance of the words from below.

Masks lie in groups by a few of their bits, so that only the groups that may hold a near one are looked through.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, cast

MIN_WORD, MAX_WORD = 3, 40
WORD_LENGTHS = range(MIN_WORD, MAX_WORD + 1)
"""Lengths of the words that corrections may lead to."""
PREFIX_LENGTHS = range(4, 13)
"""Lengths of the beginnings of words that are kept for correcting an unfinished word."""

_GROUPED = tuple(ord(letter) - 96 for letter in "eairntoslcdu")
"""Letters that tell groups apart: those that neither nearly all words hold nor nearly none."""
GROUPS = 1 << len(_GROUPED)
_HALF = 1 << 14
"""Of 28 bits, which hold all letters."""


def _code(char: str) -> int:
    if "a" <= char <= "z":
        return ord(char) - 96
    return 27 + ord(char) % 5


def mask_of(word: str) -> int:
    """Bit n: letter class n occurs; bit 32 + n: it occurs twice. One edit changes at most two bits."""
    mask = 0
    for char in word:
        bit = 1 << _code(char)
        mask |= bit << 32 if mask & bit else bit
    return mask


class Grouped(NamedTuple):
    """Masks by the length of their words and, of one length, in groups. Places are those in this order."""

    masks: Any
    starts: Any
    """Where each group of each length begins, and where the last one ends."""
    lengths: range

    def near(self, word: str, edits: int) -> Any:
        """The places of all masks whose words may be within so many edits of ``word``, and of others."""
        import numpy as np

        query = mask_of(word)
        asked, bits = _reach(len(word), edits, self.lengths)
        asked = asked ^ _group_of(query)
        firsts = self.starts[asked].astype(np.int32)
        sizes = self.starts[asked + 1].astype(np.int32) - firsts
        ends = np.cumsum(sizes, dtype=np.int32)
        if not len(ends) or not ends[-1]:
            return np.empty(0, np.int32)
        places = np.arange(ends[-1], dtype=np.int32)
        places += np.repeat(firsts - ends + sizes, sizes)
        differing = np.bitwise_count(self.masks.take(places, mode="clip") ^ np.uint64(query))
        return places[differing <= np.repeat(bits, sizes)]

    def lengths_at(self, places: Any) -> list[int]:
        """The length of the word at each of ``places``."""
        import numpy as np

        found = np.searchsorted(self.starts[::GROUPS], places, side="right") - 1 + self.lengths.start
        return cast("list[int]", found.tolist())


@lru_cache(maxsize=256)
def _reach(length: int, edits: int, lengths: range) -> tuple[Any, Any]:
    """The groups to look through for a word of ``length`` in the first group, and the bits that may differ in each."""
    import numpy as np

    every = np.arange(GROUPS, dtype=np.int64)
    asked, bits = [np.empty(0, np.int64)], [np.empty(0, np.uint8)]
    for other in lengths:
        most = 2 * edits - abs(other - length)
        if abs(other - length) <= edits:
            asked.append(every[np.bitwise_count(every) <= most] + (other - lengths.start) * GROUPS)
            bits.append(np.full(len(asked[-1]), most, np.uint8))
    return np.concatenate(asked), np.concatenate(bits)


@lru_cache(maxsize=1)
def _group_tables() -> tuple[Any, Any]:
    """The bits of its group that the lower and the upper half of a mask's letters tell."""
    import numpy as np

    halves = np.arange(_HALF, dtype=np.int64)
    lower, upper = np.zeros((2, _HALF), np.int32)
    for place, letter in enumerate(_GROUPED):
        lower |= (halves >> letter & 1).astype(np.int32) << place
        upper |= (halves * _HALF >> letter & 1).astype(np.int32) << place
    return lower, upper


def _group_of(mask: int) -> int:
    return sum((mask >> letter & 1) << place for place, letter in enumerate(_GROUPED))


def group(masks: Any, lengths: Any, within: range) -> tuple[Any, Any]:
    """The order in which masks lie in groups, those of words of other lengths left out, and where groups begin."""
    import numpy as np

    chosen = np.flatnonzero((lengths >= within.start) & (lengths < within.stop))
    own = masks[chosen]
    groups = (lengths[chosen].astype(np.int32) - within.start) * GROUPS
    low, high = _group_tables()
    groups += low[own & np.uint64(_HALF - 1)]
    groups += high[own >> np.uint64(_HALF.bit_length() - 1) & np.uint64(_HALF - 1)]
    starts = np.zeros(len(within) * GROUPS + 1, np.uint32)
    np.cumsum(np.bincount(groups, minlength=len(within) * GROUPS), out=starts[1:])
    return chosen[np.argsort(groups, kind="stable")], starts


def points_of(texts: list[str], lengths: Any) -> Any:
    """One row of code points for each word's first MAX_WORD characters, 0 beyond its end."""
    import numpy as np

    points = np.zeros((len(texts), MAX_WORD), np.uint32)
    if texts:
        joined = "".join(word[:MAX_WORD] for word in texts).encode("utf-32-le", "surrogatepass")
        filled = np.arange(MAX_WORD)[None, :] < np.minimum(lengths, MAX_WORD)[:, None]
        points[filled] = np.frombuffer(joined, np.uint32)
    return points


def masks_of(points: Any) -> tuple[Any, dict[int, Any]]:
    """The mask of every word, and of every word's beginnings by length."""
    import numpy as np

    masks = np.zeros(len(points), np.uint64)
    beginnings: dict[int, Any] = {}
    for column in range(MAX_WORD):
        here = points[:, column].astype(np.uint64)
        latin = (here >= 97) & (here <= 122)
        bit = np.where(here > 0, np.uint64(1) << np.where(latin, here - 96, 27 + here % 5), 0).astype(np.uint64)
        seen = (masks & bit) != 0
        masks |= np.where(seen, bit << np.uint64(32), bit)
        if column + 1 in PREFIX_LENGTHS:
            beginnings[column + 1] = masks.copy()
    return masks, beginnings


def beginnings_of(points: Any, lengths: Any, masks: dict[int, Any]) -> dict[str, Any]:
    """Every beginning of sorted words: where its words start and end, and its mask, in groups."""
    import numpy as np

    firsts, lasts, own = [], [], []
    changed = np.zeros(len(points), np.bool_)
    changed[:1] = True
    for length in range(1, max(PREFIX_LENGTHS) + 1):
        column = points[:, length - 1]
        changed[1:] |= column[1:] != column[:-1]
        if length not in PREFIX_LENGTHS:
            continue
        first = np.flatnonzero(changed)
        last = np.append(first[1:], len(points))
        long_enough = lengths[first] >= length
        firsts.append(first[long_enough])
        lasts.append(last[long_enough])
        own.append(masks[length][firsts[-1]])
    every = np.concatenate(own)
    order, starts = group(every, np.repeat(PREFIX_LENGTHS, [len(some) for some in own]), PREFIX_LENGTHS)
    return {
        "first": np.concatenate(firsts)[order].astype(np.uint32),
        "last": np.concatenate(lasts)[order].astype(np.uint32),
        "beginnings": every[order],
        "beginning_starts": starts,
    }
