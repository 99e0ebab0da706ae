"""Texts as streams of folded words, for the index and for highlighting alike, so that the two always agree.

White space divides no word, so a chunk between blanks is cut and folded once and remembered: a text then costs one
split and one look-up a chunk.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from kerman_tui.search.forward import BREAK, checksum
from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import Word, glued_parts, words

MAX_KEY = 100
"""Letters of a word that are indexed; longer runs are cut (an encoded picture is no word)."""
MAX_CHUNKS = 400_000
"""Chunks remembered before starting anew: bounds the memory of a long run (about 100 MB)."""
NO_KEY = "_"
"""Stands for a word that folds to nothing, so that positions keep in step."""

MARKS = '"“”()'
"""Stand in no word; with a comma before a blank they cut chunks as white space does."""

_APOSTROPHES = str.maketrans("’ʼ‘", "'''")


def key_of(word: Word) -> str:
    """The indexed form of a word; never empty, never with white space."""
    return fold(word.text)[:MAX_KEY] or NO_KEY


@lru_cache(maxsize=1 << 12)
def surface_of(text: str) -> str:
    """A word as written but for case, kind of apostrophe and possessive: what "exact" means."""
    surface = text.lower().translate(_APOSTROPHES)
    return surface[:-2] if surface.endswith("'s") and len(surface) > 2 else surface


def chunks_of(text: str) -> list[str]:
    """Cut at white space and at marks that stand in no word; what is left holds whole words."""
    for sign in MARKS:
        if sign in text:
            text = text.replace(sign, " ")
    return text.replace(", ", " ").split()


@dataclass(frozen=True, slots=True)
class Oddity:
    """A chunk that needs more than its keys: ``surfaces`` that differ from their key, ``glued`` parts in it."""

    surfaces: tuple[tuple[str, str], ...]
    plain: tuple[str, ...]
    glued: bool


@dataclass(frozen=True, slots=True)
class Stream:
    """A folded text: ``keys`` divided by blanks, and for each chunk its number, its sum and whether it is odd."""

    chunks: list[str]
    keys: str
    numbers: Any
    sums: Any
    """CRC-32 of the key of each chunk that has one key, else 0."""
    usual: Any
    """For each chunk whether it is not odd."""
    odd: frozenset[int]
    several: list[int]
    """Places of chunks with more than one key."""


class _Chunks(dict[str, int]):
    """The number of each chunk, learnt when first asked for."""

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, chunk: str) -> int:
        return self._folder.learn(chunk)


_ODD, _SEVERAL = 1, 2


class Folder:
    """Folds texts; remembers what it learnt of every chunk, and notes the words seen in lower case. For one thread."""

    def __init__(self) -> None:
        self.lower: set[str] = set()
        self._forget()

    def _forget(self) -> None:
        self._numbers = _Chunks(self)
        self._keys: list[str] = []
        self._sums = array("I")
        self._flags = bytearray()
        self.oddities: dict[int, Oddity] = {}
        self.several: dict[int, tuple[str, ...]] = {}

    def trim(self) -> None:
        """Start anew when much is remembered; called between two articles."""
        if len(self._keys) > MAX_CHUNKS:
            self._forget()

    def keys(self, text: str) -> str:
        """The keys of ``text`` divided by blanks: the n-th is that of the n-th word of ``text.tokens.words``."""
        return self.keys_of(chunks_of(text))

    def keys_of(self, chunks: Iterable[str]) -> str:
        """The keys of what ``chunks_of`` gave, divided by blanks."""
        numbers = [self._numbers[chunk] for chunk in chunks]
        return " ".join([self._keys[number] for number in numbers])

    def fold(self, text: str) -> Stream:
        """Fold a whole text."""
        import numpy as np

        chunks = chunks_of(text)
        taken = array("I", map(self._numbers.__getitem__, chunks))
        keys = " ".join(map(self._keys.__getitem__, taken))
        numbers = np.frombuffer(taken, np.uint32)
        sums = np.frombuffer(self._sums, np.uint32)[numbers] if taken else numbers
        flags = np.frombuffer(self._flags, np.uint8)[numbers] if taken else numbers
        usual = flags & _ODD == 0
        odd = frozenset(numbers[~usual].tolist())
        return Stream(chunks, keys, numbers, sums, usual, odd, np.flatnonzero(flags & _SEVERAL).tolist())

    def learn(self, chunk: str) -> int:
        """Cut and fold a chunk that is not known yet; its number."""
        bare = chunk.rstrip(".,:;!?")
        if bare.isascii() and bare.isalpha() and (bare.islower() or bare[1:].islower() or bare.isupper()):
            key = bare.lower()[:MAX_KEY]
            if bare == key:
                self.lower.add(key)
            return self._number(chunk, key, checksum(key))
        if chunk == BREAK:
            return self._number(chunk, BREAK, 0)
        found = list(words(chunk))
        keys = [key_of(word) for word in found]
        surfaces, plain = [], []
        glued = False
        for word, key in zip(found, keys, strict=True):
            surface = surface_of(word.text[:MAX_KEY])
            if surface == key:
                plain.append(key)
            else:
                surfaces.append((key, surface))
            if word.text == word.text.lower():
                self.lower.add(key)
            glued = glued or bool(glued_parts(word))
        number = self._number(chunk, " ".join(keys), checksum(keys[0]) if len(keys) == 1 else 0)
        if len(keys) > 1 or glued:
            self.several[number] = tuple(dict.fromkeys(cut.key for cut in cuts(chunk)))
            self._flags[number] |= _SEVERAL
        if surfaces or glued:
            self.oddities[number] = Oddity(tuple(surfaces), tuple(plain), glued)
            self._flags[number] |= _ODD
        return number

    def _number(self, chunk: str, keys: str, total: int) -> int:
        number = self._numbers[chunk] = len(self._keys)
        self._keys.append(keys)
        self._sums.append(total)
        self._flags.append(0)
        return number


class Cut(NamedTuple):
    """A word in a chunk: where it stands there, its key, how it is written, and whether it is part of a glued word."""

    start: int
    end: int
    key: str
    surface: str
    glued: bool = False


@lru_cache(maxsize=1 << 14)
def cuts(chunk: str) -> tuple[Cut, ...]:
    """The words of a chunk, then the parts of its glued words; a possessive stands outside."""
    found = list(words(chunk))
    parts = [part for word in found for part in glued_parts(word)]
    return tuple(
        Cut(word.start, _without_possessive(word), key_of(word), surface_of(word.text), number >= len(found))
        for number, word in enumerate((*found, *parts))
    )


def _without_possessive(word: Word) -> int:
    return word.end - 2 if len(word.text) > 2 and word.text[-2:] in ("'s", "’s", "ʼs") else word.end


def chunk_offsets(text: str, chunk: str) -> list[int]:
    """Where ``chunk`` stands in ``text`` as ``chunks_of`` cuts it, in order."""
    found = []
    at = text.find(chunk)
    while at >= 0:
        after = text[at + len(chunk) : at + len(chunk) + 2]
        ends = not after or after[0].isspace() or after[0] in MARKS or (after[0] == "," and after[1:].isspace())
        if ends and (at == 0 or text[at - 1].isspace() or text[at - 1] in MARKS):
            found.append(at)
        at = text.find(chunk, at + 1)
    return found
