"""List the articles of a corpus: id, date or "undated", outlet, title and where each one stands in its source."""

from __future__ import annotations

import argparse

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, add_corpus, add_json, open_corpus
from kerman_tui.cli.output import print_json, print_table


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    with open_corpus(arguments) as corpus:
        if arguments.json:
            print_json([shapes.article(one) for one in corpus.articles])
        else:
            rows = [
                (
                    one.id,
                    (one.published or "undated")[:10],
                    one.outlet,
                    one.title,
                    f"{one.source.name}:{one.source.start_line}",
                )
                for one in corpus.articles
            ]
            print_table(("id", "date", "outlet", "title", "source"), rows)
    return DONE
