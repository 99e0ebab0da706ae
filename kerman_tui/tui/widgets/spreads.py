"""A dispersion plot: one line an article, with a strip that shows where in it the passages stand."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from kerman_tui.model import ConcordanceLine
from kerman_tui.tui.dispersion import Spread, strip
from kerman_tui.tui.theme import Ink, cursor_style
from kerman_tui.tui.widgets.contexts import Occurrences
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN
from kerman_tui.tui.wrap import shorten

COUNT_WIDTH = 6


class Spreads(Occurrences):
    """Articles with their strips, those with most passages first."""

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title_shown = title
        self.spreads: Sequence[Spread] = ()

    def show(self, spreads: Sequence[Spread]) -> None:
        self.spreads = spreads
        self.cursor = self.top = 0
        self.paint()

    @property
    def items(self) -> int:
        return len(self.spreads)

    @property
    def passage(self) -> ConcordanceLine | None:
        return self.spreads[self.cursor].lines[0] if 0 <= self.cursor < len(self.spreads) else None

    def heading(self) -> tuple[str, str]:
        return self.title_shown, f"{self.cursor + 1:,} of {self.items:,} articles" if self.items else ""

    def draw(self, line: int, width: int) -> Strip:
        inks = self.inks
        one = self.spreads[line]
        here = line == self.cursor
        over = cursor_style(self.host.palette) if here else None
        outlet, dated = self.place_of(one.lines[0], width)
        room = width - 2 - cell_len(outlet) - len(dated) - COUNT_WIDTH - 4
        title = shorten(one.title, room // 2)
        cells = room - room // 2

        def seg(text: str, ink: Ink) -> Segment:
            return Segment(text, inks[ink] + over if over else inks[ink])

        return strip_of(
            [
                Segment(f"{CURSOR_SIGN if here else ' '} ", inks["outlet"]),
                seg(outlet, "outlet"),
                seg(dated, "muted"),
                seg(title + " " * (room // 2 - cell_len(title)), "text"),
                seg(f"{len(one.lines):>{COUNT_WIDTH},}  ", "strong"),
                seg(strip(one.places, cells), "figure"),
            ],
            width,
            inks["text"] + over if over else inks["text"],
        )
