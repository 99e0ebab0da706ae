"""Two articles side by side: what they share word for word, what was edited or moved, what only one of them says.

A and B are article ids, unambiguous prefixes of ids, or files that hold one article each.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from pathlib import Path

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, add_corpus, add_json, open_corpus
from kerman_tui.cli.output import print_json, print_lines
from kerman_tui.model import Article, Comparison, Row

SIGNS = {"same": "=", "edited": "~", "moved": "↕", "left": "<", "right": ">"}
WIDTH = 110


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="an article id, its beginning, or a file")
    parser.add_argument("b", metavar="B", help="likewise")
    add_corpus(parser)
    parser.add_argument("--format", choices=("html", "markdown", "text"), help="the comparison as a whole document")
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    from kerman_tui.corpus import Corpus

    left, right = _from_file(arguments.a), _from_file(arguments.b)
    if left is not None and right is not None:
        comparison = Corpus.of([left, right]).compare(left, right)
    else:
        with open_corpus(arguments) as corpus:
            left = left or corpus.article(arguments.a)
            right = right or corpus.article(arguments.b)
            comparison = corpus.compare(left, right)
    if arguments.json:
        print_json(shapes.comparison(comparison))
    elif arguments.format:
        from kerman_tui.compare.export import export

        print_lines(export(comparison, arguments.format).rstrip("\n").split("\n"))
    else:
        print_lines(_listing(comparison))
    return DONE


def _from_file(given: str) -> Article | None:
    from kerman_tui.corpus import Corpus, CorpusError

    if not Path(given).is_file():
        return None
    articles = Corpus.open([Path(given)]).articles
    if len(articles) != 1:
        raise CorpusError(f"{given}: holds {len(articles)} articles; give the id of one of them and the file as PATH")
    return articles[0]


def _listing(comparison: Comparison) -> Iterator[str]:
    for side in (comparison.left, comparison.right):
        yield f"{side.outlet}: {side.title}"
        yield f"  {side.id}: {side.shared_words} of {side.words} words shared ({side.coverage:.0%})"
    yield f"word for word: {comparison.verbatim_words}, longest run {comparison.longest_run} words"
    yield from comparison.evidence
    yield from comparison.notes
    for row in comparison.rows:
        yield from _row(row)


def _row(row: Row) -> Iterator[str]:
    shown = row.left or row.right
    if shown is None:
        return
    for number, line in enumerate(textwrap.wrap(shown.text, WIDTH)):
        yield f"{SIGNS[row.kind] if number == 0 else ' '} {line}"
    for edit in row.edits:
        if edit.left and edit.right:
            yield f"    {edit.nature}: “{edit.left}” → “{edit.right}”"
        else:
            yield f"    {edit.nature} {'left out' if edit.left else 'added'}: “{edit.left or edit.right}”"
