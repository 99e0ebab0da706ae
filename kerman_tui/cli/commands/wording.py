"""What one outlet writes where others write something else in a shared passage, and the words each outlet prefers.

Or the words that stand near a word or a person in each outlet.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes, sheets
from kerman_tui.cli.options import DONE, NOTHING_FOUND, add_corpus, add_format, open_corpus
from kerman_tui.cli.output import print_json, print_lines, print_sheet, print_table

if TYPE_CHECKING:
    from kerman_tui.compare.collocates import Collocate

SHOWN = 40
"""Substitutions in the readable table; ``--json`` gives them all, with every instance."""

WORDS_SHOWN = 10
"""Key words of each outlet in the readable table."""


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--collocates", metavar="WORD", help="the words near a word, a phrase or a person's name")
    add_format(parser)


def execute(arguments: argparse.Namespace) -> int:
    if arguments.collocates is not None:
        return _collocates(open_corpus(arguments).collocates(arguments.collocates), json=arguments.json)
    found = open_corpus(arguments).wording()
    if arguments.format:
        print_sheet(sheets.wording(found), arguments.format)
    elif arguments.json:
        print_json(shapes.wording(found))
    else:
        print_table(
            ("times", "outlet", "writes", "where", "writes"),
            [(str(s.count), s.outlet, s.ours, s.other_outlet, s.theirs) for s in found.substitutions[:SHOWN]],
            right=(0,),
        )
        shown: dict[str, int] = {}
        rows = []
        for key in found.keyness:
            shown[key.outlet] = shown.get(key.outlet, 0) + 1
            if shown[key.outlet] <= WORDS_SHOWN:
                numbers = (str(key.count), str(key.rest), f"{key.g2:.1f}", f"{key.log_ratio:+.2f}")
                rows.append((key.outlet, key.word, *numbers))
        print_lines([""])
        print_table(("outlet", "word", "here", "elsewhere", "G2", "log ratio"), rows, right=(2, 3, 4, 5))
        print_lines(found.notes)
    return DONE if found.substitutions or found.keyness else NOTHING_FOUND


def _collocates(found: Sequence[Collocate], *, json: bool) -> int:
    if json:
        print_json([shapes.collocate(one) for one in found])
    else:
        shown: dict[str, int] = {}
        rows = []
        for one in found:
            shown[one.outlet] = shown.get(one.outlet, 0) + 1
            if shown[one.outlet] <= WORDS_SHOWN:
                rows.append(
                    (one.outlet, one.word, str(one.near), str(one.count), f"{one.g2:.1f}", f"{one.log_ratio:+.2f}")
                )
        print_table(("outlet", "word", "near", "in all", "G2", "log ratio"), rows, right=(2, 3, 4, 5))
    return DONE if found else NOTHING_FOUND
