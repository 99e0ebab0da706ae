"""An article made ready for alignment: paragraphs in, sentences whose words are single code points out.

A vocabulary shared by the two sides gives every folded word a character of its own. A sentence is then a short string,
so that equality, substrings and edit distances of word sequences are those of strings, done in C.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kerman_tui.model import Article
from kerman_tui.text.fold import fold
from kerman_tui.text.sentences import sentences
from kerman_tui.text.tokens import WORD

MAX_UNIT_WORDS = 256
"""Longer sentences (lists, text without stops) are aligned in pieces of this many words."""

LIGHT_LENGTH = 4
"""A lower-case word of at most so many letters weighs little as evidence that two sentences are one."""

KEPT_TEXTS = 2_000
"""Texts that a vocabulary keeps cut: articles that share passages share paragraphs."""

_FIRST_CODE = 0x100
_SURROGATES = (0xD800, 0xE000)
_LAST_CODE = 0x10FFFF


class _Text(NamedTuple):
    """Offsets of the words of a text, their characters, and its sentences."""

    starts: list[int]
    ends: list[int]
    codes: str
    sentences: list[tuple[int, int]]


class _Known(dict[str, str]):
    """Characters of words as they stand; a word that is asked for the first time gets one."""

    def __init__(self, added: Callable[[str], str]) -> None:
        self._added = added

    def __missing__(self, word: str) -> str:
        code = self[word] = self._added(word)
        return code


class Vocabulary:
    """Folded words as single characters, the same for every article that is prepared with it.

    After about 1.1 million different words the rest share one character; no two real articles come near that.
    """

    def __init__(self) -> None:
        self.light: set[str] = set()
        """Characters of words that weigh little: short and written in lower case."""
        self._known = _Known(self._added)
        self._keys: dict[str, str] = {}
        self._texts: dict[str, _Text] = {}
        self._next = _FIRST_CODE

    def read(self, text: str) -> _Text:
        """Cut a text; what stands in several articles is cut once."""
        found = self._texts.get(text)
        if found is None:
            if len(self._texts) >= KEPT_TEXTS:
                self._texts.clear()
            words = WORD.findall(text)
            starts: list[int] = []
            ends: list[int] = []
            end = 0
            for word in words:  # no letter or digit stands between two words: the next one found is the word itself
                start = text.find(word, end)
                end = start + len(word)
                starts.append(start)
                ends.append(end)
            codes = "".join(map(self._known.__getitem__, words))
            found = self._texts[text] = _Text(starts, ends, codes, sentences(text))
        return found

    def _added(self, word: str) -> str:
        """The character of a word that is not known as it stands; its folded form may be."""
        key = fold(word)
        code = self._keys.get(key)
        if code is None:
            code = self._keys[key] = chr(self._next)
            if self._next < _LAST_CODE:
                self._next += 1
            if self._next == _SURROGATES[0]:
                self._next = _SURROGATES[1]
        if len(word) <= LIGHT_LENGTH and word.islower():
            self.light.add(code)
        return code


class Unit(NamedTuple):
    """A sentence (or the title, or a piece of a very long sentence): characters of its paragraph, words of its side."""

    paragraph: int | None
    start: int
    end: int
    first: int
    last: int
    codes: str
    key: str
    """What must agree for two units to be the same: the words, or the text itself where there are none."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article as words and units. ``starts`` and ``ends`` are offsets of the words in their paragraphs."""

    article: Article
    units: tuple[Unit, ...]
    codes: str
    starts: list[int]
    ends: list[int]
    light: set[str]

    def text(self, paragraph: int | None, start: int, end: int) -> str:
        return self.article.text_of(paragraph)[start:end]


def prepare(article: Article, vocabulary: Vocabulary) -> Prepared:
    """Cut an article into units and words. Linear in its length."""
    units: list[Unit] = []
    codes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for paragraph, text in _texts(article):
        base = first = len(starts)
        read = vocabulary.read(text)
        starts += read.starts
        ends += read.ends
        codes.append(read.codes)
        for start, end in [(0, len(text))] if paragraph is None else read.sentences:
            last = bisect_left(starts, end, first)
            own = read.codes[first - base : last - base]
            if last - first <= MAX_UNIT_WORDS:
                units.append(Unit(paragraph, start, end, first, last, own, own or "\0" + text[start:end]))
            else:
                units += _pieces(paragraph, text, start, end, first, own, starts, ends)
            first = last
    return Prepared(article, tuple(units), "".join(codes), starts, ends, vocabulary.light)


def cut(text: str, ends: list[int], starts: list[int], word: int) -> int:
    """Where to divide ``text`` before the word with that number, which is not the first: opening marks stay with it."""
    low, at = ends[word - 1], starts[word]
    while at > low and not text[at - 1].isspace():
        at -= 1
    return at if at > low else starts[word]


def _texts(article: Article) -> Iterator[tuple[int | None, str]]:
    if article.title.strip():
        yield None, article.title
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.text.strip():
            yield number, paragraph.text


def _pieces(
    paragraph: int | None, text: str, start: int, end: int, first: int, codes: str, starts: list[int], ends: list[int]
) -> Iterator[Unit]:
    at, last = start, first + len(codes)
    for low, high in pairwise([*range(first, last, MAX_UNIT_WORDS), last]):
        stop = end if high == last else cut(text, ends, starts, high)
        own = codes[low - first : high - first]
        yield Unit(paragraph, at, len(text[:stop].rstrip()) if stop != end else end, low, high, own, own)
        at = stop
