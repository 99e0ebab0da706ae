"""Words with their offsets: a paragraph in, (start, end) of every word out. The one place that says what a word is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from kerman_tui.text.fold import fold

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0962\u0963\u200c\u200d"
)
_LETTERS = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"

WORD = re.compile(
    rf"""(?=[^\W_])(?:                        # what begins no word, and what is plainly one, is tried but once
      [a-zA-Z]{{2,}}+(?=[ ,])
    | (?:[^\W\d_]\.){{2,20}}+(?![^\W_])       # U.S., a.m.; not "a.a.a…" for ever, which would be tried at each a
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W_])  # 22,300  9:24  3rd
    | {_LETTERS}(?:['’ʼ]{_LETTERS})*         # Int’l, Iran's, O'Neill
    )""",
    re.VERBOSE,
)
"""A word: letters and digits with inner apostrophes; a hyphen divides words; a dotted abbreviation is one word."""

_GLUE = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


class Word(NamedTuple):
    """One word as it stands; offsets count code points in the text it was found in."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """The folded form, under which spellings of the word agree."""
        return fold(self.text)


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` in order. Linear in the length of ``text``."""
    for match in WORD.finditer(text):
        yield Word(match.start(), match.end(), match.group())


def glued_parts(word: Word) -> tuple[Word, ...]:
    """The parts of a word that scraping may have glued (andQatari), or ``()``; the caller decides what to believe."""
    cuts = [match.start() for match in _GLUE.finditer(word.text)]
    if not cuts:
        return ()
    edges = [0, *cuts, len(word.text)]
    return tuple(Word(word.start + a, word.start + b, word.text[a:b]) for a, b in itertools.pairwise(edges))
