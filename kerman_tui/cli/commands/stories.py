"""Articles grouped by the event they tell of, the earliest story first; or what the outlets of one story leave out."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, NOTHING_FOUND, add_corpus, add_json, open_corpus
from kerman_tui.cli.output import print_json, print_lines
from kerman_tui.model import Story

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus


WIDTH = 110


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument(
        "--omissions",
        metavar="ID",
        help="of the story that holds this article: its passages, people and figures, and who leaves them out",
    )
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    with open_corpus(arguments) as corpus:
        if arguments.omissions is not None:
            return _omissions(corpus, corpus.article(arguments.omissions).id, json=arguments.json)
        found = corpus.stories()
        if arguments.json:
            print_json([shapes.story(one) for one in found])
        else:
            print_lines(_listing(corpus, found))
    return DONE if found else NOTHING_FOUND


def _omissions(corpus: Corpus, id_: str, *, json: bool) -> int:
    story = next(one for one in corpus.stories() if id_ in one.articles)
    found = corpus.omissions(story.articles)
    if json:
        print_json({"story": shapes.story(story), "carried": [shapes.carried(one) for one in found]})
    else:
        print_lines(_told(corpus, story))
        for one in found:
            shown = textwrap.wrap(one.what, WIDTH) or [""]
            print_lines([f"{one.kind}: {shown[0]}", *(f"    {line}" for line in shown[1:])])
            print_lines(
                [f"    in {', '.join(one.outlets)}" + (f"; not in {', '.join(one.missing)}" if one.missing else "")]
            )
    return DONE if found else NOTHING_FOUND


def _listing(corpus: Corpus, found: Sequence[Story]) -> Iterator[str]:
    """Each story with its articles; those that only one article tells of are counted at the end."""
    several = [one for one in found if len(one.articles) > 1]
    for one in several:
        yield from _told(corpus, one)
    alone = len(found) - len(several)
    stories = f"{len(several):,} {'story' if len(several) == 1 else 'stories'} told by two articles or more"
    yield stories + (f"; {_counted(alone, 'article')} beside them" if alone else "")


def _told(corpus: Corpus, one: Story) -> Iterator[str]:
    days = "undated" if one.start is None else one.start if one.start == one.end else f"{one.start} to {one.end}"
    yield f"{days}  {_counted(len(one.articles), 'article')}, {_counted(len(one.outlets), 'outlet')}"
    for id_ in one.articles:
        article = corpus.article(id_)
        yield f"    {article.id}  {(article.published or 'undated')[:10]}  {article.outlet}  {article.title}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number:,} {thing}s"
