"""A screen of lines to read: what was skipped, the last message in full, and the like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.text.safe import make_safe_line
from kerman_tui.tui.actions import Where, bindings
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.widgets.texts import TextLine, TextView
from kerman_tui.tui.wrap import wrap

WIDTH = 100


class TextScreen(RoomScreen):
    """Lines of text, wrapped once, made safe for the terminal."""

    WHERES: ClassVar[tuple[Where, ...]] = ("table",)
    BINDINGS: ClassVar[list[BindingType]] = [one for one in bindings("table") if getattr(one, "id", "") == "table.back"]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._said = lines

    def body(self) -> Iterable[Widget]:
        width = max(min(self.app.size.width - 4, WIDTH), 10)
        found: list[TextLine] = [()]
        for line in map(make_safe_line, self._said):
            found += [((f"  {line[start:end]}", "text"),) for start, end in wrap(line, width)]
        yield TextView(self._title, found, id="text")

    def on_mount(self) -> None:
        self.query_one(TextView).focus()

    def show_keys(self) -> None:
        """Nothing but going back can be done here."""
