"""Reuse over a whole corpus: articles in, passages that stand in more than one of them out; and best counterparts.

A table of fingerprints says which articles share runs of words. The pairs that share most are aligned as wholes; of
the rest, where there are more than time allows, the paragraphs that share runs. What stands in very many articles that
have little else in common (copyright notices, calls to subscribe) is set aside.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

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
"""Where there are more, so many are: those with most words in common. Of the rest, the paragraphs that share runs."""

PLACES_KEPT = 8_192
"""Articles whose words' places are kept while passages are cut out: some 50 MB."""

MIN_WORDS = 8
"""Words of the shortest passage that is called reuse where articles are aligned …"""

MIN_FAR_WORDS = 12
"""… and where only the paragraphs of an article that share runs are."""

MIN_RUN = 6
"""Words in a row that two articles of a larger corpus must share to be looked at; in a winnowed one MIN_FAR_RUN."""

MIN_FAR_RUN = 15

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
    pairs = known.pairs()
    whole = len(pairs) if len(pairs) <= ALIGNED_PAIRS else ALIGNED_OF_MANY
    for pair in pairs[:whole]:
        yield from known.aligned(pair, whole=True)
    # Articles are read again for their passages: in their own order, each is at hand when it is asked for once more.
    for pair in sorted(pairs[whole:], key=lambda pair: (pair.left, pair.right)):
        yield from known.aligned(pair, whole=False)


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two articles, by id, of which the shorter stands in the longer for the most part; ``share`` (0 to 1) of it."""

    left: str
    right: str
    share: float


def near_duplicates(articles: Iterable[Article], kept: Path | None = None) -> Iterator[NearDuplicate]:
    """Yield the pairs of articles that are one article but for little, most words in common first."""
    known = _Corpus(_sequence(articles), kept)
    for pair in known.pairs():
        share = known.share(pair)
        if share >= NEAR_DUPLICATE:
            yield NearDuplicate(known.id(pair.left), known.id(pair.right), share)


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
        least = MIN_RUN if self._table.window == 1 else MIN_FAR_RUN
        found = [
            _Pair(int(runs.left[starts[k]]), int(runs.right[starts[k]]), slice(starts[k], ends[k]), int(words[k]))
            for k in order
            if few or longest[k] >= least or words[k] >= 2 * least
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

    def aligned(self, pair: _Pair, *, whole: bool) -> Iterator[Reuse]:
        """The passages of a pair by alignment, of the ``whole`` articles or of the paragraphs that share runs."""
        left, right = self._articles[pair.left], self._articles[pair.right]
        shown = (left, right) if whole else self._around_runs(pair)
        vocabulary = Vocabulary()
        comparison = align_prepared(prepare(shown[0], vocabulary), prepare(shown[1], vocabulary))
        common = self._common(pair.left), self._common(pair.right)
        for one in passages(left, right, comparison, MIN_WORDS if whole else MIN_FAR_WORDS):
            if not (common[0].mostly(one.left) or common[1].mostly(one.right)):
                yield one

    def _common(self, number: int) -> _CommonWords:
        return _CommonWords(self._table, self._shared, number, self._places)

    def _around_runs(self, pair: _Pair) -> tuple[Article, Article]:
        """The articles of a pair, of their texts only the paragraphs that their runs stand in."""
        runs = self._shared.runs
        sides = []
        for number, at in ((pair.left, runs.left_at), (pair.right, runs.right_at)):
            places = self._places(number)
            first = int(self._table.first[number])
            lines: set[int] = set()
            for start, words in zip(at[pair.runs].tolist(), runs.words[pair.runs].tolist(), strict=True):
                low, high = places.line(start - first), places.line(start - first + words - 1)
                lines.update(range(low, high + 1))
            article = places.article
            texts = (
                paragraph if number in lines else replace(paragraph, text="")
                for number, paragraph in enumerate(article.paragraphs, 1)
            )
            sides.append(replace(article, title=article.title if 0 in lines else "", paragraphs=tuple(texts)))
        return sides[0], sides[1]


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

    def line(self, word: int) -> int:
        """The paragraph that a word stands in: 0 for the title, else the paragraph's number and one."""
        return bisect_right(self._lines, int(self._starts[word])) - 1

    def words(self, passage: Passage) -> tuple[int, int]:
        """The words that begin in a passage."""
        import numpy as np

        base = self._lines[0 if passage.paragraph is None else passage.paragraph + 1]
        first, last = np.searchsorted(self._starts, (base + passage.start, base + passage.end))
        return int(first), int(last)


class _CommonWords:
    """Which words of an article are boilerplate."""

    def __init__(self, table: Table, shared: Shared, number: int, places: Callable[[int], _Places]) -> None:
        import numpy as np

        low, high = np.searchsorted(shared.common, (table.first[number], table.first[number + 1]))
        self._common = shared.common[low:high] - table.first[number]
        self._places = places(number) if high > low else None

    def mostly(self, passage: Passage) -> bool:
        """Whether half of the words of a passage are."""
        import numpy as np

        if self._places is None:
            return False
        first, last = self._places.words(passage)
        low, high = np.searchsorted(self._common, (first, last))
        return bool(2 * (high - low) >= max(last - first, 1))


# --- passages of one comparison ---------------------------------------------------------------------------------


def passages(left: Article, right: Article, comparison: Comparison, least: int = MIN_WORDS) -> Iterator[Reuse]:
    """The passages of ``least`` words that a comparison shows to be shared.

    Adjacent rows of one paragraph on both sides are one passage.
    """
    last: list[Row] = []
    aligned = [row for row in comparison.rows if row.left is not None and row.right is not None]
    for row in aligned:
        if not _is_reuse(row, len(aligned)):
            continue
        if last and not _adjacent(last[-1], row):
            yield from _joined(left, right, last, least)
            last = []
        last.append(row)
    yield from _joined(left, right, last, least)


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


def _joined(left: Article, right: Article, rows: list[Row], least: int) -> Iterator[Reuse]:
    if not rows:
        return
    ours, theirs = (
        _span(article, [getattr(row, side) for row in rows]) for article, side in ((left, "left"), (right, "right"))
    )
    words = sum(1 for _ in words_of(ours.text))
    if max(words, sum(1 for _ in words_of(theirs.text))) < least:
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
