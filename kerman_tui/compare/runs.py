"""Runs of words that articles share: a table of fingerprints in, the runs of every two articles out, boilerplate aside.

This module imports numpy; import it inside functions only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kerman_tui.compare.fingerprints import GRAM_WORDS, Ints, Table, Words

BUCKETS = 16
ONE_BUCKET = 3_000_000
"""A table of more fingerprints is sorted in ``BUCKETS`` parts, to bound memory."""

MAX_HITS = 12_000_000
"""Fingerprints in common of any two articles that are followed up; of more, some of each run."""

PART_HITS = 2_000_000
"""So many of them are made into runs at a time."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of words that two articles share: numbers of the articles, of the first words, and lengths in words."""

    left: Ints
    right: Ints
    left_at: Ints
    right_at: Ints
    words: Ints

    def of(self, runs: slice) -> list[tuple[int, int, int]]:
        """Places in the left and in the right article, and words, of some runs."""
        return list(
            zip(self.left_at[runs].tolist(), self.right_at[runs].tolist(), self.words[runs].tolist(), strict=True)
        )


@dataclass(frozen=True, slots=True)
class Shared:
    """``runs`` of the corpus, and ``common``: the places of words (in order) in what too many articles say."""

    runs: Runs
    common: Ints


def shared(
    found: Table,
    *,
    outlets: Sequence[int],
    boilerplate: tuple[int, int],
    outlet_articles: int,
    wire_share: float,
    all_pairs: int,
    longest: int,
    least: int = GRAM_WORDS,
) -> Shared:
    """Every run of words that stands in more than one article.

    A 5-gram in more articles than the greater number of ``boilerplate``, or in more than the lesser and in more than
    ``outlet_articles`` of each outlet that has it, is set aside, unless most of what those articles say is that common
    (``wire_share`` of their words): then it is wire copy. ``outlets``: that of each article, as a number. A 5-gram in
    more than ``all_pairs`` articles links each article only with the one before it. Runs are followed for ``longest``
    words at most on either side of a fingerprint.
    """
    groups = list(_groups(found))
    of_article = np.array(outlets, np.int64)
    often = [_often(group, of_article, boilerplate, outlet_articles) for group in groups]
    common = _common_share(found, groups, often)
    left: list[Words] = []
    right: list[Words] = []
    aside: list[Ints] = []
    thinned = 1 + _hits(groups, all_pairs) // MAX_HITS
    while groups:
        places, articles, starts, sizes = groups.pop()
        is_common = often.pop()
        if is_common.any():
            share = np.add.reduceat(common[articles], starts) / sizes
            is_common &= share < wire_share
            aside.append(places[np.repeat(is_common, sizes)])
        followed = ~is_common & (starts % thinned == 0)
        for size in np.unique(sizes[followed]):
            at = starts[(sizes == size) & followed]
            steps = range(1, size) if size <= all_pairs else (1,)
            for step in steps:
                for k in range(size - step):
                    left.append(places[at + k].astype(np.uint32))
                    right.append(places[at + k + step].astype(np.uint32))
    return Shared(_all_runs(found, left, right, longest, least), _words_of(aside))


def _hits(groups: Sequence[tuple[Ints, Ints, Ints, Ints]], all_pairs: int) -> int:
    """How often two articles have a fingerprint in common, as far as each with each is looked at."""
    return sum(
        int(np.where(sizes <= all_pairs, sizes * (sizes - 1) // 2, sizes - 1).sum()) for _, _, _, sizes in groups
    )


def _groups(found: Table) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    """Fingerprints in more than one article: places by fingerprint, their articles, where each begins, how many."""
    buckets = BUCKETS if len(found.hashes) > ONE_BUCKET else 1
    bucket = (found.hashes >> np.uint64(60)).astype(np.uint8) if buckets > 1 else None
    for number in range(buckets):
        chosen = slice(None) if bucket is None else np.flatnonzero(bucket == number)
        hashes = found.hashes[chosen]
        if not len(hashes):
            continue
        order = np.argsort(hashes, kind="stable")
        hashes = hashes[order]
        same = hashes[1:] == hashes[:-1]
        several = np.concatenate((same, [False])) | np.concatenate(([False], same))
        places = found.places[chosen][order][several].astype(np.int64)
        hashes = hashes[several]
        articles = found.article_at(places)
        # Of an article that repeats itself the first place counts.
        first = np.ones(len(hashes), bool)
        first[1:] = (hashes[1:] != hashes[:-1]) | (articles[1:] != articles[:-1])
        places, articles, hashes = places[first], articles[first], hashes[first]
        new = np.ones(len(hashes), bool)
        new[1:] = hashes[1:] != hashes[:-1]
        starts = np.flatnonzero(new)
        sizes = np.diff(np.append(starts, len(hashes)))
        keep = np.repeat(sizes > 1, sizes)
        sizes = sizes[sizes > 1]
        starts = np.cumsum(sizes) - sizes
        yield places[keep], articles[keep], starts, sizes


def _often(
    group: tuple[Ints, Ints, Ints, Ints], outlets: Ints, boilerplate: tuple[int, int], outlet_articles: int
) -> npt.NDArray[np.bool_]:
    """Which fingerprints stand in very many articles, or in many of few outlets."""
    _, articles, starts, sizes = group
    least, most = boilerplate
    often: npt.NDArray[np.bool_] = sizes > most
    several = np.flatnonzero((sizes > least) & ~often)
    if len(several):
        number = np.repeat(several, sizes[several])
        at = np.repeat(starts[several] - (np.cumsum(sizes[several]) - sizes[several]), sizes[several])
        members = articles[at + np.arange(len(at))]
        pairs = np.unique(number * (int(outlets.max()) + 1) + outlets[members])
        spread = np.bincount(pairs // (int(outlets.max()) + 1), minlength=len(sizes))[several]
        often[several] = sizes[several] > outlet_articles * spread
    return often


def _common_share(
    found: Table, groups: Sequence[tuple[Ints, Ints, Ints, Ints]], often: Sequence[npt.NDArray[np.bool_]]
) -> npt.NDArray[np.float64]:
    """Of every article, the share of its fingerprints that stand in too many articles."""
    count = len(found.first) - 1
    common = np.zeros(max(count, 1))
    for (_, articles, _, sizes), many in zip(groups, often, strict=True):
        common += np.bincount(articles[np.repeat(many, sizes)], minlength=len(common))
    kept = np.diff(np.searchsorted(found.places, found.first.astype(np.uint32)))  # places rise
    return common[:count] / np.maximum(kept, 1)


def _words_of(places: Sequence[Ints]) -> Ints:
    if not places:
        return np.zeros(0, np.int64)
    first = np.concatenate(places)
    return np.unique((first[:, None] + np.arange(GRAM_WORDS)).ravel())


def _all_runs(found: Table, left: list[Words], right: list[Words], longest: int, least: int) -> Runs:
    """The runs of all hits, found for so many articles at a time as bounds memory."""
    hits_left = np.concatenate([np.zeros(0, np.uint32), *left])
    left.clear()
    hits_right = np.concatenate([np.zeros(0, np.uint32), *right])
    right.clear()
    parts = 1 + len(hits_left) // PART_HITS
    edges = found.first[np.linspace(0, len(found.first) - 1, parts + 1).astype(np.int64)]
    part = np.searchsorted(edges, hits_left, side="right").astype(np.uint16)
    done = []
    for number in range(1, parts + 1):
        chosen = part == number
        done.append(
            _runs(found, hits_left[chosen].astype(np.int64), hits_right[chosen].astype(np.int64), longest, least)
        )
    columns = zip(*((r.left, r.right, r.left_at, r.right_at, r.words) for r in done), strict=True)
    return Runs(*(np.concatenate(column) for column in columns))


def _runs(found: Table, left: Ints, right: Ints, longest: int, least: int) -> Runs:
    """Fingerprints that follow one another in both articles are one run, drawn out as far as the words agree."""
    order = np.argsort(((right - left) << 32) + left)
    left, right = left[order], right[order]
    starts, ends = _stretches(found, left, right, left + GRAM_WORDS)
    left, right, words = left[starts], right[starts], ends - left[starts]
    a, b = found.article_at(left), found.article_at(right)
    back = _agreeing(found, left - 1, right - 1, found.first[a], found.first[b], -1, longest)
    words += back + _agreeing(found, left + words, right + words, found.first[a + 1], found.first[b + 1], 1, longest)
    left, right = left - back, right - back
    starts, ends = _stretches(found, left, right, left + words)
    left, right, words = left[starts], right[starts], ends - left[starts]
    kept = words >= least
    left, right, words = left[kept], right[kept], words[kept]
    a, b = found.article_at(left), found.article_at(right)
    order = np.lexsort((right, left, b, a))
    return Runs(*(x[order] for x in (a, b, left, right, words)))


def _stretches(found: Table, left: Ints, right: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Where stretches that overlap or touch begin, and where they end on the left; ``left`` rises on each diagonal."""
    if not len(left):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    new = np.ones(len(left), bool)
    a, b = found.article_at(left), found.article_at(right)
    new[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1]) | (np.diff(right - left) != 0)
    # Ends rise within a diagonal once each is lifted above the one before.
    lift = np.cumsum(new) * (int(found.first[-1]) + 1)
    new[1:] |= left[1:] + lift[1:] > np.maximum.accumulate(ends + lift)[:-1]
    starts = np.flatnonzero(new)
    return starts, np.maximum.reduceat(ends, starts)


def _agreeing(
    found: Table, left: Ints, right: Ints, left_edge: Ints, right_edge: Ints, step: int, longest: int
) -> Ints:
    """How many words in a row agree from two places on, in one direction, within both articles."""
    out = np.zeros(len(left), np.int64)
    active = np.arange(len(left))
    for k in range(longest):
        x, y = left[active] + step * k, right[active] + step * k
        inside = (x >= left_edge[active]) & (y >= right_edge[active])
        if step > 0:
            inside = (x < left_edge[active]) & (y < right_edge[active])
        active, x, y = active[inside], x[inside], y[inside]
        active = active[found.words[x] == found.words[y]]
        if not len(active):
            break
        out[active] += 1
    return out
