"""Texts as streams of folded words, for the index and for highlighting alike, so that the two always agree.

White space divides no word, so a chunk between blanks is cut and folded once and remembered: a text then costs one
split and one look-up a chunk. ``Folder.keys`` gives the n-th key for the n-th word of ``text.tokens.words``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kerman_tui.model import Article
from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import Word, glued_parts, words

MAX_KEY = 100
"""Letters of a word that are indexed; longer runs are cut (an encoded picture is no word)."""
MAX_CHUNKS = 400_000
"""Chunks remembered before starting anew: bounds the memory of a long run (about 100 MB)."""
NO_KEY = "_"
"""Stands for a word that folds to nothing, so that positions keep in step."""

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
    for mark in ('"', "“", "”", "(", ")", ", "):
        if mark in text:
            text = text.replace(mark, " ")
    return text.split()


@dataclass(frozen=True, slots=True)
class Oddity:
    """A chunk that needs more than its keys: ``surfaces`` that differ from their key, ``glued`` parts in it."""

    surfaces: tuple[tuple[str, str], ...]
    plain: tuple[str, ...]
    glued: bool


class Folder:
    """Folds texts; notes odd chunks and the words seen in lower case on the way. Threads that only read may share one."""

    def __init__(self) -> None:
        self._chunks: dict[str, str] = {}
        self.odd: dict[str, Oddity] = {}
        self.lower: set[str] = set()

    def stream(self, text: str) -> str:
        """The keys of ``text`` in order, divided by blanks."""
        return self.fold_chunks(chunks_of(text))

    def fold_chunks(self, parts: Iterable[str]) -> str:
        """The keys of what ``chunks_of`` gave, divided by blanks."""
        chunks = self._chunks
        try:
            return " ".join([chunks[part] for part in parts])
        except KeyError:
            known = chunks.get
            return " ".join([self._learn(part) if (keys := known(part)) is None else keys for part in parts])

    def trim(self) -> None:
        """Start anew when much is remembered; called between two articles."""
        if len(self._chunks) > MAX_CHUNKS:
            self._chunks.clear()
            self.odd.clear()

    def keys(self, text: str) -> list[str]:
        """The keys of ``text`` in order, one for each word."""
        return self.stream(text).split()

    def _learn(self, chunk: str) -> str:
        bare = chunk.rstrip(".,:;!?")
        if bare.isascii() and bare.isalpha() and (bare.islower() or bare[1:].islower() or bare.isupper()):
            key = bare.lower()[:MAX_KEY]
            if bare == key:
                self.lower.add(key)
            self._chunks[chunk] = key
            return key
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
        if surfaces or glued:
            self.odd[chunk] = Oddity(tuple(surfaces), tuple(plain), glued)
        joined = " ".join(keys)
        self._chunks[chunk] = joined
        return joined


@dataclass(frozen=True, slots=True)
class Folded:
    """An article as keys: of the title, and of every paragraph."""

    title: tuple[str, ...]
    paragraphs: tuple[tuple[str, ...], ...]


def fold_article(article: Article, folder: Folder) -> Folded:
    """The keys of an article's title and paragraphs."""
    return Folded(tuple(folder.keys(article.title)), tuple([tuple(folder.keys(p.text)) for p in article.paragraphs]))
