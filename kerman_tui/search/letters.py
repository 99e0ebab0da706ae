"""The letters of words as masks of 64 bits, whose distance bounds the edit distance of the words from below."""

from __future__ import annotations

from typing import Any

MIN_WORD, MAX_WORD = 3, 40
"""Lengths of the words that corrections may lead to."""
PREFIX_LENGTHS = range(4, 13)
"""Lengths of the beginnings of words that are kept for correcting an unfinished word."""


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


def near(masks: Any, query: int, bits: int) -> Any:
    import numpy as np

    return np.flatnonzero(np.bitwise_count(masks ^ np.uint64(query)) <= bits)


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


def prefix_tables(points: Any, lengths: Any, masks: dict[int, Any]) -> dict[int, dict[str, Any]]:
    """For each length: where a beginning's words start and end in sorted order, and its mask."""
    import numpy as np

    tables: dict[int, dict[str, Any]] = {}
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
        first, last = first[long_enough], last[long_enough]
        tables[length] = {
            "first": first.astype(np.uint32),
            "last": last.astype(np.uint32),
            "masks": masks[length][first],
        }
    return tables
