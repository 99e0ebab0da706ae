"""Near-duplicates among hits: documents as the index keeps them in, which of them say the same as an earlier one out.

Four words in a row are hashed together and one hash in sixteen is kept, the same ones in every document (Broder 1997);
the share of hashes that two sketches have in common estimates how much of their text the documents share.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerman_tui.search.forward import Unpacked

SAMPLED = 15
"""Hashes with none of these bits are kept."""
SHORT = 256
"""Words of a document up to which all hashes are kept."""
MIN_HASHES = 12
"""A document of fewer is too short to be called a copy of another unless it is the same throughout."""
ALIKE = 0.7
"""Share of common hashes (Jaccard) from which two documents are near-duplicates."""

Sketch = frozenset[int]


def sketches(documents: Sequence[Unpacked]) -> list[Sketch]:
    """The sketches of documents' paragraphs (the titles are left out)."""
    import numpy as np

    bodies = [one.marks[int(one.ends[0]) :] for one in documents]
    marks = np.concatenate([*bodies, np.zeros(3, np.uint16)]).astype(np.uint64)
    runs = marks[:-3] | marks[1:-2] << np.uint64(16) | marks[2:-1] << np.uint64(32) | marks[3:] << np.uint64(48)
    mixed = runs * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    kept = mixed & np.uint64(SAMPLED) == 0
    made = []
    end = 0
    for body in bodies:
        begin, end = end, end + len(body)
        own = slice(begin, max(begin, end - 3))
        made.append(frozenset((mixed[own][kept[own]] if len(body) > SHORT + 3 else mixed[own]).tolist()))
    return made


class Originals:
    """Documents of a list that are no near-duplicates of an earlier one."""

    def __init__(self) -> None:
        self._sketches: list[Sketch] = []
        self._all: set[int] = set()

    def original(self, mark: Sketch) -> int | None:
        """The number of the original that a document is a near-duplicate of; else it is the next, and ``None``."""
        if len(self._all & mark) >= ALIKE * len(mark):  # else it shares too little with any
            for number, known in enumerate(self._sketches):
                if alike(mark, known):
                    return number
        self._all |= mark
        self._sketches.append(mark)
        return None


def alike(one: Sketch, other: Sketch) -> bool:
    """Whether two sketches are those of near-duplicates."""
    if not one or not other:
        return False
    if min(len(one), len(other)) < MIN_HASHES:
        return one == other
    if one.isdisjoint(other):
        return False
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common)
