"""A question answered with one line of text, at the foot of the screen that asks it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen

from kerman_tui.tui.widgets.ask import Sign
from kerman_tui.tui.widgets.field import Field


class PromptScreen(ModalScreen[str | None]):
    """Enter gives the line, Esc gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "give up")]
    AUTO_FOCUS = "#answer"

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        sign = Sign(f" {self._question} ")
        sign.styles.width = len(self._question) + 2
        yield Horizontal(sign, Field(self._value, id="answer"), id="asked")

    @on(Field.Submitted)
    def _answered(self, event: Field.Submitted) -> None:
        self.dismiss(event.value)

    def action_give_up(self) -> None:
        self.dismiss(None)
