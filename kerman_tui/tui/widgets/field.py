"""A field of one line: what is typed in, the words it holds out. Drawn as the bars are, only as far as it changed.

It knows the keys of the shell's line editor that arrive in every terminal. ``SearchField`` is the one for the query.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message

from kerman_tui.text.safe import make_safe_line
from kerman_tui.tui.actions import BY_ID, Where, bindings, keys_of
from kerman_tui.tui.host import host_of
from kerman_tui.tui.theme import cursor_cell
from kerman_tui.tui.widgets.bars import Bar
from kerman_tui.tui.wrap import fitting, shorten

PLACEHOLDER = 'type to search: words, \'exact, "a phrase", outlet:, person:, date:'
ECHO_AFTER = 0.02
"""Seconds that what is typed waits for what it finds, to be painted with it: shorter than anyone sees."""
LONGEST = 10_000
"""Characters a field takes; what is pasted beyond that is cut."""

_WORD_BEFORE = re.compile(r"\S*\s*\Z")


class Field(Bar, can_focus=True):
    """One line of text and a cursor in it."""

    SUBMITS: ClassVar[bool] = True
    """Whether Enter posts ``Submitted``; else it is an action of the registry."""

    class Changed(Message):
        """The text is another."""

        def __init__(self, field: Field, value: str) -> None:
            super().__init__()
            self.field = field
            self.value = value

        @property
        def control(self) -> Field:
            return self.field

    class Submitted(Message):
        """Enter was pressed."""

        def __init__(self, field: Field, value: str) -> None:
            super().__init__()
            self.field = field
            self.value = value

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._value = value
        self.placeholder = placeholder
        self.wrong: tuple[tuple[int, int], ...] = ()
        """Stretches that could not be understood; they are underlined."""
        self._at = len(value)
        self._left = 0
        self._selected = False

    @property
    def value(self) -> str:
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        self.put(value)

    def put(self, value: str, *, at: int | None = None, told: bool = True) -> None:
        """Set the text and the cursor (default: at the end); with ``told``, say that it changed."""
        changed = value != self._value
        self._selected = False
        self._value = value[:LONGEST]
        self._at = len(self._value) if at is None else max(0, min(at, len(self._value)))
        if changed:
            self.wrong = ()
        if changed and told:
            self.tell()
        else:
            self.paint()

    def tell(self) -> None:
        """Show that the text changed, and say so."""
        self.paint()
        self.post_message(self.Changed(self, self._value))

    def select(self) -> None:
        """Select the whole text: what is typed next takes its place, a key that moves keeps it."""
        self._at = len(self._value)
        self._selected = bool(self._value)
        self.paint()

    def underline(self, wrong: tuple[tuple[int, int], ...]) -> None:
        """Underline what could not be understood."""
        self.wrong = wrong
        self.paint()

    def insert(self, text: str) -> None:
        """Put text at the cursor, or in place of what is selected."""
        if self._selected:
            self.put(text)
            return
        self.put(self._value[: self._at] + text + self._value[self._at :], at=self._at + len(text))

    def segments(self, width: int) -> Sequence[Segment]:
        inks = host_of(self).inks
        if not self._value and not self.has_focus:
            return [Segment(shorten(self.placeholder, width), inks["bar"])]
        ink = inks["bar_strong"] if self.has_focus else inks["bar"]
        cursor = cursor_cell(host_of(self).palette)
        if not self._value:
            rest = shorten(self.placeholder, width)
            return [Segment(rest[:1] or " ", cursor), Segment(rest[1:], inks["bar"])]
        self._left = min(self._left, self._at)
        while cell_len(self._value[self._left : self._at]) >= width:
            self._left += max((self._at - self._left) // 4, 1)
        end = self._left + fitting(self._value[self._left :], width)
        found: list[Segment] = []
        selected = self._selected and self.has_focus
        for at in range(self._left, end):
            style = ink + inks["wrong"] if any(a <= at < b for a, b in self.wrong) else ink
            found.append(Segment(self._value[at], cursor if selected or (at == self._at and self.has_focus) else style))
        if self._at >= end and self.has_focus:
            found.append(Segment(" ", cursor))
        return found

    def on_focus(self) -> None:
        self.call_later(self.paint)

    def on_blur(self) -> None:
        self._selected = False
        self.call_later(self.paint)

    def on_click(self, event: events.Click) -> None:
        self._selected = False
        self._at = min(self._left + fitting(self._value[self._left :], event.x), len(self._value))
        self.paint()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.insert(make_safe_line(event.text[:LONGEST]))

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return character is not None and character.isprintable()

    async def on_key(self, event: events.Key) -> None:
        edit = _EDITS.get(event.key)
        if edit is not None:
            value, at = ("", 0) if self._selected and event.key in _TAKE_OUT else edit(self._value, self._at)
            self.put(value, at=at)
        elif event.key == "enter" and self.SUBMITS:
            self.post_message(self.Submitted(self, self._value))
        elif event.character is not None and event.is_printable:
            self.insert(event.character)
        else:
            return
        event.stop()
        event.prevent_default()


def _without(value: str, start: int, end: int) -> tuple[str, int]:
    return value[:start] + value[end:], start


def _word_start(value: str, at: int) -> int:
    found = _WORD_BEFORE.search(value, 0, at)
    return found.start() if found else 0


def _word_end(value: str, at: int) -> int:
    found = re.compile(r"\s*\S*").match(value, at)
    return found.end() if found else len(value)


_EDITS: dict[str, Callable[[str, int], tuple[str, int]]] = {
    "left": lambda value, at: (value, at - 1 if at else 0),
    "right": lambda value, at: (value, at + 1),
    "home": lambda value, at: (value, 0),
    "end": lambda value, at: (value, len(value)),
    "ctrl+e": lambda value, at: (value, len(value)),
    "ctrl+left": lambda value, at: (value, _word_start(value, at)),
    "ctrl+right": lambda value, at: (value, _word_end(value, at)),
    "backspace": lambda value, at: _without(value, max(at - 1, 0), at),
    "delete": lambda value, at: _without(value, at, at + 1),
    "ctrl+w": lambda value, at: _without(value, _word_start(value, at), at),
    "ctrl+k": lambda value, at: _without(value, at, len(value)),
    "ctrl+u": lambda value, at: _without(value, 0, at),
}

_TAKE_OUT = frozenset({"backspace", "delete", "ctrl+w", "ctrl+k"})


class SearchField(Field):
    """The query. It posts what should happen; the list and the reader listen to the screen.

    What is typed is asked for before it is shown: where the answer comes soon, one frame shows both.
    """

    SUBMITS: ClassVar[bool] = False
    WHERE: ClassVar[tuple[Where, ...]] = ("search",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    class OlderWanted(Message):
        """The query before this one (or, with ``by`` -1, after it) is wanted."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class CompletionWanted(Message):
        """The value under the cursor is to be completed."""

    def __init__(self, value: str = "", *, id: str | None = None) -> None:
        super().__init__(value, PLACEHOLDER, id=id)
        self.left: Callable[[bool], None] = lambda reading: None
        """Is called when the field is left (to read the best hit?), at once: the next key is meant for what comes."""
        self.asks: Callable[[str], None] = lambda query: None
        """Is called with what is typed, at once."""
        self._echo: asyncio.TimerHandle | None = None

    def tell(self) -> None:
        if self._echo is None:
            self._echo = asyncio.get_running_loop().call_later(ECHO_AFTER, self.paint)
        self.asks(self.value)

    def paint(self) -> None:
        if self._echo is not None:
            self._echo.cancel()
            self._echo = None
        super().paint()

    @property
    def resting(self) -> bool:
        """Whether what was typed is shown."""
        return self._echo is None

    @property
    def cursor(self) -> int:
        return self._at

    async def on_key(self, event: events.Key) -> None:
        if self.screen.focused is not self:
            # It was on its way here when the field was left: it is meant for what has the focus now.
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
            return
        for id_, reading in (("search.accept", True), ("search.to-list", False), ("search.leave", False)):
            if event.key in keys_of(BY_ID[id_], host_of(self).keymap):
                # Done here and now: a binding is heard by the program only after the keys that follow.
                event.stop()
                event.prevent_default()
                self.left(reading)
                return
        # Where a query begins these three are commands, as everywhere else; no query begins with them.
        if (self._selected or not self.value) and event.key in ("slash", "question_mark", "colon"):
            event.stop()
            event.prevent_default()
            if event.key == "question_mark":
                await self.run_action("app.help")
            elif event.key == "colon":
                await self.run_action("app.palette")

    def action_to_list(self) -> None:
        self.left(False)

    def action_accept(self) -> None:
        self.left(True)

    def action_leave(self) -> None:
        self.left(False)

    def action_older(self) -> None:
        self.post_message(self.OlderWanted(1))

    def action_newer(self) -> None:
        self.post_message(self.OlderWanted(-1))

    async def action_strict(self) -> None:
        await self.run_action("screen.strict")

    def action_complete(self) -> None:
        self.post_message(self.CompletionWanted())

    def action_clear(self) -> None:
        self.value = ""
