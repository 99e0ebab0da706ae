"""What articles tell of: texts in, weighted words (TF-IDF) out, and which articles are near which.

Names and numbers count double. So that words mean as much in a folder of ten articles as in an archive, they are
weighed as if some articles on other matters were there too. This module imports numpy; import it inside functions only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from kerman_tui.compare.fingerprints import Ints, tokens

FEATURES = 1 << 20
"""Words are told apart by twenty bits of their hash: two of a hundred thousand words rarely meet."""

FEW = 20
"""A word of so many articles is multiplied pair by pair: most words are, and few pairs have any one of them."""

COLUMNS = 4_096
"""Words that articles are multiplied by at a time: some 20 MB for a thousand articles."""

NAME_WEIGHT = 2.0
"""Weight of a word that begins with a capital or a digit."""

OTHERS = 150
"""Articles on other matters that are imagined beside those at hand …"""

OTHERS_SHARE = 0.02
"""… and the share of them in which a word is thought to stand, unless it is a small word, which stands everywhere."""

SMALL_WORD = 5
SMALL_WORD_CAPITALS = 0.25
"""A small word has at most so many letters and is seldom written with a capital."""

NEAR_DAYS = 2
HALF_LIFE_DAYS = 10
"""Reports of one event appear within days; each ``HALF_LIFE_DAYS`` beyond ``NEAR_DAYS`` halves their likeness."""

_CAPITALS_SIZE = 0x20000

Features = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Days = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """The words of one text: feature, weighted count, how often with a capital, letters."""

    features: Features
    counts: Floats
    capitals: Floats
    lengths: Ints


def counted(text: str, names: Collection[str] = ()) -> Counts:
    """Count the words of a text. ``names`` (people, places) count once more."""
    if names:
        text = "\n".join([text, *names])
    found = tokens(text)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    capital = _capitals()[np.minimum(points[found.starts], _CAPITALS_SIZE - 1)]
    features, where = np.unique(found.hashes & np.uint64(FEATURES - 1), return_inverse=True)
    length = np.zeros(len(features), np.int64)
    length[where] = found.ends - found.starts
    return Counts(
        features.astype(np.int32),
        np.bincount(where, np.where(capital, NAME_WEIGHT, 1.0), len(features)).astype(np.float32),
        np.bincount(where, capital, len(features)).astype(np.float32),
        length,
    )


@cache
def _capitals() -> npt.NDArray[np.bool_]:
    chars = (chr(point) for point in range(_CAPITALS_SIZE))
    return np.fromiter((char.isupper() or char.isdigit() for char in chars), bool, _CAPITALS_SIZE)


@dataclass(frozen=True, slots=True)
class Topics:
    """Word weights of articles: the row of article n is ``first[n]`` to ``first[n + 1]`` and has length 1."""

    first: Ints
    features: Features
    weights: Floats
    idf: Floats

    def row(self, number: int) -> tuple[Features, Floats]:
        at = slice(self.first[number], self.first[number + 1])
        return self.features[at], self.weights[at]

    def weighed(self, counts: Counts) -> tuple[Features, Floats]:
        """The row of a text that may not be of the corpus."""
        weights = (1 + np.log(counts.counts)) * self.idf[counts.features]
        return counts.features, (weights / max(float(np.sqrt((weights**2).sum())), 1e-6)).astype(np.float32)

    def likeness(self, row: tuple[Features, Floats]) -> Floats:
        """Cosine (0 to 1) of a row with those of all articles."""
        dense = np.zeros(FEATURES, np.float32)
        dense[row[0]] = row[1]
        sums = np.concatenate(([0.0], np.cumsum(dense[self.features] * self.weights, dtype=np.float64)))
        cosines: Floats = (sums[self.first[1:]] - sums[self.first[:-1]]).astype(np.float32)
        return cosines

    def among(self, low: int, high: int, end: int) -> Floats:
        """Cosines of each of the articles ``low`` to ``high`` (rows) with those after it up to ``end``.

        The columns are the articles ``low`` to ``end``; of an article with itself or with one before it nothing is
        said. Words of few articles are multiplied pair by pair, the others as matrices.
        """
        at = slice(self.first[low], self.first[end])
        article = np.repeat(np.arange(end - low), np.diff(self.first[low : end + 1]))
        # Of each word its articles stand together, in order.
        order = np.argsort(self.features[at], kind="stable")
        article, weights, words = article[order], self.weights[at][order], self.features[at][order]
        starts = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1]))) if len(words) else np.zeros(0, int)
        sizes = np.diff(np.append(starts, len(words)))
        cells, products = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
        for size in range(2, FEW + 1):  # a word of one article makes it like no other
            first = starts[sizes == size]
            for i, j in combinations(range(size), 2):
                one = first[article[first + i] < high - low]
                cells.append(article[one + i] * (end - low) + article[one + j])
                products.append(weights[one + i] * weights[one + j])
        sums = np.bincount(np.concatenate(cells), np.concatenate(products), (high - low) * (end - low))
        total: Floats = sums.astype(np.float32).reshape(high - low, end - low)
        many = np.flatnonzero(sizes > FEW)
        for part in np.array_split(many, max(1, -(-len(many) // COLUMNS))):
            chosen = np.repeat(starts[part], sizes[part]) + _counted_up(sizes[part])
            dense = np.zeros((end - low, len(part)), np.float32)
            dense[article[chosen], np.repeat(np.arange(len(part)), sizes[part])] = weights[chosen]
            total += dense[: high - low] @ dense.T
        return total


def _counted_up(sizes: Ints) -> Ints:
    """0, 1, 2 … for each of some sizes, one after the other."""
    counted_up: Ints = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return counted_up


def topics(rows: Iterable[Counts]) -> Topics:
    """Weigh the words of texts by how often each stands in one and in how few it stands at all."""
    gathered = Gathered()
    for row in rows:
        gathered.add(row)
    return gathered.topics(range(len(gathered)))


class Gathered:
    """Texts whose words are counted but not yet weighed: of each its words stay, in eight bytes a word."""

    def __init__(self) -> None:
        self._spread, self._capitals, self._total, self._lengths = (np.zeros(FEATURES, np.float32) for _ in range(4))
        self._rows: list[tuple[Features, Floats]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: Counts) -> None:
        """Take in one text more."""
        self._spread[row.features] += 1
        self._capitals[row.features] += row.capitals
        self._total[row.features] += row.counts - (NAME_WEIGHT - 1) * row.capitals
        self._lengths[row.features] = row.lengths
        self._rows.append((row.features, row.counts))

    def topics(self, order: Sequence[int]) -> Topics:
        """The texts in another order, with their words weighed; what was gathered is gone."""
        rows, self._rows = [self._rows[number] for number in order], []
        number = len(rows)
        small = (self._lengths <= SMALL_WORD) & (self._capitals < SMALL_WORD_CAPITALS * self._total)
        elsewhere = np.where(small, self._spread * (OTHERS / max(number, 1)), OTHERS * OTHERS_SHARE)
        idf = np.log((number + OTHERS + 1) / (self._spread + elsewhere + 0.5)).clip(min=0).astype(np.float32)
        first = np.cumsum([0, *(len(features) for features, _ in rows)]).astype(np.int64)
        flat, weights = np.empty(first[-1], np.int32), np.empty(first[-1], np.float32)
        rows.reverse()
        for start, end in pairwise(first.tolist()):
            features, counts = rows.pop()
            row = (1 + np.log(counts)) * idf[features]
            flat[start:end] = features
            weights[start:end] = row / np.sqrt(max(float(row @ row.astype(np.float64)), 1e-12))
        return Topics(first, flat, weights, idf)


def average_link(number: int, edges: Iterable[tuple[int, int, float]], threshold: float) -> list[list[int]]:
    """Group 0 to ``number`` - 1 by agglomeration: the two groups most alike join while they are ``threshold`` alike.

    The likeness of two groups is the mean over their pairs (UPGMA, Sokal and Michener 1958); a pair without an edge
    counts 0. Groups and their members come out in rising order.
    """
    import heapq

    rows: list[dict[int, float]] = [{} for _ in range(number)]
    for a, b, likeness in edges:
        rows[a][b] = rows[b][a] = likeness
    members: list[list[int]] = [[n] for n in range(number)]
    heap = [(-likeness, a, b, 1, 1) for a, row in enumerate(rows) for b, likeness in row.items() if a < b]
    heap = [entry for entry in heap if -entry[0] >= threshold]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if len(members[a]) != size_a or len(members[b]) != size_b:
            continue
        members[a] += members[b]
        members[b] = []
        for c, total in rows[b].items():
            if c != a:
                rows[a][c] = rows[c][a] = rows[a].get(c, 0.0) + total
                del rows[c][b]
        rows[a].pop(b, None)
        rows[b] = {}
        for c, total in rows[a].items():
            mean = total / (len(members[a]) * len(members[c]))
            if mean >= threshold:
                low, high = min(a, c), max(a, c)
                heapq.heappush(heap, (-mean, low, high, len(members[low]), len(members[high])))
    return sorted(sorted(group) for group in members if group)


def same_time(days: Days, own: Days) -> Floats:
    """1 for days near one another, less for those apart; 1 where a day is not known (``nan``)."""
    beyond = np.nan_to_num(np.abs(days - own) - NEAR_DAYS, nan=0.0)
    factors: Floats = (0.5 ** (np.maximum(0, beyond) / HALF_LIFE_DAYS)).astype(np.float32)
    return factors


def days_of(days: Iterable[int | None]) -> Days:
    """Ordinal days as an array, ``nan`` for one that is not known."""
    return np.array([np.nan if day is None else day for day in days], np.float64)
