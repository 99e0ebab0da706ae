"""An article made ready for alignment: paragraphs in, sentences whose words are single code points out.

A vocabulary shared by the two sides gives every folded word a character of its own. A sentence is then a short string,
so that equality, substrings and edit distances of word sequences are those of strings, done in C.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kerman_tui.model import Article
from kerman_tui.text.diff import Codes
from kerman_tui.text.fold import fold
from kerman_tui.text.sentences import sentences
from kerman_tui.text.tokens import WORD

MAX_UNIT_WORDS = 256
"""Longer sentences (lists, text without stops) are aligned in pieces of this many words."""

LIGHT_LENGTH = 4
"""A lower-case word of at most so many letters weighs little as evidence that two sentences are one."""

KEPT_TEXTS = 2_000
"""Texts that a vocabulary keeps cut: articles that share passages share paragraphs."""

_AROUND = '.,;:!?()"“”'
"""Marks around a word, of which none belongs to it where it is of plain letters."""


class _Known(dict[str, str]):
    """Characters of words by what stands between white space; what is asked for the first time is read."""

    def __init__(self, light: set[str]) -> None:
        self._light = light
        self._codes = Codes()

    def __missing__(self, chunk: str) -> str:
        word = chunk.strip(_AROUND)
        if word.isascii() and word.isalpha():  # it is one word, which folds by its case alone
            found = self._codes[word.lower()]
            if len(word) <= LIGHT_LENGTH and word.islower():
                self._light.add(found)
        else:
            found = "".join([self._code(word) for word in WORD.findall(chunk)])
        self[chunk] = found
        return found

    def _code(self, word: str) -> str:
        code = self._codes[fold(word)]
        if len(word) <= LIGHT_LENGTH and word.islower():
            self._light.add(code)
        return code


class Vocabulary:
    """Folded words as single characters, the same for every article that is prepared with it."""

    def __init__(self) -> None:
        self.light: set[str] = set()
        """Characters of words that weigh little: short and written in lower case."""
        self._known = _Known(self.light)
        self._texts: dict[str, list[tuple[int, int, str]]] = {}

    def sentences(self, text: str) -> list[tuple[int, int, str]]:
        """The sentences of a text: start, end, characters of the words. What stands in several articles is cut once."""
        found = self._texts.get(text)
        if found is None:
            if len(self._texts) >= KEPT_TEXTS:
                self._texts.clear()
            found = [(start, end, self.codes(text[start:end])) for start, end in sentences(text)]
            self._texts[text] = found
        return found

    def codes(self, text: str) -> str:
        """The characters of the words of a text, which is not cut inside a word."""
        return "".join(map(self._known.__getitem__, text.split()))


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
    """An article as words and units."""

    article: Article
    units: tuple[Unit, ...]
    codes: str
    light: set[str]

    def text(self, paragraph: int | None, start: int, end: int) -> str:
        return self.article.text_of(paragraph)[start:end]


def prepare(article: Article, vocabulary: Vocabulary) -> Prepared:
    """Cut an article into units and words. Linear in its length."""
    units: list[Unit] = []
    first = 0
    for paragraph, text in _texts(article):
        found = vocabulary.sentences(text) if paragraph is not None else [(0, len(text), vocabulary.codes(text))]
        for start, end, codes in found:
            last = first + len(codes)
            if len(codes) <= MAX_UNIT_WORDS:
                units.append(Unit(paragraph, start, end, first, last, codes, codes or "\0" + text[start:end]))
            else:
                units += _pieces(paragraph, text, start, end, first, codes)
            first = last
    return Prepared(article, tuple(units), "".join([unit.codes for unit in units]), vocabulary.light)


def cuts(text: str, start: int, end: int, words: Sequence[int]) -> list[int]:
    """Where to divide a unit of ``text`` before some of its words, none the first: opening marks stay with them."""
    spans = [match.span() for match in WORD.finditer(text, start, end)]
    found = []
    for word in words:
        low, first = spans[word - 1][1], spans[word][0]
        at = first
        while at > low and not text[at - 1].isspace():
            at -= 1
        found.append(at if at > low else first)
    return found


def _texts(article: Article) -> Iterator[tuple[int | None, str]]:
    if article.title.strip():
        yield None, article.title
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.text.strip():
            yield number, paragraph.text


def _pieces(paragraph: int | None, text: str, start: int, end: int, first: int, codes: str) -> Iterator[Unit]:
    firsts = range(0, len(codes), MAX_UNIT_WORDS)
    edges = [start, *cuts(text, start, end, firsts[1:]), end]
    for low, (at, stop) in zip(firsts, pairwise(edges), strict=True):
        own = codes[low : low + MAX_UNIT_WORDS]
        last = stop if stop == end else len(text[:stop].rstrip())
        yield Unit(paragraph, at, last, first + low, first + low + len(own), own, own)
