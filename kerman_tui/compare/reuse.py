"""Reuse over a whole corpus: articles in, passages that stand in more than one of them out; and best counterparts.

A table of fingerprints says which articles share runs of words. Where few do they are aligned as wholes; where many
do the runs themselves are extended to passages. What stands in very many articles that have little else in common
(copyright notices, calls to subscribe) is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kerman_tui.compare.align import align_prepared
from kerman_tui.compare.evidence import earlier_of
from kerman_tui.compare.units import Vocabulary, prepare
from kerman_tui.memory import give_back
from kerman_tui.model import Article, Comparison, Counterpart, Passage, Reuse, Row
from kerman_tui.text.diff import difference
from kerman_tui.text.tokens import WORD

if TYPE_CHECKING:
    from kerman_tui.compare.extension import Batch
    from kerman_tui.compare.fingerprints import Table
    from kerman_tui.compare.runs import Runs

BOILERPLATE_ARTICLES = 10
BOILERPLATE_SHARE = 0.002
BOILERPLATE_AT_MOST = 60
"""A passage in more articles than this (a share of the corpus, between two numbers) is boilerplate …"""

OUTLET_ARTICLES = 5
"""… and one in more than ``BOILERPLATE_ARTICLES`` if in so many of every outlet that has it at all …"""

WIRE_SHARE = 0.4
"""… unless so large a share of what those articles say is as common: then they are copies of one report."""

ALL_PAIRS = 24
"""A passage in more articles is followed from article to article, not between any two of them."""

LONGEST_RUN = 120
"""Words by which a run is drawn out at most on either side of its fingerprints."""

EVERY_PAIR = 300
"""Up to so many pairs (25 articles) all are aligned, whether they share runs of words or not."""

ALIGNED_PAIRS = 1_500
ALIGNED_WORDS = 3_000_000
"""Up to so many pairs of articles, of so many words in all, are aligned sentence by sentence; where there are more,
their runs are extended. A book beside many articles that it quotes is many words."""

BATCH_PAIRS = 1_000
ALONE_PAIRS = 8_000
"""Pairs whose runs are extended together, and up to how many in this process: starting others would take longer."""

PREPARED_KEPT = 512
PLACES_KEPT = 8_192
"""Articles kept ready while passages are cut out, aligned or extended: some 50 MB."""

MIN_WORDS = 8
"""Words of the shortest passage that is called reuse where articles are aligned …"""

MIN_FAR_WORDS = 12
"""… and where runs are extended."""

NEAR_WINDOW = 2
MIN_RUN = 6
MIN_RUNS = 11
"""Where one 5-gram of so many is kept: words in a row that two articles must share to be looked at, or in several runs.
"""

MIN_FAR_RUN = 8
"""Where fewer are kept: words of a run that counts by itself; a shorter one must go on beyond an edit."""

MIN_EDITED_RUN = 4
"""Words in a row that a passage which is edited by half must share, unless it is a title."""

HALF_EDITED = 0.65

NEAR_DUPLICATE = 0.8
"""Share of the shorter article's words, in runs that the longer has too, from which the two are near-duplicates."""


def reuse(articles: Iterable[Article], kept: Path | None = None) -> Iterator[Reuse]:
    """Yield the passages that two articles share, pairs of articles with most words in common first.

    With ``kept``, a folder, fingerprints are kept there, and when articles were added only those are read anew.
    """
    known = _Corpus(_sequence(articles), kept)
    yield from known.passages(known.pairs())


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two articles, by id, of which the shorter stands in the longer for the most part; ``share`` (0 to 1) of it."""

    left: str
    right: str
    share: float


def near_duplicates(articles: Iterable[Article], kept: Path | None = None) -> Iterator[NearDuplicate]:
    """Yield the pairs of articles that are one article but for little, most words in common first."""
    known = _Corpus(_sequence(articles), kept)
    yield from known.near_duplicates(known.pairs())


def shared(
    articles: Iterable[Article], kept: Path | None = None
) -> tuple[tuple[Reuse, ...], tuple[NearDuplicate, ...]]:
    """What ``reuse`` and ``near_duplicates`` give, for the reading of one."""
    known = _Corpus(_sequence(articles), kept)
    pairs = known.pairs()
    return tuple(known.passages(pairs)), tuple(known.near_duplicates(pairs))


def _outlets(articles: Sequence[Article]) -> list[int]:
    """The outlet of every article as a number; a store knows it without reading the article."""
    named = getattr(articles, "outlet", None) or (lambda number: articles[number].outlet)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(named(at), len(numbers)) for at in range(len(articles))]


def _sequence(articles: Iterable[Article]) -> Sequence[Article]:
    if hasattr(articles, "__getitem__") and hasattr(articles, "__len__"):
        return articles  # type: ignore[return-value]
    return list(articles)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two articles by number, the slice of their runs, and the words in them."""

    left: int
    right: int
    runs: slice
    words: int


class _Corpus:
    """The fingerprints of a corpus and what they lead to."""

    def __init__(self, articles: Sequence[Article], kept: Path | None = None) -> None:
        from kerman_tui.compare.fingerprints import GRAM_WORDS
        from kerman_tui.compare.kept import table_of
        from kerman_tui.compare.places import WordsOf
        from kerman_tui.compare.runs import hits, runs

        self._articles = articles
        self._words = lru_cache(PLACES_KEPT)(
            lambda number: WordsOf(self._articles[number], self._table.lines_of(number))
        )
        self._table: Table = table_of(articles, kept)
        give_back()
        share = int(BOILERPLATE_SHARE * len(articles))
        found = hits(
            self._table,
            outlets=_outlets(articles),
            boilerplate=(BOILERPLATE_ARTICLES, max(BOILERPLATE_ARTICLES, min(BOILERPLATE_AT_MOST, share))),
            outlet_articles=OUTLET_ARTICLES,
            wire_share=WIRE_SHARE,
            all_pairs=ALL_PAIRS,
        )
        self._common = found.common
        self._table = self._table.words_alone()
        window = self._table.window
        least = GRAM_WORDS + window // 2 if window <= NEAR_WINDOW else MIN_FAR_RUN
        self._runs: Runs = runs(self._table, found, LONGEST_RUN, least, MIN_FAR_WORDS)
        give_back()

    def pairs(self) -> list[_Pair]:
        """Pairs of articles that share runs, most words first."""
        import numpy as np

        runs = self._runs
        new = np.ones(len(runs.left), bool)
        new[1:] = (runs.left[1:] != runs.left[:-1]) | (runs.right[1:] != runs.right[:-1])
        starts = np.flatnonzero(new)
        ends = np.append(starts[1:], len(new))
        words = np.add.reduceat(runs.words, starts) if len(starts) else runs.words
        longest = np.maximum.reduceat(runs.words, starts) if len(starts) else runs.words
        order = np.lexsort((runs.right[starts], runs.left[starts], -words))
        if len(starts) > ALIGNED_PAIRS and self._table.window <= NEAR_WINDOW:
            order = order[(longest[order] >= MIN_RUN) | (words[order] >= MIN_RUNS)]
        chosen = zip(
            *(x[order].tolist() for x in (runs.left[starts], runs.right[starts], starts, ends, words)), strict=True
        )
        found = [_Pair(left, right, slice(start, end), total) for left, right, start, end, total in chosen]
        count = len(self._articles)
        if count * (count - 1) // 2 <= EVERY_PAIR:  # an edited passage need not have a run of five words
            known = {(pair.left, pair.right) for pair in found}
            rest = (pair for pair in combinations(range(count), 2) if pair not in known)
            found += [_Pair(left, right, slice(0, 0), 0) for left, right in rest]
        return found

    def passages(self, pairs: Sequence[_Pair]) -> Iterable[Reuse]:
        """The passages of pairs, by alignment of wholes where that is not too much: its time is that of their words."""
        words = sum(self._size(pair.left) + self._size(pair.right) for pair in pairs[: ALIGNED_PAIRS + 1])
        few = len(pairs) <= ALIGNED_PAIRS and words <= ALIGNED_WORDS
        return self.aligned(pairs) if few else self.extended(pairs)

    def near_duplicates(self, pairs: Iterable[_Pair]) -> Iterator[NearDuplicate]:
        """The pairs of which the shorter article stands in the longer for the most part."""
        for pair in pairs:
            share = min(1.0, pair.words / max(min(self._size(pair.left), self._size(pair.right)), 1))
            if share >= NEAR_DUPLICATE:
                yield NearDuplicate(self._articles[pair.left].id, self._articles[pair.right].id, share)

    def _size(self, number: int) -> int:
        return int(self._table.first[number + 1] - self._table.first[number])

    def aligned(self, pairs: Iterable[_Pair]) -> Iterator[Reuse]:
        """The passages of pairs by alignment of the whole articles."""
        vocabulary = Vocabulary()
        prepared = lru_cache(PREPARED_KEPT)(lambda number: prepare(self._articles[number], vocabulary))
        for pair in pairs:
            left, right = prepared(pair.left), prepared(pair.right)
            for one in passages(left.article, right.article, align_prepared(left, right)):
                if not (self._is_common(pair.left, one.left) or self._is_common(pair.right, one.right)):
                    yield one

    def extended(self, pairs: Sequence[_Pair]) -> list[Reuse]:
        """The passages of pairs by extension of their runs."""
        from kerman_tui.compare.cores import in_order
        from kerman_tui.compare.extension import extended_runs
        from kerman_tui.compare.places import with_marks

        # Articles are read for their passages in their own order: each is at hand when it is asked for once more.
        pairs = sorted(pairs, key=lambda pair: (pair.left, pair.right))
        batches = (self._batch(pairs[at : at + BATCH_PAIRS]) for at in range(0, len(pairs), BATCH_PAIRS))
        every = chain.from_iterable(in_order(extended_runs, batches, alone=len(pairs) <= ALONE_PAIRS))
        found: list[tuple[tuple[int, int, int], Reuse]] = []
        for pair, stretches in zip(pairs, every, strict=True):
            base, other = int(self._table.first[pair.left]), int(self._table.first[pair.right])
            kept = [
                one
                for one in stretches
                if not (
                    self._mostly_common(base + one.a, base + one.b) or self._mostly_common(other + one.c, other + one.d)
                )
            ]
            if not kept:
                continue
            left, right = self._words(pair.left), self._words(pair.right)
            rank = -sum(one.common for one in kept), pair.left, pair.right
            for one in kept:
                both = with_marks(left.article, right.article, left.passage(one.a, one.b), right.passage(one.c, one.d))
                found.append((rank, between(left.article, right.article, *both)))
        found.sort(key=lambda entry: entry[0])
        return [one for _, one in found]

    def _batch(self, pairs: Sequence[_Pair]) -> Batch:
        from kerman_tui.compare.extension import Batch

        table, runs = self._table, self._runs
        numbers = sorted({number for pair in pairs for number in (pair.left, pair.right)})
        first = {number: int(table.first[number]) for number in numbers}
        return Batch(
            {number: (table.words_of(number), table.lines_of(number)) for number in numbers},
            [
                (
                    pair.left,
                    pair.right,
                    [(i - first[pair.left], j - first[pair.right], words) for i, j, words in runs.of(pair.runs)],
                )
                for pair in pairs
            ],
            MIN_FAR_WORDS,
        )

    def _mostly_common(self, first: int, last: int) -> bool:
        """Whether half of some words, by their numbers in the table, are boilerplate."""
        common = self._common
        low, high = common.searchsorted((first, last))
        return bool(2 * (high - low) >= max(last - first, 1))

    def _is_common(self, number: int, passage: Passage) -> bool:
        first, last = self._table.first[number], self._table.first[number + 1]
        low, high = self._common.searchsorted((first, last))
        if low == high:
            return False
        start, end = self._words(number).numbers(passage)
        return self._mostly_common(int(first) + start, int(first) + end)


# --- passages of one comparison ---------------------------------------------------------------------------------


def passages(left: Article, right: Article, comparison: Comparison) -> Iterator[Reuse]:
    """The passages of ``MIN_WORDS`` words that a comparison shows to be shared.

    Adjacent rows of one paragraph on both sides are one passage.
    """
    last: list[Row] = []
    aligned = [row for row in comparison.rows if row.left is not None and row.right is not None]
    for row in aligned:
        if not _is_reuse(row, len(aligned)):
            continue
        if last and not _adjacent(last[-1], row):
            yield from _joined(left, right, last)
            last = []
        last.append(row)
    yield from _joined(left, right, last)


def _is_reuse(row: Row, aligned: int) -> bool:
    if row.similarity >= HALF_EDITED or row.left is None or row.right is None:
        return True
    if row.left.paragraph is None and row.right.paragraph is None:
        # Headlines of one event are alike; only with other passages in common does one come from the other.
        return aligned > 1
    return difference(row.left.text, row.right.text).run >= MIN_EDITED_RUN


def _adjacent(one: Row, two: Row) -> bool:
    return all(
        a is not None and b is not None and a.paragraph == b.paragraph and 0 <= b.start - a.end <= 3
        for a, b in ((one.left, two.left), (one.right, two.right))
    )


def _joined(left: Article, right: Article, rows: list[Row]) -> Iterator[Reuse]:
    if not rows:
        return
    ours, theirs = (
        _span(article, [getattr(row, side) for row in rows]) for article, side in ((left, "left"), (right, "right"))
    )
    one = between(left, right, ours, theirs)
    if max(one.words, _count(theirs.text)) >= MIN_WORDS:
        yield one


def _span(article: Article, passages: Sequence[Passage]) -> Passage:
    first, last = passages[0], passages[-1]
    return Passage(first.paragraph, first.start, last.end, article.text_of(first.paragraph)[first.start : last.end])


def between(left: Article, right: Article, ours: Passage, theirs: Passage) -> Reuse:
    """Reuse of one passage, by its texts verbatim or edited; other marks than quotation marks are no edit."""
    kind: Literal["verbatim", "edited"] = "verbatim"
    if ours.text != theirs.text:
        if _letters(ours.text) != _letters(theirs.text):
            kind = "edited"
        else:
            found = difference(ours.text, theirs.text)
            if found.similarity < 1 or any(e.nature in ("words", "case", "quotation marks") for e in found.edits):
                kind = "edited"
    words = _count(ours.text)
    outlets = left.outlet, right.outlet
    return Reuse((left.id, right.id), outlets, ours, theirs, kind, words, earlier_of(left, right))


@lru_cache(256)
def _count(text: str) -> int:
    """Words of a text; a passage that many articles have is asked for again and again."""
    return len(WORD.findall(text))


_OTHER = re.compile(r"[\W_]+")


def _letters(text: str) -> str:
    return _OTHER.sub("", text).casefold()


# --- counterparts -----------------------------------------------------------------------------------------------


def counterparts(article: Article, articles: Iterable[Article], limit: int = 10) -> tuple[Counterpart, ...]:
    """The articles most worth comparing with one: by shared words, then by what they tell of."""
    from kerman_tui.compare.counterparts import nearest

    return nearest(article, _sequence(articles), limit)
