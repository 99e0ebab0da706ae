"""Occurrences in context: one line each, the word in the middle, what stands before and after it on its sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from kerman_tui.model import ConcordanceLine
from kerman_tui.tui.actions import Where
from kerman_tui.tui.page import day_of
from kerman_tui.tui.theme import Ink, cursor_style
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView
from kerman_tui.tui.wrap import fitting, shorten

OUTLET_WIDTH, WIDE_OUTLET_WIDTH = 14, 20
DATE_WIDTH = 10
DATED_FROM = 100
"""Cells of width from which the date has a column, and the outlet a wider one."""


class Occurrences(LineView):
    """Lines that stand for a passage each, with its outlet and its day at the left."""

    WHERE: ClassVar[tuple[Where, ...]] = ("passages", "move")

    class Wanted(Message):
        """Something is to be done with a passage: ``open``, ``mark`` or ``copy``."""

        def __init__(self, what: str, line: ConcordanceLine) -> None:
            super().__init__()
            self.what = what
            self.line = line

    @property
    def passage(self) -> ConcordanceLine | None:
        """The passage that the line under the cursor stands for."""
        raise NotImplementedError

    def place_of(self, found: ConcordanceLine, width: int) -> tuple[str, str]:
        """The columns of outlet and day, the day where so many cells have room for it."""
        wide = width >= DATED_FROM
        cells = WIDE_OUTLET_WIDTH if wide else OUTLET_WIDTH
        outlet = shorten(found.outlet, cells)
        dated = f"  {day_of(found.published):<{DATE_WIDTH}}  " if wide else "  "
        return outlet + " " * (cells - cell_len(outlet)), dated

    def _want(self, what: str) -> None:
        if self.passage is not None:
            self.post_message(self.Wanted(what, self.passage))

    def action_open(self) -> None:
        self._want("open")

    def action_mark(self) -> None:
        self._want("mark")

    def action_copy(self) -> None:
        self._want("copy")


class Contexts(Occurrences):
    """A concordance (key word in context)."""

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title_shown = title
        self.order = ""
        self.found: Sequence[ConcordanceLine] = ()
        self.said: tuple[str, ...] = ("looking …",)

    def show(self, found: Sequence[ConcordanceLine], order: str, *, at: ConcordanceLine | None = None) -> None:
        """Show other passages, or the same in another order; the cursor begins at the first, or stays on ``at``."""
        same = at is not None and order == self.order
        self.found, self.order = found, order
        self.cursor = found.index(at) if same and at in found else 0
        self.top = 0
        self.reveal(self.cursor)
        self.paint()

    @property
    def passage(self) -> ConcordanceLine | None:
        return self.found[self.cursor] if 0 <= self.cursor < len(self.found) else None

    @property
    def items(self) -> int:
        return len(self.found)

    def heading(self) -> tuple[str, str]:
        place = f"{self.order} · {self.cursor + 1:,} of {self.items:,}" if self.items else ""
        return self.title_shown, place

    def empty(self) -> tuple[str, ...]:
        return self.said

    def draw(self, line: int, width: int) -> Strip:
        inks = self.inks
        found = self.found[line]
        here = line == self.cursor
        over = cursor_style(self.host.palette) if here else None
        marked = self.host.marks.touch(found.span)
        outlet, dated = self.place_of(found, width)
        room = width - 2 - cell_len(outlet) - len(dated)
        keyword = shorten(found.keyword, room // 2)
        before = (room - cell_len(keyword)) * 45 // 100
        left = tail(found.left.replace("\n", " "), before)
        right_room = room - cell_len(keyword) - before
        right = found.right.replace("\n", " ")
        right = right[: fitting(right, right_room)]

        def seg(text: str, ink: Ink) -> Segment:
            return Segment(text, inks[ink] + over if over else inks[ink])

        return strip_of(
            [
                Segment(CURSOR_SIGN if here else " ", inks["outlet"]),
                Segment("●" if marked else " ", inks["mark"]),
                seg(outlet, "outlet"),
                seg(dated, "muted"),
                seg(" " * (before - cell_len(left)) + left, "text"),
                Segment(keyword, inks["match"]),
                seg(right, "text"),
            ],
            width,
            inks["text"] + over if over else inks["text"],
        )


def tail(text: str, width: int) -> str:
    """The end of ``text`` that fits into ``width`` cells."""
    if text.isascii():
        return text[max(len(text) - width, 0) :] if width > 0 else ""
    filled, at = 0, len(text)
    while at > 0:
        filled += cell_len(text[at - 1])
        if filled > width:
            break
        at -= 1
    return text[at:]
