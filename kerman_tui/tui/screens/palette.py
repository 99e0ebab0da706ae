"""The command palette: a few letters of a command's name, and Enter runs it. And choosing from any list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, cast

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.screen import ModalScreen

from kerman_tui.tui.actions import ACTIONS, BY_ID, Action, keys_of, shown
from kerman_tui.tui.host import host_of
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.widgets.ask import Sign
from kerman_tui.tui.widgets.choices import Choice, Choices
from kerman_tui.tui.widgets.field import Field


def ranked(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Choices that hold every typed word, those that begin with it first."""
    wanted = typed.lower().split()
    found = [one for one in choices if all(word in f"{one.label} {one.detail}".lower() for word in wanted)]
    if wanted:
        found.sort(key=lambda one: (not one.label.lower().startswith(wanted[0]), wanted[0] not in one.label.lower()))
    return found


class ChooseScreen(ModalScreen[str | None]):
    """A field and a list under it; gives the chosen value, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "give up"),
        Binding("down,ctrl+n,tab", "down", "down"),
        Binding("up,ctrl+p,shift+tab", "up", "up"),
        Binding("pagedown", "page_down", "page down"),
        Binding("pageup", "page_up", "page up"),
    ]
    AUTO_FOCUS = "#typed"

    def __init__(self, title: str, choices: Sequence[Choice], nothing: str = "") -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._nothing = nothing

    def compose(self) -> ComposeResult:
        self.list = Choices(self._title, id="choices")
        self.list.can_focus = False
        asked = Horizontal(Sign(" : ", id="prompt"), Field(id="typed"), id="ask")
        yield Vertical(asked, self.list, id="choosing")

    def on_mount(self) -> None:
        self.list.show(self._choices, (self._nothing,))

    @on(Field.Changed)
    def _typed(self, event: Field.Changed) -> None:
        self.list.show(ranked(self._choices, event.value), ("No such command." if self._choices else self._nothing,))

    @on(Field.Submitted)
    def _submitted(self) -> None:
        self.dismiss(self.list.current.value if self.list.current else None)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.choice.value)

    def action_give_up(self) -> None:
        self.dismiss(None)

    def action_down(self) -> None:
        self.list.action_down()

    def action_up(self) -> None:
        self.list.action_up()

    def action_page_down(self) -> None:
        self.list.action_page_down()

    def action_page_up(self) -> None:
        self.list.action_page_up()


def at_hand(screen: RoomScreen) -> Iterator[tuple[Action, DOMNode]]:
    """The actions that can be done now, with the widget, screen or program that does them."""
    chain: list[DOMNode] = [*(screen.focused.ancestors_with_self if screen.focused else ()), screen, screen.app]
    wheres = (*screen.wheres(), "move")
    for action in ACTIONS:
        if action.where in wheres and action.id != "everywhere.palette":
            node = next((one for one in chain if hasattr(one, f"action_{action.method}")), None)
            if node is not None:
                yield action, node


def palette(screen: RoomScreen) -> tuple[ChooseScreen, dict[str, DOMNode]]:
    """The palette for a screen, and who does each action."""
    nodes: dict[str, DOMNode] = {}
    choices: list[Choice] = []
    keymap = host_of(screen).keymap
    for action, node in at_hand(screen):
        nodes[action.id] = node
        keys = " ".join(shown(key) for key in keys_of(action, keymap)[:2])
        choices.append(Choice(action.id, action.name, action.help, keys))
    return ChooseScreen("Commands", choices), nodes


async def run(node: DOMNode, action: str) -> None:
    """Do an action of the registry."""
    await cast(App[object], node.app).run_action(BY_ID[action].method, default_namespace=node)
