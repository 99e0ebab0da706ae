"""Who is mentioned in which outlets: a table of leaders (or, with --all, of all people) by outlet."""

from __future__ import annotations

import argparse

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, NOTHING_FOUND, add_corpus, add_json, open_corpus
from kerman_tui.cli.output import print_json, print_table, warn

OUTLETS_SHOWN = 8
"""Outlets that get a column in the readable table, those with most articles first."""


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--all", action="store_true", help="everybody, not leaders only")
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    corpus = open_corpus(arguments)
    people = corpus.people(everyone=arguments.all)
    for notice in corpus.notices:
        warn(notice)
    if arguments.json:
        print_json({"outlets": list(corpus.outlets), "people": [shapes.person(one) for one in people]})
    else:
        outlets = corpus.outlets[:OUTLETS_SHOWN]
        rows = [
            (
                one.name,
                one.role or "",
                one.country or "",
                str(one.mentions),
                *(f"{c.mentions} in {c.articles}" if (c := one.outlets.get(outlet)) else "·" for outlet in outlets),
            )
            for one in people
        ]
        print_table(("name", "role", "country", "mentions", *outlets), rows, right=(3,))
    return DONE if people else NOTHING_FOUND
