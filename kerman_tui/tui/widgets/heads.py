"""The head of a comparison: whose article each column is, what it shares, and what speaks for a direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment

from kerman_tui.model import Article, Comparison, Side
from kerman_tui.tui.beats import LETTERS
from kerman_tui.tui.host import host_of
from kerman_tui.tui.page import day_of
from kerman_tui.tui.steps import BETWEEN, SIDE_BY_SIDE, column_width
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.widgets.bars import Bar
from kerman_tui.tui.wrap import fitting, shorten, wrap

MOST_LINES = 7
"""Lines of the head at most: four articles and what is known of them."""
FACT_LINES = 3
"""Lines that what speaks for a direction takes at most; a key shows all of it."""
CHOSEN = "▸"
MORE = " … i: all of it"


class HeadLine(Bar):
    """A line of the head: one text over all columns, or one over each."""

    def __init__(self) -> None:
        super().__init__()
        self.ink: Ink = "bar"
        self.texts: Sequence[str] = ()

    def show(self, ink: Ink, texts: Sequence[str]) -> None:
        self.ink, self.texts = ink, texts
        self.display = bool(texts)
        self.paint()

    def segments(self, width: int) -> Sequence[Segment]:
        style = host_of(self).inks[self.ink]
        if len(self.texts) < 2:
            return [Segment(shorten("".join(self.texts), width - 1), style)]
        column = column_width(len(self.texts), width - 2) + BETWEEN
        texts = [shorten(text, column - 1) for text in self.texts]
        return [Segment(text + " " * (column - cell_len(text)), style) for text in texts]


Lines = Sequence[tuple[Ink, tuple[str, ...]]]


def head_lines(articles: Sequence[Article], comparisons: Sequence[Comparison], chosen: int, width: int) -> Lines:
    """The lines of the head for so many cells, at most ``MOST_LINES``."""
    lines: list[tuple[Ink, tuple[str, ...]]] = []
    names = [
        f"{CHOSEN if column == chosen else ' '}{_letter(column, len(articles), width)}{one.outlet}"
        for column, one in enumerate(articles)
    ]
    days = [day_of(one.published) for one in articles]
    shares = list(_shares(articles, comparisons))
    if column_width(len(articles), width - 2):
        lines.append(("bar_strong", tuple(f"{n} · {one.title}" for n, one in zip(names, articles, strict=True))))
        lines.append(("bar", tuple(f"  {d} · {s}" for d, s in zip(days, shares, strict=True))))
    else:
        for at, one in enumerate(articles):
            text = f"{names[at]} · {days[at]} · {shares[at]} · {one.title}"
            lines.append(("bar_strong" if at == chosen else "bar", (text,)))
    said = " · ".join(facts(articles, comparisons)) or "nothing shared"
    wrapped = [said[start:end] for start, end in wrap(said, width - 4)]
    room = min(FACT_LINES if width >= SIDE_BY_SIDE else 2, MOST_LINES - len(lines))
    for at, text in enumerate(wrapped[:room]):
        more = at == room - 1 and len(wrapped) > room
        text = text[: fitting(text, width - 4 - len(MORE))].rstrip() + MORE if more else text
        lines.append(("bar", (f"  {text}",)))
    return lines


def _letter(column: int, columns: int, width: int) -> str:
    if columns > 2:
        return f"{LETTERS[column]} "
    return "" if width - 2 >= SIDE_BY_SIDE else "<>"[column] + " "


def _shares(articles: Sequence[Article], comparisons: Sequence[Comparison]) -> Iterator[str]:
    if len(comparisons) == 1:
        yield share_of(comparisons[0].left)
        yield share_of(comparisons[0].right)
        return
    yield f"{comparisons[0].left.words:,} words" if comparisons else ""
    for column, one in enumerate(comparisons, 1):
        yield f"shared: {one.left.coverage:.0%} of A, {one.right.coverage:.0%} of {LETTERS[column]}"


def share_of(side: Side) -> str:
    """How much of a side is shared, the share first."""
    return f"{side.coverage:.0%}: {side.shared_words:,} of {side.words:,} words shared"


def facts(articles: Sequence[Article], comparisons: Sequence[Comparison]) -> Iterator[str]:
    """What is known of each pair besides its shares: words taken, who was earlier, the evidence, caps that held."""
    for column, one in enumerate(comparisons, 1):
        said = [f"longest run {one.longest_run:,} words"] if one.longest_run else []
        said += [f"{one.verbatim_words:,} words verbatim"] if one.verbatim_words > one.longest_run else []
        if one.earlier:
            earlier = articles[0] if one.earlier == articles[0].id else articles[column]
            said.append(f"earlier by its date: {earlier.outlet}")
        said += [*one.evidence, *one.notes]
        if len(comparisons) > 1:
            yield f"{LETTERS[column]}: {', '.join(said) or 'nothing shared'}"
        else:
            yield from said
