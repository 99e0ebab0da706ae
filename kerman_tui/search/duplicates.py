"""Near-duplicates among hits: documents as the index keeps them in, which of them say the same as an earlier one out.

Four words in a row are hashed together and one hash in sixteen is kept, the same ones in every document (Broder 1997);
the share of hashes that two sketches have in common estimates how much of their text the documents share.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from kerman_tui.search.forward import Unpacked

SAMPLED = 15
"""Hashes with none of these bits are kept."""
SHORT = 256
"""Words of a document up to which all hashes are kept."""
MIN_HASHES = 12
"""A document of fewer is too short to be called a copy of another unless it is the same throughout."""
ALIKE = 0.7
"""Share of common hashes (Jaccard) from which two documents are near-duplicates."""

Sketch = Any
"""An array of hashes."""


def sketches(documents: Sequence[Unpacked]) -> list[Sketch]:
    """The sketches of documents' paragraphs (the titles are left out)."""
    import numpy as np

    bodies = [one.marks[one.title :] for one in documents]
    marks = np.concatenate([*bodies, np.zeros(3, np.uint16)])
    fours = np.ndarray(len(marks) - 3, np.uint64, marks, strides=marks.strides)  # each mark with the next three
    mixed = fours * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    kept = mixed & np.uint64(SAMPLED) == 0
    edges = [0]
    end = 0
    for body in bodies:
        begin, end = end, end + len(body)
        if len(body) <= SHORT + 3:
            kept[begin:end] = True
        kept[max(begin, end - 3) : end] = False  # runs that reach into the next document
        edges.append(end)
    places = np.flatnonzero(kept)
    chosen = mixed[places]
    cuts = np.searchsorted(places, edges).tolist()
    return [chosen[a:b] for a, b in itertools.pairwise(cuts)]


def originals(several: Sequence[Sketch]) -> list[int | None]:
    """For each document the number of the earlier one that it is a near-duplicate of, itself no near-duplicate."""
    found: list[int | None] = [None] * len(several)
    known: list[tuple[int, frozenset[int]]] = []
    for number in _shared(several):
        sketch = frozenset(several[number].tolist())
        found[number] = next((first for first, other in known if alike(sketch, other)), None)
        if found[number] is None:
            known.append((number, sketch))
    return found


def _shared(several: Sequence[Sketch]) -> list[int]:
    """The documents that share as many hashes with others as near-duplicates do, in order."""
    import numpy as np

    hashes = np.concatenate(several) if len(several) > 1 else ()
    if not len(hashes):
        return []
    owners = np.repeat(np.arange(len(several)), [len(sketch) for sketch in several])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    again = hashes[1:] == hashes[:-1]
    once = np.append(True, ~(again & (owners[1:] == owners[:-1])))  # each hash once for each document
    hashes, owners = hashes[once], owners[once]
    again = hashes[1:] == hashes[:-1]
    common = np.append(again, False) | np.append(False, again)
    shares = np.bincount(owners[common], minlength=len(several))
    sizes = np.bincount(owners, minlength=len(several))
    numbers: list[int] = np.flatnonzero((sizes > 0) & (shares >= ALIKE * sizes)).tolist()
    return numbers


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two sketches are those of near-duplicates."""
    if not one or not other:
        return False
    if min(len(one), len(other)) < MIN_HASHES:
        return one == other
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common)
