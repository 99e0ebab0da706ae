"""A virtual table: rows and columns pulled as they come into view, a cursor on a cell, the first column in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from kerman_tui.tui.actions import Where
from kerman_tui.tui.theme import Ink, cursor_style
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView
from kerman_tui.tui.widths import GAP
from kerman_tui.tui.wrap import shorten


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in cells; numbers stand at the right of it."""

    name: str
    width: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    ink: Ink = "text"


class Table(LineView):
    """Fixed columns on the left, the others scroll with the cursor."""

    WHERE: ClassVar[tuple[Where, ...]] = ("move",)

    class Chosen(Message):
        """Enter was pressed on a cell."""

        def __init__(self, row: int, column: int) -> None:
            super().__init__()
            self.row = row
            self.column = column

    def __init__(self, title: str, *, fixed: int = 1, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title_shown = title
        self.fixed = fixed
        self.head_lines = 2
        self.columns: Sequence[Column] = ()
        self.rows: Sequence[Sequence[Cell]] = ()
        self.column = 0
        self.first_column = fixed
        self.sorted_by: tuple[int, bool] = (0, True)
        self.said: tuple[str, ...] = ()
        self.by_row = False
        """Whether the cursor is a whole row."""
        self._fitted_to = 0
        self._looked: tuple[int, int] | None = None
        self._kept = False

    def show(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, row: int = 0) -> None:
        self.columns, self.rows = columns, rows
        self.column = max(0, min(self.column, len(columns) - 1))
        self.cursor = max(0, min(row, len(rows) - 1))
        self.top = 0
        if self.size.width != self._fitted_to:
            self._fitted_to, self.first_column = self.size.width, self.fixed
        self._reveal_column()
        self.reveal(self.cursor)
        self.paint()

    @property
    def items(self) -> int:
        return len(self.rows)

    def _is_kept(self) -> bool:
        """Whether the whole table is in the basket; looked up anew when either has changed."""
        now = (id(self.rows), self.host.marks.revision)
        if now != self._looked:
            whole = getattr(self.screen, "sheet", None)
            sheet = whole() if whole is not None else None
            self._looked, self._kept = now, sheet is not None and self.host.marks.holds(sheet)
        return self._kept

    def heading(self) -> tuple[str, str]:
        sign = "● " if self._is_kept() else ""
        return sign + self.title_shown, f"{self.cursor + 1:,} of {self.items:,}" if self.items else ""

    def empty(self) -> tuple[str, ...]:
        return self.said

    def marked(self, row: int) -> bool:
        """Whether the passage of a row is in the basket."""
        return False

    def head_strip(self, y: int, width: int) -> Strip:
        if y == 0:
            return super().head_strip(y, width)
        return self._names(width) if self.rows else strip_of([], width, self.inks["text"])

    def in_view(self, width: int) -> list[int]:
        """The columns that fit: the fixed ones, then as many as there is room for."""
        found = list(range(min(self.fixed, len(self.columns))))
        used = 2 + sum(self.columns[at].width + GAP for at in found)
        for at in range(max(self.first_column, self.fixed), len(self.columns)):
            used += self.columns[at].width + GAP
            if used > width and at > self.first_column:
                break
            found.append(at)
        return found

    def _names(self, width: int) -> Strip:
        inks = self.inks
        found = [Segment("  ", inks["heading"])]
        for at in self.in_view(width):
            column = self.columns[at]
            by, down = self.sorted_by
            sign = ("▼" if down else "▲") if at == by else ""
            text = shorten(column.name, column.width - len(sign)) + sign
            pad = " " * (column.width - cell_len(text))
            ink = inks["strong"] if at == self.column and self.has_focus else inks["heading"]
            found.append(Segment((pad + text if column.number else text + pad) + " " * GAP, ink))
        return strip_of(found, width, inks["heading"])

    def draw(self, line: int, width: int) -> Strip:
        inks = self.inks
        row = line
        here = row == self.cursor
        found = [Segment(CURSOR_SIGN if here else " ", inks["outlet"])]
        found.append(Segment("●" if self.marked(row) else " ", inks["mark"]))
        over = cursor_style(self.host.palette)
        for at in self.in_view(width):
            column = self.columns[at]
            cell = self.rows[row][at] if at < len(self.rows[row]) else Cell("")
            text = shorten(cell.text, column.width)
            pad = " " * (column.width - cell_len(text))
            style = inks[cell.ink]
            if here and (self.by_row or at == self.column):
                style = style + over
            found.append(Segment(pad + text if column.number else text + pad, style))
            found.append(Segment(" " * GAP, inks["text"] + over if here and self.by_row else inks["text"]))
        return strip_of(found, width, inks["text"])

    def action_left(self) -> None:
        self._column(-1)

    def action_right(self) -> None:
        self._column(1)

    def _column(self, by: int) -> None:
        self.column = max(0, min(self.column + by, len(self.columns) - 1))
        if self.column < self.first_column:
            self.first_column = max(self.column, self.fixed)
        self._reveal_column()
        self.paint()

    def _reveal_column(self) -> None:
        while self.column >= self.fixed and self.column not in self.in_view(self.size.width):
            self.first_column += 1

    def action_open(self) -> None:
        if self.rows:
            self.post_message(self.Chosen(self.cursor, self.column))
