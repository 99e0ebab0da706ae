"""What the processes of a pool owe the program that started them: politeness, no word at ctrl+c, and an end with it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def started_deaf() -> Iterator[None]:
    """Processes started in here never hear ctrl+c, not even while they start: it is their parent's to handle."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin() -> None:
    """Be polite, and do not outlive a program that was ended from outside. The first thing that a process does."""
    os.nice(5)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def end_all() -> None:
    """End the processes of all pools: what they are at is wanted no longer, and who is told to end waits for them."""
    multiprocessing = sys.modules.get("multiprocessing")
    for process in multiprocessing.active_children() if multiprocessing is not None else ():
        process.kill()


def _wait_for_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
