"""Fingerprints of a whole corpus: articles in, their hashed words and one table of hashed word 5-grams out.

Words are found and hashed by numpy over many articles at a time. In a large corpus the 5-grams are winnowed (Schleimer,
Wilkerson and Aiken 2003): of every few in a row at least one is kept, so that a longer shared run is never missed.
This module imports numpy; import it inside functions only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from kerman_tui.model import Article

GRAM_WORDS = 5

WINDOWS = ((6_000_000, 1), (30_000_000, 2), (1 << 62, 5))
"""Up to so many words in all, of so many 5-grams in a row one is kept: a shared run of 5, 6 or 9 is never missed."""

SHORT_WORD = 4
"""A word of at most so many letters weighs little as evidence of reuse."""

CHUNK_CHARACTERS = 1_000_000
"""Characters hashed at a time: about 70 MB of arrays."""

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]

_MARK_BITS = 6
_TABLE_SIZE = 0x20000
_BASE = 0x9E3779B97F4A7C15
_MIX = (0x9FB21C651E98DF25, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3)


def article_text(article: Article) -> str:
    """What of an article is fingerprinted: title and paragraphs, a line each."""
    return "\n".join(article_lines(article))


def article_lines(article: Article) -> list[str]:
    """The title and the paragraphs."""
    return [article.title, *(paragraph.text for paragraph in article.paragraphs)]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of a text: offsets in code points, and their hashes. Case and accents are folded away."""

    starts: Ints
    ends: Ints
    hashes: Hashes


def tokens(text: str) -> Tokens:
    """Cut a text into words (runs of letters and digits) and hash them."""
    letters, starts, ends = _cut(text)
    powers, inverses = _powers(len(letters))
    sums = np.zeros(len(letters) + 1, np.uint64)
    # A word's hash is a difference of prefix sums, brought back to the first power (arithmetic modulo 2^64).
    np.cumsum(letters * powers[: len(letters)], out=sums[1:])
    return Tokens(starts, ends, _mixed((sums[ends] - sums[starts]) * inverses[starts]))


def spans(text: str) -> tuple[Ints, Ints]:
    """Where the words of ``tokens`` begin and end."""
    _, starts, ends = _cut(text)
    return starts, ends


def _cut(text: str) -> tuple[Hashes, Ints, Ints]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = _letters()[np.minimum(points, _TABLE_SIZE - 1)]
    inside = np.zeros(len(letters) + 2, np.int8)
    inside[1:-1] = letters != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return letters, edges[::2], edges[1::2]


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
        size = max(length + 1, CHUNK_CHARACTERS + CHUNK_CHARACTERS // 8)
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


@dataclass(frozen=True)
class Table:
    """Fingerprints of a corpus. ``words``: hashes of all its words in order; ``first``: where each article begins.

    The lowest bit of a word's hash says whether the word is short. ``lines``: the first word of every title and
    paragraph, and at the end the number of words; ``first_line``: which of them is an article's title. ``hashes`` and
    ``places``: the 5-grams kept, and the number of their first word.
    """

    words: Words
    first: Ints
    lines: Words
    first_line: Ints
    hashes: Hashes
    places: Words
    window: int
    """Of so many 5-grams in a row at least one is kept."""

    def article_at(self, places: npt.NDArray[np.uint32] | Ints) -> Ints:
        """The number of the article that a word stands in."""
        wanted = places.astype(np.int64)
        at: Ints = self._marks[wanted >> _MARK_BITS]
        late = np.flatnonzero(self.first[at + 1] <= wanted)
        while len(late):
            at[late] += 1
            late = late[self.first[at[late] + 1] <= wanted[late]]
        return at

    @cached_property
    def _marks(self) -> Ints:
        """The article of every so many-th word: from there it is a step or two to that of any word."""
        marks = np.arange(0, int(self.first[-1]) + 1, 1 << _MARK_BITS)
        return np.minimum(np.searchsorted(self.first, marks, side="right") - 1, max(len(self.first) - 2, 0))

    def words_alone(self) -> Table:
        """The table without its fingerprints, which take memory and are not needed once runs are known."""
        return replace(self, hashes=self.hashes[:0].copy(), places=self.places[:0].copy())

    def lines_of(self, article: int) -> list[int]:
        """Where the lines of an article begin, and where the last ends, counted from its first word."""
        lines = self.lines[self.first_line[article] : self.first_line[article + 1] + 1].astype(np.int64)
        listed: list[int] = (lines - self.first[article]).tolist()
        return listed

    def words_of(self, article: int) -> Words:
        """The hashes of an article's words."""
        return self.words[self.first[article] : self.first[article + 1]]


@dataclass(frozen=True, slots=True)
class Read:
    """The words of some articles: their hashes, the words of each line, the lines of each article."""

    words: Words
    line_words: Words
    lines: Words


def read(batch: Sequence[Sequence[str]]) -> Read:
    """Hash the words of articles, each given by its lines."""
    texts = [line for lines in batch for line in lines]
    found = tokens("\n".join(texts))
    edges = np.cumsum([0, *(len(text) + 1 for text in texts)])
    short = (found.ends - found.starts <= SHORT_WORD).astype(np.uint32)
    return Read(
        ((found.hashes >> np.uint64(32)).astype(np.uint32) & np.uint32(0xFFFFFFFE)) | short,
        np.diff(np.searchsorted(found.starts, edges)).astype(np.uint32),
        np.array([len(lines) for lines in batch], np.uint32),
    )


def batches(articles: Iterable[Article]) -> Iterator[list[list[str]]]:
    """The lines of articles, as many articles at a time as are hashed at a time."""
    batch: list[list[str]] = []
    size = 0
    for article in articles:
        lines = article_lines(article)
        batch.append(lines)
        size += sum(map(len, lines))
        if size > CHUNK_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def table(parts: Iterable[Read], window: int | None = None) -> Table:
    """Fingerprint articles in order; ``window`` is chosen by size unless given. Memory: about 8 bytes a word."""
    words, line_words, counts = _joined(parts)
    lines = np.concatenate((np.zeros(1, np.int64), np.cumsum(line_words, dtype=np.int64)))
    first_line = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))
    first = lines[first_line]
    window = window or next(size for words_up_to, size in WINDOWS if len(words) <= words_up_to)
    hashes, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint32)]
    step = CHUNK_CHARACTERS
    for at in range(0, len(words), step):
        # Windows overlap the next part, so that the same 5-grams are kept wherever a part ends.
        part = grams(words[at : at + step + GRAM_WORDS + window - 2])
        kept = np.flatnonzero(winnow(part, window)[:step]) + at
        inside = np.searchsorted(first, kept, side="right") == np.searchsorted(
            first, kept + GRAM_WORDS - 1, side="right"
        )
        kept = kept[inside]
        hashes.append(part[kept - at])
        places.append(kept.astype(np.uint32))
    return Table(
        words, first, lines.astype(np.uint32), first_line, np.concatenate(hashes), np.concatenate(places), window
    )


def _joined(parts: Iterable[Read]) -> tuple[Words, Words, Words]:
    """The parts one after the other, in arrays that grow in place: they are never in memory twice."""
    arrays = [np.empty(0, np.uint32) for _ in range(3)]
    sizes = [0, 0, 0]
    for part in parts:
        for k, more in enumerate((part.words, part.line_words, part.lines)):
            if sizes[k] + len(more) > len(arrays[k]):
                arrays[k].resize(5 * (sizes[k] + len(more)) // 4, refcheck=False)
            arrays[k][sizes[k] : sizes[k] + len(more)] = more
            sizes[k] += len(more)
    for k in range(3):
        arrays[k].resize(sizes[k], refcheck=False)
    return arrays[0], arrays[1], arrays[2]


def grown(found: Table, parts: Iterable[Read]) -> Table:
    """A table with further articles after those it has; theirs alone are read."""
    more = table(parts, found.window)
    words, lines = int(found.first[-1]), int(found.first_line[-1])
    return Table(
        np.concatenate([found.words, more.words]),
        np.concatenate([found.first, more.first[1:] + words]),
        np.concatenate([found.lines, more.lines[1:] + np.uint32(words)]),
        np.concatenate([found.first_line, more.first_line[1:] + lines]),
        np.concatenate([found.hashes, more.hashes]),
        np.concatenate([found.places, more.places + np.uint32(words)]),
        found.window,
    )
