"""How much memory the writer of the index may fill: what this process may still have in, bytes of a heap out.

The library underneath ends the process when memory runs out, so the room is looked at before, not after.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

MOST, LEAST = 128_000_000, 16_000_000
"""Bytes the writer fills before it puts a segment on disk; the least that the library takes."""
MOST_WRITERS, MOST_EACH = 4, 256_000_000
"""Writers that fill memory at the same time at most, and bytes for each: a gigabyte in all."""
SHARE = 12
"""Of the room one part in so many: words, merging and mapped files need the rest."""

_M_ARENA_MAX = -8
"""The number by which glibc knows it (malloc.h)."""
_PROCESS = Path("/proc/self")
_GROUPS = Path("/sys/fs/cgroup")


def writer_heap(process: Path = _PROCESS, groups: Path = _GROUPS) -> int:
    """Bytes for the writer, from the least of the limits that hold for this process; ``MOST`` where none is near."""
    return max(LEAST, min([MOST, *(room // SHARE for room in _rooms(process, groups))]))


def writers_together(most: int, process: Path = _PROCESS, groups: Path = _GROUPS) -> tuple[int, int]:
    """How many writers, up to ``most``, there is memory for at the same time, and the bytes of heap for each.

    Up to ``MOST_EACH`` where there is so much: large segments need not be joined later, and are searched faster.
    """
    room = min([MOST_WRITERS * MOST_EACH, *(room // SHARE for room in _rooms(process, groups))])
    count = max(1, min(most, MOST_WRITERS, room // MOST))
    return count, max(LEAST, min(MOST_EACH, room // count))


def _rooms(process: Path, groups: Path) -> Iterator[int]:
    """What is left under the limit of the address space, under that of the control group, and on the machine."""
    try:
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit != resource.RLIM_INFINITY:
            used = int((process / "statm").read_text("ascii").split()[0]) * resource.getpagesize()
            yield max(0, limit - used)
    except (ImportError, OSError, ValueError, IndexError):
        pass
    try:
        own = (process / "cgroup").read_text("utf-8").rpartition("::")[2].strip().lstrip("/")
        folder = groups / own
        for group in (folder, *folder.parents):
            if (group / "memory.max").is_file():
                most = (group / "memory.max").read_text("ascii").strip()
                if most.isdigit():
                    yield max(0, int(most) - int((group / "memory.current").read_text("ascii")))
            if group == groups:
                break
    except (OSError, ValueError):
        pass
    try:
        for line in (process.parent / "meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                yield int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass


def share_arenas() -> None:
    """Let threads that are still to start share what the C library sets aside for them, 64 MB of addresses for each."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library has no arenas
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
