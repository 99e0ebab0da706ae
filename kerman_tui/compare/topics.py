"""What articles tell of: articles in, weighted words (TF-IDF) out, and which articles are nearest to which.

This module imports numpy; import it inside functions only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kerman_tui.compare.align import align
from kerman_tui.compare.fingerprints import Ints, article_text, tokens
from kerman_tui.model import Article, Counterpart

FEATURES = 1 << 20
"""Words are told apart by twenty bits of their hash: two of a hundred thousand words rarely meet."""

CANDIDATES = 12
"""Nearest articles that are aligned with the one asked about, to count the words they share."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Topics:
    """Word weights of articles: the row of article n is ``first[n]`` to ``first[n + 1]`` and has length 1."""

    first: Ints
    features: npt.NDArray[np.int32]
    weights: Floats
    idf: Floats

    def row(self, number: int) -> tuple[npt.NDArray[np.int32], Floats]:
        at = slice(self.first[number], self.first[number + 1])
        return self.features[at], self.weights[at]

    def likeness(self, features: npt.NDArray[np.int32], weights: Floats) -> Floats:
        """Cosine of every article with the given words."""
        dense = np.zeros(FEATURES, np.float32)
        dense[features] = weights
        products = dense[self.features] * self.weights
        sums = np.concatenate(([0.0], np.cumsum(products, dtype=np.float64)))
        return (sums[self.first[1:]] - sums[self.first[:-1]]).astype(np.float32)


def counted(text: str) -> tuple[npt.NDArray[np.int32], Floats]:
    """The words of a text as features, and the dampened count of each."""
    hashes = (tokens(text).hashes & np.uint64(FEATURES - 1)).astype(np.int32)
    features, counts = np.unique(hashes, return_counts=True)
    return features.astype(np.int32), (1 + np.log(counts)).astype(np.float32)


def topics(texts: Iterable[str]) -> Topics:
    """Weigh the words of texts by how often each stands in one and in how few it stands at all."""
    rows = [counted(text) for text in texts]
    first = np.concatenate(([0], np.cumsum([len(features) for features, _ in rows]))).astype(np.int64)
    features = np.concatenate([f for f, _ in rows]) if rows else np.zeros(0, np.int32)
    weights = np.concatenate([w for _, w in rows]) if rows else np.zeros(0, np.float32)
    spread = np.bincount(features, minlength=FEATURES)
    idf = np.log((len(rows) + 1) / (spread + 0.5)).clip(min=0).astype(np.float32)
    weights = weights * idf[features]
    squares = np.concatenate(([0.0], np.cumsum(weights.astype(np.float64) ** 2)))
    lengths = np.sqrt(np.maximum(squares[first[1:]] - squares[first[:-1]], 1e-12))
    weights = (weights / np.repeat(lengths, np.diff(first))).astype(np.float32)
    return Topics(first, features, weights, idf)


def nearest(article: Article, articles: Sequence[Article], limit: int) -> tuple[Counterpart, ...]:
    """The articles nearest to one, by what they share word for word and by what they tell of."""
    index = topics(article_text(one) for one in articles)
    features, counts = counted(article_text(article))
    weights = counts * index.idf[features]
    length = float(np.sqrt((weights**2).sum())) or 1.0
    likeness = index.likeness(features, (weights / length).astype(np.float32))
    ranked = []
    for number in np.argsort(-likeness, kind="stable")[: max(CANDIDATES, limit) + 1]:
        other = articles[int(number)]
        if other.id == article.id:
            continue
        side = align(article, other).left
        ranked.append((-(side.coverage + float(likeness[number])), other.id, side.shared_words, side.coverage))
    ranked.sort()
    return tuple(Counterpart(id_, shared, coverage) for _, id_, shared, coverage in ranked[:limit])
