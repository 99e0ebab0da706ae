"""Who said what, in which words: quotations with speaker, verb and place, in the order of the articles."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes, sheets
from kerman_tui.cli.options import add_corpus, add_format, hand_out, open_corpus
from kerman_tui.cli.output import print_lines
from kerman_tui.model import Quote

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.people.collate import Utterance

WIDTH = 110
NOBODY = "(speaker not told)"


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--person", metavar="NAME", help="only what this person said; a few misspelt letters will do")
    parser.add_argument(
        "--collated",
        action="store_true",
        help="the same words in several articles: who ran them whole, who clipped them, who changed a word",
    )
    add_format(parser)


def execute(arguments: argparse.Namespace) -> int:
    with open_corpus(arguments) as corpus:
        return (_collated if arguments.collated else _quotes)(corpus, arguments)


def _quotes(corpus: Corpus, arguments: argparse.Namespace) -> int:
    found = corpus.quotes(arguments.person)
    return hand_out(
        arguments,
        bool(found),
        "no quotation found",
        json=lambda: [
            shapes.quote(one) | {"clause": shapes.clause(around)}
            for one, around in zip(found, _clauses(found), strict=True)
        ],
        sheet=lambda: sheets.quotes(corpus, found),
        text=lambda: print_lines(_listing(corpus, found)),
    )


def _clauses(found: Sequence[Quote]) -> Sequence[Quote | None]:
    from kerman_tui.people.quotes import clauses_around

    return clauses_around(found)


def _collated(corpus: Corpus, arguments: argparse.Namespace) -> int:
    found = corpus.utterances(arguments.person)
    return hand_out(
        arguments,
        bool(found),
        "no words stand in two articles",
        json=lambda: [shapes.utterance(one) for one in found],
        sheet=lambda: sheets.utterances(corpus, found),
        text=lambda: print_lines(_versions(found)),
    )


def _versions(utterances: Sequence[Utterance]) -> Iterator[str]:
    for one in utterances:
        yield from textwrap.wrap(f"{one.speaker or NOBODY}: “{one.text}”", WIDTH, subsequent_indent="    ")
        for version in one.versions:
            quote = version.quote
            changed = "; ".join(f"{edit.left or '(nothing)'} > {edit.right or '(nothing)'}" for edit in version.edits)
            yield f"  {version.treatment:<8} {quote.outlet}, {quote.verb or 'no verb'}  {quote.article}"
            yield from textwrap.wrap(changed, WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield f"{len(utterances)} utterances in several articles"


def _listing(corpus: Corpus, found: Sequence[Quote]) -> Iterator[str]:
    article = None
    for one in found:
        if article is None or article.id != one.article:
            article = corpus.article(one.article)
            yield f"{article.id}  {article.outlet}  {article.title}"
        who = one.speaker or one.speaker_text or NOBODY
        how = f"{one.verb}, {one.kind}" if one.verb else one.kind
        yield f"  {who}  ({how}, line {article.line_of(one.paragraph)})"
        shown = one.text if one.kind == "indirect" else f"“{one.text}”"
        yield from textwrap.wrap(shown, WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield f"{len(found)} quotations"
