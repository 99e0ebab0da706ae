"""What the commands have in common: the paths or the name of a corpus, ``--json``, progress, and opening it all."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerman_tui import config
from kerman_tui.cli.output import overwrite, print_json, print_lines, print_sheet, warn

if TYPE_CHECKING:
    from kerman_tui.analysis import Analysed
    from kerman_tui.corpus import Corpus
    from kerman_tui.ingest.pipeline import Progress
    from kerman_tui.model import Sheet

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
        add_paths(parser, "the corpus opened last, else this folder")
    parser.add_argument("--corpus", metavar="NAME", help="a corpus kept with `kerman-tui index`, in place of PATH")
    add_workers(parser, "your setting")


def add_paths(parser: argparse.ArgumentParser, default: str) -> None:
    """Add PATH...; ``default`` says what is taken where none is given."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", default=[], help=f"files, folders and globs (default: {default})"
    )


def add_workers(parser: argparse.ArgumentParser, default: str) -> None:
    """Add --workers N; 0 is the default."""
    parser.add_argument("--workers", type=number, metavar="N", help=f"processes to use at most (default: {default})")


def number(text: str) -> int:
    """A word of the call that must be a number from 0. Raises ArgumentTypeError."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"takes a number from 0, not {text!r}")
    return int(text)


def add_json(parser: argparse._ActionsContainer, what: str = "one JSON document on standard output") -> None:
    parser.add_argument("--json", action="store_true", help=what)


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add --json and --format, of which one is taken."""
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--format", choices=TABLES, help="the whole table as a document on standard output")


@contextmanager
def open_corpus(arguments: argparse.Namespace, paths: Sequence[str] | None = None) -> Iterator[Corpus]:
    """Open what the arguments name; what was noticed while it was asked is said at the end. Raises CorpusError."""
    corpus = _opened(arguments, list(arguments.paths if paths is None else paths))
    corpus.analysis.tell = ProgressLine().analysed
    try:
        yield corpus
    finally:
        for notice in corpus.notices:
            warn(notice)


def _opened(arguments: argparse.Namespace, given: Sequence[str]) -> Corpus:
    from kerman_tui.corpus import Corpus, CorpusError

    if "-" in given and not Path("-").exists():
        raise CorpusError("-: articles are not read from standard input; save them to a file and name that")
    workers = arguments.workers or config.load().settings.workers or None
    if arguments.corpus:
        say_passed_over(given)
        return Corpus.open_named(arguments.corpus, workers=workers)
    line = ProgressLine()
    try:
        if given:
            corpus = Corpus.open([Path(path) for path in given], progress=line, workers=workers)
        else:
            corpus = Corpus.open_default(progress=line, workers=workers)
    finally:
        line.clear()
    if corpus.name is None:
        report_skipped(corpus)
    return corpus


def say_passed_over(given: Sequence[str]) -> None:
    """Say that PATH beside --corpus is not opened."""
    if given:
        warn(f"{', '.join(given)}: passed over, since --corpus names what is opened")


def hand_out(
    arguments: argparse.Namespace,
    found: bool,
    nothing: str,
    *,
    json: Callable[[], Any],
    sheet: Callable[[], Sheet],
    text: Callable[[], None],
) -> int:
    """Print an answer as it was asked for: as a document of JSON, as a table of ``--format``, or to be read.

    ``nothing`` is what is read where there is none. The exit code.
    """
    if arguments.json:
        print_json(json())
    elif arguments.format:
        print_sheet(sheet(), arguments.format)
    elif found:
        text()
    else:
        print_lines([nothing])
    return DONE if found else NOTHING_FOUND


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
        """Say how far the reading of files is."""
        if self._due():
            rate = progress.articles / max(time.monotonic() - self._begun, 0.001)
            overwrite(
                f"reading {progress.files_done:,} of {progress.files_total:,} files, "
                f"{progress.articles:,} articles, {rate:,.0f} a second"
            )

    def analysed(self, far: Analysed | None) -> None:
        """Say in how many articles names, quotations or figures were looked for; None: in all."""
        if far is None:
            self.clear()
        elif self._due():
            overwrite(f"looking through {far.done:,} of {far.total:,} articles")

    def _due(self) -> bool:
        now = time.monotonic()
        if now - self._begun < PROGRESS_AFTER or now - self._last < PROGRESS_EVERY or not sys.stderr.isatty():
            return False
        self._last, self._shown = now, True
        return True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            overwrite("")
            self._shown = False
