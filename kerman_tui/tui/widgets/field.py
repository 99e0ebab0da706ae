"""The search field: a line of text with the keys people know from fzf and the shell."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from kerman_tui.tui.actions import Where, bindings

PLACEHOLDER = 'type to search: words, \'exact, "a phrase", outlet:, person:, date:'


class SearchField(Input):
    """The query. It posts what should happen; the list and the reader listen to the screen."""

    WHERE: ClassVar[tuple[Where, ...]] = ("search",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")
    DEFAULT_CSS = ""

    class Left(Message):
        """The field is to be left; ``reading`` when the best hit is to be read."""

        def __init__(self, reading: bool) -> None:
            super().__init__()
            self.reading = reading

    class OlderWanted(Message):
        """The query before this one is wanted."""

    class CompletionWanted(Message):
        """The value under the cursor is to be completed."""

    def __init__(self, value: str = "", *, id: str | None = None) -> None:
        super().__init__(
            value, placeholder='type to search: words, \'exact, "a phrase", outlet:, person:, date:', id=id
        )
        self.cursor_blink = False
        self.compact = True

    async def on_key(self, event: events.Key) -> None:
        # In an empty field these three are commands, as everywhere else; a query never begins with them.
        if not self.value and event.key in ("slash", "question_mark", "colon"):
            event.stop()
            event.prevent_default()
            if event.key == "question_mark":
                await self.run_action("app.help")
            elif event.key == "colon":
                await self.run_action("app.palette")

    def action_to_list(self) -> None:
        self.post_message(self.Left(reading=False))

    def action_accept(self) -> None:
        self.post_message(self.Left(reading=True))

    def action_leave(self) -> None:
        self.post_message(self.Left(reading=False))

    def action_older(self) -> None:
        self.post_message(self.OlderWanted())

    def action_complete(self) -> None:
        self.post_message(self.CompletionWanted())

    def action_clear(self) -> None:
        self.value = ""
