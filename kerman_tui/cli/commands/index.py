"""Keep a corpus under a name: read what is new or changed, make its index, list what gave no article and why.

    kerman-tui index archive/ --name archive     make it, or bring it up to date
    kerman-tui index --name archive              bring it up to date from where it was made

Afterwards every command takes --corpus archive in place of PATH. An interrupted run changes nothing, and the next one
goes on from what was parsed.
"""

from __future__ import annotations

import argparse

from kerman_tui.cli.options import DONE, WRONG_CALL, ProgressLine, add_json, add_paths, add_workers
from kerman_tui.cli.output import print_json, print_lines, warn


def configure(parser: argparse.ArgumentParser) -> None:
    add_paths(parser, "those of last time")
    parser.add_argument("--name", required=True, metavar="NAME", help="the name to keep the corpus under")
    add_workers(parser, "all cores")
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    from kerman_tui.corpus import Corpus, CorpusError
    from kerman_tui.ingest import library

    line = ProgressLine()
    try:
        paths = arguments.paths or library.paths_of(arguments.name)
        report = Corpus.keep(arguments.name, paths, progress=line, workers=arguments.workers or None)
    except (CorpusError, library.LibraryError) as error:
        line.clear()
        warn(str(error))
        return WRONG_CALL
    line.clear()
    for notice in report.notices:
        warn(notice)
    if arguments.json:
        print_json(
            {
                "name": report.name,
                "articles": report.articles,
                "skipped": [{"source": one.source, "why": one.why} for one in report.skipped],
                "seconds": report.seconds,
                "added": report.added,
                "removed": report.removed,
            }
        )
        return DONE
    print_lines(f"skipped {one.source}: {one.why}" for one in report.skipped)
    changed = f"{report.added:,} read anew, {report.removed:,} taken away"
    skipped = f"{len(report.skipped):,} skipped"
    warn(f"{report.name}: {report.articles:,} articles ({changed}), {skipped}, {report.seconds:.1f} s")
    return DONE
