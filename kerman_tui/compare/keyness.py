"""Keyness: which words an outlet uses more than all others together, by how much, and how sure that is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kerman_tui.memory import leaving_room
from kerman_tui.model import Article, Keyword
from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import WORD

MIN_G2 = 10.83
"""Log-likelihood from which a difference would arise by chance once in a thousand times (chi-squared, one degree)."""

MIN_RATIO = 1.0
"""Binary logarithm of how many times more frequent a key word is at least: twice."""

MIN_COUNT = 3
MIN_ARTICLES = 3
"""Articles of an outlet, if it has so many, that must use a word: what one article tells of is no wording."""

MAX_IN_ONE = 0.5
"""… and the share of its uses that may stand in one of them."""

KEPT = 50
"""Words kept for each outlet."""

LONGEST_NOTICE = 600
"""Characters of the longest paragraph that is looked out for under several articles."""


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


@dataclass(slots=True)
class _Words:
    """The words of one outlet: how often, in how many articles, and how often in the one that has it most."""

    articles: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    spread: Counter[str] = field(default_factory=Counter)
    most: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def add(self, article: Article) -> None:
        """Count an article; a paragraph that stands under many articles of the outlet counts once."""
        fresh = [p.text for p in article.paragraphs if p.text not in self.seen]
        self.seen.update(text for text in fresh if len(text) <= LONGEST_NOTICE)
        self.articles += 1
        own = Counter(WORD.findall("\n".join(fresh)))
        self.counts.update(own)
        self.spread.update(own.keys())
        most = self.most
        for word, count in own.items():
            if count > 1 and count > most.get(word, 1):
                most[word] = count

    def folded(self) -> tuple[Counter[str], dict[str, int], dict[str, int]]:
        """Counts, articles and most in one article by the folded word; the latter two of its commonest form."""
        counts: Counter[str] = Counter()
        spread: dict[str, int] = {}
        most: dict[str, int] = {}
        for form, count in self.counts.items():
            word = fold(form)
            counts[word] += count
            spread[word] = max(spread.get(word, 0), self.spread[form])
            most[word] = max(most.get(word, 1), self.most.get(form, 1))
        return counts, spread, most


def keyness(articles: Iterable[Article]) -> tuple[Keyword, ...]:
    """The key words of every outlet, most telling first; its own name is none."""
    outlets: dict[str, _Words] = {}
    for article in leaving_room(articles):
        outlets.setdefault(article.outlet, _Words()).add(article)
    folded = {outlet: words.folded() for outlet, words in outlets.items()}
    total: Counter[str] = Counter()
    for counts, _, _ in folded.values():
        total.update(counts)
    everything = total.total()
    found: list[Keyword] = []
    for outlet, (counts, spread, most) in folded.items():
        size = counts.total()
        if not size or size == everything:
            continue
        number = outlets[outlet].articles
        own_name = {fold(word) for word in WORD.findall(outlet)}
        key = []
        for word, count in counts.items():
            rest = total[word] - count
            if count < MIN_COUNT or count / size <= rest / (everything - size) or word in own_name:
                continue
            if spread[word] < min(MIN_ARTICLES, number) or len(word) < 2 or not word[0].isalpha():
                continue
            if number >= 2 * MIN_ARTICLES and most[word] > MAX_IN_ONE * count:
                continue
            g2 = log_likelihood(count, rest, size, everything - size)
            ratio = log_ratio(count, rest, size, everything - size)
            if g2 >= MIN_G2 and ratio >= MIN_RATIO:
                key.append(Keyword(outlet, word, count, rest, round(g2, 2), round(ratio, 2)))
        key.sort(key=lambda word: (-word.g2, word.word))
        found += key[:KEPT]
    return tuple(found)
