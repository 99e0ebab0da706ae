"""Stories: articles in, groups of articles that tell of one event out; and who of a story's outlets leaves out what.

Two articles are alike by the words they use, names and numbers above all, and by time. Groups of articles join while
they are alike in the mean, so that a chain of half-alike reports does not become one story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kerman_tui.memory import leaving_room
from kerman_tui.model import Article, Story

if TYPE_CHECKING:
    from kerman_tui.compare.topics import Topics

JOINED = 0.19
"""Mean likeness down to which two groups are one story."""

EVERY_PAIR = 1_500
"""Up to so many articles every pair is looked at; beyond, those near in time."""

NEIGHBOURS = 600
"""Articles next in time that each is compared with in a larger corpus."""

BLOCK = 500
"""Articles that are compared with those after them at a time."""

LEAST = 0.02
LEAST_IN_MANY = 0.08
"""Less likeness than this counts as none."""


def stories(articles: Iterable[Article], names: Mapping[str, Collection[str]] | None = None) -> tuple[Story, ...]:
    """Group articles by the event they tell of; the earliest story first, undated ones last.

    ``names``: names found in an article, by its id, which then count once more. Every article is in one story.
    """
    from kerman_tui.compare.fingerprints import article_text
    from kerman_tui.compare.topics import Gathered, average_link, counted

    heads: list[tuple[str, str, str | None]] = []
    gathered = Gathered()
    for article in leaving_room(articles):
        heads.append((article.id, article.outlet, article.published))
        gathered.add(counted(article_text(article), (names or {}).get(article.id, ())))
    order = sorted(range(len(heads)), key=lambda n: (heads[n][2] or "~", n))
    heads = [heads[n] for n in order]
    index = gathered.topics(order)
    groups = average_link(len(heads), _edges(index, [day_of(published) for _, _, published in heads]), JOINED)
    found = [_story([heads[n] for n in group]) for group in groups]
    return tuple(sorted(found, key=lambda story: (story.start or "~", story.id)))


def _edges(index: Topics, days: Sequence[int | None]) -> Iterator[tuple[int, int, float]]:
    import numpy as np

    from kerman_tui.compare.topics import days_of, same_time

    known = days_of(days)
    number = len(days)
    few = number <= EVERY_PAIR
    reach = number if few else NEIGHBOURS
    for low in range(0, number, BLOCK):
        high = min(number, low + BLOCK)
        end = min(number, high + reach)
        near = index.among(low, high, end) * same_time(known[low:end], known[low:high, None])
        apart = np.arange(low, end) - np.arange(low, high)[:, None]
        rows, columns = np.nonzero((near >= (LEAST if few else LEAST_IN_MANY)) & (apart > 0) & (apart <= reach))
        yield from zip((rows + low).tolist(), (columns + low).tolist(), near[rows, columns].tolist(), strict=True)


def day_of(published: str | None) -> int | None:
    """The ordinal day of an ISO date, or ``None``."""
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None


def _story(heads: Sequence[tuple[str, str, str | None]]) -> Story:
    days = sorted(published[:10] for _, _, published in heads if published)
    return Story(
        heads[0][0],
        tuple(id_ for id_, _, _ in heads),
        tuple(dict.fromkeys(outlet for _, outlet, _ in heads)),
        days[0] if days else None,
        days[-1] if days else None,
    )
