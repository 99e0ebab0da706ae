"""Find articles and passages: misspelt and unfinished words find too, exact ones rank above them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kerman_tui.cli import shapes
from kerman_tui.cli.options import DONE, NOTHING_FOUND, WRONG_CALL, add_corpus, add_json, number, open_corpus
from kerman_tui.cli.output import print_json, print_lines, warn
from kerman_tui.model import Hit, SearchResult

DEFAULT_LIMIT = 20
CONTEXT = 60
"""Characters shown on either side of a match in the readable listing."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="?", metavar="QUERY", help='words, \'exact, "a phrase", outlet:RT, date:2024-01…'
    )
    add_corpus(parser)
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--batch", metavar="FILE", help="a query a line (-: standard input); prints one JSON object a line"
    )
    instead.add_argument("--saved", metavar="NAME", help="the query kept under a name (see `kerman-tui searches`)")
    parser.add_argument(
        "--limit", type=number, default=DEFAULT_LIMIT, metavar="N", help="hits at most (default %(default)s)"
    )
    parser.add_argument("--exact", action="store_true", help="words as they are written: no prefixes, no typos")
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    if arguments.batch is not None:
        return _batch(arguments)
    query, paths = arguments.query, arguments.paths
    if arguments.saved is not None:
        query, paths = _kept(arguments.saved), _paths(arguments)
    if query is None:
        warn("search needs a QUERY, --saved NAME or --batch FILE")
        return WRONG_CALL
    with open_corpus(arguments, paths) as corpus:
        result = corpus.search(_words(query), limit=arguments.limit, strict=arguments.exact)
    if arguments.json:
        print_json(shapes.search_result(result))
    else:
        for problem in result.problems:
            warn(f"{result.query[problem.start : problem.end]!r}: {problem.why}")
        print_lines(_listing(result))
    return DONE if result.total else NOTHING_FOUND


def _batch(arguments: argparse.Namespace) -> int:
    try:
        read = sys.stdin.buffer.read() if arguments.batch == "-" else Path(arguments.batch).read_bytes()
        queries = read.decode("utf-8", errors="replace").split("\n")
    except OSError as error:
        warn(f"{arguments.batch}: {error.strerror or error}")
        return WRONG_CALL
    found = False
    with open_corpus(arguments, _paths(arguments)) as corpus:
        for query in queries:
            if not query.strip():
                continue
            result = corpus.search(_words(query.rstrip("\r")), limit=arguments.limit, strict=arguments.exact)
            found = found or result.total > 0
            print_json(shapes.search_result(result))
    return DONE if found else NOTHING_FOUND


def _paths(arguments: argparse.Namespace) -> Sequence[str]:
    """What is opened where the query stands elsewhere: the first word of the call is a path too."""
    return [path for path in (arguments.query, *arguments.paths) if path is not None]


def _kept(name: str) -> str:
    from kerman_tui.corpus.searching import her_searches, query_of

    with her_searches() as kept:
        return query_of(kept, name)


def _words(query: str) -> str:
    """A query whose bytes were no UTF-8 is searched with replacement characters, which can be printed."""
    return query.encode("utf-8", errors="replace").decode("utf-8", errors="replace")


def _listing(result: SearchResult) -> Iterator[str]:
    for hit in result.hits:
        yield f"{hit.id}  {(hit.published or 'undated')[:10]}  {hit.outlet}  {hit.title}"
        yield from (f"    {line}" for line in _passages(hit))
    if result.hits:
        yield f"{len(result.hits)} of {result.total} articles, {result.took_ms:.1f} ms"
    else:
        yield "nothing found" + (f"; nearest: {', '.join(result.suggestions)}" if result.suggestions else "")


def _passages(hit: Hit) -> Iterator[str]:
    for match in hit.matches[:2]:
        start, end = match.spans[0] if match.spans else (0, CONTEXT)
        a, b = max(0, start - CONTEXT), min(len(match.text), end + CONTEXT)
        shown = ("…" if a else "") + match.text[a:b] + ("…" if b < len(match.text) else "")
        yield f"line {match.line} ({match.why}): {shown}"
