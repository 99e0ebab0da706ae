"""Texts as streams of folded words for the index: a text in, its keys as UTF-8 and a 64-bit hash of each word out.

Most words of the news are runs of ASCII letters and digits: those are folded, cut and hashed for a whole text at a time
in a few passes over its bytes. Whatever stands around anything else (an accent, an apostrophe, 22,300, U.S., andQatari)
is taken apart word for word as ``text.tokens`` says, and remembered.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Sequence
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
_PARTING = "“”‘–—…"
"""Signs of printed text that part words; each is three bytes that begin with the same two."""
_LONG = re.compile(f"([A-Za-z0-9]{{{MAX_KEY}}})[A-Za-z0-9]+".encode())
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

KEYS = 10_000
"""Keys that are hashed at a time: bounds the memory that it takes."""

_WHOLE = (1 << 64) - 1
_BASE, _MIX = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
_EIGHT = 8
"""Bytes of a word that are hashed at a time."""
_LETTERS = tuple((1 << 8 * count) - 1 for count in range(_EIGHT + 1))
"""Masks of the first so many of eight bytes, the first the least."""


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


class Special(NamedTuple):
    """A chunk between blanks that holds a word that is no plain run of letters and digits."""

    keys: bytes
    """The keys of its words, each with a capital where the word has one, divided by blanks."""
    surfaces: tuple[tuple[int, str, str], ...]
    """Keys of words that are written otherwise, each with its hash before it and how it is written after it."""
    glued: tuple[tuple[int, tuple[str, ...]], ...]
    """Words that scraping ran together, by number in the chunk, as the keys of their parts."""
    marks: bytes
    """The marks of all these parts."""


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
    ends: Any
    """For each part the number of its last word, plus one; in 32 bits each."""
    specials: list[tuple[int, Special]]
    """Special chunks that hold more than their keys, in order, each with the byte at which it begins."""

    def word_at(self, start: int) -> int:
        """The number of the first word at or after a byte."""
        import numpy as np

        return int(np.searchsorted(self.starts, start))

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

    def fold(self, texts: Sequence[bytes]) -> list[Stream]:
        """Fold several texts in UTF-8, in each of which the parts stand between " BREAK "."""
        import numpy as np

        end = _END.encode()
        raw = (b" " + end + b" ").join(texts)
        raw, specials = self._without_specials(raw if raw.isascii() else _parted(raw))
        folded = raw.translate(_PLAIN)
        pieces = folded.split(end)
        if len(pieces) > len(texts) > 0:
            return self.fold([one.replace(end, b" ") for one in texts])
        starts, lengths = divided(folded)
        if len(lengths) and lengths.max() > MAX_KEY and _LONG.search(raw):
            return self.fold([_LONG.sub(rb"\1", text) for text in texts])
        hashes = hashed(folded, starts, lengths)
        codes = np.frombuffer(raw, np.uint8)
        first = codes[starts]
        self.casing.count(hashes, (first < 65) | (first > 90))
        marks = marks_of(hashes)
        dividers = np.flatnonzero((codes == ord(BREAK)) | (codes == ord(_END)))
        whole = np.flatnonzero(codes[dividers] == ord(_END))
        ends = np.append(np.searchsorted(starts, dividers), len(starts))
        bytes_at = [0, *(dividers[whole] + 1).tolist(), len(codes) + 1]
        words_at = [0, *ends[whole].tolist(), len(starts)]
        parts_at = [0, *(whole + 1).tolist(), len(ends)]
        ends -= np.repeat(words_at[:-1], np.diff(parts_at))
        ends = ends.astype(np.uint32)
        streams = []
        special = 0
        edges = zip(*map(itertools.pairwise, (bytes_at, words_at, parts_at)), strict=True)
        for piece, ((begin, stop), (a, b), (c, d)) in zip(pieces, edges, strict=True):
            here = special
            while special < len(specials) and specials[special][0] < stop:
                special += 1
            own = specials[here:special]
            streams.append(Stream(piece, begin, starts[a:b], hashes[a:b], marks[a:b], ends[c:d], own))
        return streams

    def _without_specials(self, raw: bytes) -> tuple[bytes, list[tuple[int, Special]]]:
        """The text with the keys of special chunks in their place.

        Beside it those of them that hold more than their keys, with where they stand in it.
        """
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
            if special.surfaces or special.glued:
                found.append((length, special))
            length += len(special.keys)
            parts += (raw[done:start], special.keys)
            done = end
        if not parts:
            return raw, found
        parts.append(raw[done:])
        return b"".join(parts), found

    def _learn(self, chunk: bytes) -> Special:
        if len(self._known) >= MAX_SPECIAL:
            self._known.clear()
        keys: list[str] = []
        surfaces, glued = [], []
        for number, word in enumerate(words(chunk.decode("utf-8", "surrogatepass"))):
            text = word.text
            small = text.lower()
            if small.isalnum() and small.isascii():
                key = small[:MAX_KEY]
            else:
                key = key_of(word)
                surface = surface_of(text[:MAX_KEY])
                if surface != key:
                    surfaces.append((hash_of(key), key, surface))
            lower = text == small
            if not lower and (parts := glued_parts(word)):
                glued.append((number, tuple(key_of(part) for part in parts)))
            if key[0] > "\x7f":
                self.casing.foreign(key, lower)
            elif not lower:
                key = key[0].upper() + key[1:]
            keys.append(key)
        inserted = " ".join(keys).encode("utf-8", "surrogatepass")
        marks = array("H", [mark_of(key) for _, parts in glued for key in parts]).tobytes()
        special = self._known[chunk] = Special(inserted, tuple(surfaces), tuple(glued), marks)
        return special


def _parted(raw: bytes) -> bytes:
    """UTF-8 with blanks in place of the signs of printed text that part words."""
    import numpy as np

    codes = np.frombuffer(raw, np.uint8).copy()
    begin, middle, _ = _PARTING[0].encode()
    last = np.zeros(256, np.bool_)
    last[[sign.encode()[2] for sign in _PARTING]] = True
    signs = np.flatnonzero(codes == begin)
    signs = signs[(codes[signs + 1] == middle) & last[codes[signs + 2]]]
    for byte in range(3):
        codes[signs + byte] = 32
    begin, after = "\xa0".encode()
    signs = np.flatnonzero(codes == begin)
    signs = signs[codes[signs + 1] == after]
    codes[signs] = codes[signs + 1] = 32
    return codes.tobytes()


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

        places = (hashes >> np.uint64(63 - _CASING_BITS)).view(np.int64)
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


def divided(folded: bytes) -> tuple[Any, Any]:
    """Where the words of a folded text begin, and how many bytes they have."""
    import numpy as np

    codes = np.frombuffer(folded, np.uint8)
    inside = np.zeros(len(codes) + 2, np.bool_)
    np.greater(codes, 32, out=inside[1:-1])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts = edges[::2]
    return starts, edges[1::2] - starts


def hashed(folded: bytes, starts: Any, lengths: Any) -> Any:
    """The hashes of the words of a folded text; takes as many steps as the longest has numbers.

    Eight bytes of a word are one number; each is multiplied by an odd one of its own, and their sum is spread by a
    shift and a multiplication (Dietzfelbinger et al. 1997, Steele et al. 2014).
    """
    import numpy as np

    # the eight bytes at a place are had from the two whole numbers that they lie in
    numbers = np.frombuffer(folded + bytes(3 * _EIGHT - len(folded) % _EIGHT), "<u8")
    at, shift = starts >> 3, ((starts & 7) << 3).astype(np.uint64)
    rest = np.uint64(63) - shift
    letters = np.array(_LETTERS, np.uint64)

    def eight(at: Any, shift: Any, rest: Any, lengths: Any) -> Any:
        found = numbers[at] >> shift
        found |= numbers[at + 1] << np.uint64(1) << rest
        found &= letters.take(lengths, mode="clip")
        return found

    factor = _BASE
    hashes = eight(at, shift, rest, lengths) * np.uint64(factor)
    longer = np.flatnonzero(lengths > _EIGHT)
    left = lengths[longer]
    done = 0
    while len(longer):
        done += 1
        left = left - _EIGHT
        factor = factor * _BASE & _WHOLE
        hashes[longer] += eight(at[longer] + done, shift[longer], rest[longer], left) * np.uint64(factor)
        more = left > _EIGHT
        longer, left = longer[more], left[more]
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(_MIX)
    return hashes


def hash_of(key: str) -> int:
    """The hash of one key."""
    data = key.encode("utf-8", "surrogatepass")
    total, factor = 0, 1
    for at in range(0, len(data), _EIGHT):
        factor = factor * _BASE & _WHOLE
        total += int.from_bytes(data[at : at + _EIGHT], "little") * factor
    total &= _WHOLE
    return (total ^ total >> 32) * _MIX & _WHOLE


def hashes_of(keys: list[str]) -> Any:
    """The hash of each key."""
    import numpy as np

    parts = []
    for at in range(0, len(keys), KEYS):
        some = " ".join(keys[at : at + KEYS]).encode("utf-8", "surrogatepass")
        parts.append(hashed(some, *divided(some)))
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
