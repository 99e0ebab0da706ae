"""Passages that stand in more than one article, pairs of articles with most words in common first.

Or what flows between outlets, or the articles that are one but for little.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes, sheets
from kerman_tui.cli.options import add_corpus, add_format, hand_out, open_corpus
from kerman_tui.cli.output import print_lines, print_table
from kerman_tui.model import Reuse

if TYPE_CHECKING:
    from kerman_tui.compare.flows import Flow
    from kerman_tui.compare.reuse import NearDuplicate
    from kerman_tui.corpus import Corpus

WIDTH = 110


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--flows", action="store_true", help="what each outlet shares with each other, and who was first"
    )
    which.add_argument("--near-duplicates", action="store_true", help="pairs of articles that are one but for little")
    add_format(parser)


def execute(arguments: argparse.Namespace) -> int:
    with open_corpus(arguments) as corpus:
        asked = _flows if arguments.flows else _near_duplicates if arguments.near_duplicates else _passages
        return asked(corpus, arguments)


def _passages(corpus: Corpus, arguments: argparse.Namespace) -> int:
    found = corpus.reuse()
    return hand_out(
        arguments,
        bool(found),
        "no passage stands in two articles",
        json=lambda: [shapes.reuse(one) for one in found],
        sheet=lambda: sheets.reuse(corpus, found),
        text=lambda: print_lines(_listing(corpus, found)),
    )


def _flows(corpus: Corpus, arguments: argparse.Namespace) -> int:
    found = corpus.flows()
    return hand_out(
        arguments,
        bool(found),
        "no passage stands in two articles",
        json=lambda: [shapes.flow(one) for one in found],
        sheet=lambda: sheets.flows(found),
        text=lambda: _print_flows(found),
    )


def _near_duplicates(corpus: Corpus, arguments: argparse.Namespace) -> int:
    found = corpus.near_duplicates()
    return hand_out(
        arguments,
        bool(found),
        "no two articles are one but for little",
        json=lambda: [shapes.near_duplicate(one) for one in found],
        sheet=lambda: sheets.near_duplicates(corpus, found),
        text=lambda: print_lines(_pairs(corpus, found)),
    )


def _print_flows(found: Sequence[Flow]) -> None:
    print_table(
        ("outlet", "shares with", "passages", "words", "of its words", "it was first", "the other was"),
        [
            (f.outlet, f.other, f"{f.passages:,}", f"{f.words:,}", f"{f.share:.2%}", str(f.earlier), str(f.later))
            for f in found
        ],
        right=(2, 3, 4, 5, 6),
    )


def _pairs(corpus: Corpus, found: Sequence[NearDuplicate]) -> Iterator[str]:
    for one in found:
        yield f"{one.share:.0%} of the shorter"
        for article in (corpus.article(one.left), corpus.article(one.right)):
            yield f"  {article.id}  {(article.published or 'undated')[:10]}  {article.outlet}  {article.title}"


def _listing(corpus: Corpus, found: Sequence[Reuse]) -> Iterator[str]:
    for one in found:
        left, right = corpus.article(one.articles[0]), corpus.article(one.articles[1])
        earlier = f", earlier: {one.earlier}" if one.earlier else ""
        yield f"{one.kind}, {one.words} words{earlier}"
        for article, passage in ((left, one.left), (right, one.right)):
            yield f"  {article.id}  {article.outlet}, line {article.line_of(passage.paragraph)}"
        for passage in (one.left,) if one.kind == "verbatim" else (one.left, one.right):
            yield from textwrap.wrap(passage.text, WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield f"{len(found)} passages"
