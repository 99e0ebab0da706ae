"""What the people room finds in every article of a corpus: articles in, names, quotations and figures per article out.

Work is done in batches over all cores, in the order of the articles, and kept in the cache folder under the content of
the batch and of the rules that read it: a corpus that was analysed once is not analysed again, and one that has grown
is analysed only where it has.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kerman_tui import places
from kerman_tui.model import Article, Figure, Quote

if TYPE_CHECKING:
    from kerman_tui.ingest.store import ArticleStore
    from kerman_tui.people.detect import ArticleNames

Kind = Literal["names", "quotes", "figures"]

BATCH = 200
"""Articles that are analysed, and kept, together."""

ALONE = 2 * BATCH
"""A corpus up to this size is analysed in this process: starting others would take longer."""

KEPT_FROM = 50
"""A corpus from this size is kept in the cache."""

AHEAD = 3
"""Batches given to each process before the first of them has come back."""


class CancelledError(Exception):
    """The work was stopped because whoever asked for it no longer wants it."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """How far an analysis is, in articles."""

    done: int
    total: int


class Analysis:
    """Names, quotations and figures of a store's articles. Methods stream; one result per article, in order."""

    def __init__(self, articles: ArticleStore, workers: int | None = None) -> None:
        self._articles = articles
        self._workers = workers or os.cpu_count() or 1
        self._keys: dict[int, str] = {}

    def names(
        self, progress: Callable[[Analysed], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[ArticleNames]:
        """What each article names. Raises CancelledError."""
        from kerman_tui.people.detect import ArticleNames

        return self._run("names", list[ArticleNames], progress, cancelled)

    def quotes(
        self, progress: Callable[[Analysed], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[tuple[Quote, ...]]:
        """The quotations of each article. Raises CancelledError."""
        return self._run("quotes", list[tuple[Quote, ...]], progress, cancelled)

    def figures(
        self, progress: Callable[[Analysed], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[tuple[Figure, ...]]:
        """The figures of each article. Raises CancelledError."""
        return self._run("figures", list[tuple[Figure, ...]], progress, cancelled)

    def content(self) -> str:
        """A digest of all that the articles say, and of the code that cuts it into words."""
        digest = hashlib.sha256(_rules("text", "search").encode())
        for start in range(0, len(self._articles), BATCH):
            digest.update(self._key(start).encode())
        return digest.hexdigest()[:40]

    def _key(self, start: int) -> str:
        if start not in self._keys:
            self._keys[start] = _content(self._batch(start))
        return self._keys[start]

    def _run(
        self,
        kind: Kind,
        shape: Any,
        progress: Callable[[Analysed], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Iterator[Any]:
        total, done = len(self._articles), 0
        for found in self._batches(kind, shape):
            if cancelled is not None and cancelled():
                raise CancelledError
            yield from found
            done += len(found)
            if progress is not None:
                progress(Analysed(done, total))

    def _batches(self, kind: Kind, shape: Any) -> Iterator[list[Any]]:
        starts = range(0, len(self._articles), BATCH)
        if len(self._articles) <= ALONE or self._workers == 1:
            for start in starts:
                kept = self._kept(kind, start)
                yield _decode(kept, shape) if kept else self._keep(kind, start, analyse(kind, self._batch(start)))
            return
        import multiprocessing

        watch_processes()
        # Threads of the explorer may hold locks: a forked child would wait for them for ever.
        context = multiprocessing.get_context("spawn")
        waiting: deque[tuple[int, bytes | Future[list[Any]]]] = deque()
        with ProcessPoolExecutor(self._workers, mp_context=context, initializer=_be_polite) as pool:
            try:
                for start in starts:
                    kept = self._kept(kind, start)
                    waiting.append((start, kept or pool.submit(analyse, kind, self._batch(start))))
                    if len(waiting) >= AHEAD * self._workers:
                        yield self._take(kind, shape, *waiting.popleft())
                while waiting:
                    yield self._take(kind, shape, *waiting.popleft())
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _take(self, kind: Kind, shape: Any, start: int, work: bytes | Future[list[Any]]) -> list[Any]:
        return _decode(work, shape) if isinstance(work, bytes) else self._keep(kind, start, work.result())

    def _batch(self, start: int) -> list[Article]:
        return [self._articles[ordinal] for ordinal in range(start, min(start + BATCH, len(self._articles)))]

    def _kept(self, kind: Kind, start: int) -> bytes | None:
        path = self._path(kind, start)
        try:
            return path.read_bytes() if path else None
        except OSError:
            return None

    def _keep(self, kind: Kind, start: int, found: list[Any]) -> list[Any]:
        import msgspec

        if path := self._path(kind, start):
            try:
                places.write_whole(path, msgspec.msgpack.encode(found), durable=False)
            except OSError:
                return found  # a cache that cannot be written is only slower
        return found

    def _path(self, kind: Kind, start: int) -> Path | None:
        if len(self._articles) < KEPT_FROM:
            return None
        try:
            folder = places.folder("cache", "analysis", _rules("text", "people"))
        except places.PlaceError:
            return None
        return folder / f"{kind}-{self._key(start)}"


def analyse(kind: Kind, articles: Sequence[Article]) -> list[Any]:
    """Analyse a batch in this process; one result an article."""
    from kerman_tui.people.detect import detect

    if kind == "names":
        return [detect(article) for article in articles]
    if kind == "quotes":
        from kerman_tui.people.quotes import quotes

        return [quotes(article, detect(article)) for article in articles]
    from kerman_tui.people.figures import figures

    return [figures(article, detect(article)) for article in articles]


def watch_processes() -> None:
    """Start what watches over child processes where standard error is no file, as under a program with a screen.

    ``multiprocessing`` hands the number of ``sys.stderr`` to its watcher, and Textual puts a stream without one there.
    """
    from multiprocessing import resource_tracker

    put_there = sys.stderr
    try:
        sys.stderr = sys.__stderr__
        resource_tracker.ensure_running()
    finally:
        sys.stderr = put_there


def _be_polite() -> None:
    os.nice(5)


def _decode(kept: bytes, shape: Any) -> list[Any]:
    import msgspec

    found: list[Any] = msgspec.msgpack.decode(kept, type=shape)
    return found


def _content(articles: Sequence[Article]) -> str:
    digest = hashlib.sha256()
    for one in articles:
        for part in (one.id, one.outlet, one.published or "", one.title, *(p.text for p in one.paragraphs)):
            digest.update(part.encode("utf-8"))
            digest.update(b"\0")
        digest.update("".join(p.kind[0] for p in one.paragraphs).encode())
    return digest.hexdigest()[:40]


@cache
def _rules(*rooms: str) -> str:
    """A digest of everything that decides what is found: the code and the tables of these rooms."""
    digest = hashlib.sha256()
    for room in rooms:
        folder = resources.files("kerman_tui").joinpath(room)
        for part in (folder, folder.joinpath("data")):
            for file in sorted(part.iterdir(), key=lambda one: one.name) if part.is_dir() else ():
                if file.name.endswith((".py", ".toml")):
                    digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
