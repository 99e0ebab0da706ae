"""A glance at a kept article shows what reading it shows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.ingest.codec import decode_article, encode_article
from kerman_tui.ingest.unread import unread
from kerman_tui.model import Article, Paragraph, SetAside, Source

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PARAGRAPHS = st.builds(Paragraph, TEXTS, st.integers(1, 9), st.sampled_from(("body", "caption", "heading")))


@settings(max_examples=60)
@given(
    st.lists(PARAGRAPHS, max_size=6),
    TEXTS,
    st.none() | st.just("2024-01-03"),
    st.lists(st.integers(1, 99), max_size=2),
    st.booleans(),
)
def test_it_answers_as_the_article_does(
    paragraphs: list[Paragraph], title: str, published: str | None, lines: list[int], aside: bool
) -> None:
    given_ = Article(
        "a1",
        title,
        "RT",
        tuple(paragraphs),
        Source("page.txt", "ab", 7, 9, None),
        published,
        title_lines=tuple(lines),
        set_aside=(SetAside("Share", 3, 0),) if aside else (),
    )
    data = encode_article(given_)
    glance, article = unread(data), decode_article(data)
    for name in ("id", "title", "outlet", "published", "kinds"):
        assert getattr(glance, name) == getattr(article, name)
    for paragraph in (None, *range(len(paragraphs))):
        assert glance.text_of(paragraph) == article.text_of(paragraph)
        assert glance.line_of(paragraph) == article.line_of(paragraph)
