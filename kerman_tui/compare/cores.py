"""Work over all cores: a function and batches in, their results out, in order, while few batches are in memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from typing import TypeVar

from kerman_tui.processes import begin, started_deaf

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
    with ProcessPoolExecutor(workers, mp_context=context, initializer=begin) as pool:
        try:
            for batch in batches:
                waiting.append((batch, _given(pool, work, batch)))
                if len(waiting) > AHEAD * workers:
                    yield _taken(work, *waiting.popleft())
            while waiting:
                yield _taken(work, *waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _given(pool: ProcessPoolExecutor, work: Callable[[Batch], Result], batch: Batch) -> Future[Result]:
    try:
        with started_deaf():
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
