"""Fingerprints of a whole corpus: articles in, one table of hashed word 5-grams out, and who shares which of them.

Words are found and hashed by numpy over many articles at a time. In a large corpus the 5-grams are winnowed (Schleimer,
Wilkerson and Aiken 2003): of every four in a row at least one is kept, so that a shared run of eight words is never
missed. This module imports numpy; import it inside functions only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from kerman_tui.model import Article

GRAM_WORDS = 5
WINNOW_WINDOW = 4
EXACT_WORDS = 3_000_000
"""Up to so many words in all, every 5-gram is kept."""

CHUNK_CHARACTERS = 1_500_000
"""Characters hashed at a time: about 100 MB of arrays."""

BUCKETS = 16
"""Parts into which a large table is split while it is sorted, to bound memory."""

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]

_TABLE_SIZE = 0x20000
_BASE = 0x9E3779B97F4A7C15
_MIX = (0x9FB21C651E98DF25, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3)


def article_text(article: Article) -> str:
    """What of an article is fingerprinted: title and paragraphs, a line each."""
    return "\n".join([article.title, *(paragraph.text for paragraph in article.paragraphs)])


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of a text: offsets in code points, and their hashes. Case and accents are folded away."""

    starts: Ints
    ends: Ints
    hashes: Hashes


def tokens(text: str) -> Tokens:
    """Cut a text into words (runs of letters and digits) and hash them."""
    table = _letters()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = table[np.minimum(points, _TABLE_SIZE - 1)]
    inside = np.concatenate(([False], letters != 0, [False])).view(np.int8)
    edges = np.flatnonzero(np.diff(inside))
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(len(points))
    sums = np.zeros(len(points) + 1, np.uint64)
    # A word's hash is a difference of prefix sums, brought back to the first power (arithmetic modulo 2^64).
    np.cumsum(letters * powers[: len(points)], out=sums[1:])
    return Tokens(starts, ends, _mixed((sums[ends] - sums[starts]) * inverses[starts]))


@cache
def _letters() -> Hashes:
    """A random number for every letter and digit, the same for letters that fold together; 0 for all else."""
    base = np.zeros(_TABLE_SIZE, np.uint32)
    for point in range(_TABLE_SIZE):
        char = chr(point)
        if char.isalnum():
            folded = unicodedata.normalize("NFKD", char.casefold())
            base[point] = next((ord(c) for c in folded if not unicodedata.combining(c)), point)
    base = np.minimum(base, _TABLE_SIZE - 1)
    numbers = np.random.Generator(np.random.PCG64(24_000)).integers(1, 2**63, _TABLE_SIZE, dtype=np.uint64)
    return np.where(base > 0, numbers[base], np.uint64(0))


_grown: list[tuple[Hashes, Hashes]] = []


def _powers(length: int) -> tuple[Hashes, Hashes]:
    if not _grown or len(_grown[0][0]) < length + 1:
        size = max(length + 1, 2 * CHUNK_CHARACTERS)
        both = []
        for base in (_BASE, pow(_BASE, -1, 2**64)):
            powers = np.full(size, base, np.uint64)
            powers[0] = 1
            both.append(np.multiply.accumulate(powers))
        _grown[:] = [(both[0], both[1])]
    return _grown[0]


def _mixed(hashes: Hashes) -> Hashes:
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(32)
    return hashes


def grams(words: Hashes | Words) -> Hashes:
    """Hashes of every ``GRAM_WORDS`` words in a row, by the place of the first."""
    count = max(0, len(words) - GRAM_WORDS + 1)
    out = np.zeros(count, np.uint64)
    for k in range(GRAM_WORDS):
        out += words[k : k + count].astype(np.uint64) * np.uint64(_MIX[k])
    return _mixed(out)


def winnow(hashes: Hashes, window: int) -> npt.NDArray[np.bool_]:
    """Which hashes are the least of some ``window`` in a row."""
    count = len(hashes) - window + 1
    if window == 1 or count < 1:
        return np.ones(len(hashes), bool)
    least = hashes[:count].copy()
    for k in range(1, window):
        np.minimum(least, hashes[k : k + count], out=least)
    kept = np.zeros(len(hashes), bool)
    for k in range(window):
        kept[k : k + count] |= hashes[k : k + count] == least
    return kept


@dataclass(frozen=True, slots=True)
class Table:
    """Fingerprints of a corpus. ``words``: hashes of all its words in order; ``first``: where each article begins.

    ``hashes`` and ``places``: the 5-grams kept, and the number of their first word.
    """

    words: Words
    first: Ints
    hashes: Hashes
    places: Words
    window: int
    """Of so many 5-grams in a row at least one is kept."""

    def article_at(self, places: npt.NDArray[np.uint32] | Ints) -> Ints:
        """The number of the article that a word stands in."""
        return np.searchsorted(self.first, places, side="right") - 1


def table(texts: Iterable[str], window: int | None = None) -> Table:
    """Fingerprint texts in order; ``window`` is chosen by size unless given. Memory: about 10 bytes a word."""
    words: list[Words] = []
    counts: list[Ints] = []
    for chunk in _chunks(texts):
        found = tokens("\n".join(chunk))
        edges = np.cumsum([0, *(len(text) + 1 for text in chunk)])
        words.append((found.hashes >> np.uint64(32)).astype(np.uint32))
        counts.append(np.diff(np.searchsorted(found.starts, edges)))
    everything = np.concatenate([np.zeros(0, np.uint32), *words])
    words.clear()
    first = np.concatenate([np.zeros(1, np.int64), *counts]).cumsum()
    window = window or (1 if len(everything) <= EXACT_WORDS else WINNOW_WINDOW)
    hashes, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint32)]
    step = CHUNK_CHARACTERS
    for at in range(0, len(everything), step):
        # Windows overlap the next part, so that the same 5-grams are kept wherever a part ends.
        part = grams(everything[at : at + step + GRAM_WORDS + window - 2])
        kept = np.flatnonzero(winnow(part, window)[:step]) + at
        inside = np.searchsorted(first, kept, side="right") == np.searchsorted(
            first, kept + GRAM_WORDS - 1, side="right"
        )
        kept = kept[inside]
        hashes.append(part[kept - at])
        places.append(kept.astype(np.uint32))
    return Table(everything, first, np.concatenate(hashes), np.concatenate(places), window)


def grown(found: Table, texts: Iterable[str]) -> Table:
    """A table with further texts after those it has; theirs alone are read."""
    more = table(texts, found.window)
    offset = int(found.first[-1])
    return Table(
        np.concatenate([found.words, more.words]),
        np.concatenate([found.first, more.first[1:] + offset]),
        np.concatenate([found.hashes, more.hashes]),
        np.concatenate([found.places, more.places + np.uint32(offset)]),
        found.window,
    )


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size > CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of words that two articles share: numbers of the articles, of the first words, and lengths in words."""

    left: Ints
    right: Ints
    left_at: Ints
    right_at: Ints
    words: Ints


@dataclass(frozen=True, slots=True)
class Shared:
    """``runs`` of the corpus, and ``common``: the places of words (in order) in what too many articles say."""

    runs: Runs
    common: Ints


def shared(
    found: Table, *, boilerplate: int, wire_share: float, all_pairs: int, longest: int, least: int = GRAM_WORDS
) -> Shared:
    """Every run of words that stands in more than one article.

    A 5-gram in more than ``boilerplate`` articles is set aside, unless most of what those articles say is that common
    (``wire_share`` of their words): then it is wire copy. One in more than ``all_pairs`` articles links each article
    only with the one before it. Runs are followed for ``longest`` words at most on either side of a fingerprint.
    """
    groups = list(_groups(found))
    common = _common_share(found, groups, boilerplate)
    left: list[Ints] = []
    right: list[Ints] = []
    aside: list[Ints] = []
    while groups:
        places, articles, starts, sizes = groups.pop()
        is_common = sizes > boilerplate
        if is_common.any():
            share = np.add.reduceat(common[articles], starts) / sizes
            is_common &= share < wire_share
            aside.append(places[np.repeat(is_common, sizes)])
        for size in np.unique(sizes[~is_common]):
            at = starts[(sizes == size) & ~is_common]
            steps = range(1, size) if size <= all_pairs else (1,)
            for step in steps:
                for k in range(size - step):
                    left.append(places[at + k])
                    right.append(places[at + k + step])
    hits_left = np.concatenate(left) if left else np.zeros(0, np.int64)
    hits_right = np.concatenate(right) if right else np.zeros(0, np.int64)
    return Shared(_runs(found, hits_left, hits_right, longest, least), _words_of(aside))


def _groups(found: Table) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    """Fingerprints in more than one article: places by fingerprint, their articles, where each begins, how many."""
    buckets = BUCKETS if len(found.hashes) > EXACT_WORDS else 1
    bucket = (found.hashes >> np.uint64(60)).astype(np.uint8) if buckets > 1 else None
    for number in range(buckets):
        chosen = slice(None) if bucket is None else np.flatnonzero(bucket == number)
        hashes = found.hashes[chosen]
        if not len(hashes):
            continue
        order = np.argsort(hashes, kind="stable")
        hashes = hashes[order]
        same = hashes[1:] == hashes[:-1]
        several = np.concatenate((same, [False])) | np.concatenate(([False], same))
        places = found.places[chosen][order][several].astype(np.int64)
        hashes = hashes[several]
        articles = found.article_at(places)
        # Of an article that repeats itself the first place counts.
        first = np.ones(len(hashes), bool)
        first[1:] = (hashes[1:] != hashes[:-1]) | (articles[1:] != articles[:-1])
        places, articles, hashes = places[first], articles[first], hashes[first]
        new = np.ones(len(hashes), bool)
        new[1:] = hashes[1:] != hashes[:-1]
        starts = np.flatnonzero(new)
        sizes = np.diff(np.append(starts, len(hashes)))
        keep = np.repeat(sizes > 1, sizes)
        sizes = sizes[sizes > 1]
        starts = np.cumsum(sizes) - sizes
        yield places[keep], articles[keep], starts, sizes


def _common_share(
    found: Table, groups: Sequence[tuple[Ints, Ints, Ints, Ints]], boilerplate: int
) -> npt.NDArray[np.float64]:
    """Of every article, the share of its fingerprints that stand in more than ``boilerplate`` articles."""
    count = len(found.first) - 1
    common = np.zeros(max(count, 1))
    for _, articles, _, sizes in groups:
        np.add.at(common, articles[np.repeat(sizes > boilerplate, sizes)], 1)
    kept = np.bincount(found.article_at(found.places), minlength=max(count, 1))
    return common / np.maximum(kept, 1)


def _words_of(places: Sequence[Ints]) -> Ints:
    if not places:
        return np.zeros(0, np.int64)
    first = np.concatenate(places)
    return np.unique((first[:, None] + np.arange(GRAM_WORDS)).ravel())


def _runs(found: Table, left: Ints, right: Ints, longest: int, least: int) -> Runs:
    a, b = found.article_at(left), found.article_at(right)
    back = _agreeing(found, left - 1, right - 1, found.first[a], found.first[b], -1, longest)
    last_a, last_b = found.first[a + 1], found.first[b + 1]
    words = back + GRAM_WORDS
    words += _agreeing(found, left + GRAM_WORDS, right + GRAM_WORDS, last_a, last_b, 1, longest)
    del last_a, last_b
    kept = words >= least
    a, b, begin_a, begin_b, words = (x[kept] for x in (a, b, left - back, right - back, words))
    # Hits on one diagonal of one pair that overlap are one run.
    diagonal = begin_b - begin_a
    order = np.lexsort((begin_a, diagonal, b, a))
    a, b, begin_a, begin_b, words, diagonal = (x[order] for x in (a, b, begin_a, begin_b, words, diagonal))
    if not len(a):
        return Runs(a, b, begin_a, begin_b, words)
    line = np.ones(len(a), bool)
    line[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1]) | (diagonal[1:] != diagonal[:-1])
    # Ends rise within a line once each line is lifted above the one before.
    lift = np.cumsum(line) * (int(found.first[-1]) + 1)
    reach = np.maximum.accumulate(begin_a + words + lift)
    fresh = line.copy()
    fresh[1:] |= begin_a[1:] + lift[1:] > reach[:-1]
    starts = np.flatnonzero(fresh)
    ends = np.maximum.reduceat(begin_a + words, starts)
    a, b, begin_a, begin_b = (x[starts] for x in (a, b, begin_a, begin_b))
    words = ends - begin_a
    order = np.lexsort((begin_b, begin_a, b, a))
    return Runs(*(x[order] for x in (a, b, begin_a, begin_b, words)))


def _agreeing(
    found: Table, left: Ints, right: Ints, left_edge: Ints, right_edge: Ints, step: int, longest: int
) -> Ints:
    """How many words in a row agree from two places on, in one direction, within both articles."""
    out = np.zeros(len(left), np.int64)
    active = np.arange(len(left))
    for k in range(longest):
        x, y = left[active] + step * k, right[active] + step * k
        inside = (x >= left_edge[active]) & (y >= right_edge[active])
        if step > 0:
            inside = (x < left_edge[active]) & (y < right_edge[active])
        active, x, y = active[inside], x[inside], y[inside]
        active = active[found.words[x] == found.words[y]]
        if not len(active):
            break
        out[active] += 1
    return out
