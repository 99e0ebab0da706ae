"""Runs of words that articles share: a table of fingerprints in, the runs of every two articles out, boilerplate aside.

This module imports numpy; import it inside functions only.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kerman_tui.compare.fingerprints import GRAM_WORDS, Ints, Table, Words

BUCKET_BITS = 4
ONE_BUCKET = 3_000_000
"""A table of more fingerprints is sorted in parts, by so many bits, to bound memory."""

MAX_HITS = 12_000_000
"""Fingerprints in common of any two articles that are followed up; of more, some of each run."""

PART_HITS = 500_000
"""So many of them are made into runs at a time."""


BEYOND, AGREEING = 6, 4
"""Of so many words beyond an edit so many must agree for a short run to be part of an edited passage."""

RARE_ARTICLES = 6
"""A fingerprint in at most so many articles is rare: few turns of phrase are."""

_Group = tuple[Words, Words, Ints, Ints]


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
class Hits:
    """Places in two articles each that have one fingerprint; ``common``: the words (in order) that too many say.

    ``rare``: whether it stands in few articles.
    """

    left: Words
    right: Words
    rare: npt.NDArray[np.bool_]
    common: Ints


def hits(
    found: Table,
    *,
    outlets: Sequence[int],
    boilerplate: tuple[int, int],
    outlet_articles: int,
    wire_share: float,
    all_pairs: int,
) -> Hits:
    """Every fingerprint that stands in more than one article, by pairs of articles.

    A 5-gram in more articles than the greater number of ``boilerplate``, or in more than the lesser and in more than
    ``outlet_articles`` of each outlet that has it, is set aside, unless most of what those articles say is that common
    (``wire_share`` of their words): then it is wire copy. ``outlets``: that of each article, as a number. A 5-gram in
    more than ``all_pairs`` articles links each article only with the one before it.
    """
    groups = _groups(found)
    of_article = np.array(outlets, np.int64)
    often = [_often(group, of_article, boilerplate, outlet_articles) for group in groups]
    common = _common_share(found, groups, often)
    left: list[Words] = []
    right: list[Words] = []
    rare: list[npt.NDArray[np.bool_]] = []
    aside: list[Words] = []
    thinned = 1 + _count(groups, all_pairs) // MAX_HITS
    while groups:
        places, articles, starts, sizes = groups.pop()
        is_common = often.pop()
        if is_common.any():
            share = np.add.reduceat(common[articles], starts) / sizes
            is_common &= share < wire_share
            aside.append(places[np.repeat(is_common, sizes)])
        followed = ~is_common & (starts % thinned == 0)
        for size in np.flatnonzero(np.bincount(sizes[followed], minlength=1)):
            at = starts[(sizes == size) & followed]
            steps = range(1, size) if size <= all_pairs else (1,)
            for step in steps:
                for k in range(size - step):
                    left.append(places[at + k])
                    right.append(places[at + k + step])
                    rare.append(np.full(len(at), size <= RARE_ARTICLES))
    none = np.zeros(0, np.uint32)
    return Hits(
        np.concatenate([none, *left]),
        np.concatenate([none, *right]),
        np.concatenate([none.astype(bool), *rare]),
        _words_of(found, aside),
    )


def _count(groups: Sequence[_Group], all_pairs: int) -> int:
    """How often two articles have a fingerprint in common, as far as each with each is looked at."""
    return sum(
        int(np.where(sizes <= all_pairs, sizes * (sizes - 1) // 2, sizes - 1).sum()) for _, _, _, sizes in groups
    )


def _groups(found: Table) -> list[_Group]:
    """Fingerprints in more than one article, in parts that are sorted side by side."""
    if len(found.hashes) <= ONE_BUCKET:
        return [_group(found, None)] if len(found.hashes) else []
    # Winnowing keeps small hashes: the lowest bits alone tell nothing of it.
    bucket = found.hashes.view(np.uint8)[:: found.hashes.itemsize] & np.uint8((1 << BUCKET_BITS) - 1)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # sorting lets other threads work
        parts = pool.map(lambda number: _group(found, np.flatnonzero(bucket == number)), range(1 << BUCKET_BITS))
        return [part for part in parts if len(part[0])]


def _group(found: Table, chosen: Ints | None) -> _Group:
    """Places by fingerprint, their articles, where each fingerprint begins, in how many articles it stands."""
    hashes = found.hashes if chosen is None else found.hashes[chosen]
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    several = np.zeros(len(hashes), bool)
    several[1:] = hashes[1:] == hashes[:-1]
    several[:-1] |= several[1:]
    order, hashes = order[several], hashes[several]
    places = found.places[order if chosen is None else chosen[order]]
    articles = found.article_at(places).astype(np.uint32)
    # Of an article that repeats itself the first place counts.
    first = np.ones(len(hashes), bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (articles[1:] != articles[:-1])
    places, articles, hashes = places[first], articles[first], hashes[first]
    new = np.ones(len(hashes), bool)
    new[1:] = hashes[1:] != hashes[:-1]
    sizes = np.diff(np.append(np.flatnonzero(new), len(hashes)))
    keep = np.repeat(sizes > 1, sizes)
    sizes = sizes[sizes > 1]
    return places[keep], articles[keep], np.cumsum(sizes) - sizes, sizes


def _often(group: _Group, outlets: Ints, boilerplate: tuple[int, int], outlet_articles: int) -> npt.NDArray[np.bool_]:
    """Which fingerprints stand in very many articles, or in many of few outlets."""
    _, articles, starts, sizes = group
    least, most = boilerplate
    often: npt.NDArray[np.bool_] = sizes > most
    several = np.flatnonzero((sizes > least) & ~often)
    if len(several):
        number = np.repeat(several, sizes[several])
        at = np.repeat(starts[several] - (np.cumsum(sizes[several]) - sizes[several]), sizes[several])
        members = articles[at + np.arange(len(at))]
        pairs = np.sort(number * (int(outlets.max()) + 1) + outlets[members])
        pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))]
        spread = np.bincount(pairs // (int(outlets.max()) + 1), minlength=len(sizes))[several]
        often[several] = sizes[several] > outlet_articles * spread
    return often


def _common_share(
    found: Table, groups: Sequence[_Group], often: Sequence[npt.NDArray[np.bool_]]
) -> npt.NDArray[np.float64]:
    """Of every article, the share of its fingerprints that stand in too many articles."""
    count = len(found.first) - 1
    common = np.zeros(max(count, 1))
    for (_, articles, _, sizes), many in zip(groups, often, strict=True):
        common += np.bincount(articles[np.repeat(many, sizes)], minlength=len(common))
    kept = np.diff(np.searchsorted(found.places, found.first.astype(np.uint32)))  # places rise
    return common[:count] / np.maximum(kept, 1)


def _words_of(found: Table, fingerprints: Sequence[Words]) -> Ints:
    """The words of fingerprints, each once, in order."""
    inside = np.zeros(int(found.first[-1]), bool)
    for first in fingerprints:
        for k in range(GRAM_WORDS):
            inside[first + k] = True
    return np.flatnonzero(inside)


def runs(found: Table, hits: Hits, longest: int, least: int, least_common: int) -> Runs:
    """The runs of ``least`` words and more that hits lead to, drawn out for ``longest`` words at most on either side.

    A shorter one is kept where the articles agree again beyond a word that was changed, put in or left out. A run
    without a rare fingerprint is a turn of phrase unless it has ``least_common`` words.

    They are found for so many articles at a time as bounds memory.
    """
    parts = 1 + len(hits.left) // PART_HITS
    edges = found.first[np.linspace(0, len(found.first) - 1, parts + 1).astype(np.int64)]
    part = np.searchsorted(edges, hits.left, side="right").astype(np.uint16)

    def done(number: int) -> Runs:
        chosen = part == number
        left, right = hits.left[chosen].astype(np.int64), hits.right[chosen].astype(np.int64)
        return _runs(found, left, right, hits.rare[chosen], longest, least, least_common)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found_runs = list(pool.map(done, range(1, parts + 1)))
    columns = zip(*((r.left, r.right, r.left_at, r.right_at, r.words) for r in found_runs), strict=True)
    return Runs(*(np.concatenate(column) for column in columns))


def _runs(
    found: Table, left: Ints, right: Ints, rare: npt.NDArray[np.bool_], longest: int, least: int, least_common: int
) -> Runs:
    """Fingerprints that follow one another in both articles are one run, drawn out as far as the words agree."""
    order = np.argsort(((right - left) << 32) + left)
    left, right, rare = left[order], right[order], rare[order]
    starts, ends = _stretches(found, left, right, left + GRAM_WORDS)
    left, right, words, rare = left[starts], right[starts], ends - left[starts], _any(rare, starts)
    a, b = found.article_at(left), found.article_at(right)
    back = _agreeing(found, left - 1, right - 1, found.first[a], found.first[b], -1, longest)
    words += back + _agreeing(found, left + words, right + words, found.first[a + 1], found.first[b + 1], 1, longest)
    left, right = left - back, right - back
    starts, ends = _stretches(found, left, right, left + words)
    left, right, words, rare = left[starts], right[starts], ends - left[starts], _any(rare, starts)
    kept = np.flatnonzero(rare | (words >= least_common))
    left, right, words = left[kept], right[kept], words[kept]
    a, b = found.article_at(left), found.article_at(right)
    kept = np.flatnonzero((words >= least) | _goes_on(found, left, right, words, a, b))
    a, b, left, right, words = a[kept], b[kept], left[kept], right[kept], words[kept]
    order = np.lexsort((right, left, b, a))
    return Runs(*(x[order] for x in (a, b, left, right, words)))


def _goes_on(found: Table, left: Ints, right: Ints, words: Ints, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
    """Whether two articles agree again just before or after a run, where one word was edited."""
    out = np.zeros(len(left), bool)
    last = len(found.words) - 1
    for step, at in ((-1, -1), (1, words)):
        x, y = left + at, right + at
        for skip_x, skip_y in ((1, 1), (1, 0), (0, 1)):
            agreeing = np.zeros(len(left), np.int8)
            for k in range(BEYOND):
                i, j = x + step * (skip_x + k), y + step * (skip_y + k)
                inside = (i >= found.first[a]) & (j >= found.first[b])
                inside &= (i < found.first[a + 1]) & (j < found.first[b + 1])
                agreeing += inside & (found.words[np.clip(i, 0, last)] == found.words[np.clip(j, 0, last)])
            out |= agreeing >= AGREEING
    return out


def _any(flags: npt.NDArray[np.bool_], starts: Ints) -> npt.NDArray[np.bool_]:
    """Whether any flag is set from each start to the next."""
    return np.logical_or.reduceat(flags, starts) if len(starts) else flags


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
