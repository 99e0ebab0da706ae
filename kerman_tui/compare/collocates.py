"""Collocates: articles and a word (or a person's spellings) in, the words near it in each outlet out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kerman_tui.compare.keyness import log_likelihood, log_ratio
from kerman_tui.model import Article, Span
from kerman_tui.text.tokens import Word, words

WINDOW = 5
"""Words on either side that count as near."""

MIN_G2 = 3.84
"""Log-likelihood from which a word would stand there by chance once in twenty times."""

MIN_NEAR = 2
KEPT = 30
"""Collocates kept for each outlet."""

INSTANCES = 20
"""Places kept for each collocate."""


@dataclass(frozen=True, slots=True)
class Collocate:
    """``word`` stands ``near`` times near the node in ``outlet``, and ``count`` times in all of it; see Keyword."""

    outlet: str
    word: str
    near: int
    count: int
    g2: float
    log_ratio: float
    instances: tuple[Span, ...]


def collocates(articles: Iterable[Article], node: str | Collection[str], window: int = WINDOW) -> tuple[Collocate, ...]:
    """Words near a node word, phrase or any of several spellings, per outlet, the most strongly bound first."""
    nodes = [tuple(word.key for word in words(form)) for form in ([node] if isinstance(node, str) else node)]
    nodes = [form for form in nodes if form]
    total: dict[str, Counter[str]] = {}
    near: dict[str, Counter[str]] = {}
    places: dict[tuple[str, str], list[Span]] = {}
    for article in articles:
        everywhere, beside = total.setdefault(article.outlet, Counter()), near.setdefault(article.outlet, Counter())
        for number, paragraph in enumerate(article.paragraphs):
            found = list(words(paragraph.text))
            keys = [word.key for word in found]
            everywhere.update(keys)
            for at in sorted(_near(keys, nodes, window)):
                beside[keys[at]] += 1
                kept = places.setdefault((article.outlet, keys[at]), [])
                if len(kept) < INSTANCES:
                    kept.append(_span(article, number, found[at]))
    rows: list[Collocate] = []
    for outlet, beside in near.items():
        size, rest_size = beside.total(), total[outlet].total() - beside.total()
        bound = []
        for word, count in beside.items():
            rest = total[outlet][word] - count
            if count < MIN_NEAR or rest_size <= 0 or count / size <= rest / rest_size:
                continue
            g2, ratio = log_likelihood(count, rest, size, rest_size), log_ratio(count, rest, size, rest_size)
            if g2 < MIN_G2:
                continue
            instances = tuple(places[outlet, word])
            bound.append(Collocate(outlet, word, count, count + rest, round(g2, 2), round(ratio, 2), instances))
        rows += sorted(bound, key=lambda row: (-row.g2, row.word))[:KEPT]
    return tuple(rows)


def _near(keys: Sequence[str], nodes: Sequence[tuple[str, ...]], window: int) -> set[int]:
    """Places near a node, each once, the nodes themselves left out."""
    beside: set[int] = set()
    inside: set[int] = set()
    for form in nodes:
        for at, key in enumerate(keys):
            if key == form[0] and tuple(keys[at : at + len(form)]) == form:
                end = at + len(form)
                inside.update(range(at, end))
                beside.update(range(max(0, at - window), min(len(keys), end + window)))
    return beside - inside


def _span(article: Article, paragraph: int, word: Word) -> Span:
    return Span(article.id, paragraph, word.start, word.end)
