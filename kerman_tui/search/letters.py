"""The letters of words as masks of 64 bits, whose distance bounds the edit distance of the words from below.

Masks lie in groups by a few of their bits, so that only the groups that may hold a near one are looked through.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    narrow = groups.astype(np.uint16) if len(starts) <= 1 << 16 else groups  # which numpy sorts far faster
    return chosen[np.argsort(narrow, kind="stable")], starts


class Letters(NamedTuple):
    """The letters of sorted words, one after the other."""

    points: Any
    """The code point of each letter."""
    starts: Any
    """Where the letters of each word begin."""
    lengths: Any
    """The letters of each word that are looked at."""

    @classmethod
    def of(cls, texts: list[str], lengths: Any) -> Letters:
        """The letters of ``texts``, which are so many characters long."""
        import numpy as np

        points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        return cls(points, np.cumsum(lengths) - lengths, np.minimum(lengths, MAX_WORD))

    def columns(self, most: int) -> Iterator[tuple[Any, Any]]:
        """For each of the first ``most`` letters: the numbers of the words that have it, and where it stands."""
        import numpy as np

        words = np.arange(len(self.lengths))
        for number in range(most):
            words = words[self.lengths[words] > number]
            yield words, self.starts[words] + number

    def masks(self) -> tuple[Any, dict[int, Any]]:
        """The mask of every word, and of every word's beginnings by length."""
        import numpy as np

        latin = (self.points >= 97) & (self.points <= 122)
        classes = np.where(latin, self.points - 96, 27 + self.points % 5)
        bits = np.uint64(1) << classes.astype(np.uint64)
        masks = np.zeros(len(self.lengths), np.uint64)
        beginnings: dict[int, Any] = {}
        for number, (words, places) in enumerate(self.columns(MAX_WORD), 1):
            bit, before = bits[places], masks[words]
            masks[words] = before | np.where((before & bit) != 0, bit << np.uint64(32), bit)
            if number in PREFIX_LENGTHS:
                beginnings[number] = masks.copy()
        return masks, beginnings

    def beginnings(self, masks: dict[int, Any]) -> dict[str, Any]:
        """Every beginning of the words: where its words start and end, and its mask, in groups."""
        import numpy as np

        count = len(self.lengths)
        firsts, lasts, own = [], [], []
        changed = np.zeros(count, np.bool_)
        changed[:1] = True
        for length, (words, places) in enumerate(self.columns(max(PREFIX_LENGTHS)), 1):
            letters = np.zeros(count, np.uint32)
            letters[words] = self.points[places]
            changed[1:] |= letters[1:] != letters[:-1]
            if length not in PREFIX_LENGTHS:
                continue
            first = np.flatnonzero(changed)
            last = np.append(first[1:], count)
            long_enough = self.lengths[first] >= length
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
