"""What stands where in a document, in two bytes a word: lets hits find their passages without reading all their text.

For every word of the title and of each paragraph (see ``stream``) the index keeps 16 bits of its hash; the parts of
glued words follow as extras. ``scanning`` finds in these records where the words of a query may stand.
"""

from __future__ import annotations

from array import array
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kerman_tui.search.stream import Stream

_SIZES = Struct("=3I")
"""Texts, words and glued parts of a record."""


def pack(stream: Stream) -> bytes:
    """The record of a document, from its title and paragraphs folded as one text with a BREAK between them."""
    places: list[int] = []
    extras: list[bytes] = []
    for start, special in stream.specials:
        if special.glued:
            first = stream.word_at(start)
            for number, parts in special.glued:
                places += [first + number] * len(parts)
            extras.append(special.marks)
    sizes = _SIZES.pack(len(stream.ends), len(stream.marks), len(places))
    return b"".join((sizes, stream.ends, array("I", places), stream.marks, *extras))


class Unpacked(NamedTuple):
    """A record: for each text the number of its last word plus one, the marks of all words and of glued parts."""

    title: int
    """Words of the title."""
    ends: Any
    marks: Any
    places: Any
    extras: Any


def unpack(packed: bytes) -> Unpacked:
    """The parts of a record, without copying."""
    import numpy as np

    texts, words, extras = _SIZES.unpack_from(packed)
    halves = np.frombuffer(packed, np.uint16)
    ends = np.frombuffer(packed, np.uint32, texts, _SIZES.size)
    at = _SIZES.size // 2 + 2 * (texts + extras)
    places = np.frombuffer(packed, np.uint32, extras, _SIZES.size + 4 * texts)
    return Unpacked(int(ends[0]), ends, halves[at : at + words], places, halves[at + words :])
