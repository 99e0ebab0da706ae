"""Fit the weights of listing.toml anew on pages made from news articles: ``python -m tests.ingest.fit_listing DATA``.

Logistic regression by Newton's method. Prints the table; half of the articles are kept for measuring.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kerman_tui.ingest import listing
from kerman_tui.ingest.lines import lines_of
from tests.ingest import news_pages

Row = tuple[listing.Signs, bool]
_STEPS, _CLIP = 60, 30.0


def fit(rows: list[Row], ridge: float) -> dict[str, float]:
    """Weights by sign, with the constant."""
    names = list(rows[0][0])
    x: NDArray[np.float64] = np.array([[1.0, *(signs[name] for name in names)] for signs, _ in rows])
    y = np.array([truth for _, truth in rows], dtype=np.float64)
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -_CLIP, _CLIP)))
        gradient = x.T @ (chance - y) + ridge * weights
        curvature = (x * (chance * (1 - chance))[:, None]).T @ x + ridge * np.eye(x.shape[1])
        weights -= np.linalg.solve(curvature, gradient)
    return dict(zip(["constant", *names], map(float, weights), strict=True))


def _sum(weights: dict[str, float], signs: listing.Signs) -> float:
    return weights["constant"] + sum(weights[name] * value for name, value in signs.items())


def run(data: Path) -> None:
    """Fit the three levels one on the other and print them as TOML."""
    rng = random.Random(1)
    pool = news_pages.items(data, half=0)
    pages = [news_pages.listing(rng, pool) for _ in range(300)]
    pages += [news_pages.single(item) for item in rng.sample(pool, 3000)]
    alone = []
    for one in pages:
        lines = lines_of(one.text)
        found = [index for index in range(len(lines)) if listing.may_be_headline(lines, index)]
        words = listing.Words(lines)
        alone.append((one, lines, {index: listing.line_signs(lines, index, words) for index in found}))
    line = fit(
        [(s, lines[i].number in one.headlines) for one, lines, a in alone if one.is_listing for i, s in a.items()], 0.1
    )
    context_rows, contexts = [], []
    for one, lines, signs in alone:
        among = listing.context_signs(signs, [_sum(line, s) for s in signs.values()])
        contexts.append(among)
        if one.is_listing:
            context_rows += [(s, lines[i].number in one.headlines) for i, s in zip(signs, among, strict=True)]
    context = fit(context_rows, 0.1)
    page_rows = []
    for (one, lines, signs), among in zip(alone, contexts, strict=True):
        if len(signs) >= 2:
            scores = [_sum(context, s) for s in among]
            page_rows.append((listing.page_signs(lines, list(signs), scores), one.is_listing))
    for level, weights in (("line", line), ("context", context), ("page", fit(page_rows, 0.3))):
        sys.stdout.write(f"\n[{level}]\n" + "".join(f"{name} = {value:.2f}\n" for name, value in weights.items()))


if __name__ == "__main__":
    run(Path(sys.argv[1]))
