"""One-line rows to choose from: a name, what it is, and something at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from kerman_tui.tui.actions import Where
from kerman_tui.tui.theme import Ink, cursor_style
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView
from kerman_tui.tui.wrap import shorten


class Choice(msgspec.Struct, frozen=True):
    """``value`` is what is chosen; ``label`` stands left, ``detail`` after it, ``tail`` at the right."""

    value: str
    label: str
    detail: str = ""
    tail: str = ""


class Choices(LineView):
    """A list of choices."""

    WHERE: ClassVar[tuple[Where, ...]] = ("move",)

    class Chosen(Message):
        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title_shown = title
        self.choices: Sequence[Choice] = ()
        self.said: tuple[str, ...] = ()
        self.label_width = 0

    def show(self, choices: Sequence[Choice], said: tuple[str, ...] = ()) -> None:
        self.choices, self.said = choices, said
        self.label_width = max((cell_len(one.label) for one in choices), default=0)
        self.cursor = self.top = 0
        self.paint()

    @property
    def current(self) -> Choice | None:
        return self.choices[self.cursor] if 0 <= self.cursor < len(self.choices) else None

    @property
    def items(self) -> int:
        return len(self.choices)

    def heading(self) -> tuple[str, str]:
        return self.title_shown, f"{self.cursor + 1:,} of {len(self.choices):,}" if self.choices else ""

    def empty(self) -> tuple[str, ...]:
        return self.said

    def draw(self, line: int, width: int) -> Strip:
        inks = self.inks
        choice = self.choices[line]
        here = line == self.cursor
        over = cursor_style(self.host.palette) if here else None
        label_width = min(self.label_width, width // 3)
        label = shorten(choice.label, label_width)
        tail = cell_len(choice.tail)
        detail = shorten(choice.detail, width - label_width - tail - 7)
        gap = max(width - 4 - label_width - cell_len(detail) - tail - 1, 1)

        def seg(text: str, ink: Ink) -> Segment:
            return Segment(text, inks[ink] + over if over else inks[ink])

        return strip_of(
            [
                Segment(f"{CURSOR_SIGN if here else ' '} ", inks["outlet"]),
                seg(label + " " * (label_width - cell_len(label) + 2), "strong"),
                seg(detail + " " * gap, "text"),
                seg(choice.tail, "muted"),
            ],
            width,
            inks["text"] + over if over else inks["text"],
        )

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current))
