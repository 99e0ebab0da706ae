"""Work over all cores: a function and batches in, their results out, in order, while few batches are in memory."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from typing import TypeVar

AHEAD = 2
"""Batches given to each process before the first of them has come back."""

Batch = TypeVar("Batch")
Result = TypeVar("Result")


def in_order(work: Callable[[Batch], Result], batches: Iterable[Batch], *, alone: bool) -> Iterator[Result]:
    """The result of each batch; ``alone``: in this process. Processes that do not start or die are done without."""
    workers = os.cpu_count() or 1
    if alone or workers == 1:
        yield from map(work, batches)
        return
    import multiprocessing

    # Threads of the explorer may hold locks: a forked child would wait for them for ever.
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[Batch, Future[Result]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            for batch in batches:
                waiting.append((batch, _given(pool, work, batch)))
                if len(waiting) > AHEAD * workers:
                    yield _taken(work, *waiting.popleft())
            while waiting:
                yield _taken(work, *waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _end_with_parent() -> None:
    """Be polite, and do not outlive a program that was ended from outside."""
    os.nice(5)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _given(pool: ProcessPoolExecutor, work: Callable[[Batch], Result], batch: Batch) -> Future[Result]:
    try:
        return pool.submit(work, batch)
    except BrokenExecutor as error:
        failed: Future[Result] = Future()
        failed.set_exception(error)
        return failed


def _taken(work: Callable[[Batch], Result], batch: Batch, given: Future[Result]) -> Result:
    try:
        return given.result()
    except BrokenExecutor:
        return work(batch)
