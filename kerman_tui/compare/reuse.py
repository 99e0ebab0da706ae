"""Reuse over a whole corpus: articles in, passages that stand in more than one of them out; and best counterparts.

A table of fingerprints says which articles share runs of words. The pairs that share most are aligned sentence by
sentence; where there are more than that is affordable for, the rest are given by their runs alone. What stands in very
many articles that have little else in common (copyright notices, calls to subscribe) is set aside.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kerman_tui.compare.align import align_prepared
from kerman_tui.compare.evidence import earlier_of
from kerman_tui.compare.units import Vocabulary, prepare
from kerman_tui.model import Article, Comparison, Counterpart, Passage, Reuse, Row
from kerman_tui.text.diff import difference
from kerman_tui.text.tokens import words as words_of

if TYPE_CHECKING:
    from kerman_tui.compare.fingerprints import Shared, Table

BOILERPLATE_ARTICLES = 10
BOILERPLATE_SHARE = 0.002
"""A passage in more articles than this (the greater of a number and a share of the corpus) is boilerplate …"""

WIRE_SHARE = 0.4
"""… unless so large a share of what those articles say is as common: then they are copies of one report."""

ALL_PAIRS = 24
"""A passage in more articles is followed from article to article, not between any two of them."""

LONGEST_RUN = 120
"""Words by which a run is followed at most on either side of each of its fingerprints."""

EVERY_PAIR = 300
"""Up to so many pairs (25 articles) all are aligned, whether they share runs of words or not."""

ALIGNED_PAIRS = 1_500
"""Up to so many pairs of articles are all aligned sentence by sentence: about five seconds' work."""

ALIGNED_OF_MANY = 400
"""Where there are more, so many are: those with most words in common. Passages of the rest are runs of words."""

PLACES_KEPT = 8_192
"""Articles whose words' places are kept while passages are cut out: some 50 MB."""

MIN_WORDS = 8
"""Words of the shortest passage that is called reuse where articles are aligned …"""

MIN_RUN_WORDS = 12
"""… and where only runs of words are known."""

MIN_EDITED_RUN = 4
"""Words in a row that a passage which is edited by half must share, unless it is a title."""

HALF_EDITED = 0.65

NEAR_DUPLICATE = 0.8
"""Share of the shorter article's words, in runs that the longer has too, from which the two are near-duplicates."""

MAX_GAP = 8
"""Words between two runs, on either side, that belong to one edited passage."""


def reuse(articles: Iterable[Article], kept: Path | None = None) -> Iterator[Reuse]:
    """Yield the passages that two articles share, pairs of articles with most words in common first.

    With ``kept``, a folder, fingerprints are kept there, and when articles were added only those are read anew.
    """
    known = _Corpus(_sequence(articles), kept)
    pairs = known.pairs()
    aligned = len(pairs) if len(pairs) <= ALIGNED_PAIRS else ALIGNED_OF_MANY
    for pair in pairs[:aligned]:
        yield from known.aligned(pair)
    # Articles are read again for their passages: in their own order, each is at hand when it is asked for once more.
    for pair in sorted(pairs[aligned:], key=lambda pair: (pair.left, pair.right)):
        yield from known.by_runs(pair)


def near_duplicates(articles: Iterable[Article], kept: Path | None = None) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of ids of articles of which the shorter stands in the other for the most part, and that share."""
    known = _Corpus(_sequence(articles), kept)
    for pair in known.pairs():
        share = known.share(pair)
        if share >= NEAR_DUPLICATE:
            yield known.id(pair.left), known.id(pair.right), share


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
        from kerman_tui.compare.fingerprints import GRAM_WORDS, article_text, shared, table
        from kerman_tui.compare.kept import kept_table

        self._articles = articles
        self._places = lru_cache(PLACES_KEPT)(lambda number: _Places(self._articles[number]))
        self._table: Table = (
            table(article_text(article) for article in articles) if kept is None else kept_table(articles, kept)
        )
        count = len(articles)
        self._shared: Shared = shared(
            self._table,
            boilerplate=max(BOILERPLATE_ARTICLES, int(BOILERPLATE_SHARE * count)),
            wire_share=WIRE_SHARE,
            all_pairs=ALL_PAIRS,
            longest=LONGEST_RUN,
            least=GRAM_WORDS if self._table.window == 1 else MIN_WORDS,
        )

    def pairs(self) -> list[_Pair]:
        """Pairs of articles that share runs, most words first."""
        import numpy as np

        runs = self._shared.runs
        new = np.ones(len(runs.left), bool)
        new[1:] = (runs.left[1:] != runs.left[:-1]) | (runs.right[1:] != runs.right[:-1])
        starts = np.flatnonzero(new)
        ends = np.append(starts[1:], len(new))
        words = np.add.reduceat(runs.words, starts) if len(starts) else runs.words
        longest = np.maximum.reduceat(runs.words, starts) if len(starts) else runs.words
        order = np.lexsort((runs.right[starts], runs.left[starts], -words))
        few = len(starts) <= ALIGNED_PAIRS
        found = [
            _Pair(int(runs.left[starts[k]]), int(runs.right[starts[k]]), slice(starts[k], ends[k]), int(words[k]))
            for k in order
            if few or longest[k] >= MIN_RUN_WORDS or words[k] >= 2 * MIN_RUN_WORDS
        ]
        count = len(self._articles)
        if count * (count - 1) // 2 <= EVERY_PAIR:  # an edited passage need not have a run of five words
            known = {(pair.left, pair.right) for pair in found}
            rest = (pair for pair in combinations(range(count), 2) if pair not in known)
            found += [_Pair(left, right, slice(0, 0), 0) for left, right in rest]
        return found

    def id(self, number: int) -> str:
        return self._articles[number].id

    def share(self, pair: _Pair) -> float:
        """Share of the shorter article's words that stand in runs of both."""
        first = self._table.first
        shorter = min(int(first[n + 1] - first[n]) for n in (pair.left, pair.right))
        return min(1.0, pair.words / max(shorter, 1))

    def aligned(self, pair: _Pair) -> Iterator[Reuse]:
        """The passages of a pair by alignment."""
        left, right = self._articles[pair.left], self._articles[pair.right]
        vocabulary = Vocabulary()
        comparison = align_prepared(prepare(left, vocabulary), prepare(right, vocabulary))
        common = (
            _CommonWords(self._table, self._shared, pair.left, left),
            _CommonWords(self._table, self._shared, pair.right, right),
        )
        for one in passages(left, right, comparison):
            if not (common[0].mostly(one.left) or common[1].mostly(one.right)):
                yield one

    def by_runs(self, pair: _Pair) -> Iterator[Reuse]:
        """The passages of a pair by its runs of equal words."""
        places = self._places(pair.left), self._places(pair.right)
        left, right = places[0].article, places[1].article
        firsts = int(self._table.first[pair.left]), int(self._table.first[pair.right])
        runs = self._shared.runs
        last: tuple[int, int, int, int, int] | None = None
        for k in range(pair.runs.start, pair.runs.stop):
            a, b = int(runs.left_at[k]) - firsts[0], int(runs.right_at[k]) - firsts[1]
            for p, q, length in _within_paragraphs(places, a, b, int(runs.words[k])):
                if last is not None:
                    gap = p - last[1], q - last[3]
                    if min(gap) >= 0 and max(gap) <= MAX_GAP and _one_paragraph(places, last, p, q):
                        last = (last[0], p + length, last[2], q + length, last[4] + length)
                        continue
                    yield from _run_reuse(left, right, places, last)
                last = (p, p + length, q, q + length, length)
        if last is not None:
            yield from _run_reuse(left, right, places, last)


class _Places:
    """Where the words of the fingerprints stand in the paragraphs of an article."""

    def __init__(self, article: Article) -> None:
        import numpy as np

        from kerman_tui.compare.fingerprints import article_text, tokens

        self.article = article
        found = tokens(article_text(article))
        self._starts, self._ends = found.starts.astype(np.int32), found.ends.astype(np.int32)
        self._lines = [0]
        for text in [article.title, *(paragraph.text for paragraph in article.paragraphs)]:
            self._lines.append(self._lines[-1] + len(text) + 1)

    def paragraph(self, word: int) -> int:
        """0 for the title, else the paragraph's number and one."""
        return bisect_right(self._lines, int(self._starts[word])) - 1

    def end_of(self, line: int) -> int:
        """The number of the first word after a paragraph."""
        import numpy as np

        return int(np.searchsorted(self._starts, self._lines[line + 1]))

    def words(self, passage: Passage) -> tuple[int, int]:
        """The words that begin in a passage."""
        import numpy as np

        base = self._lines[0 if passage.paragraph is None else passage.paragraph + 1]
        first, last = np.searchsorted(self._starts, (base + passage.start, base + passage.end))
        return int(first), int(last)

    def passage(self, first: int, last: int) -> Passage:
        """The text from one word to before another, in one paragraph."""
        line = self.paragraph(first)
        start = int(self._starts[first]) - self._lines[line]
        end = int(self._ends[last - 1]) - self._lines[line]
        number = None if line == 0 else line - 1
        return Passage(number, start, end, self.article.text_of(number)[start:end])


def _within_paragraphs(places: tuple[_Places, _Places], a: int, b: int, words: int) -> Iterator[tuple[int, int, int]]:
    while words > 0:
        length = min(words, places[0].end_of(places[0].paragraph(a)) - a, places[1].end_of(places[1].paragraph(b)) - b)
        yield a, b, length
        a, b, words = a + length, b + length, words - length


def _one_paragraph(places: tuple[_Places, _Places], last: tuple[int, int, int, int, int], a: int, b: int) -> bool:
    return places[0].paragraph(last[0]) == places[0].paragraph(a) and places[1].paragraph(last[2]) == places[
        1
    ].paragraph(b)


def _run_reuse(
    left: Article, right: Article, places: tuple[_Places, _Places], last: tuple[int, int, int, int, int]
) -> Iterator[Reuse]:
    a, b, c, d, words = last
    if words >= MIN_RUN_WORDS:
        kind: Literal["verbatim", "edited"] = "verbatim" if words == b - a == d - c else "edited"
        yield _reuse(left, right, places[0].passage(a, b), places[1].passage(c, d), kind, words)


class _CommonWords:
    """Which words of an article are boilerplate."""

    def __init__(self, table: Table, shared: Shared, number: int, article: Article) -> None:
        import numpy as np

        low, high = np.searchsorted(shared.common, (table.first[number], table.first[number + 1]))
        self._common = shared.common[low:high] - table.first[number]
        self._places = _Places(article) if high > low else None

    def mostly(self, passage: Passage) -> bool:
        """Whether half of the words of a passage are."""
        import numpy as np

        if self._places is None:
            return False
        first, last = self._places.words(passage)
        low, high = np.searchsorted(self._common, (first, last))
        return bool(2 * (high - low) >= max(last - first, 1))


# --- passages of one comparison ---------------------------------------------------------------------------------


def passages(left: Article, right: Article, comparison: Comparison) -> Iterator[Reuse]:
    """The passages that a comparison shows to be shared: adjacent rows of one paragraph on both sides are one."""
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
    words = sum(1 for _ in words_of(ours.text))
    if max(words, sum(1 for _ in words_of(theirs.text))) < MIN_WORDS:
        return
    verbatim = all(
        row.similarity == 1 and not any(e.nature in ("words", "case", "quotation marks") for e in row.edits)
        for row in rows
    )
    yield _reuse(left, right, ours, theirs, "verbatim" if verbatim else "edited", words)


def _span(article: Article, passages: Sequence[Passage]) -> Passage:
    first, last = passages[0], passages[-1]
    return Passage(first.paragraph, first.start, last.end, article.text_of(first.paragraph)[first.start : last.end])


def _reuse(
    left: Article,
    right: Article,
    ours: Passage,
    theirs: Passage,
    kind: Literal["verbatim", "edited"],
    words: int,
) -> Reuse:
    return Reuse((left.id, right.id), (left.outlet, right.outlet), ours, theirs, kind, words, earlier_of(left, right))


# --- counterparts -----------------------------------------------------------------------------------------------


def counterparts(article: Article, articles: Iterable[Article], limit: int = 10) -> tuple[Counterpart, ...]:
    """The articles most worth comparing with one: by shared words, then by what they tell of."""
    from kerman_tui.compare.counterparts import nearest

    return nearest(article, _sequence(articles), limit)
