"""Articles grouped by the event they tell of, the earliest story first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, NOTHING_FOUND, add_corpus, add_json, open_corpus
from kerman_tui.cli.output import print_json, print_lines
from kerman_tui.model import Story

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    corpus = open_corpus(arguments)
    found = corpus.stories()
    if arguments.json:
        print_json([shapes.story(one) for one in found])
    else:
        print_lines(_listing(corpus, found))
    return DONE if found else NOTHING_FOUND


def _listing(corpus: Corpus, found: Sequence[Story]) -> Iterator[str]:
    for one in found:
        days = "undated" if one.start is None else one.start if one.start == one.end else f"{one.start} to {one.end}"
        yield f"{days}  {len(one.articles)} articles, {len(one.outlets)} outlets"
        for id_ in one.articles:
            article = corpus.article(id_)
            yield f"    {article.id}  {(article.published or 'undated')[:10]}  {article.outlet}  {article.title}"
    yield f"{len(found)} stories"
