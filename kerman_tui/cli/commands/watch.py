"""Keep a corpus up to date with its folders until stopped: what is added, changed or removed there follows by itself.

    kerman-tui watch incoming/ --name today      in one terminal
    kerman-tui --corpus today                    in another; it says "12 new" when there are

Only what changed is read. A file counts as changed when it has stayed as it is from one look to the next, so that one
that is still being written is waited for. Looking is done by name, size and time, which works on network disks too.
ctrl+c stops; the corpus stays.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from kerman_tui.cli.options import INTERRUPTED, WRONG_CALL, add_json, add_paths, add_workers
from kerman_tui.cli.output import print_json, print_lines, warn

if TYPE_CHECKING:
    from kerman_tui.ingest.library import Report

LOOK_EVERY = 2.0
"""Seconds between two looks at the folders."""

MOST_OF_THE_TIME = 20
"""How many times longer to rest than a look took: a look at a great many files must not keep a core busy."""


def configure(parser: argparse.ArgumentParser) -> None:
    add_paths(parser, "those the corpus was made from")
    parser.add_argument("--name", required=True, metavar="NAME", help="the name the corpus is kept under")
    parser.add_argument(
        "--every",
        type=_seconds,
        default=LOOK_EVERY,
        metavar="SECONDS",
        help=f"between two looks (default: {LOOK_EVERY:g})",
    )
    add_workers(parser, "all cores")
    add_json(parser, "a JSON document a line, at the start and at each change")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0.1 <= value <= 86_400:
        raise argparse.ArgumentTypeError("from 0.1 to 86400 seconds")
    return value


def execute(arguments: argparse.Namespace) -> int:
    from kerman_tui.corpus import Corpus, CorpusError
    from kerman_tui.ingest import library

    name = arguments.name
    try:
        paths = arguments.paths or library.paths_of(name)
    except library.LibraryError as error:
        warn(str(error))
        return WRONG_CALL
    kept = last = said = ""
    try:
        while True:
            started = time.monotonic()
            now = library.state_of(paths)
            looked = time.monotonic() - started
            if not kept or now == last != kept:
                try:
                    report = Corpus.keep(name, paths, workers=arguments.workers or None)
                except CorpusError as error:
                    if str(error) != said:  # once, and again when it is another trouble
                        warn(said := str(error))
                else:
                    _tell(report, arguments.json, first=not kept)
                    kept, said = now, ""
            last = now
            time.sleep(max(arguments.every, MOST_OF_THE_TIME * looked))
    except KeyboardInterrupt:
        return INTERRUPTED


def _tell(report: Report, as_json: bool, *, first: bool) -> None:
    if as_json:
        print_json(
            {
                "name": report.name,
                "articles": report.articles,
                "added": report.added,
                "removed": report.removed,
                "skipped": len(report.skipped),
                "seconds": report.seconds,
            }
        )
        return
    changed = "watching" if first else f"{report.added:,} read anew, {report.removed:,} taken away"
    print_lines([f"{time.strftime('%H:%M:%S')} {report.name}: {report.articles:,} articles; {changed}"])
