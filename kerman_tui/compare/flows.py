"""Reuse summed up: passages in; the same passage in many articles as one group, and what flows between outlets, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


def flows(found: Iterable[Reuse], articles: Iterable[Article]) -> tuple[Flow, ...]:
    """What each outlet shares with each other one, the greatest number of words first. ``articles``: all of them."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for article in articles:
        sizes[article.outlet] += sum(_words(paragraph.text) for paragraph in article.paragraphs)
    passages: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    places: defaultdict[tuple[str, str], list[tuple[str, Passage]]] = defaultdict(list)
    for one in found:
        if one.outlets[0] == one.outlets[1]:
            continue
        for own, passage in ((0, one.left), (1, one.right)):
            pair = one.outlets[own], one.outlets[1 - own]
            counts = passages[pair]
            counts[0] += 1
            counts[1] += one.earlier == one.articles[own]
            counts[2] += one.earlier == one.articles[1 - own]
            places[pair].append((one.articles[own], passage))
    rows = []
    for pair, (count, earlier, later) in passages.items():
        words = _covered(places[pair])
        rows.append(Flow(*pair, count, words, words / max(sizes[pair[0]], 1), earlier, later))
    return tuple(sorted(rows, key=lambda row: (-row.words, row.outlet, row.other)))


def _covered(places: Iterable[tuple[str, Passage]]) -> int:
    """Words in the passages, those in several of them once."""
    total = 0
    reached: tuple[str, int | None, int] = ("", None, 0)
    order = sorted(
        places, key=lambda p: (p[0], -1 if p[1].paragraph is None else p[1].paragraph, p[1].start, -p[1].end)
    )
    for article, passage in order:
        start = passage.start
        if reached[:2] == (article, passage.paragraph):
            start = max(start, reached[2])
        if start < passage.end:
            total += _words(passage.text[start - passage.start :])
        reached = (article, passage.paragraph, max(start, passage.end))
    return total


def _words(text: str) -> int:
    return len(WORD.findall(text))
