"""Numbers with unit, qualifier and attribution, and where articles disagree about them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import groupby

from kerman_tui.cli import shapes, sheets
from kerman_tui.cli.options import add_corpus, add_format, hand_out, open_corpus
from kerman_tui.cli.output import print_lines, print_table
from kerman_tui.model import Disagreement, Figure, FigureRow

OUTLETS_SHOWN = 8
"""Outlets that get a column in the readable table, those with most articles first."""


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--table", action="store_true", help="figures by outlet, a row for each matter that is counted")
    add_format(parser)


def execute(arguments: argparse.Namespace) -> int:
    with open_corpus(arguments) as corpus:
        found = corpus.figures()
        disagreements = corpus.disagreements()
        rows = corpus.figure_table() if arguments.table else ()
        outlets = [outlet for outlet in corpus.outlets if any(outlet in row.outlets for row in rows)]
        return hand_out(
            arguments,
            bool(found),
            "no figure found",
            json=lambda: (
                {
                    "figures": [shapes.figure(one) for one in found],
                    "disagreements": [shapes.disagreement(one) for one in disagreements],
                }
                | ({"table": [shapes.figure_row(row) for row in rows]} if arguments.table else {})
            ),
            sheet=lambda: sheets.figure_table(rows, outlets) if arguments.table else sheets.figures(corpus, found),
            text=lambda: _print_table(rows, outlets) if rows else _print(found, disagreements),
        )


def _print(found: Sequence[Figure], disagreements: Sequence[Disagreement]) -> None:
    rows = [(one.outlet, _number(one), one.unit, one.attribution or "", one.as_written, one.article) for one in found]
    print_table(("outlet", "number", "unit", "according to", "as written", "article"), rows, right=(1,))
    print_lines(_disagreeing(disagreements))


def _print_table(rows: Sequence[FigureRow], outlets: Sequence[str]) -> None:
    columns = outlets[:OUTLETS_SHOWN]
    cells = [
        ("≠" if row.why else "", row.unit, *(_in_time(row.outlets.get(outlet, ())) for outlet in columns))
        for row in rows
    ]
    print_table(("", "unit", *columns), cells)


def _in_time(figures: Sequence[Figure]) -> str:
    """What an outlet says in order of time, a number that it repeats once: 95 → 84."""
    return " → ".join(number for number, _ in groupby(map(_number, figures))) or "·"


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
