"""What one outlet writes where others write something else in a shared passage, and the words each outlet prefers."""

from __future__ import annotations

import argparse

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, NOTHING_FOUND, add_corpus, add_json, open_corpus
from kerman_tui.cli.output import print_json, print_lines, print_table

SHOWN = 40
"""Substitutions in the readable table; ``--json`` gives them all, with every instance."""

WORDS_SHOWN = 10
"""Key words of each outlet in the readable table."""


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    found = open_corpus(arguments).wording()
    if arguments.json:
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
