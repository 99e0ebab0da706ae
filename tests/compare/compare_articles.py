"""Articles made up for the tests of this room."""

from __future__ import annotations

from kerman_tui.model import Article, Paragraph, Source


def article(
    *paragraphs: str,
    id: str = "a",
    title: str = "",
    outlet: str = "The Daily Example",
    published: str | None = None,
    byline: str | None = None,
) -> Article:
    """An article of those paragraphs, one a line."""
    return Article(
        id,
        title,
        outlet,
        tuple(Paragraph(text, line) for line, text in enumerate(paragraphs, 2)),
        Source("invented.txt"),
        published=published,
        byline=byline,
        title_lines=(1,),
    )
