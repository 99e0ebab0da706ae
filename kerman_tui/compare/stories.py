"""Stories: articles in, groups of articles that tell of one event out."""

from __future__ import annotations

from collections.abc import Iterable

from kerman_tui.model import Article, Story

JOINED = 0.25
"""Likeness (mean over the pairs of two groups) down to which groups are one story."""


def stories(articles: Iterable[Article]) -> tuple[Story, ...]:
    """Group articles by the event they tell of; the earliest story first, undated ones last."""
    import numpy as np

    from kerman_tui.compare.fingerprints import article_text
    from kerman_tui.compare.topics import topics

    listed = list(articles)
    index = topics(article_text(article) for article in listed)
    groups: list[list[int]] = []
    for number in range(len(listed)):
        likeness = index.likeness(*index.row(number))
        best, into = JOINED, None
        for group in groups:
            mean = float(np.mean(likeness[group]))
            if mean > best:
                best, into = mean, group
        if into is None:
            groups.append([number])
        else:
            into.append(number)
    return tuple(sorted((_story([listed[n] for n in group]) for group in groups), key=lambda s: (s.start or "~", s.id)))


def _story(articles: list[Article]) -> Story:
    days = sorted(article.published[:10] for article in articles if article.published)
    return Story(
        articles[0].id,
        tuple(article.id for article in articles),
        tuple(dict.fromkeys(article.outlet for article in articles)),
        days[0] if days else None,
        days[-1] if days else None,
    )
