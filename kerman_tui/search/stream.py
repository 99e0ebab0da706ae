"""Texts as streams of folded words for the index: a text in, its keys as UTF-8 and a 64-bit hash of each word out.

Most words of the news are runs of ASCII letters and digits: those are folded, cut and hashed for a whole text at a time
in a few passes over its bytes. Whatever stands around anything else (an accent, an apostrophe, 22,300, U.S., andQatari)
is taken apart word for word as ``text.tokens`` says, and remembered.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import Word, glued_parts, words

MAX_KEY = 100
"""Letters of a word that are indexed; longer runs are cut (an encoded picture is no word)."""
MAX_SPECIAL = 400_000
"""Special chunks remembered before starting anew: bounds the memory of a long run (about 100 MB)."""
NO_KEY = "\u0640"
"""Stands for a word that folds to nothing, so that positions keep in step: a letter that no key holds."""
BREAK, _END = "\x02", "\x03"
"""The first divides the parts of a text, the other texts that are folded together; safe text holds neither."""

_APOSTROPHES = str.maketrans("’ʼ‘", "'''")
_TYPOGRAPHY = (("’", "'"), ("“", " "), ("”", " "), ("‘", " "), ("–", " "), ("—", " "), ("…", " "), ("\xa0", " "))
"""Signs of printed text that part words or, the first, mean an apostrophe."""
_LONG = re.compile(f"([A-Za-z0-9]{{{MAX_KEY}}})[A-Za-z0-9]+")
_PLAIN = bytes(
    code + 32 if 65 <= code <= 90 else code if code >= 128 or chr(code) in BREAK + _END or chr(code).isalnum() else 32
    for code in range(256)
)

_ALNUM, _MARK, _LOWER, _UPPER, _FOREIGN = 1, 2, 4, 8, 16
_CLASSES = bytes(
    _FOREIGN if code >= 128
    else _MARK if chr(code) in "'.,:"
    else _ALNUM | _LOWER if 97 <= code <= 122
    else _ALNUM | _UPPER if 65 <= code <= 90
    else _ALNUM if 48 <= code <= 57 else 0
    for code in range(256)
)  # fmt: skip

_CASING_BITS = 22

BLOCK = 1 << 14
"""Bytes that are hashed at a time: bounds the tables of powers."""
KEYS = 10_000
"""Keys that are hashed at a time."""

_BASE = 0x9E3779B97F4A7C15 | 1
_MIX = 0xD6E8FEB86659FD93
_WHOLE = (1 << 64) - 1


def key_of(word: Word) -> str:
    """The indexed form of a word; never empty, never with white space."""
    key = fold(word.text)[:MAX_KEY]
    return key if key.isalnum() else NO_KEY


@lru_cache(maxsize=1 << 12)
def surface_of(text: str) -> str:
    """A word as written but for case, kind of apostrophe and possessive: what "exact" means."""
    surface = text.lower().translate(_APOSTROPHES)
    return surface[:-2] if surface.endswith("'s") and len(surface) > 2 else surface


@lru_cache(maxsize=1 << 14)
def keys_of(text: str) -> str:
    """The keys of a short text, divided by blanks."""
    return " ".join(key_of(word) for word in words(text))


class Cut(NamedTuple):
    """A word, or a part of a glued one: where it stands in it, its key, how it is written."""

    start: int
    end: int
    key: str
    surface: str
    glued: bool = False


@lru_cache(maxsize=1 << 14)
def cuts(text: str) -> tuple[Cut, ...]:
    """What one word as it is written may be found as: the whole, then its parts; a possessive stands outside."""
    whole = Word(0, len(text), text)
    return tuple(
        Cut(word.start, _without_possessive(word), key_of(word), surface_of(word.text), number > 0)
        for number, word in enumerate((whole, *glued_parts(whole)))
    )


def _without_possessive(word: Word) -> int:
    return word.end - 2 if len(word.text) > 2 and word.text[-2:] in ("'s", "’s", "ʼs") else word.end


@dataclass(frozen=True, slots=True)
class Special:
    """A chunk between blanks that holds a word that is no plain run of letters and digits."""

    keys: bytes
    """The keys of its words, each with a capital where the word has one, divided by blanks."""
    surfaces: tuple[tuple[int, str, str], ...]
    """Keys of words that are written otherwise, each with its hash before it and how it is written after it."""
    glued: tuple[tuple[int, tuple[str, ...]], ...]
    """Words that scraping ran together, by number in the chunk, as the keys of their parts."""


class Stream(NamedTuple):
    """A folded text. Words are numbered from 0 through all its parts, as ``text.tokens.words`` gives them."""

    folded: bytes
    """The keys in UTF-8 divided by blanks, BREAK between the parts."""
    begins: int
    """Where ``folded`` stands among the texts that were folded together."""
    starts: Any
    """The byte at which each word begins, among those texts."""
    hashes: Any
    marks: Any
    """16 bits of each hash, never 0."""
    ends: list[int]
    """For each part the number of its last word, plus one."""
    specials: list[tuple[int, Special]]
    """Special chunks in order, each with the byte at which it begins in ``folded``."""

    def word_at(self, start: int) -> int:
        """The number of the first word at or after a byte of ``folded``."""
        import numpy as np

        return int(np.searchsorted(self.starts, self.begins + start))

    def keys(self, first: int, last: int) -> str:
        """The keys of the words from ``first`` up to ``last``, divided by blanks."""
        first, last = max(0, first), min(last, len(self.starts))
        if first >= last:
            return ""
        end = int(self.starts[last]) - self.begins if last < len(self.starts) else len(self.folded)
        return (
            self.folded[int(self.starts[first]) - self.begins : end]
            .decode("utf-8", "surrogatepass")
            .replace(BREAK, " ")
        )


class Folder:
    """Folds texts and remembers what it learnt of special chunks. For one thread."""

    def __init__(self) -> None:
        self.casing = Casing()
        self._known: dict[bytes, Special] = {}

    def fold(self, texts: Sequence[str]) -> list[Stream]:
        """Fold several texts, in each of which the parts stand between " BREAK "."""
        import numpy as np

        text = f" {_END} ".join(texts)
        if text.count(_END) >= len(texts):
            return self.fold([one.replace(_END, " ") for one in texts])
        if not text.isascii():
            for sign, plain in _TYPOGRAPHY:
                if sign in text:
                    text = text.replace(sign, plain)
        raw, specials = self._without_specials(text.encode("utf-8", "surrogatepass"))
        folded = raw.translate(_PLAIN)
        starts, lengths, hashes, signs = hashed(folded)
        if len(lengths) and lengths.max() > MAX_KEY and _LONG.search(text):
            return self.fold([_LONG.sub(r"\1", text) for text in texts])
        codes = np.frombuffer(raw, np.uint8)
        first = codes[starts]
        lower = (first < 65) | (first > 90)
        self.casing.count(hashes, lower)
        marks = marks_of(hashes)
        breaks = signs[codes[signs] == ord(BREAK)]
        pieces = folded.split(_END.encode())
        edges = [0, *(signs[codes[signs] == ord(_END)] + 1).tolist(), len(codes) + 1]
        word_edges = np.searchsorted(starts, edges).tolist()
        break_edges = np.searchsorted(breaks, edges).tolist()
        part_ends = np.searchsorted(starts, breaks).tolist()
        streams = []
        special = 0
        for at, piece in enumerate(pieces):
            a, b = word_edges[at], word_edges[at + 1]
            ends = [end - a for end in (*part_ends[break_edges[at] : break_edges[at + 1]], b)]
            here = special
            while special < len(specials) and specials[special][0] < edges[at + 1]:
                special += 1
            own = [(place - edges[at], one) for place, one in specials[here:special]]
            streams.append(Stream(piece, edges[at], starts[a:b], hashes[a:b], marks[a:b], ends, own))
        return streams

    def _without_specials(self, raw: bytes) -> tuple[bytes, list[tuple[int, Special]]]:
        """The text with the keys of special chunks in their place, and these chunks with where they stand in it."""
        found: list[tuple[int, Special]] = []
        parts: list[bytes] = []
        done = length = 0
        for at in _special_places(raw):
            if at < done:
                continue
            start = raw.rfind(b" ", done, at) + 1 or done
            end = raw.find(b" ", at)
            if end < 0:
                end = len(raw)
            chunk = raw[start:end]
            special = self._known.get(chunk) or self._learn(chunk)
            length += start - done
            found.append((length, special))
            length += len(special.keys)
            parts += (raw[done:start], special.keys)
            done = end
        if not found:
            return raw, found
        parts.append(raw[done:])
        return b"".join(parts), found

    def _learn(self, chunk: bytes) -> Special:
        if len(self._known) >= MAX_SPECIAL:
            self._known.clear()
        keys: list[str] = []
        surfaces, glued = [], []
        for number, word in enumerate(words(chunk.decode("utf-8", "surrogatepass"))):
            key = key_of(word)
            surface = surface_of(word.text[:MAX_KEY])
            if surface != key:
                surfaces.append((hash_of(key), key, surface))
            if parts := glued_parts(word):
                glued.append((number, tuple(key_of(part) for part in parts)))
            shown = key
            lower = word.text == word.text.lower()
            if not "a" <= key[0] <= "z":
                self.casing.foreign(key, lower)
            elif not lower:
                shown = key[0].upper() + key[1:]
            keys.append(shown)
        inserted = " ".join(keys).encode("utf-8", "surrogatepass")
        special = self._known[chunk] = Special(inserted, tuple(surfaces), tuple(glued))
        return special


def _special_places(raw: bytes) -> list[int]:
    """Where signs stand that ask for a closer look: 'in Iran's, a point in U.S., the Q of andQatari, all but ASCII."""
    import numpy as np

    classes = np.frombuffer(raw.translate(_CLASSES), np.uint8)
    before, here, after = classes[:-2], classes[1:-1], classes[2:]
    asked = (here == _MARK) & ((before & after & _ALNUM) != 0)
    asked |= (here & _UPPER != 0) & ((before & after & _LOWER) != 0)
    places: list[int] = (np.flatnonzero(asked | (here == _FOREIGN)) + 1).tolist()
    if len(raw) and raw[0] >= 128:
        places.insert(0, 0)
    if len(raw) > 1 and raw[-1] >= 128:
        places.append(len(raw) - 1)
    return places


class Casing:
    """How often each word was seen, and how often without a capital: counts by 22 bits of its hash."""

    def __init__(self) -> None:
        import numpy as np

        self._counts = np.zeros((1 << _CASING_BITS, 2), np.uint32)
        """For each place how often its words were seen with a capital, and how often without."""
        self._otherwise: dict[int, bool] = {}

    def count(self, hashes: Any, lower: Any) -> None:
        import numpy as np

        places = (hashes >> np.uint64(63 - _CASING_BITS)).astype(np.int64)
        places &= -2
        places |= lower
        np.add.at(self._counts.reshape(-1), places, np.uint32(1))

    def foreign(self, key: str, lower: bool) -> None:
        """Note how a word is written whose capital no byte of the stream shows; one small letter settles it."""
        self._note(hash_of(key) >> (64 - _CASING_BITS), lower)

    def _note(self, place: int, lower: bool) -> None:
        self._otherwise[place] = lower or self._otherwise.get(place, False)

    def add(self, other: Casing) -> None:
        """Take over what another has counted."""
        self._counts += other._counts
        for place, lower in other._otherwise.items():
            self._note(place, lower)

    def of(self, hashes: Any) -> tuple[Any, Any]:
        """For each hash how often its word was seen, and how often without a capital."""
        import numpy as np

        places = (hashes >> np.uint64(64 - _CASING_BITS)).astype(np.int64)
        counts = self._counts[places]
        seen, lower = counts.sum(axis=1, dtype=np.uint32), counts[:, 1]
        lower[np.isin(places, [place for place, small in self._otherwise.items() if not small])] = 0
        return seen, lower


# --- hashes of words ----------------------------------------------------------------------------------------------


def hashed(folded: bytes) -> tuple[Any, Any, Any, Any]:
    """Where the words of a folded text begin, their bytes, their hashes, and where signs that divide it may stand.

    A polynomial over the bytes of a word modulo 2^64, had for all words at once from one running sum (Karp and Rabin
    1987), spread by a multiplication.
    """
    import numpy as np

    codes = np.frombuffer(folded, np.uint8)
    gaps = np.flatnonzero(codes <= 32)
    starts = np.empty(len(gaps) + 1, np.int64)
    starts[0] = 0
    starts[1:] = gaps + 1
    lengths = np.append(gaps, len(codes)) - starts
    words = np.flatnonzero(lengths)
    starts, lengths = starts[words], lengths[words]
    hashes = np.empty(len(starts), np.uint64)
    blocks = np.searchsorted(starts, range(0, len(codes) + BLOCK, BLOCK)).tolist()
    for first, last in itertools.pairwise(blocks):
        if first < last:
            begin, end = int(starts[first]), int(starts[last - 1] + lengths[last - 1])
            _hash_block(codes[begin:end], starts[first:last] - begin, lengths[first:last], hashes[first:last])
    return starts, lengths, hashes, gaps


def _hash_block(codes: Any, starts: Any, lengths: Any, hashes: Any) -> None:
    import numpy as np

    powers, inverse = _powers(1 << len(codes).bit_length())
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    np.multiply((sums[starts + lengths] - sums[starts]) * inverse[starts], np.uint64(_MIX), out=hashes)


def hash_of(key: str) -> int:
    """The hash of one key."""
    total = 0
    for code in reversed(key.encode("utf-8", "surrogatepass")):
        total = (total * _BASE + code) & _WHOLE
    return total * _MIX & _WHOLE


def hashes_of(keys: list[str]) -> Any:
    """The hash of each key."""
    import numpy as np

    parts = [
        hashed(" ".join(keys[at : at + KEYS]).encode("utf-8", "surrogatepass"))[2] for at in range(0, len(keys), KEYS)
    ]
    return np.concatenate(parts) if parts else np.empty(0, np.uint64)


def marks_of(hashes: Any) -> Any:
    """16 bits of each hash, never 0."""
    import numpy as np

    marks = (hashes >> np.uint64(48)).astype(np.uint16)
    marks[marks == 0] = 1
    return marks


@lru_cache(maxsize=1 << 14)
def mark_of(key: str) -> int:
    """The mark of one key, for the few of a query."""
    return hash_of(key) >> 48 or 1


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Any, Any]:
    import numpy as np

    def powers(base: int) -> Any:
        row = np.full(count, base, np.uint64)
        row[0] = 1
        return np.cumprod(row)

    return powers(_BASE), powers(pow(_BASE, -1, _WHOLE + 1))
