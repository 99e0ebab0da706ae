"""The searches kept under a name: what each finds now, and what is new in it since it was last looked at.

    kerman-tui searches --keep iran 'raisi outlet:rt'    keep one, here or with s in the explorer
    kerman-tui searches --corpus today                   all of them, with the number of new articles
    kerman-tui searches --new iran --corpus today        the new articles; then they are new no longer

What is new is counted for each corpus by itself. In a crontab, --new prints what came since the line ran last.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, NOTHING_FOUND, WRONG_CALL, add_corpus, add_json, open_corpus
from kerman_tui.cli.output import print_json, print_table, warn

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.corpus.following import Followed


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--new", metavar="NAME", help="list the articles that are new in this search")
    what.add_argument("--keep", nargs=2, metavar=("NAME", "QUERY"), help="keep a query under a name")
    what.add_argument("--forget", metavar="NAME", help="keep this search no longer")
    add_corpus(parser)
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    from kerman_tui.corpus import following

    if arguments.forget is not None:
        if following.forget(arguments.forget):
            return DONE
        warn(f"no search is kept as {arguments.forget!r}")
        return WRONG_CALL
    with open_corpus(arguments) as corpus:
        if arguments.keep:
            total = following.follow(corpus, *arguments.keep)
            warn(f"kept as {arguments.keep[0]}: {total:,} articles now")
            return DONE
        if arguments.new is not None:
            return _new(corpus, arguments.new, arguments.json)
        return _list(following.followed(corpus), arguments.json)


def _new(corpus: Corpus, name: str, as_json: bool) -> int:
    new = corpus.new_in(name)
    if new is None:
        warn(f"{name} was not looked at in this corpus before; what comes from now on is new")
    found = [corpus.article(id_) for id_ in new or ()]
    if as_json:
        print_json([shapes.article(one) for one in found])
    elif found:
        rows = [(one.id, (one.published or "undated")[:10], one.outlet, one.title) for one in found]
        print_table(("id", "date", "outlet", "title"), rows)
    corpus.seen(name)  # once they are printed: what a closed pipe swallowed is new still
    return DONE if found else NOTHING_FOUND


def _list(found: Sequence[Followed], as_json: bool) -> int:
    if as_json:
        print_json([shapes.followed(one) for one in found])
    elif found:
        rows = [
            (
                one.name,
                one.query,
                "" if one.total is None else f"{one.total:,}",
                one.problem or ("not seen here" if one.new is None else f"{len(one.new):,}"),
            )
            for one in found
        ]
        print_table(("kept as", "query", "articles", "new"), rows, right=(2,))
    else:
        warn("no search is kept yet; s in the explorer keeps one, or --keep NAME QUERY")
    return DONE if found else NOTHING_FOUND
