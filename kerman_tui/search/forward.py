"""What stands where in a document, in two bytes a word: lets a hit find its passages without reading its whole text.

For every chunk of the title and of each paragraph (see ``stream``) the index keeps 16 bits of its key's checksum; words
beyond the first key of a chunk follow as extras. A look-up table over all 65,536 values then finds every place where a
word of the query may stand in a few microseconds; the text of the chosen paragraphs decides.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kerman_tui.search.stream import Folder

VALUES = 1 << 16


def mark(key: str) -> int:
    """The 16 bits kept of a key, never 0."""
    return (zlib.crc32(key.encode("utf-8", "surrogatepass")) & (VALUES - 1)) or 1


def pack(texts: Iterable[list[str]], folder: Folder) -> bytes:
    """The record of a document from the chunks of its title and paragraphs, which ``folder`` has folded just now."""
    from array import array

    counts, marks, places, extras = array("I"), array("H"), array("I"), array("H")
    known, several = folder.marks, folder.several
    for chunks in texts:
        if not several.keys().isdisjoint(chunks):
            for at, chunk in enumerate(chunks, len(marks)):
                if chunk in several:
                    for key in several[chunk][1]:
                        places.append(at)
                        extras.append(mark(key))
        counts.append(len(chunks))
        marks.extend([known[chunk] for chunk in chunks])
    head = array("I", [len(counts), len(marks), len(extras)])
    return b"".join(part.tobytes() for part in (head, counts, places, marks, extras))


@dataclass(frozen=True, slots=True)
class Place:
    """Words of the query that may stand in one text: (chunk, words as bits, cost), in order."""

    number: int
    """0: the title; n: the n-th paragraph, counting from 1."""
    found: tuple[tuple[int, int, float], ...]
    words: int
    """All words found, as bits."""


class Scanner:
    """Finds where the words of one query may stand in packed documents."""

    def __init__(self, keys: dict[str, tuple[int, float]]) -> None:
        """``keys``: for every key its words of the query, as bits, and its cost."""
        import numpy as np

        self._bits = np.zeros(VALUES, np.uint32)
        self._costs: dict[int, float] = {}
        for key, (bits, cost) in keys.items():
            value = mark(key)
            self._bits[value] |= np.uint32(bits)
            self._costs[value] = min(cost, self._costs.get(value, cost))

    def scan(self, packed: bytes) -> list[Place]:
        """The texts of a document in which a word may stand, in order."""
        import numpy as np

        texts, chunks, extras = np.frombuffer(packed, np.uint32, 3).tolist()
        at = 12
        counts = np.frombuffer(packed, np.uint32, texts, at)
        at += 4 * texts
        places = np.frombuffer(packed, np.uint32, extras, at)
        at += 4 * extras
        marks = np.frombuffer(packed, np.uint16, chunks, at)
        hits = np.flatnonzero(self._bits[marks])
        values = marks[hits]
        if extras:
            more = np.frombuffer(packed, np.uint16, extras, at + 2 * chunks)
            which = np.flatnonzero(self._bits[more])
            if len(which):
                hits = np.concatenate([hits, places[which]])
                values = np.concatenate([values, more[which]])
                order = np.argsort(hits, kind="stable")
                hits, values = hits[order], values[order]
        return self._grouped(np.cumsum(counts), hits, values)

    def _grouped(self, ends: Any, hits: Any, values: Any) -> list[Place]:
        import numpy as np

        numbers = np.searchsorted(ends, hits, side="right").tolist()
        starts = [0, *ends.tolist()]
        bits = self._bits[values].tolist()
        grouped: dict[int, list[tuple[int, int, float]]] = {}
        for number, hit, value, word in zip(numbers, hits.tolist(), values.tolist(), bits, strict=True):
            grouped.setdefault(number, []).append((hit - starts[number], word, self._costs[value]))
        found = []
        for number, group in grouped.items():
            words = 0
            for _, word, _ in group:
                words |= word
            found.append(Place(number, tuple(group), words))
        return found
