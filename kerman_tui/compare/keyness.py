"""Keyness: which words an outlet uses more than all others together, by how much, and how sure that is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from kerman_tui.model import Article, Keyword
from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import WORD

MIN_G2 = 10.83
"""Log-likelihood from which a difference would arise by chance once in a thousand times (chi-squared, one degree)."""

MIN_COUNT = 3
KEPT = 50
"""Words kept for each outlet."""


def log_likelihood(count: int, rest: int, size: int, rest_size: int) -> float:
    """G2 of a word that stands ``count`` times in ``size`` words and ``rest`` times in ``rest_size`` (Dunning 1993)."""
    share = (count + rest) / (size + rest_size)
    total = 0.0
    for seen, expected in ((count, size * share), (rest, rest_size * share)):
        if seen:
            total += seen * math.log(seen / expected)
    return 2 * total


def log_ratio(count: int, rest: int, size: int, rest_size: int) -> float:
    """Binary logarithm of how many times more frequent a word is (Hardie 2014); half a word stands for none."""
    return math.log2(((count or 0.5) / size) / ((rest or 0.5) / rest_size))


def keyness(articles: Iterable[Article]) -> tuple[Keyword, ...]:
    """The key words of every outlet, most telling first."""
    as_written: dict[str, Counter[str]] = {}
    for article in articles:
        own = as_written.setdefault(article.outlet, Counter())
        for paragraph in article.paragraphs:
            own.update(WORD.findall(paragraph.text))
    counts: dict[str, Counter[str]] = {}
    for outlet, written in as_written.items():
        folded = counts.setdefault(outlet, Counter())
        for form, count in written.items():
            folded[fold(form)] += count
    total: Counter[str] = Counter()
    for own in counts.values():
        total.update(own)
    everything = total.total()
    found: list[Keyword] = []
    for outlet, own in counts.items():
        size = own.total()
        if not size or size == everything:
            continue
        key = []
        for word, count in own.items():
            rest = total[word] - count
            if count < MIN_COUNT or count / size <= rest / (everything - size):
                continue
            g2 = log_likelihood(count, rest, size, everything - size)
            if g2 >= MIN_G2:
                ratio = log_ratio(count, rest, size, everything - size)
                key.append(Keyword(outlet, word, count, rest, round(g2, 2), round(ratio, 2)))
        key.sort(key=lambda word: (-word.g2, word.word))
        found += key[:KEPT]
    return tuple(found)
