"""An article laid out for reading: wrapped lines, its sentences, and what each stretch of its text is. Pure."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from kerman_tui.model import Article, Span
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.wrap import wrap

READABLE = 78
"""Cells of a line at most: longer lines are hard to read on from."""
SET_ASIDE_SHOWN = 12
"""Lines that were set aside which stand at the foot of an article at most."""

LineKind = Literal["title", "facts", "blank", "body", "caption", "heading"]


class PageLine(msgspec.Struct, frozen=True):
    """One line of the screen: the text of ``paragraph`` (None: title) from ``start`` to ``end``, or ``said``.

    A blank line belongs to the paragraph above it, whose footnote it has room for.
    """

    kind: LineKind
    paragraph: int | None = None
    start: int = 0
    end: int = 0
    said: str = ""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence and the lines it stands on, ``first`` to ``last`` inclusive."""

    paragraph: int | None
    start: int
    end: int
    first: int
    last: int


class Layer(msgspec.Struct, frozen=True):
    """What a stretch of text is: the ink it is written in, and the name of what it stands for."""

    start: int
    end: int
    ink: Ink
    about: str = ""


Layers = Mapping[int | None, Sequence[Layer]]
"""Paragraph to its layers, the later laid over the earlier."""


class Page(msgspec.Struct, frozen=True):
    """A laid out article."""

    article: Article
    width: int
    lines: tuple[PageLine, ...]
    sentences: tuple[Sentence, ...]
    _firsts: tuple[int, ...]

    def sentence_on(self, line: int) -> int | None:
        """The first sentence that stands on a line; None on a line that has none."""
        at = bisect.bisect_right(self._firsts, line) - 1
        while at > 0 and self.sentences[at - 1].last >= line:
            at -= 1
        return at if at >= 0 and self.sentences[at].first <= line <= self.sentences[at].last else None

    def sentence_of(self, paragraph: int | None, offset: int) -> int:
        """The sentence that holds an offset of a paragraph, or the nearest one."""
        nearest = 0
        for at, sentence in enumerate(self.sentences):
            if sentence.paragraph == paragraph:
                nearest = at
                if offset < sentence.end:
                    break
        return nearest

    def span(self, first: int, last: int) -> Iterable[Span]:
        """The spans, one for each paragraph, of the sentences ``first`` to ``last`` inclusive."""
        for paragraph, group in itertools.groupby(self.sentences[first : last + 1], key=lambda one: one.paragraph):
            found = list(group)
            yield Span(self.article.id, paragraph, found[0].start, found[-1].end)

    def paragraph_of(self, sentence: int) -> tuple[int, int]:
        """First and last sentence of the paragraph of a sentence."""
        paragraph = self.sentences[sentence].paragraph
        first = last = sentence
        while first > 0 and self.sentences[first - 1].paragraph == paragraph:
            first -= 1
        while last + 1 < len(self.sentences) and self.sentences[last + 1].paragraph == paragraph:
            last += 1
        return first, last


def text_width(width: int, readable: int = READABLE) -> int:
    """Cells of text in a line, where ``width`` are there and ``readable`` are wanted at most."""
    return max(8, min(width, readable))


def lay_out(article: Article, width: int) -> Page:
    """Lay out an article in lines of ``width`` cells. Linear in the length of the article."""
    from kerman_tui.text.sentences import sentences

    width = max(width, 8)
    lines: list[PageLine] = []
    found: list[Sentence] = []

    def add(kind: LineKind, paragraph: int | None, text: str) -> None:
        first = len(lines)
        inset = 2 if kind == "caption" else 0
        wrapped = wrap(text, width - inset)
        lines.extend(PageLine(kind, paragraph, start, end) for start, end in wrapped)
        starts = [start for start, _ in wrapped]
        for start, end in sentences(text):
            found.append(
                Sentence(
                    paragraph,
                    start,
                    end,
                    first + max(bisect.bisect_right(starts, start) - 1, 0),
                    first + max(bisect.bisect_left(starts, end) - 1, 0),
                )
            )

    add("title", None, article.title)

    def tell(said: str) -> None:
        lines.extend(PageLine("facts", said=said[start:end]) for start, end in wrap(said, width))

    tell(facts_of(article))
    for number, paragraph in enumerate(article.paragraphs):
        lines.append(PageLine("blank", number - 1 if number else None))
        add(paragraph.kind, number, paragraph.text)
    lines.append(PageLine("blank", len(article.paragraphs) - 1 if article.paragraphs else None))
    for said in set_aside_of(article):
        tell(said)
    return Page(article, width, tuple(lines), tuple(found), tuple(sentence.first for sentence in found))


def facts_of(article: Article) -> str:
    """Outlet, date, byline and receipt of an article on one line."""
    parts = [article.outlet, day_of(article.published), article.byline or "", _receipt(article)]
    return " · ".join(part for part in parts if part)


def set_aside_of(article: Article) -> Iterable[str]:
    """What is no text of an article since many pages of its outlet have it, and where in its source that stands."""
    aside = article.set_aside
    if aside:
        yield f"{len(aside):,} {'line is' if len(aside) == 1 else 'lines are'} set aside, as many pages here have them:"
        yield from (f"line {one.line}: {one.text}" for one in aside[:SET_ASIDE_SHOWN])
    if len(aside) > SET_ASIDE_SHOWN:
        yield f"and {len(aside) - SET_ASIDE_SHOWN:,} more"


def _receipt(article: Article) -> str:
    source = article.source
    return f"{source.name}:{source.start_line}"


def day_of(published: str | None) -> str:
    """The day of an ISO date for the eye, or "undated"."""
    return published[:10] if published else "undated"


def stretches(start: int, end: int, layers: Sequence[Layer]) -> Iterable[tuple[int, int, list[Layer]]]:
    """Cut (start, end) where a layer begins or ends, and say which layers lie over each piece, lowest first."""
    touching = [layer for layer in layers if layer.start < end and layer.end > start]
    if not touching:
        yield start, end, []
        return
    edges = sorted({start, end, *(min(max(at, start), end) for one in touching for at in (one.start, one.end))})
    for a, b in itertools.pairwise(edges):
        yield a, b, [layer for layer in touching if layer.start < b and layer.end > a]
