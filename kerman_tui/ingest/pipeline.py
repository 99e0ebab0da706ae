"""Files, folders and globs in, articles out: in one order, each with its receipt, duplicates folded into one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kerman_tui.ingest import files, parsing
from kerman_tui.ingest.assembly import Assembly
from kerman_tui.model import Article, Skipped


class Cancelled(Exception):
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
) -> Iterator[Article | Skipped]:
    """Yield every article that the paths hold, and why anything gave none. Raises Cancelled when asked to stop.

    ``workers`` is the number of processes for much work (default: one a core); ``cache`` keeps and uses what was
    parsed before, by the content of the files.
    """
    started = time.monotonic()
    found = list(files.find(paths))
    assembly = Assembly()
    total = sum(1 for f in found if isinstance(f, files.File))
    size = sum(f.size for f in found if isinstance(f, files.File))
    done = done_bytes = 0
    for item in found:
        if cancelled is not None and cancelled():
            raise Cancelled
        if isinstance(item, Skipped):
            assembly.skip(item)
            continue
        _parse(item, assembly)
        done += 1
        done_bytes += item.size
        if progress is not None:
            progress(
                Progress(done, total, assembly.articles, assembly.skipped, done_bytes, size, time.monotonic() - started)
            )
    yield from assembly.finish()


def _parse(file: files.File, assembly: Assembly) -> None:
    try:
        opened = parsing.Opened(file)
    except parsing.Unreadable as error:
        assembly.skip(Skipped(file.name, str(error)))
        return
    try:
        digest = parsing.digest_of(file)
        assembly.begin(file, digest)
        if opened.format.records:
            for chunk in opened.chunks():
                assembly.add(
                    [chunk] if isinstance(chunk, parsing.Problem) else parsing.parse_chunk(chunk, opened.format)
                )
        else:
            assembly.add(parsing.parse_page(file.name, opened.page(), opened.format))
    except parsing.Unreadable as error:
        assembly.add([parsing.Problem(str(error))])
    except OSError as error:
        assembly.add([parsing.Problem(f"cannot be read: {(error.strerror or str(error)).lower()}")])
    finally:
        opened.close()
