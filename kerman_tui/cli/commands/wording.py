"""What one outlet writes where others write something else in a shared passage, and the words each outlet prefers.

Or the words that stand near a word or a person in each outlet.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes, sheets
from kerman_tui.cli.options import add_corpus, add_format, hand_out, open_corpus
from kerman_tui.cli.output import print_lines, print_table

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.model import Wording

SHOWN = 40
"""Substitutions in the readable table; ``--json`` gives them all, with every instance."""

WORDS_SHOWN = 10
"""Key words of each outlet in the readable table."""


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--collocates", metavar="WORD", help="the words near a word, a phrase or a person's name")
    add_format(parser)


def execute(arguments: argparse.Namespace) -> int:
    with open_corpus(arguments) as corpus:
        return (_wording if arguments.collocates is None else _collocates)(corpus, arguments)


def _wording(corpus: Corpus, arguments: argparse.Namespace) -> int:
    found = corpus.wording()
    return hand_out(
        arguments,
        bool(found.substitutions or found.keyness),
        "no outlet writes anything else than the others",
        json=lambda: shapes.wording(found),
        sheet=lambda: sheets.wording(found),
        text=lambda: _print(found),
    )


def _collocates(corpus: Corpus, arguments: argparse.Namespace) -> int:
    found = corpus.collocates(arguments.collocates)
    return hand_out(
        arguments,
        bool(found),
        "nothing stands near it more often than elsewhere",
        json=lambda: [shapes.collocate(one) for one in found],
        sheet=lambda: sheets.collocates(found),
        text=lambda: _print_words(
            "near", "in all", [(c.outlet, c.word, c.near, c.count, c.g2, c.log_ratio) for c in found]
        ),
    )


def _print(found: Wording) -> None:
    print_table(
        ("times", "outlet", "writes", "where", "writes"),
        [(str(s.count), s.outlet, s.ours, s.other_outlet, s.theirs) for s in found.substitutions[:SHOWN]],
        right=(0,),
    )
    print_lines([""])
    _print_words("here", "elsewhere", [(k.outlet, k.word, k.count, k.rest, k.g2, k.log_ratio) for k in found.keyness])
    print_lines(found.notes)


def _print_words(here: str, elsewhere: str, words: Sequence[tuple[str, str, int, int, float, float]]) -> None:
    """The first words of each outlet with two counts, how sure it is and how much more often."""
    shown: Counter[str] = Counter()
    rows = []
    for outlet, word, count, other, g2, log_ratio in words:
        shown[outlet] += 1
        if shown[outlet] <= WORDS_SHOWN:
            rows.append((outlet, word, str(count), str(other), f"{g2:.1f}", f"{log_ratio:+.2f}"))
    print_table(("outlet", "word", here, elsewhere, "G2", "log ratio"), rows, right=(2, 3, 4, 5))
