"""What stands where in a document, in two bytes a word: lets a hit find its passages without reading its whole text.

For every chunk of the title and of each paragraph (see ``stream``) the index keeps 16 bits of its key's checksum; words
beyond the first key of a chunk follow as extras. A look-up table over all 65,536 values then finds every place where a
word of the query may stand in a few microseconds; the text of the chosen paragraphs decides.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kerman_tui.search.stream import Stream

VALUES = 1 << 16
BREAK = "\x02"
"""Divides the title and the paragraphs of a text while it is folded; safe text never holds it."""


def checksum(key: str) -> int:
    """CRC-32 of a key."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))


def mark(key: str) -> int:
    """The 16 bits kept of a key, never 0."""
    return checksum(key) & (VALUES - 1) or 1


def pack(stream: Stream, several: Mapping[int, tuple[str, ...]]) -> bytes:
    """The record of a document, from its title and paragraphs folded as one text with a BREAK between them."""
    import numpy as np

    breaks = indexes(stream.chunks, BREAK)
    counts = np.diff([0, *breaks, len(stream.chunks)]).astype(np.uint32)
    found = [(at, mark(key)) for at in stream.several for key in several[int(stream.numbers[at])]]
    places = np.array([at for at, _ in found], np.uint32)
    extras = np.array([value for _, value in found], np.uint16)
    marks = (stream.sums & (VALUES - 1)).astype(np.uint16)
    marks[(marks == 0) & (stream.sums != 0)] = 1
    head = np.array([len(counts), len(marks), len(extras)], np.uint32)
    return b"".join(part.tobytes() for part in (head, counts, places, marks, extras))


def indexes(chunks: list[str], chunk: str) -> list[int]:
    """Where ``chunk`` stands among ``chunks``."""
    found = []
    at = -1
    for _ in range(chunks.count(chunk)):
        at = chunks.index(chunk, at + 1)
        found.append(at)
    return found


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
        starts = [0, *(end + 1 for end in ends.tolist())]  # every text but the title begins with a BREAK
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
