"""Reuse summed up: passages in; the same passage in many articles as one group, and what flows between outlets, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kerman_tui.model import Article, Passage, Reuse, Span
from kerman_tui.text.tokens import WORD


@dataclass(frozen=True, slots=True)
class Flow:
    """What ``outlet`` shares with ``other``.

    ``words``: words of the outlet that stand in shared passages, each counted once; ``share``: of all its words.
    ``earlier`` and ``later``: passages where dates say that the outlet had them first, or the other; the rest is open.
    """

    outlet: str
    other: str
    passages: int
    words: int
    share: float
    earlier: int
    later: int


def span_of(article: str, passage: Passage) -> Span:
    """The span of a passage of an article."""
    return Span(article, passage.paragraph, passage.start, passage.end)


def grouped(found: Iterable[Reuse]) -> list[list[Reuse]]:
    """Put together what is one passage in several articles: where spans share half of the shorter. Largest first."""
    listed = list(found)
    root = list(range(len(listed)))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    places: defaultdict[tuple[str, int | None], list[tuple[int, int, int]]] = defaultdict(list)
    for number, one in enumerate(listed):
        for id_, passage in zip(one.articles, (one.left, one.right), strict=True):
            places[id_, passage.paragraph].append((passage.start, passage.end, number))
    for spans in places.values():
        spans.sort()
        open_spans: list[tuple[int, int, int]] = []
        for start, end, number in spans:
            open_spans = [span for span in open_spans if span[1] > start]
            for other_start, other_end, other in open_spans:
                if 2 * (min(end, other_end) - start) >= min(end - start, other_end - other_start):
                    root[find(number)] = find(other)
            open_spans.append((start, end, number))
    groups: defaultdict[int, list[Reuse]] = defaultdict(list)
    for number, one in enumerate(listed):
        groups[find(number)].append(one)
    return sorted(groups.values(), key=lambda group: -len(group))


def flows(found: Iterable[Reuse], articles: Mapping[str, Article]) -> tuple[Flow, ...]:
    """What each outlet shares with each other one, the greatest number of words first."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for article in articles.values():
        sizes[article.outlet] += sum(_words(paragraph.text) for paragraph in article.paragraphs)
    passages: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    spans: defaultdict[tuple[str, str], set[Span]] = defaultdict(set)
    for one in found:
        if one.outlets[0] == one.outlets[1]:
            continue
        for own, passage in ((0, one.left), (1, one.right)):
            pair = one.outlets[own], one.outlets[1 - own]
            counts = passages[pair]
            counts[0] += 1
            counts[1] += one.earlier == one.articles[own]
            counts[2] += one.earlier == one.articles[1 - own]
            spans[pair].add(span_of(one.articles[own], passage))
    rows = []
    for pair, (count, earlier, later) in passages.items():
        words = _covered(spans[pair], articles)
        rows.append(Flow(*pair, count, words, words / max(sizes[pair[0]], 1), earlier, later))
    return tuple(sorted(rows, key=lambda row: (-row.words, row.outlet, row.other)))


def _covered(spans: Iterable[Span], articles: Mapping[str, Article]) -> int:
    """Words in the spans, those in several of them once."""
    total = 0
    reached: tuple[str, int | None, int] = ("", None, 0)
    order = sorted(spans, key=lambda s: (s.article, -1 if s.paragraph is None else s.paragraph, s.start))
    for span in order:
        start = max(span.start, reached[2]) if reached[:2] == (span.article, span.paragraph) else span.start
        total += _words(articles[span.article].text_of(span.paragraph)[start : span.end]) if start < span.end else 0
        reached = (span.article, span.paragraph, max(start, span.end))
    return total


def _words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))
