"""Plain lines in given inks: help, reports, messages. Lines in, a scrolling pane out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from kerman_tui.tui.actions import Where
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import LineView

TextLine = Sequence[tuple[str, Ink]]


class TextView(LineView):
    """Lines to read; the cursor is a line at the top of the pane, so that j and k scroll."""

    WHERE: ClassVar[tuple[Where, ...]] = ("move",)

    def __init__(self, title: str, lines: Sequence[TextLine], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title_shown = title
        self.content = lines

    @property
    def items(self) -> int:
        return len(self.content)

    def heading(self) -> tuple[str, str]:
        seen = min(self.top + self.body_height, self.lines)
        return self.title_shown, f"{seen * 100 // max(self.lines, 1)}%"

    def draw(self, line: int, width: int) -> Strip:
        inks = self.inks
        return strip_of([Segment(text, inks[ink]) for text, ink in self.content[line]], width, inks["text"])

    def action_down(self) -> None:
        self._scroll(1)

    def action_up(self) -> None:
        self._scroll(-1)

    def _scroll(self, by: int) -> None:
        self.top = max(0, min(self.top + by, self.lines - self.body_height))
        self.cursor = self.top
        self.paint()
