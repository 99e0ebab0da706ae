"""Files, folders and globs in, articles out: in one order, each with its receipt, duplicates folded into one.

A handful of small files is read on the spot. Much work goes to worker processes, and what they parse is cached by
content, so that it is parsed once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kerman_tui.ingest import files, parsing
from kerman_tui.ingest.assembly import Assembly, nothing_taken
from kerman_tui.ingest.boilerplate import Pages
from kerman_tui.ingest.draft import Problem
from kerman_tui.ingest.manifest import Manifests
from kerman_tui.model import Article, Skipped

if TYPE_CHECKING:
    from kerman_tui.ingest.cache import Cache

FEW_FILES = 64
FEW_BYTES = 1 << 20
"""Up to so many files and bytes are read on the spot; more is worth the start of worker processes."""
MOST_WORKERS = 8
_PACKED_FACTOR = 5
_PROGRESS_SECONDS = 0.05
_ARRIVAL_SECONDS = 0.1
"""How often articles are handed on while the rest is read; the first go at once."""

Arrived = Callable[[Sequence[Article]], None]
"""Is given articles as they are read, in the order of the corpus and under the ids that they keep. When all is read an
article may have gained a date, another source, or lost lines that turned out to stand on every page of its outlet."""


class CancelledError(Exception):
    """The caller asked to stop; nothing was finished."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading has come. Sizes are bytes of files as they lie on the disk, times are seconds."""

    files_done: int
    files_total: int
    articles: int
    skipped: int
    bytes_done: int
    bytes_total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """What is left at the pace so far, or ``None`` before there is one."""
        if self.bytes_done <= 0 or self.seconds < 0.2:
            return None
        return max(0.0, self.seconds * (self.bytes_total - self.bytes_done) / self.bytes_done)


def read(
    paths: Sequence[Path | str],
    *,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    cache: bool = True,
    partial: bool = False,
    arrived: Arrived | None = None,
) -> Iterator[Article | Skipped]:
    """Yield every article that the paths hold, and why anything gave none.

    ``workers`` is the number of processes for much work (default: one a core, at most 8); ``cache`` keeps and uses
    what was parsed before. Asked to stop, it raises CancelledError, or, with ``partial``, yields what was read so far.
    ``arrived`` is told of articles before the last is read.
    """
    found = list(files.find(paths))
    yield from read_files(
        found, workers=workers, progress=progress, cancelled=cancelled, cache=cache, partial=partial, arrived=arrived
    )


def read_files(
    found: Sequence[files.File | Skipped],
    *,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    cache: bool = True,
    taken: Callable[[str], bool] = nothing_taken,
    beside: Callable[[Pages], None] | None = None,
    partial: bool = False,
    arrived: Arrived | None = None,
) -> Iterator[Article | Skipped]:
    """``read`` for files that were found already.

    ``taken`` tells ids that other files of the corpus use; ``beside`` adds the articles of those files to the pages
    among which boilerplate is looked for.
    """
    reading = _Reading(found, progress, cancelled, Assembly(taken, beside, early=arrived is not None), arrived)
    stopped = False
    try:
        if reading.is_little:
            reading.on_the_spot()
        else:
            reading.in_workers(workers or default_workers(), cache)
    except CancelledError:
        if not partial:
            raise
        stopped = True
    yield from reading.assembly.finish()
    if stopped:
        yield Skipped("what was not read yet", "reading was stopped")
    for name, why in reading.manifests.problems:
        yield Skipped(name, why)


def default_workers() -> int:
    """One process for each core that this process may use."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_WORKERS, count)


@dataclass(slots=True)
class _Tag:
    """What belongs to a piece on its way through the workers. ``last``: no piece of the file comes after it."""

    file: files.File
    first: bool
    last: bool
    digest: str
    key: bytes


class _Reading:
    """One run over the files that were found."""

    def __init__(
        self,
        found: Sequence[files.File | Skipped],
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
        assembly: Assembly,
        arrived: Arrived | None,
    ) -> None:
        self._found = found
        self._progress = progress
        self._cancelled = cancelled
        self._started = self._shown = time.monotonic()
        self._total = sum(isinstance(f, files.File) for f in found)
        self._size = sum(f.size for f in found if isinstance(f, files.File))
        self._done = self._done_bytes = 0
        self.manifests = Manifests()
        self.assembly = assembly
        self._arrived = arrived
        self._handed = 0.0

    @property
    def is_little(self) -> bool:
        weight = sum(f.size * (_PACKED_FACTOR if _packed(f) else 1) for f in self._found if isinstance(f, files.File))
        return self._total <= FEW_FILES and weight <= FEW_BYTES

    def on_the_spot(self) -> None:
        """Read everything in this process, with nothing imported that the formats at hand do not need."""
        for item in self._found:
            self._check()
            if isinstance(item, Skipped):
                self.assembly.skip(item)
                continue
            try:
                opened = parsing.Opened(item)
            except parsing.UnreadableError as error:
                self.assembly.skip(Skipped(item.name, str(error)))
                self._finished(item)
                continue
            try:
                self.assembly.begin(item, _digest(item), self.manifests.about(item.path, item.root))
                for piece in opened.pieces():
                    parsed = [piece] if isinstance(piece, Problem) else parsing.parse_piece(piece, opened.format)
                    self.assembly.add(parsed)
            finally:
                opened.close()
            self.assembly.end()
            self._finished(item)
        self._show(force=True)

    def in_workers(self, workers: int, cache: bool) -> None:
        """Send what the cache does not know to worker processes."""
        from kerman_tui.ingest.cache import open_cache
        from kerman_tui.ingest.pool import Pool

        kept = open_cache(cache)
        try:
            with Pool(workers) as pool:
                for tag, answer, fresh in pool.map(self._work(kept)):
                    self._check()
                    if isinstance(tag, Skipped):
                        self.assembly.skip(tag)
                        continue
                    if tag.first:
                        known = self.manifests.about(tag.file.path, tag.file.root)
                        self.assembly.begin(tag.file, tag.digest, known)
                    if answer:
                        self.assembly.add_encoded(answer)
                    if fresh:
                        kept.keep(tag.key, answer)
                    if tag.last:
                        self.assembly.end()
                        self._finished(tag.file)
        finally:
            kept.close()
        self._show(force=True)

    def _work(self, cache: Cache) -> Iterator[tuple[_Tag | Skipped, str, parsing.Piece | bytes]]:
        """Every piece of every file, or its answer where the cache has it, with what belongs to it."""
        for item in self._found:
            if isinstance(item, Skipped):
                yield item, "", b""
                continue
            known = cache.known_file(item)
            if known is not None and cache.has_all(known[2]):
                digest, format_name, keys = known
                for number, key in enumerate(keys):
                    answer = cache.answer(key) or b"[]"
                    yield _Tag(item, number == 0, number == len(keys) - 1, digest, key), format_name, answer
                continue
            try:
                yield from self._pieces(item, cache)
            except parsing.UnreadableError as error:
                self._finished(item)
                yield Skipped(item.name, str(error)), "", b""

    def _pieces(self, file: files.File, cache: Cache) -> Iterator[tuple[_Tag | Skipped, str, parsing.Piece | bytes]]:
        from kerman_tui.ingest.codec import encode_parsed

        opened = parsing.Opened(file)
        try:
            digest = _digest(file)
            keys: list[bytes] = []
            whole = True
            for piece in opened.pieces():
                tag = _Tag(file, not keys, False, digest, b"")
                if isinstance(piece, Problem):
                    keys.append(b"")
                    whole = False
                    yield tag, opened.format.name, encode_parsed([piece])
                    continue
                tag.key = cache.key(opened.format.name, opened.suffix, piece)
                keys.append(tag.key)
                yield tag, opened.format.name, cache.answer(tag.key) or piece
            yield _Tag(file, not keys, True, digest, b""), opened.format.name, b""
            if whole and keys:
                cache.remember_file(file, digest, opened.format.name, keys)
        finally:
            opened.close()

    def _check(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise CancelledError
        self._show()
        if self._arrived is not None and time.monotonic() - self._handed >= _ARRIVAL_SECONDS:
            articles = list(self.assembly.arrivals())
            if articles:
                self._arrived(articles)
                self._handed = time.monotonic()

    def _finished(self, file: files.File) -> None:
        self._done += 1
        self._done_bytes += file.size

    def _show(self, *, force: bool = False) -> None:
        if self._progress is None:
            return
        now = time.monotonic()
        if not force and now - self._shown < _PROGRESS_SECONDS:
            return
        self._shown = now
        counts = self.assembly
        seconds = now - self._started
        self._progress(
            Progress(self._done, self._total, counts.articles, counts.skipped, self._done_bytes, self._size, seconds)
        )


def _packed(file: files.File) -> bool:
    from kerman_tui.ingest.unpack import SUFFIXES

    return file.path.suffix.lower() in SUFFIXES


def _digest(file: files.File) -> str:
    try:
        return parsing.digest_of(file)
    except OSError:
        return ""
