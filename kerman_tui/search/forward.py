"""What stands where in a document, in two bytes a word: lets hits find their passages without reading all their text.

For every word of the title and of each paragraph (see ``stream``) the index keeps 16 bits of its hash; the parts of
glued words follow as extras. A look-up table over all 65,536 values then finds every place where a word of the query
may stand, in all hits at once; the text of the chosen paragraphs decides.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kerman_tui.search.stream import hashes_of, marks_of

if TYPE_CHECKING:
    from kerman_tui.search.stream import Stream

VALUES = 1 << 16
_FAR = 1e9


def pack(stream: Stream) -> bytes:
    """The record of a document, from its title and paragraphs folded as one text with a BREAK between them."""
    places: list[int] = []
    keys: list[str] = []
    for start, special in stream.specials:
        if special.glued:
            first = stream.word_at(start)
            for number, parts in special.glued:
                keys += parts
                places += [first + number] * len(parts)
    head = array("I", [len(stream.ends), len(stream.marks), len(keys), *stream.ends, *places])
    extras = marks_of(hashes_of(keys)).tobytes() if keys else b""
    return b"".join((head, stream.marks, extras))


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A record: for each text the number of its last word plus one, the marks of all words and of glued parts."""

    ends: Any
    marks: Any
    places: Any
    extras: Any


def unpack(packed: bytes) -> Unpacked:
    """The parts of a record, without copying."""
    import numpy as np

    texts, words, extras = np.frombuffer(packed, np.uint32, 3).tolist()
    ends = np.frombuffer(packed, np.uint32, texts, 12)
    places = np.frombuffer(packed, np.uint32, extras, 12 + 4 * texts)
    at = 12 + 4 * (texts + extras)
    return Unpacked(
        ends,
        np.frombuffer(packed, np.uint16, words, at),
        places,
        np.frombuffer(packed, np.uint16, extras, at + 2 * words),
    )


class Place(NamedTuple):
    """Words of the query that may stand in one text. The three lists go together, in the order of the text."""

    number: int
    """0: the title; n: the n-th paragraph, counting from 1."""
    at: list[int]
    """Numbers of words in the text."""
    bits: list[int]
    """For each the words of the query that it may be, as bits."""
    marks: list[int]
    """For each its mark."""
    words: int
    """All words found, as bits."""
    cost: float
    """Of the best reading of each word found, summed."""


class Scanner:
    """Finds where the words of one query may stand in documents."""

    def __init__(self, keys: dict[str, tuple[int, float]]) -> None:
        """``keys``: for every key its words of the query, as bits, and its cost."""
        import numpy as np

        self._bits = np.zeros(VALUES, np.uint32)
        self._costs = np.zeros(VALUES, np.float32)
        self._words = 0
        self.keys: dict[int, list[str]] = {}
        """The keys that a mark may stand for."""
        marks = marks_of(hashes_of(list(keys))).tolist()
        for value, key, (bits, cost) in zip(marks, keys, keys.values(), strict=True):
            self.keys.setdefault(value, []).append(key)
            self._costs[value] = min(cost, float(self._costs[value])) if self._bits[value] else cost
            self._bits[value] |= np.uint32(bits)
            self._words |= bits

    def scan(self, documents: Sequence[Unpacked]) -> list[list[Place]]:
        """For each document the texts of it in which a word may stand, in order."""
        import numpy as np

        found: list[list[Place]] = [[] for _ in documents]
        if not documents:
            return found
        sizes = np.array([len(one.marks) for one in documents])
        firsts = np.cumsum(sizes) - sizes
        marks = np.concatenate([one.marks for one in documents])
        hits = np.flatnonzero(self._bits[marks])
        values = marks[hits]
        if any(len(one.extras) for one in documents):
            extras = np.concatenate([one.extras for one in documents])
            places = np.concatenate([one.places + first for one, first in zip(documents, firsts, strict=True)])
            which = np.flatnonzero(self._bits[extras])
            hits = np.concatenate([hits, places[which].astype(hits.dtype)])
            order = np.argsort(hits, kind="stable")
            hits, values = hits[order], np.concatenate([values, extras[which]])[order]
        if not len(hits):
            return found
        text_counts = [len(one.ends) for one in documents]
        text_ends = np.concatenate([one.ends + first for one, first in zip(documents, firsts, strict=True)])
        texts = np.searchsorted(text_ends, hits, side="right")
        opening = np.flatnonzero(np.diff(texts, prepend=-1))
        bits = self._bits[values]
        words = np.bitwise_or.reduceat(bits, opening).tolist()
        costs = self._summed(bits, self._costs[values], opening)
        document_of = np.repeat(np.arange(len(documents)), text_counts)
        first_text = np.cumsum(text_counts) - text_counts
        text_starts = np.concatenate([[0], text_ends[:-1]])
        closing = [*opening[1:].tolist(), len(hits)]
        own = texts[opening]
        inside = (hits - np.repeat(text_starts[own], np.diff([*opening, len(hits)]))).tolist()
        seen, marked = bits.tolist(), values.tolist()
        owners = document_of[own].tolist()
        numbers = (own - first_text[owners]).tolist()
        for group, (a, b) in enumerate(zip(opening.tolist(), closing, strict=True)):
            place = Place(numbers[group], inside[a:b], seen[a:b], marked[a:b], words[group], costs[group])
            found[owners[group]].append(place)
        return found

    def _summed(self, bits: Any, costs: Any, opening: Any) -> list[float]:
        """For each group the costs of the best readings of its words, summed."""
        import numpy as np

        total = np.zeros(len(opening))
        for number in range(self._words.bit_length()):
            here = np.minimum.reduceat(np.where(bits >> np.uint32(number) & np.uint32(1), costs, _FAR), opening)
            total += np.where(here < _FAR, here, 0.0)
        summed: list[float] = total.tolist()
        return summed
