"""The corpora kept under a name: how large, made when and from what; what one of them skipped; remove one.

kerman-tui corpora
kerman-tui corpora --skipped archive
kerman-tui corpora --remove archive
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli.options import DONE, NOTHING_FOUND, WRONG_CALL, add_json
from kerman_tui.cli.output import print_json, print_lines, print_table, warn
from kerman_tui.text.safe import visible

if TYPE_CHECKING:
    from kerman_tui.ingest.library import Entry
    from kerman_tui.model import Skipped


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--remove", metavar="NAME", help="remove a corpus; the files it was made from stay")
    what.add_argument("--skipped", metavar="NAME", help="list what gave no article to a corpus, and why")
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    from kerman_tui.ingest import library

    try:
        if arguments.remove is not None:
            library.remove(arguments.remove)
            warn(f"removed {visible(arguments.remove)}")
            return DONE
        if arguments.skipped is not None:
            return _skipped(library.open(arguments.skipped).skipped, arguments.json)
    except library.LibraryError as error:
        warn(str(error))
        return WRONG_CALL
    return _list(library.entries(), arguments.json)


def _skipped(reasons: Sequence[Skipped], as_json: bool) -> int:
    if as_json:
        print_json([{"source": one.source, "why": one.why} for one in reasons])
    else:
        print_lines(f"{one.source}: {one.why}" for one in reasons)
    return DONE if reasons else NOTHING_FOUND


def _list(known: Sequence[Entry], as_json: bool) -> int:
    if as_json:
        print_json(
            [
                {
                    "name": one.name,
                    "articles": one.articles,
                    "bytes": one.size,
                    "indexed_at": one.indexed_at or None,
                    "paths": list(one.paths),
                    "problem": one.problem or None,
                }
                for one in known
            ]
        )
    elif known:
        rows = [
            (
                visible(one.name),
                f"{one.articles:,}",
                f"{one.size / 1e6:,.1f} MB",
                one.indexed_at[:16].replace("T", " "),
                visible(one.problem or ", ".join(one.paths)),
            )
            for one in known
        ]
        print_table(("name", "articles", "size", "made", "from"), rows, right=(1, 2))
    else:
        warn("no corpus is kept yet; `kerman-tui index PATH --name NAME` keeps one")
    return DONE if known else NOTHING_FOUND
