"""What the people room finds in every article of a corpus: articles in, names, quotations and figures per article out.

Work is done in batches over the cores, in the order of the articles, and kept in the cache folder under the content of
the batch and of the rules that read it: a corpus that was analysed once is not analysed again, and one that has grown
is analysed only where it has. Quotations and figures come from one reading, with the names that were found before.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kerman_tui import places
from kerman_tui.model import Article, Figure, Quote
from kerman_tui.processes import begin, started_deaf

if TYPE_CHECKING:
    from kerman_tui.ingest.store import ArticleStore
    from kerman_tui.people.corrections import Corrections
    from kerman_tui.people.detect import ArticleNames
    from kerman_tui.people.merge import PeopleIndex

Kind = Literal["names", "quotes", "figures"]
Found = dict[Kind, list[Any]]
"""What one reading of a batch finds, by kind: one entry an article."""

BATCH = 200
"""Articles that are analysed, and kept, together."""

ALONE = 2 * BATCH
"""A corpus up to this size is analysed in this process: starting others would take longer."""

KEPT_FROM = 50
"""A corpus from this size is kept in the cache."""

PEOPLE_KEPT_FROM = 1000
"""A corpus from this size has its table of people kept."""

PEOPLE_KEPT = 4
"""Such tables that stay in one folder, those made last."""

MOST_WORKERS = 8
"""Processes that are started at most where nobody says how many: the host is shared."""

RULES_KEPT = 2
"""Sets of rules whose results stay in the cache, those used last."""

AHEAD = 3
"""Batches given to each process before the first of them has come back."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """How far work on all articles is, in articles."""

    done: int
    total: int


class Analysis:
    """Names, quotations and figures of a store's articles. Methods stream; one result per article, in order."""

    def __init__(self, articles: ArticleStore, workers: int | None = None) -> None:
        self._articles = articles
        self._workers = workers or default_workers()
        self._keys: dict[int, str] = {}
        self._folder: Path | None = None
        self.reading: Analysed | None = None
        """How far the reading is that goes on, for whoever waits for it; None when none does."""
        self.tell: Callable[[Analysed | None], None] = lambda far: None
        """Is given each state of ``reading``, in the thread that reads."""
        self._beside: dict[tuple[Kind, int], list[Any]] = {}
        """What a reading found beside what was asked for, where nothing is kept on disk."""

    def names(self) -> Iterator[ArticleNames]:
        """What each article names."""
        from kerman_tui.people.detect import ArticleNames

        return self._run("names", list[ArticleNames])

    def quotes(self) -> Iterator[tuple[Quote, ...]]:
        """The quotations of each article."""
        return self._run("quotes", list[tuple[Quote, ...]])

    def figures(self) -> Iterator[tuple[Figure, ...]]:
        """The figures of each article."""
        return self._run("figures", list[tuple[Figure, ...]])

    def people(self, corrections: Corrections, folder: Path | None = None) -> PeopleIndex:
        """The people of all articles, joined under her corrections; kept in ``folder``, else in the cache.

        What is in ``folder`` is of these articles, as the folder of a generation is. A kept table opens in a tenth of
        the time that joining takes; one that was kept under other corrections is joined again under these.
        """
        from kerman_tui.people.merge import merge

        if len(self._articles) < PEOPLE_KEPT_FROM:
            return merge(self.names(), corrections)
        path = self._people_path(corrections, folder)
        if path is None:
            return merge(self.names(), corrections)
        kept = self._kept_people(path, corrections)
        if kept is not None:
            return kept
        from kerman_tui.people.kept import dumps

        found = merge(self.names(), corrections)
        with suppress(OSError):  # what cannot be kept is joined again next time
            places.write_whole(path, dumps(found), durable=False)
        return found

    def _people_path(self, corrections: Corrections, folder: Path | None) -> Path | None:
        rules = digest_of("text", "people")
        if folder is None:
            key = hashlib.sha256("".join(self._key(at) for at in range(0, len(self._articles), BATCH)).encode())
            if (folder := self._kept_folder()) is None:
                return None
            rules = key.hexdigest()[:16]
        return folder / f"people-{rules}-{hashlib.sha256(repr(corrections.made).encode()).hexdigest()[:16]}"

    @staticmethod
    def _kept_people(path: Path, corrections: Corrections) -> PeopleIndex | None:
        """The people kept at ``path``, or beside it under other corrections; older ones are removed."""
        from kerman_tui.people.kept import KeptError, loads

        try:
            if path.exists():
                return loads(path.read_bytes(), corrections)
            kept = sorted(path.parent.glob("people-*"), key=lambda one: one.stat().st_mtime)
            for old in kept[: max(0, len(kept) + 1 - PEOPLE_KEPT)]:
                old.unlink(missing_ok=True)
            beside = [one for one in kept if one.name.startswith(path.name.rpartition("-")[0]) and one.exists()]
            return loads(beside[-1].read_bytes(), corrections).corrected(corrections) if beside else None
        except (OSError, KeptError):
            return None

    def content(self) -> str:
        """A digest of all that the articles say, and of the code that cuts it into words."""
        digest = hashlib.sha256(digest_of("text", "search").encode())
        for start in range(0, len(self._articles), BATCH):
            digest.update(self._key(start).encode())
        return digest.hexdigest()[:40]

    def _key(self, start: int) -> str:
        if start not in self._keys:
            self._keys[start] = _content(self._batch(start))
        return self._keys[start]

    def _run(self, kind: Kind, shape: Any) -> Iterator[Any]:
        total, done = len(self._articles), 0
        try:
            for found in self._batches(kind, shape):
                yield from found
                done += len(found)
                self._at(Analysed(done, total))
        finally:
            self._at(None)

    def _at(self, far: Analysed | None) -> None:
        self.reading = far
        self.tell(far)

    def _batches(self, kind: Kind, shape: Any) -> Iterator[list[Any]]:
        starts = range(0, len(self._articles), BATCH)
        if len(self._articles) <= ALONE or self._workers == 1:
            for start in starts:
                kept = self._kept(kind, start)
                if kept is None:
                    yield self._keep(kind, start, analyse(kind, self._batch(start), self._kept_names(kind, start)))
                else:
                    yield _decode(kept, shape) if isinstance(kept, bytes) else kept
            return
        import multiprocessing

        watch_processes()
        # Threads of the explorer may hold locks: a forked child would wait for them for ever.
        context = multiprocessing.get_context("spawn")
        waiting: deque[tuple[int, bytes | list[Any] | Future[Found]]] = deque()
        with ProcessPoolExecutor(self._workers, mp_context=context, initializer=begin) as pool:
            try:
                for start in starts:
                    kept = self._kept(kind, start)
                    if kept is None:
                        names = self._kept_names(kind, start)
                        batch = self._batch(start)
                        with started_deaf():
                            waiting.append((start, pool.submit(analyse, kind, batch, names)))
                    else:
                        waiting.append((start, kept))
                    if len(waiting) >= AHEAD * self._workers:
                        yield self._take(kind, shape, *waiting.popleft())
                while waiting:
                    yield self._take(kind, shape, *waiting.popleft())
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _take(self, kind: Kind, shape: Any, start: int, work: bytes | list[Any] | Future[Found]) -> list[Any]:
        if isinstance(work, list):
            return work
        return _decode(work, shape) if isinstance(work, bytes) else self._keep(kind, start, work.result())

    def _batch(self, start: int) -> list[Article]:
        return [self._articles[ordinal] for ordinal in range(start, min(start + BATCH, len(self._articles)))]

    def _kept(self, kind: Kind, start: int) -> bytes | list[Any] | None:
        path = self._path(kind, start)
        try:
            return path.read_bytes() if path else self._beside.pop((kind, start), None)
        except OSError:
            return None

    def _kept_names(self, kind: Kind, start: int) -> bytes | None:
        """The names of a batch as an earlier reading left them, for a reading that needs them."""
        kept = self._kept("names", start) if kind != "names" else None
        return kept if isinstance(kept, bytes) else None

    def _keep(self, kind: Kind, start: int, found: Found) -> list[Any]:
        import msgspec

        for name, results in found.items():
            if path := self._path(name, start):
                # a cache that cannot be written is only slower
                with suppress(OSError):
                    places.write_whole(path, msgspec.msgpack.encode(results), durable=False)
            elif name != kind:
                self._beside[name, start] = results
        return found[kind]

    def _path(self, kind: Kind, start: int) -> Path | None:
        if len(self._articles) < KEPT_FROM:
            return None
        folder = self._kept_folder()
        return folder / f"{kind}-{self._key(start)}" if folder is not None else None

    def _kept_folder(self) -> Path | None:
        if self._folder is None:
            try:
                self._folder = _kept_under(digest_of("text", "people"))
            except places.PlaceError:
                return None
        return self._folder


def analyse(kind: Kind, articles: Sequence[Article], names: bytes | None = None) -> Found:
    """Analyse a batch in this process. Quotations and figures are found together, whichever is asked for.

    ``names`` is what an earlier call found for "names", as it was kept; without it they are found again.
    """
    from kerman_tui.people.detect import ArticleNames, detect

    named = _decode(names, list[ArticleNames]) if names else [detect(article) for article in articles]
    if kind == "names":
        return {"names": named}
    from kerman_tui.people.figures import figures
    from kerman_tui.people.quotes import quotes_of, reports

    found: Found = {"quotes": [], "figures": []}
    for article, mentioned in zip(articles, named, strict=True):
        said = reports(article, mentioned)
        found["quotes"].append(quotes_of(said))
        found["figures"].append(figures(article, mentioned, said))
    return found


def default_workers() -> int:
    """One process for each core that this process may use, but not more than ``MOST_WORKERS``."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_WORKERS, count)


def watch_processes() -> None:
    """Start what watches over child processes where standard error is no file, as under a program with a screen.

    ``multiprocessing`` hands the number of ``sys.stderr`` to its watcher, and Textual puts a stream without one there.
    """
    if sys.stderr is sys.__stderr__:
        return
    from multiprocessing import resource_tracker

    put_there = sys.stderr
    try:
        sys.stderr = sys.__stderr__
        resource_tracker.ensure_running()
    finally:
        sys.stderr = put_there


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


def _kept_under(rules: str) -> Path:
    """The folder of what these rules find; those of other rules beyond a few are removed."""
    folder = places.folder("cache", "analysis", rules)
    with suppress(OSError):
        os.utime(folder)
        others = sorted((one for one in folder.parent.iterdir() if one != folder), key=lambda one: one.stat().st_mtime)
        for old in others[: max(0, len(others) + 1 - RULES_KEPT)]:
            shutil.rmtree(old, ignore_errors=True)
    return folder


@cache
def digest_of(*rooms: str) -> str:
    """A digest of everything but the articles that decides what is found: the code and the tables of these rooms."""
    digest = hashlib.sha256()
    for room in rooms:
        folder = resources.files("kerman_tui").joinpath(room)
        for part in (folder, folder.joinpath("data")):
            for file in sorted(part.iterdir(), key=lambda one: one.name) if part.is_dir() else ():
                if file.name.endswith((".py", ".toml")):
                    digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
