"""What the commands have in common: the paths or the name of a corpus, ``--json``, progress, and opening it all."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kerman_tui import config
from kerman_tui.cli.output import warn

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.ingest.pipeline import Progress

DONE, NOTHING_FOUND, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130
"""Exit codes of every command."""

TABLES = ("csv", "markdown", "html")
"""Documents that a command's table can be written as; CSV with no cell that a spreadsheet takes for a formula."""

PROGRESS_AFTER = 0.5
"""Seconds of work before a progress line appears."""

PROGRESS_EVERY = 0.2
"""Seconds between two states of the progress line."""

SKIPPED_SHOWN = 5
"""How many skipped inputs are named on standard error; ``index`` lists them all."""


def add_corpus(parser: argparse.ArgumentParser, *, paths: bool = True) -> None:
    """Add PATH... and --corpus NAME."""
    if paths:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders and globs (default: see above)")
    parser.add_argument("--corpus", metavar="NAME", help="a corpus kept with `kerman-tui index`, in place of PATH")
    parser.add_argument("--workers", type=int, metavar="N", help="processes to use at most (default: your setting)")


def add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add --json and --format, of which one is taken."""
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--format", choices=TABLES, help="the whole table as a document on standard output")


def open_corpus(arguments: argparse.Namespace, paths: Sequence[str] | None = None) -> Corpus:
    """Open what the arguments name. Raises CorpusError. Skipped inputs are named on standard error."""
    from kerman_tui.corpus import Corpus

    given = list(arguments.paths if paths is None else paths)
    workers = arguments.workers or config.load().settings.workers or None
    line = ProgressLine()
    try:
        if arguments.corpus:
            return Corpus.open_named(arguments.corpus, workers=workers)
        if not given:
            return Corpus.open_default(progress=line, workers=workers)
        corpus = Corpus.open([Path(path) for path in given], progress=line, workers=workers)
    finally:
        line.clear()
    report_skipped(corpus)
    return corpus


def report_skipped(corpus: Corpus) -> None:
    """Name the first inputs that gave no article."""
    for one in corpus.skipped[:SKIPPED_SHOWN]:
        warn(f"skipped {one.source}: {one.why}")
    if len(corpus.skipped) > SKIPPED_SHOWN:
        warn(f"skipped {len(corpus.skipped) - SKIPPED_SHOWN} more; `kerman-tui index` lists them all")


class ProgressLine:
    """One line on a terminal's standard error that says how far reading is; silent elsewhere and for short work."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._last = 0.0
        self._shown = False

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._begun < PROGRESS_AFTER or now - self._last < PROGRESS_EVERY or not sys.stderr.isatty():
            return
        self._last, self._shown = now, True
        rate = progress.articles / max(now - self._begun, 0.001)
        sys.stderr.write(
            f"\r\x1b[Kreading {progress.files_done:,} of {progress.files_total:,} files, "
            f"{progress.articles:,} articles, {rate:,.0f} a second"
        )
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
