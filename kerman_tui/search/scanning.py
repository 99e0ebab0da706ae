"""Where words of a query may stand in documents: its keys and the records of the index in, places to look at out.

A table over all 65,536 values of a mark finds them in all hits at once; the text of the chosen paragraphs decides.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from kerman_tui.search.forward import Unpacked
from kerman_tui.search.stream import mark_of

VALUES = 1 << 16
_FAR = 1e9


class Rows(NamedTuple):
    """Everything found in some documents, text for text; the three go together."""

    at: list[int]
    """Numbers of words in their text."""
    bits: list[int]
    """For each the words of the query that it may be, as bits."""
    marks: list[int]
    """For each its mark."""


class Place(NamedTuple):
    """Words of the query that may stand in one text. Places of a document sort by what they promise, the best first."""

    fewer: int
    """Minus the number of words found."""
    cost: float
    """Of the best reading of each word found, summed."""
    number: int
    """0: the title; n: the n-th paragraph, counting from 1."""
    words: int
    """All words found, as bits."""
    first: int
    """The first of its rows in ``rows``; ``last`` is the one after its last."""
    last: int
    rows: Rows


_place = partial(tuple.__new__, Place)
"""``Place._make`` without its check: there are a hundred of them to a query."""


class Scanner:
    """Finds where the words of one query may stand in documents."""

    def __init__(self, keys: Mapping[str, tuple[int, float]]) -> None:
        """``keys``: for every key its words of the query, as bits, and its cost."""
        import numpy as np

        known: dict[int, tuple[int, float]] = {}
        self.keys: dict[int, list[str]] = {}
        """The keys that a mark may stand for."""
        self._words = 0
        for key, (bits, cost) in keys.items():
            value = mark_of(key)
            if value in known:
                others, least = known[value]
                self.keys[value].append(key)
                known[value] = others | bits, min(cost, least)
            else:
                self.keys[value] = [key]
                known[value] = bits, cost
            self._words |= bits
        self._rows = np.zeros(VALUES, np.uint16)
        """For each mark its row in the two others, 0 where no word has it."""
        self._rows[list(known)] = np.arange(1, len(known) + 1)
        self._bits = np.array([0, *(bits for bits, _ in known.values())], np.uint32)
        self._costs = np.array([0.0, *(cost for _, cost in known.values())], np.float32)

    def scan(self, documents: Sequence[Unpacked]) -> list[list[Place]]:
        """For each document the texts of it in which a word may stand, in order."""
        import numpy as np

        found: list[list[Place]] = [[] for _ in documents]
        if not documents:
            return found
        marks = np.concatenate([one.marks for one in documents])
        rows = self._rows[marks]
        hits = np.flatnonzero(rows)
        values, rows = marks[hits], rows[hits]
        sizes = [len(one.marks) for one in documents]
        firsts = np.cumsum([0, *sizes[:-1]])
        if any(len(one.extras) for one in documents):
            extras = np.concatenate([one.extras for one in documents])
            places = np.concatenate([one.places + first for one, first in zip(documents, firsts, strict=True)])
            extra_rows = self._rows[extras]
            which = np.flatnonzero(extra_rows)
            hits = np.concatenate([hits, places[which].astype(hits.dtype)])
            order = np.argsort(hits, kind="stable")
            values = np.concatenate([values, extras[which]])[order]
            hits, rows = hits[order], np.concatenate([rows, extra_rows[which]])[order]
        if not len(hits):
            return found
        counts = [len(one.ends) for one in documents]
        text_ends = np.concatenate([one.ends for one in documents]) + np.repeat(firsts, counts)
        texts = np.searchsorted(text_ends, hits, side="right")
        opening = np.flatnonzero(np.diff(texts, prepend=-1))
        own = texts[opening]
        text_starts = np.append(0, text_ends)[own]
        edges = np.append(opening, len(hits))
        inside = hits - np.repeat(text_starts, np.diff(edges))
        bits = self._bits[rows]
        words = np.bitwise_or.reduceat(bits, opening)
        costs = self._summed(bits, self._costs[rows], opening)
        table = Rows(inside.tolist(), bits.tolist(), values.tolist())
        first_texts = np.cumsum([0, *counts[:-1]])
        owners = np.searchsorted(first_texts, own, side="right") - 1
        places_found = zip(
            (-np.bitwise_count(words).astype(np.int64)).tolist(),
            costs,
            (own - first_texts[owners]).tolist(),
            words.tolist(),
            edges[:-1].tolist(),
            edges[1:].tolist(),
            itertools.repeat(table),
        )
        for owner, place in zip(owners.tolist(), map(_place, places_found), strict=True):
            found[owner].append(place)
        return found

    def _summed(self, bits: Any, costs: Any, opening: Any) -> list[float]:
        """For each group the costs of the best readings of its words, summed."""
        import numpy as np

        total = np.zeros(len(opening))
        if not self._words & (self._words - 1):  # one word
            total += np.minimum.reduceat(costs, opening)
            return total.tolist()
        for number in range(self._words.bit_length()):
            here = np.minimum.reduceat(np.where(bits >> np.uint32(number) & np.uint32(1), costs, _FAR), opening)
            total += np.where(here < _FAR, here, 0.0)
        return total.tolist()
