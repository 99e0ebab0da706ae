"""The panel: people and leaders of what is shown, outlets, organisations and dates, each one key away as a filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from kerman_tui.tui.actions import Where
from kerman_tui.tui.gathering import PanelRow, shortened
from kerman_tui.tui.theme import Ink, cursor_style
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView
from kerman_tui.tui.wrap import shorten


class Panel(LineView):
    """Rows under headings; the cursor stands on rows only."""

    WHERE: ClassVar[tuple[Where, ...]] = ("panel", "move")

    class Filtered(Message):
        """A row's condition is to be added to the query, or taken off."""

        def __init__(self, row: PanelRow) -> None:
            super().__init__()
            self.row = row

    class PassagesWanted(Message):
        """The mentions behind a row are to be shown."""

        def __init__(self, row: PanelRow) -> None:
            super().__init__()
            self.row = row

    class TimelineWanted(Message):
        """The mentions of a person over time are to be shown."""

        def __init__(self, row: PanelRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[PanelRow] = ()
        self._all: Sequence[PanelRow] = ()
        self._opened: set[str] = set()
        self.query_shown = ""
        self.name_shown = "People and facets"
        self.waiting = ""
        self._places: list[int] = []

    def show(self, rows: Sequence[PanelRow], name: str, query: str) -> None:
        """Show other rows; the cursor stays on the row of the same label if there is one."""
        kept = self.current.label if self.current else ""
        self._all, self.name_shown, self.query_shown = rows, name, query
        self.rows = shortened(rows, self._opened)
        self._places = [at for at, row in enumerate(self.rows) if row.kind not in ("head", "note")]
        labels = [self.rows[at].label for at in self._places]
        self.cursor = labels.index(kept) if kept in labels else 0
        self.top = 0 if self.cursor == 0 else self.top
        self.reveal(self.cursor)
        self.paint()

    @property
    def current(self) -> PanelRow | None:
        return self.rows[self._places[self.cursor]] if 0 <= self.cursor < len(self._places) else None

    @property
    def items(self) -> int:
        return len(self._places)

    @property
    def lines(self) -> int:
        return len(self.rows)

    def lines_of(self, item: int) -> tuple[int, int]:
        at = self._places[item] if 0 <= item < len(self._places) else 0
        return (0 if item == 0 else at), at + 1

    def item_at(self, line: int) -> int | None:
        return self._places.index(line) if line in self._places else None

    def heading(self) -> tuple[str, str]:
        return self.name_shown, ""

    def empty(self) -> tuple[str, ...]:
        return (self.waiting or "No names here.",)

    def draw(self, line: int, width: int) -> Strip:
        inks = self.inks
        row = self.rows[line]
        if row.kind in ("head", "note"):
            text = f" {row.label}"
            gap = max(width - cell_len(text) - cell_len(row.counts) - 1, 1)
            ink: Ink = "heading" if row.kind == "head" else "muted"
            return strip_of(
                [Segment(text + " " * gap, inks[ink]), Segment(row.counts, inks["muted"])], width, inks[ink]
            )
        here = self.current is row
        over = cursor_style(self.host.palette) if here and self.has_focus else None
        on = bool(row.condition) and row.condition in self.query_shown
        name = shorten(row.label, max(width - cell_len(row.counts) - 5, 6))
        detail = shorten(row.detail, width - cell_len(name) - cell_len(row.counts) - 7)
        gap = max(width - 3 - cell_len(name) - cell_len(detail) - cell_len(row.counts) - 3, 1)
        label: Ink = "muted" if row.kind == "more" else "strong" if row.leader or on else "text"

        def seg(text: str, ink: Ink) -> Segment:
            return Segment(text, inks[ink] + over if over else inks[ink])

        return strip_of(
            [
                Segment(CURSOR_SIGN if here else " ", inks["outlet"]),
                Segment("✓" if on else " ", inks["mark"]),
                seg(" " + name, label),
                seg(("  " if detail else "") + detail + " " * gap, "muted"),
                seg(row.counts, "outlet"),
            ],
            width,
            inks["text"] + over if over else inks["text"],
        )

    def action_filter(self) -> None:
        row = self.current
        if row is not None and row.kind == "more":
            self._open_section(row)
        elif row is not None and row.condition:
            self.post_message(self.Filtered(row))

    def _open_section(self, more: PanelRow) -> None:
        """Show the rest of a section; the cursor stays where it begins."""
        at = self.cursor
        self._opened.add(more.detail)
        self.show(self._all, self.name_shown, self.query_shown)
        self.move_to(at)

    def action_next_section(self) -> None:
        heads = [at for at, row in enumerate(self.rows) if row.kind == "head" and at > self._line]
        if heads:
            self.move_to(next(i for i, at in enumerate(self._places) if at > heads[0]))

    def action_previous_section(self) -> None:
        """To the first row of this section, or of the one before it."""
        firsts = [i for i, at in enumerate(self._places) if i == 0 or self.rows[at - 1].kind in ("head", "note")]
        self.move_to(max((i for i in firsts if i < self.cursor), default=0))

    @property
    def _line(self) -> int:
        return self._places[self.cursor] if self.cursor < len(self._places) else 0

    def action_timeline(self) -> None:
        if self.current is not None and self.current.kind == "person":
            self.post_message(self.TimelineWanted(self.current))
        else:
            self.host.say("put the cursor on a person first: t shows mentions over time")

    def action_open(self) -> None:
        self.action_filter()

    def action_passages(self) -> None:
        if self.current is not None and self.current.kind == "more":
            self._open_section(self.current)
        elif self.current is not None:
            self.post_message(self.PassagesWanted(self.current))

    def action_copy(self) -> None:
        if self.current is not None:
            row = self.current
            self.host.send("\t".join(part for part in (row.label, row.detail, row.counts) if part), "a row")
