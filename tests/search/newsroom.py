"""Small invented corpora for the tests of search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kerman_tui.model import Article, Paragraph, ParagraphKind, SearchResult, Source
from kerman_tui.search.index import Document, SearchIndex
from kerman_tui.search.opening import build_index


def article(
    ident: str,
    title: str,
    *paragraphs: str,
    outlet: str = "The Daily",
    published: str | None = None,
    language: str | None = None,
    captions: Sequence[str] = (),
) -> Article:
    """An article of given texts; captions follow the body."""
    kinds: list[tuple[str, ParagraphKind]] = [(text, "body") for text in paragraphs]
    kinds += [(text, "caption") for text in captions]
    made = tuple(Paragraph(text, number + 2, kind) for number, (text, kind) in enumerate(kinds))
    return Article(ident, title, outlet, made, Source(f"{ident}.txt"), published, language=language)


class Newsroom:
    """An index over a list of articles, asked by their ids."""

    def __init__(self, articles: Iterable[Article], folder: Path | None = None) -> None:
        self.articles = list(articles)
        self.index: SearchIndex = build_index((Document(number, a) for number, a in enumerate(self.articles)), folder)

    def fetch(self, ordinal: int) -> Article:
        return self.articles[ordinal]

    def search(self, query: str, **options: object) -> SearchResult:
        return self.index.search(query, self.fetch, **options)  # type: ignore[arg-type]

    def ids(self, query: str, **options: object) -> list[str]:
        """The ids of the hits, best first."""
        return [hit.id for hit in self.search(query, **options).hits]


def highlighted(result: SearchResult, hit: int = 0) -> list[str]:
    """The highlighted words of a hit's passages."""
    return [match.text[start:end] for match in result.hits[hit].matches for start, end in match.spans]
