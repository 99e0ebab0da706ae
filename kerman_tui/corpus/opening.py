"""``Corpus``, the one object that front ends and notebooks hold: opened from paths, by name, or as it was last.

It joins the rooms below, which know nothing of each other: articles from ``ingest``, the index of ``search``, the names
of ``people``, the alignments of ``compare``; each has a file here, and each class stands on those it asks.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kerman_tui.corpus.holding import CorpusError
from kerman_tui.corpus.searching import Searching
from kerman_tui.memory import ADVICE, ran_out
from kerman_tui.model import Article, Skipped

if TYPE_CHECKING:
    from kerman_tui.ingest.library import Report
    from kerman_tui.ingest.pipeline import Arrived, Progress

TAKES_LESS = "`kerman-tui index` keeps them on the disk and takes less"


class Corpus(Searching):
    """Articles and everything that is known about them.

    Methods raise CorpusError with a message for the user, never an error of a library below.
    """

    @classmethod
    def open(
        cls,
        paths: Sequence[Path | str],
        *,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        workers: int | None = None,
        remember: bool = False,
        arrived: Arrived | None = None,
    ) -> Corpus:
        """Read articles from files, folders and globs; with ``remember``, they are what a later call opens by default.

        ``arrived`` is called in this thread with articles as they are read, a batch at a time, the first at once. They
        have their places and ids already; the corpus that is returned has them whole (see ``pipeline.Arrived``).

        When ``cancelled`` says so, what was read until then is the corpus, and ``skipped`` says that there is more.
        Raises CorpusError when not one article came out, naming the first reasons.
        """
        from kerman_tui.ingest import library
        from kerman_tui.ingest.pipeline import read
        from kerman_tui.ingest.store import MemoryStore

        articles: list[Article] = []
        skipped: list[Skipped] = []
        try:
            for outcome in read(
                paths, progress=progress, cancelled=cancelled, workers=workers, partial=True, arrived=arrived
            ):
                if isinstance(outcome, Skipped):
                    skipped.append(outcome)
                else:
                    articles.append(outcome)
        except Exception as error:
            if not ran_out(error):
                raise
            why = f"memory ran out after {len(articles):,} articles were read"
            raise CorpusError(f"{why}; {TAKES_LESS}, or {ADVICE}") from error
        if not articles:
            raise CorpusError(_why_nothing(paths, skipped))
        if remember:
            library.remember_opened(paths)
        corpus = cls(MemoryStore(articles), skipped, workers=workers)
        corpus.identity = "\n".join(sorted(str(Path(path).absolute()) for path in paths))
        return corpus

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Corpus:
        """A corpus of articles that are at hand already."""
        from kerman_tui.ingest.store import MemoryStore

        return cls(MemoryStore(articles))

    @classmethod
    def part(cls, articles: Sequence[Article]) -> Corpus:
        """The articles read so far, to be looked at until the corpus is whole; nothing of it is kept."""
        from kerman_tui.ingest.store import MemoryStore

        return cls(MemoryStore(tuple(articles)), passing=True)

    @classmethod
    def open_named(cls, name: str, *, workers: int | None = None) -> Corpus:
        """Open a corpus kept under a name. Raises CorpusError when there is none, or when it cannot be read."""
        from kerman_tui.ingest import library

        try:
            opened = library.open(name)
        except library.LibraryError as error:
            raise CorpusError(str(error)) from error
        except MemoryError as error:
            raise CorpusError(f"memory ran out while the corpus {name} was opened; {ADVICE}") from error
        library.remember_opened(name)
        return cls(opened.store, opened.skipped, name=name, folder=opened.folder, workers=workers)

    def newer(self) -> Corpus | None:
        """The corpus of this name as it is kept now, if it was indexed again since this one was opened, else ``None``.

        Asking costs one small file; that nothing can be read just now counts as nothing new.
        """
        from kerman_tui.ingest import library

        if self.name is None or self._folder is None:
            return None
        try:
            if library.token_of(self.name) == self._folder.name:
                return None
            return Corpus.open_named(self.name, workers=self._workers)
        except (library.LibraryError, CorpusError):
            return None

    @classmethod
    def keep(
        cls,
        name: str,
        paths: Sequence[Path | str],
        *,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        workers: int | None = None,
    ) -> Report:
        """Keep the articles of ``paths`` under a name, or bring them up to date, with an index ready to open.

        Raises CorpusError when nothing could be kept; what was kept before stays as it was.
        """
        from kerman_tui.ingest import library

        try:
            report = library.create(name, paths, progress=progress, cancelled=cancelled, workers=workers)
        except library.LibraryError as error:
            raise CorpusError(str(error)) from error
        if report.articles:
            started = time.monotonic()
            corpus = cls.open_named(name, workers=workers)
            corpus.index.close()
            seconds = round(report.seconds + time.monotonic() - started, 3)
            report = replace(report, seconds=seconds, notices=(*report.notices, *corpus.notices))
        return report

    @classmethod
    def open_default(
        cls,
        *,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        workers: int | None = None,
        arrived: Arrived | None = None,
    ) -> Corpus:
        """Open the corpus opened last, else the current folder. Raises CorpusError when neither gives an article."""
        from kerman_tui.ingest import library

        last = library.last_opened()
        if isinstance(last, str):
            return cls.open_named(last, workers=workers)
        return cls.open(last or [Path.cwd()], progress=progress, cancelled=cancelled, workers=workers, arrived=arrived)


def _why_nothing(paths: Sequence[Path | str], skipped: Sequence[Skipped]) -> str:
    from kerman_tui.text.safe import visible

    if not skipped:
        given = ", ".join(visible(os.fspath(path)) for path in paths) or "this folder"
        return f"no readable article in {given}"
    first = "; ".join(f"{one.source}: {one.why}" for one in skipped[:3])
    more = f"; and {len(skipped) - 3} more" if len(skipped) > 3 else ""
    return f"nothing to open: {first}{more}"
