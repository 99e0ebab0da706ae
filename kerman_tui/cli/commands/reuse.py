"""Passages that stand in more than one article, pairs of articles with most words in common first.

Or what flows between outlets, or the articles that are one but for little.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes, sheets
from kerman_tui.cli.options import DONE, NOTHING_FOUND, add_corpus, add_format, open_corpus
from kerman_tui.cli.output import print_json, print_lines, print_sheet, print_table
from kerman_tui.model import Reuse

if TYPE_CHECKING:
    from kerman_tui.compare.flows import Flow
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
    corpus = open_corpus(arguments)
    if arguments.flows:
        return _flows(corpus.flows(), json=arguments.json)
    if arguments.near_duplicates:
        return _near_duplicates(corpus, json=arguments.json)
    found = corpus.reuse()
    if arguments.format:
        print_sheet(sheets.reuse(corpus, found), arguments.format)
    elif arguments.json:
        print_json([shapes.reuse(one) for one in found])
    else:
        print_lines(_listing(corpus, found))
    return DONE if found else NOTHING_FOUND


def _flows(found: Sequence[Flow], *, json: bool) -> int:
    if json:
        print_json([shapes.flow(one) for one in found])
    elif found:
        print_table(
            ("outlet", "shares with", "passages", "words", "of its words", "it was first", "the other was"),
            [
                (f.outlet, f.other, f"{f.passages:,}", f"{f.words:,}", f"{f.share:.2%}", str(f.earlier), str(f.later))
                for f in found
            ],
            right=(2, 3, 4, 5, 6),
        )
    return DONE if found else NOTHING_FOUND


def _near_duplicates(corpus: Corpus, *, json: bool) -> int:
    found = corpus.near_duplicates()
    if json:
        print_json([shapes.near_duplicate(one) for one in found])
    else:
        for one in found:
            print_lines([f"{one.share:.0%} of the shorter"])
            for article in (corpus.article(one.left), corpus.article(one.right)):
                print_lines(
                    [f"  {article.id}  {(article.published or 'undated')[:10]}  {article.outlet}  {article.title}"]
                )
    return DONE if found else NOTHING_FOUND


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
