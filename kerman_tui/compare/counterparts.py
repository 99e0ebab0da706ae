"""Counterparts: an article and a corpus in, the articles most worth laying beside it out.

Candidates are those that share runs of words with it and those that tell of the same; each is aligned, and they are
ranked by the share of the article that stands in them plus their likeness in words and time. This module imports numpy.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kerman_tui.compare.align import align
from kerman_tui.compare.fingerprints import Table, article_lines, article_text, batches, grams, read, table
from kerman_tui.compare.stories import day_of
from kerman_tui.compare.topics import Days, Topics, counted, days_of, same_time, topics
from kerman_tui.memory import leaving_room
from kerman_tui.model import Article, Counterpart

CANDIDATES = 10
"""Articles aligned with the one asked about: so many by words, so many by runs of words."""

TABLE_ARTICLES = 5_000
"""Up to so many articles, runs of words are looked up; in larger corpora ``reuse`` finds them."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A corpus made ready to be asked for counterparts."""

    ids: tuple[str, ...]
    days: Days
    topics: Topics
    table: Table | None


_kept: weakref.WeakKeyDictionary[object, Neighbourhood] = weakref.WeakKeyDictionary()


def neighbourhood(articles: Sequence[Article]) -> Neighbourhood:
    """Read a corpus once; kept as long as the object that holds the articles lives."""
    try:
        known = _kept.get(articles)
        if known is not None and len(known.ids) == len(articles):
            return known
    except TypeError:  # lists and tuples can change or cannot be watched: they are read again
        return _read(articles)
    found = _read(articles)
    _kept[articles] = found
    return found


def _read(articles: Iterable[Article]) -> Neighbourhood:
    ids: list[str] = []
    days: list[int | None] = []
    kept: list[Article] = []
    rows = []
    for article in leaving_room(articles):
        text = article_text(article)
        ids.append(article.id)
        days.append(day_of(article.published))
        rows.append(counted(text))
        if len(ids) <= TABLE_ARTICLES:
            kept.append(article)
    few = len(ids) <= TABLE_ARTICLES
    return Neighbourhood(tuple(ids), days_of(days), topics(rows), table(map(read, batches(kept))) if few else None)


def nearest(article: Article, articles: Sequence[Article], limit: int) -> tuple[Counterpart, ...]:
    """The articles most worth comparing with one, most overlap first; itself not among them."""
    known = neighbourhood(articles)
    if not known.ids:
        return ()
    text = article_text(article)
    likeness = known.topics.likeness(known.topics.weighed(counted(text)))
    likeness *= same_time(known.days, days_of([day_of(article.published)]))
    count = max(CANDIDATES, limit) + 1
    numbers = dict.fromkeys(np.argsort(-likeness, kind="stable")[:count].tolist())
    if known.table is not None:
        numbers |= dict.fromkeys(_sharing(known.table, article)[:count])
    ranked = []
    for number in numbers:
        if known.ids[number] == article.id:
            continue
        side = align(article, articles[number]).left
        ranked.append((-(side.coverage + float(likeness[number])), known.ids[number], side))
    ranked.sort(key=lambda entry: entry[:2])
    return tuple(Counterpart(id_, side.shared_words, side.coverage) for _, id_, side in ranked[:limit])


def _sharing(known: Table, article: Article) -> list[int]:
    """Articles that share 5-grams with one, most first."""
    own = np.unique(grams(read([article_lines(article)]).words))
    # A bit map of the low bits passes about one fingerprint in a hundred on to the exact look-up.
    low = np.zeros(1 << 16, bool)
    low[(own & np.uint64(0xFFFF)).astype(np.int64)] = True
    maybe = np.flatnonzero(low[(known.hashes & np.uint64(0xFFFF)).astype(np.int64)])
    places = known.places[maybe[np.isin(known.hashes[maybe], own)]]
    shared = np.bincount(known.article_at(places), minlength=1)
    return [int(n) for n in np.argsort(-shared, kind="stable") if shared[n]]
