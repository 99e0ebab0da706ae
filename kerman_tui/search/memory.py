"""How much memory the writer of the index may fill: what this process may still have in, bytes of a heap out.

The library underneath ends the process when memory runs out, so the room is looked at before, not after.
"""

from __future__ import annotations

from pathlib import Path

from kerman_tui.memory import room

MOST, LEAST = 128_000_000, 16_000_000
"""Bytes the writer fills before it puts a segment on disk; the least that the library takes."""
MOST_WRITERS, MOST_EACH, MOST_IN_ALL = 4, 512_000_000, 1_024_000_000
"""Writers that fill memory at the same time at most, bytes for each, and bytes for all of them."""
SHARE = 12
"""Of the room one part in so many: words, merging and mapped files need the rest."""


def writer_heap(*where: Path) -> int:
    """Bytes for the writer, from the room that there is; ``where`` as for ``room``. ``MOST`` where no limit is near."""
    return max(LEAST, min(MOST, room(*where) // SHARE))


def writers_together(most: int, *where: Path) -> tuple[int, int]:
    """How many writers, up to ``most``, there is memory for at the same time, and the bytes of heap for each.

    Up to ``MOST_EACH`` where there is so much: large segments need not be joined later, and are searched faster. The
    library joins eight of a size when the first articles are added, which takes a minute for a million.
    """
    heap = min(MOST_IN_ALL, room(*where) // SHARE)
    count = max(1, min(most, MOST_WRITERS, heap // MOST))
    return count, max(LEAST, min(MOST_EACH, heap // count))
