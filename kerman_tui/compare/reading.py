"""Reading a corpus for its fingerprints over all cores: articles in, their hashed words out, in order.

This module imports numpy; import it inside functions only.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor

from kerman_tui.compare.fingerprints import Read, batches, read
from kerman_tui.model import Article

ALONE = 4_000
"""So many articles are read in this process: starting others would take longer."""

AHEAD = 2
"""Batches given to each process before the first of them has come back."""


def read_all(articles: Iterable[Article], count: int) -> Iterator[Read]:
    """The words of ``count`` articles, batch by batch. Processes that cannot be started or die are done without."""
    workers = os.cpu_count() or 1
    if count <= ALONE or workers == 1:
        yield from map(read, batches(articles))
        return
    import multiprocessing

    # Threads of the explorer may hold locks: a forked child would wait for them for ever.
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[list[list[str]], Future[Read]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            for batch in batches(articles):
                waiting.append((batch, _given(pool, batch)))
                if len(waiting) > AHEAD * workers:
                    yield _taken(*waiting.popleft())
            while waiting:
                yield _taken(*waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _given(pool: ProcessPoolExecutor, batch: list[list[str]]) -> Future[Read]:
    try:
        return pool.submit(read, batch)
    except BrokenExecutor as error:
        failed: Future[Read] = Future()
        failed.set_exception(error)
        return failed


def _taken(batch: list[list[str]], work: Future[Read]) -> Read:
    try:
        return work.result()
    except BrokenExecutor:
        return read(batch)
