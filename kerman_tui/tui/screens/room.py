"""The base of every full screen: a body, the status line, the keys that matter, and a word when there is no room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from kerman_tui.tui.actions import Where
from kerman_tui.tui.host import Host, Tone, host_of
from kerman_tui.tui.widgets.bars import Bar, KeyBar, StatusBar
from kerman_tui.tui.widgets.drawn import blank
from kerman_tui.tui.widgets.lines import LineView
from kerman_tui.tui.wrap import shorten

LEAST_WIDTH = 40
LEAST_HEIGHT = 10


class TooSmall(Bar):
    """What stands in place of a screen that does not fit."""

    def segments(self, width: int) -> list[Segment]:
        size = self.app.size
        said = f"needs {LEAST_WIDTH}×{LEAST_HEIGHT}, has {size.width}×{size.height}"
        return [Segment(shorten(said, width), host_of(self).inks["bar_strong"])]


class RoomScreen(Screen[None]):
    """A screen with a status line. Subclasses compose their body in ``body``."""

    WHERES: ClassVar[tuple[Where, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._before_tiny: Widget | None = None

    def body(self) -> Iterable[Widget]:
        """The widgets between the top and the status line."""
        return ()

    def compose(self) -> ComposeResult:
        yield from self.body()
        yield StatusBar(id="status")
        yield KeyBar(id="keys")
        yield TooSmall(id="tiny")

    def so_far(self) -> str:
        """For a title: that only a part of the corpus has been read yet; "" once all is there."""
        corpus = self.host.corpus
        return "" if self.host.opened or corpus is None else f" · the first {len(corpus):,} articles so far"

    def corpus_changed(self) -> None:
        """Show what is there now: all of a corpus in place of its first part, or a newer state of it."""

    def on_mount(self) -> None:
        self.status.place(self.host.corpus_name)

    @property
    def host(self) -> Host:
        return host_of(self)

    def render_lines(self, crop: Region) -> list[Strip]:
        return blank(self.host, crop)

    @property
    def status(self) -> StatusBar:
        return self.query_one("#status", StatusBar)

    def say(self, message: str, tone: Tone = "info") -> None:
        if self.is_mounted:
            self.status.say(message, tone)

    def plain_text(self) -> str:
        """The focused pane as bare text; the whole screen where no pane has the focus."""
        if isinstance(self.focused, LineView):
            return self.focused.plain_text()
        return "\n".join(strip.text.rstrip() for strip in self._compositor.render_strips(self.size))

    def repaint(self) -> None:
        """Draw everything again, as after a change of theme."""
        for widget in self.query(Widget):
            if isinstance(widget, (Bar, LineView)):
                widget.repaint()

    def marks_changed(self) -> None:
        """Show what is marked as it is now: here or in another session something was marked or unmarked."""
        for view in self.query(LineView):
            view.paint()

    def wheres(self) -> tuple[Where, ...]:
        """Where one is, the most special first: what footer and help show."""
        focused = self.focused
        own: tuple[Where, ...] = getattr(focused, "WHERE", ()) if focused is not None else ()
        return (*own, *self.WHERES, "everywhere")

    def on_descendant_focus(self) -> None:
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys of the focused pane."""
        if self.is_mounted:
            self.query_one("#keys", KeyBar).show(*self.wheres())

    def on_resize(self) -> None:
        width, height = self.app.size
        tiny = width < LEAST_WIDTH or height < LEAST_HEIGHT
        if tiny and not self.has_class("tiny"):
            self._before_tiny = self.focused
        self.set_class(tiny, "tiny")
        if not tiny and self._before_tiny is not None:
            # What is hidden loses the focus; she goes on where she was.
            self._before_tiny.focus()
            self._before_tiny = None

    def action_back(self) -> None:
        self.dismiss()
