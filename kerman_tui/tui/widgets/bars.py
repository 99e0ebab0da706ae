"""The one-line bars: the status line says where one is and what just happened, the footer which keys matter here."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from kerman_tui.tui.actions import ACTIONS, Where, keys_of, shown
from kerman_tui.tui.host import Tone, host_of
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.widgets.drawn import Drawn, strip_of
from kerman_tui.tui.wrap import shorten

_TONES: dict[Tone, Ink] = {"info": "bar_strong", "ok": "ok", "warn": "warn", "error": "error"}
_SIGNS: dict[Tone, str] = {"info": "", "ok": "✓ ", "warn": "! ", "error": "✗ "}


class Bar(Drawn):
    """A line that is drawn from segments."""

    DEFAULT_CSS = ""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawn: Strip | None = None

    def segments(self, width: int) -> Sequence[Segment]:
        raise NotImplementedError

    def paint(self) -> None:
        """Draw again what changed."""
        size = self.size
        if not self.is_attached or not size:
            return
        strip = self._strip(size.width)
        if strip != self._drawn:
            self._drawn = strip
            self.refresh(size.region)

    def repaint(self) -> None:
        self._drawn = None
        self.refresh()

    def _strip(self, width: int) -> Strip:
        return strip_of(self.segments(width), width, host_of(self).inks["bar"])

    def line(self, y: int, width: int) -> Strip:
        if self._drawn is None or self._drawn.cell_length != width:
            self._drawn = self._strip(width)
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
        if (message, tone) != (self._message, self._tone):
            self._message, self._tone = message, tone
            self.paint()

    def place(self, place: str) -> None:
        if place != self._place:
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
