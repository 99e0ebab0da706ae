"""The one-line bars: the status line says where one is and what just happened, the footer which keys matter here."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kerman_tui.tui.actions import ACTIONS, Where, keys_of, shown
from kerman_tui.tui.host import Tone, host_of
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.widgets.lines import changed_cells, strip_of
from kerman_tui.tui.wrap import shorten

_TONES: dict[Tone, Ink] = {"info": "bar_strong", "ok": "ok", "warn": "warn", "error": "error"}
_SIGNS: dict[Tone, str] = {"info": "", "ok": "✓ ", "warn": "! ", "error": "✗ "}


class Bar(Widget):
    """A line that is drawn from segments, up to the last cell that changed."""

    DEFAULT_CSS = ""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawn: Strip | None = None

    def segments(self, width: int) -> Sequence[Segment]:
        raise NotImplementedError

    def paint(self) -> None:
        """Draw again what changed."""
        if not self.is_attached or not self.size:
            return
        strip = self._strip()
        cells = changed_cells(self._drawn, strip)
        if cells:
            self._drawn = strip
            self.refresh(Region(0, 0, cells, 1))

    def repaint(self) -> None:
        self._drawn = None
        self.refresh()

    def _strip(self) -> Strip:
        return strip_of(self.segments(self.size.width), self.size.width, host_of(self).inks["bar"])

    def render_line(self, y: int) -> Strip:
        if self._drawn is None or self._drawn.cell_length != self.size.width:
            self._drawn = self._strip()
        return self._drawn


class StatusBar(Bar):
    """What just happened on the left, where one is on the right."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._message = ""
        self._tone: Tone = "info"
        self._place = ""

    @property
    def message(self) -> str:
        return self._message

    def say(self, message: str, tone: Tone = "info") -> None:
        self._message, self._tone = message, tone
        self.paint()

    def place(self, place: str) -> None:
        self._place = place
        self.paint()

    def segments(self, width: int) -> Sequence[Segment]:
        inks = host_of(self).inks
        place = shorten(self._place, max(width // 2, 12))
        room = max(width - cell_len(place) - 3, 0)
        message = shorten(f" {_SIGNS[self._tone]}{self._message}" if self._message else "", room)
        gap = max(width - cell_len(message) - cell_len(place) - 1, 0)
        return [Segment(message, inks[_TONES[self._tone]]), Segment(" " * gap + place + " ", inks["bar"])]


class KeyBar(Bar):
    """The keys that matter in the focused pane, as many as fit."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wheres: tuple[Where, ...] = ()

    def show(self, *wheres: Where) -> None:
        """Show the keys of these places, the first the most important."""
        if wheres != self._wheres:
            self._wheres = wheres
            self.paint()

    def segments(self, width: int) -> Sequence[Segment]:
        inks = host_of(self).inks
        keymap = host_of(self).keymap
        found: list[Segment] = []
        used = 0
        for where in self._wheres:
            for action in ACTIONS:
                if action.where != where or not action.footer:
                    continue
                keys = keys_of(action, keymap)
                key, name = shown(keys[0]) if keys else "", f" {action.name}"
                cells = cell_len(key) + cell_len(name) + 2
                if not key or used + cells > width:
                    continue
                found += [Segment(f" {key}", inks["key"]), Segment(f"{name} ", inks["bar"])]
                used += cells
        return found
