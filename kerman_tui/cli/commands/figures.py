"""Numbers with unit, qualifier and attribution, and where articles disagree about them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from kerman_tui.cli import shapes, sheets
from kerman_tui.cli.options import DONE, NOTHING_FOUND, add_corpus, add_format, hand_out, open_corpus
from kerman_tui.cli.output import print_lines, print_table
from kerman_tui.model import Disagreement, Figure


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    add_format(parser)


def execute(arguments: argparse.Namespace) -> int:
    with open_corpus(arguments) as corpus:
        found = corpus.figures()
        disagreements = corpus.disagreements()
        hand_out(
            arguments,
            json=lambda: {
                "figures": [shapes.figure(one) for one in found],
                "disagreements": [shapes.disagreement(one) for one in disagreements],
            },
            sheet=lambda: sheets.figures(corpus, found),
            text=lambda: _print(found, disagreements),
        )
    return DONE if found else NOTHING_FOUND


def _print(found: Sequence[Figure], disagreements: Sequence[Disagreement]) -> None:
    if not found:
        print_lines(["no figure found"])
        return
    rows = [(one.outlet, _number(one), one.unit, one.attribution or "", one.as_written, one.article) for one in found]
    print_table(("outlet", "number", "unit", "according to", "as written", "article"), rows, right=(1,))
    print_lines(_disagreeing(disagreements))


def _number(one: Figure) -> str:
    """The number with its bounds: 84, ≥ 84, ~300, 24–99."""
    if one.value is None:
        return f"{one.low:,}–{one.high:,}"
    sign = {"at_least": "≥ ", "more_than": "> ", "up_to": "≤ ", "less_than": "< ", "about": "~ ", "nearly": "~ "}
    return f"{sign.get(one.qualifier or '', '')}{one.value:,}"


def _disagreeing(disagreements: Sequence[Disagreement]) -> Iterator[str]:
    for one in disagreements:
        yield ""
        yield f"disagree: {one.why}"
        yield from (f"    {figure.outlet}  {figure.article}  {figure.as_written}" for figure in one.figures)
