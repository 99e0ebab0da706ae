"""How much memory this process may still have, and whether an error says that there was too little of it.

The limits that hold are looked at before, since libraries underneath may end the process when memory runs out; what
they raise where they can, they word each in its own way.
"""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

ADVICE = "raise the limit of the process, or give fewer articles at a time"
"""What a person can do about it."""
LITTLE, LEAST = 768 << 20, 256 << 20
"""Bytes of room below which memory counts as short, and below which it may not be enough for anything."""

LAST = 48 << 20
"""Bytes of room that are not used up: some libraries take it for granted that a little can always be had."""
LOOKED_AT = 200
"""Items, articles as a rule, after which the room is looked at again."""

T = TypeVar("T")

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""The numbers by which glibc knows them (malloc.h)."""
_PROCESS = Path("/proc/self")
_GROUPS = Path("/sys/fs/cgroup")
_PANICS = "pyo3_runtime"
_SAYINGS = (
    "cannot allocate memory",
    "failed to map segment",
    "failed to spawn",
    "can't start new thread",
    "unable to allocate",
    "out of memory",
)
"""How the loader of programs, threads and libraries say it."""


def ran_out(error: BaseException) -> bool:
    """Whether an error, or one that it came of, says that memory ran out."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, MemoryError) or (isinstance(seen, OSError) and seen.errno == errno.ENOMEM):
            return True
        if isinstance(seen, ImportError | OSError | RuntimeError | ValueError) or type(seen).__module__ == _PANICS:
            said = str(seen).lower()
            if any(words in said for words in _SAYINGS):
                return True
        seen = seen.__cause__ or seen.__context__
    return False


def room(process: Path = _PROCESS, groups: Path = _GROUPS) -> int:
    """Bytes that this process may still take, by the least of the limits that hold for it."""
    return min(_rooms(process, groups), default=sys.maxsize)


def is_short() -> bool:
    """Whether to do with one process and small batches."""
    return room() < LITTLE


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


def leaving_room(items: Iterable[T]) -> Iterator[T]:
    """Pass ``items`` on; raises MemoryError before so little room is left that a library would end the process."""
    for number, item in enumerate(items):
        if number % LOOKED_AT == 0 and room() < LAST:
            raise MemoryError
        yield item


def give_back() -> None:
    """Hand memory that is not used any more back to the system; the C library would keep it for what comes next."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library does it by itself, or cannot
        ctypes.CDLL(None).malloc_trim(0)


def share_arenas() -> None:
    """Let threads that are still to start share what the C library sets aside for them, 64 MB of addresses for each."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library has no arenas
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def keep_freed(most: int) -> None:
    """Let the C library keep up to ``most`` freed bytes for the next that asks, in place of fetching them page by page.

    For a process whose work takes the same large pieces again and again. Below 32 MB the library does as it is told.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_THRESHOLD, most)
        library.mallopt(_M_TRIM_THRESHOLD, most)
