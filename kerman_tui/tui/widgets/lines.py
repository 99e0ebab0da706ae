"""The base of every long list, text and table: lines are pulled when they come into view, and drawn when they changed.

A view knows items (what the cursor moves over) and lines (what the screen shows). After any change it calls ``paint``,
which compares the lines on the screen with what was drawn last and refreshes only those that differ. Nothing is parsed
as markup: lines are strips of styled text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from kerman_tui.tui.actions import Where, bindings
from kerman_tui.tui.host import Host, host_of
from kerman_tui.tui.theme import Ink, Inks
from kerman_tui.tui.widgets.drawn import Drawn, strip_of
from kerman_tui.tui.wrap import shorten, wrap

CURSOR_SIGN = "▌"
PLAIN_LINES = 1_000
"""Lines of a pane that its plain view shows at most."""
JUMP_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class LineView(Drawn, can_focus=True):
    """A pane of lines with a heading, a cursor over items, and letters to jump by.

    A subclass says in ``WHERE`` which actions of the registry hold in it, and gets their keys.
    """

    WHERE: ClassVar[tuple[Where, ...]] = ("move",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("move")
    DEFAULT_CSS = ""

    def __init_subclass__(cls, **settings: Any) -> None:
        own = [where for where in cls.__dict__.get("WHERE", ()) if where != "move"]
        if own:
            cls.BINDINGS = bindings(*own, by=cls)
        super().__init_subclass__(**settings)

    class Moved(Message):
        """The cursor stands on another item."""

        def __init__(self, view: LineView, item: int) -> None:
            super().__init__()
            self.view = view
            self.item = item

        @property
        def control(self) -> LineView:
            return self.view

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.top = 0
        self.head_lines = 1
        self._drawn: dict[int, Strip] = {}
        self._jumps: dict[str, int] = {}

    # --- what a kind of view says ---------------------------------------------------------------------------------

    @property
    def items(self) -> int:
        """How many things the cursor can stand on."""
        return 0

    @property
    def lines(self) -> int:
        """How many lines there are in all."""
        return self.items

    def lines_of(self, item: int) -> tuple[int, int]:
        """First line of an item, and the line after its last."""
        return item, item + 1

    def item_at(self, line: int) -> int | None:
        """The item that a line belongs to."""
        return line if 0 <= line < self.items else None

    def draw(self, line: int, width: int) -> Strip:
        """One line. It may look at ``cursor`` and ``has_focus``."""
        raise NotImplementedError

    def heading(self) -> tuple[str, str]:
        """Name of the pane, and where one is in it."""
        return "", ""

    def empty(self) -> tuple[str, ...]:
        """What to say, and to do, where there are no items."""
        return ()

    # --- drawing --------------------------------------------------------------------------------------------------

    @property
    def host(self) -> Host:
        return host_of(self)

    @property
    def inks(self) -> Inks:
        return host_of(self).inks

    @property
    def body_height(self) -> int:
        """Lines of the pane without its head."""
        return max(self.size.height - self.head_lines, 0)

    def head_strip(self, y: int, width: int) -> Strip:
        """A line of the head; the first one names the pane."""
        return self._heading_strip(width)

    def line(self, y: int, width: int) -> Strip:
        strip = self._drawn.get(y)
        if strip is None or strip.cell_length != width:
            strip = self._drawn[y] = self._strip(y, width)
        return strip

    def paint(self) -> None:
        """Draw again what changed."""
        size = self.size
        if not self.is_attached or not size:
            return
        width = size.width
        changed: list[Region] = []
        for y in range(size.height):
            strip = self._strip(y, width)
            if strip != self._drawn.get(y):
                self._drawn[y] = strip
                changed.append(Region(0, y, width, 1))
        if changed:
            self.refresh(*changed)

    def repaint(self) -> None:
        """Draw everything again, as after a change of theme."""
        self._drawn.clear()
        self.refresh()

    def _strip(self, y: int, width: int) -> Strip:
        if y < self.head_lines:
            return self.head_strip(y, width)
        y -= self.head_lines
        line = self.top + y
        if self.items == 0:
            said = [(at, text[a:b]) for at, text in enumerate(self.empty()) for a, b in wrap(text, width - 4)]
            at, text = said[y - 1] if 1 <= y <= len(said) else (1, "")
            ink: Ink = "text" if at == 0 else "muted"
            return strip_of([Segment(f"  {text}", self.inks[ink])], width, self.inks["text"])
        if not 0 <= line < self.lines:
            return strip_of([], width, self.inks["text"])
        strip = self.draw(line, width)
        return self._with_letter(strip, line, width) if self._jumps else strip

    def _heading_strip(self, width: int) -> Strip:
        ink = self.inks["pane_focus" if self.has_focus else "pane"]
        name, place = self.heading()
        room = max(width - cell_len(place) - 3, 0)
        left = shorten(f"{'▸' if self.has_focus else ' '}{name}", room)
        gap = max(width - cell_len(left) - cell_len(place) - 1, 0)
        return strip_of([Segment(f"{left}{' ' * gap}{place if gap else ''} ", ink)], width, ink)

    def plain_text(self) -> str:
        """What the pane holds, beyond the screen too, without frame and cursor."""
        width = self.size.width
        texts = [
            self.draw(line, width).text.replace(CURSOR_SIGN, " ").rstrip() for line in range(self.lines)[:PLAIN_LINES]
        ]
        more = self.lines - len(texts)
        return "\n".join([self.heading()[0], "", *texts, *([f"… {more:,} lines more"] if more > 0 else [])])

    # --- moving ---------------------------------------------------------------------------------------------------

    def move_to(self, item: int, *, told: bool = True) -> None:
        """Put the cursor on an item (clamped), bring it into view, and tell."""
        item = max(0, min(item, self.items - 1))
        moved = item != self.cursor
        self.cursor = item
        self.reveal(item)
        self.paint()
        if moved and told:
            self.post_message(self.Moved(self, item))

    def reveal(self, item: int) -> None:
        """Scroll as little as needed to show all of an item."""
        if not self.items or not self.body_height:
            return
        first, after = self.lines_of(item)
        height = self.body_height
        if first < self.top or after - first >= height:
            self.top = first
        elif after > self.top + height:
            self.top = after - height
        self.top = max(0, min(self.top, self.lines - height))

    def scroll_lines(self, lines: int) -> None:
        """Scroll by lines and take the cursor along."""
        height = self.body_height
        top = max(0, min(self.top + lines, self.lines - height))
        if top == self.top:
            self.move_to(self.cursor + (1 if lines > 0 else -1))
            return
        self.top = top
        first = self._item_from(range(top, top + height))
        last = self._item_from(range(top + height - 1, top - 1, -1))
        if first is not None and last is not None:
            self.move_to(max(first, min(self.cursor, last)))
        else:
            self.paint()

    def _item_from(self, lines: range) -> int | None:
        for line in lines:
            item = self.item_at(line)
            if item is not None:
                first, after = self.lines_of(item)
                if first >= self.top and after <= self.top + self.body_height:
                    return item
        return None

    def visible_items(self) -> Iterator[int]:
        """Items of which the first line is on the screen."""
        seen = -1
        for line in range(self.top, min(self.top + self.body_height, self.lines)):
            item = self.item_at(line)
            if item is not None and item != seen and self.lines_of(item)[0] == line:
                seen = item
                yield item

    def action_down(self) -> None:
        self.move_to(self.cursor + 1)

    def action_up(self) -> None:
        self.move_to(self.cursor - 1)

    def action_page_down(self) -> None:
        self._page(1)

    def action_page_up(self) -> None:
        self._page(-1)

    def _page(self, direction: int) -> None:
        half = max(self.body_height // 2, 1)
        if self.lines <= self.body_height:
            self.move_to(self.items - 1 if direction > 0 else 0)
        else:
            self.scroll_lines(direction * half)

    def action_first(self) -> None:
        self.top = 0
        self.move_to(0)

    def action_last(self) -> None:
        self.top = max(0, self.lines - self.body_height)
        self.move_to(self.items - 1)

    # --- jumping by letters ---------------------------------------------------------------------------------------

    def action_jump(self) -> None:
        self._jumps = dict(zip(JUMP_LETTERS, self.visible_items(), strict=False))
        if self._jumps:
            self.host.say("type the letter of the place to go to; any other key gives it up")
        self.paint()

    def _with_letter(self, strip: Strip, line: int, width: int) -> Strip:
        for letter, item in self._jumps.items():
            if self.lines_of(item)[0] == line:
                return Strip.join([Strip([Segment(letter, self.inks["match"])], 1), strip.crop(1, width)])
        return strip

    async def on_key(self, event: events.Key) -> None:
        if not self._jumps:
            return
        event.stop()
        event.prevent_default()
        item = self._jumps.get(event.character or "")
        self._jumps = {}
        self.host.say("")
        if item is None:
            self.paint()
        else:
            self.move_to(item)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return bool(self._jumps) and character is not None

    # --- what happens to the pane ---------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._drawn.clear()
        self.relayout()
        if self.items:
            self.cursor = min(self.cursor, self.items - 1)
            self.reveal(self.cursor)
        self.refresh()

    def relayout(self) -> None:
        """Adapt to a new width."""

    def on_focus(self) -> None:
        self.paint()
        self.call_later(self.paint)

    def on_blur(self) -> None:
        self._jumps = {}
        self.call_later(self.paint)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-3)

    async def on_click(self, event: events.Click) -> None:
        line = self.top + event.y - self.head_lines
        item = self.item_at(line)
        if item is None:
            return
        self.move_to(item)
        if event.chain == 2 and hasattr(self, "action_open"):
            await self.run_action("open")
        elif event.chain == 2:
            await self.run_action("screen.open")
