"""Passages that stand in more than one article, pairs of articles with most words in common first."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, NOTHING_FOUND, add_corpus, add_json, open_corpus
from kerman_tui.cli.output import print_json, print_lines
from kerman_tui.model import Reuse

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

WIDTH = 110


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    corpus = open_corpus(arguments)
    found = corpus.reuse()
    if arguments.json:
        print_json([shapes.reuse(one) for one in found])
    else:
        print_lines(_listing(corpus, found))
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
