"""The small parts beside the search field: its sign, and the count and time of what was found."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment

from kerman_tui.tui.host import host_of
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.widgets.bars import Bar


class Sign(Bar):
    """A sign in front of a field."""

    def __init__(self, sign: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sign = sign

    def show(self, sign: str) -> None:
        """Show another sign of the same width."""
        self.sign = sign
        self.paint()

    def segments(self, width: int) -> Sequence[Segment]:
        return [Segment(self.sign, host_of(self).inks["key"])]


class Count(Bar):
    """Text at the right end of a line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = ""
        self.ink: Ink = "bar"

    def show(self, text: str, ink: Ink = "bar") -> None:
        self.text, self.ink = text, ink
        self.paint()

    def segments(self, width: int) -> Sequence[Segment]:
        inks = host_of(self).inks
        gap = max(width - cell_len(self.text) - 1, 0)
        return [Segment(" " * gap, inks["bar"]), Segment(self.text, inks[self.ink])]
