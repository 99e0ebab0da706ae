"""Keyword in context, and where in an article the keywords stand: matched passages in, an entry an occurrence out."""

from __future__ import annotations

from collections.abc import Iterable

from kerman_tui.model import Article, ConcordanceLine, Match, Span


def lines(article: Article, matches: Iterable[Match], width: int) -> list[ConcordanceLine]:
    """One line for each highlighted word of ``matches``, in the order of the text, cut at words within ``width``."""
    return [
        ConcordanceLine(
            Span(article.id, match.paragraph, start, end),
            article.outlet,
            article.published,
            _left(match.text[:start], width),
            match.text[start:end],
            _right(match.text[end:], width),
        )
        for match in matches
        for start, end in match.spans
    ]


def dispersion(article: Article, matches: Iterable[Match]) -> tuple[float, ...]:
    """Where each highlighted word of ``matches`` begins, from 0 (first letter of the title) to 1 (end), ascending."""
    starts: dict[int | None, int] = {None: 0}
    length = len(article.title)
    for number, paragraph in enumerate(article.paragraphs):
        starts[number] = length
        length += len(paragraph.text)
    places = [starts[match.paragraph] + start for match in matches for start, _ in match.spans]
    return tuple(place / length for place in sorted(places))


def _left(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    cut = text[-width:]
    blank = cut.find(" ")
    return cut[blank + 1 :] if 0 <= blank < width // 2 else cut


def _right(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    cut = text[:width]
    blank = cut.rfind(" ")
    return cut[:blank] if blank > width // 2 else cut
