"""Where the words of the fingerprints stand in the text: an article in, its passages by number of word, and back.

The words are those of ``fingerprints.tokens``: runs of letters and digits. This module imports numpy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kerman_tui.compare.fingerprints import Ints, spans
from kerman_tui.model import Article, Passage
from kerman_tui.text.diff import STYLE

_APOSTROPHES = "'’ʼ"


class WordsOf:
    """The words of one article, numbered from the first of its title on; lines are read when they are asked for.

    ``lines``: the number of the first word of every line, and at the end the number of words.
    """

    def __init__(self, article: Article, lines: Sequence[int]) -> None:
        self.article = article
        self._lines = lines
        self._spans: dict[int, tuple[Ints, Ints]] = {}

    def passage(self, first: int, last: int) -> Passage:
        """The words ``first`` to ``last`` (exclusive, at least one) of one line, with no word of the reader's cut."""
        line = bisect_right(self._lines, first) - 1
        paragraph = line - 1 if line else None
        text, (starts, ends) = self.article.text_of(paragraph), self._line(line)
        first, last = first - self._lines[line], last - self._lines[line]
        start, end = int(starts[first]), int(ends[last - 1])
        while first and start > 1 and text[start - 1] in _APOSTROPHES and text[start - 2].isalnum():
            first -= 1
            start = int(starts[first])
        while last < len(starts) and text[end] in _APOSTROPHES and starts[last] == end + 1:
            end = int(ends[last])
            last += 1
        return Passage(paragraph, start, end, text[start:end])

    def numbers(self, passage: Passage) -> tuple[int, int]:
        """The words that begin in a passage: the first, and the one after the last."""
        line = 0 if passage.paragraph is None else passage.paragraph + 1
        first, last = self._line(line)[0].searchsorted((passage.start, passage.end)).tolist()
        return self._lines[line] + first, self._lines[line] + last

    def _line(self, line: int) -> tuple[Ints, Ints]:
        found = self._spans.get(line)
        if found is None:
            found = self._spans[line] = spans(self.article.text_of(line - 1 if line else None))
        return found


def with_marks(left: Article, right: Article, ours: Passage, theirs: Passage) -> tuple[Passage, Passage]:
    """Two passages with the marks that both have just before and after them: quotation marks, a stop."""
    u, v = left.text_of(ours.paragraph), right.text_of(theirs.paragraph)
    before = after = 0
    while before < min(ours.start, theirs.start) and _same_mark(
        u, v, ours.start - before - 1, theirs.start - before - 1
    ):
        before += 1
    while after < min(len(u) - ours.end, len(v) - theirs.end) and _same_mark(
        u, v, ours.end + after, theirs.end + after
    ):
        after += 1
    return _grown(ours, u, before, after), _grown(theirs, v, before, after)


def _same_mark(u: str, v: str, i: int, j: int) -> bool:
    mark = u[i]
    return mark.translate(STYLE) == v[j].translate(STYLE) and not (mark.isspace() or mark.isalnum())


def _grown(passage: Passage, text: str, before: int, after: int) -> Passage:
    start, end = passage.start - before, passage.end + after
    return Passage(passage.paragraph, start, end, text[start:end])
