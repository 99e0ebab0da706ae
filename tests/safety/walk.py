"""Walks through every screen of the explorer by the keys of its registry, in the terminal it is started in.

Run as ``python -m tests.safety.walk REPORT ARGUMENT...``: the arguments are the explorer's, the report is a JSON file
of the screens that were reached, the actions that were done and what the program stumbled over.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from kerman_tui.tui.actions import ACTIONS, Action
from kerman_tui.tui.app import Explorer
from kerman_tui.tui.views import VIEWS
from kerman_tui.tui.widgets.field import Field

LEFT_OUT = {"everywhere.quit", "reader.source"}
"""Leaving, and the source file as it lies there, which her own pager shows in its own way."""

LAST = {"back", "leave", "delete", "clear", "reject"}
"""Actions that leave, or take away what others need: done when all else on a screen was."""

DEPTH = 9
"""Screens above each other; every action is done once, so it ends anyway."""

OTHER_TABLES = ("utterances", "quotations", "figures", "every figure", "organisations", "stories")
"""Tables that stand alone; the others are in ``VIEWS``."""

MOST_ROWS = 40
"""Rows of the basket that are opened in search of a table."""

PATIENCE = 4.0
"""Seconds after which an answer is not waited for."""


class Walk:
    """One walk; every action is done once on every kind of screen that it holds on."""

    def __init__(self, app: Explorer, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.screens: set[str] = set()
        self.done: set[tuple[str, str]] = set()

    async def quiet(self) -> None:
        end = asyncio.get_running_loop().time() + PATIENCE
        await asyncio.sleep(0)
        while asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.005)
            if not self.app.asker.busy and self.app.opened:
                break
        await asyncio.sleep(0.01)

    async def press(self, key: str) -> None:
        await self.pilot._wait_for_screen(timeout=PATIENCE)
        self.app.simulate_key(key)
        await self.quiet()

    async def back_to(self, screen: Screen[object]) -> bool:
        """Press Escape until the screen is on top again; False when it is gone."""
        for _ in range(8):
            if self.app.screen is screen:
                return True
            if screen not in self.app.screen_stack:
                return False
            await self.press("escape")
        if screen in self.app.screen_stack:
            while self.app.screen is not screen:
                self.app.pop_screen()
                await self.quiet()
            return True
        return False

    def wanted(self, screen: Screen[object], pane: Widget | None) -> list[Action]:
        """What can be done with the focus in ``pane`` and was not done yet; in a field letters are only letters."""
        field = isinstance(pane, Field)
        wheres = getattr(pane, "WHERE", ()) if field else getattr(screen, "wheres", tuple)()
        there = [a for a in ACTIONS if a.where in wheres and self.mark(screen, a) not in self.done]
        there = [a for a in there if a.id not in LEFT_OUT]
        return sorted(there, key=lambda a: a.id.rpartition(".")[2] in LAST)

    def mark(self, screen: Screen[object], action: Action) -> tuple[str, str]:
        """Under which an action is done; what holds everywhere need not be done again on each screen."""
        return ("" if action.where == "everywhere" else type(screen).__name__), action.id

    async def visit(self, screen: Screen[object], depth: int = 0) -> None:
        """Do all that can be done on a screen, in every pane of it, and visit the screens that this opens."""
        kind = type(screen).__name__
        self.screens.add(kind)
        if depth > DEPTH:
            return
        panes = [widget for widget in screen.query("*") if widget.focusable]
        for pane in sorted(panes, key=lambda widget: isinstance(widget, Field)) or [None]:
            while True:
                if screen not in self.app.screen_stack or not await self.back_to(screen):
                    return
                if pane is not None:
                    if not pane.is_mounted or not pane.focusable:
                        break
                    pane.focus()
                    await self.quiet()
                if screen is self.app.explorer and not isinstance(pane, Field):
                    await self.press("ctrl+x")  # what was asked before may have left nothing on the screen
                waiting = self.wanted(screen, pane)
                if not waiting:
                    break
                action = waiting[0]
                self.done.add(self.mark(screen, action))
                await self.press(action.keys[0])
                opened = self.app.screen
                if opened is not screen:
                    await self.visit(opened, depth + 1)
                elif isinstance(self.app.focused, Field) and self.app.focused is not pane:
                    await self.press("x")  # a field has opened: type something, and leave it
                    await self.press("escape")

    async def rows(self) -> None:
        """Visit what only a row of a table leads to: a collation, collocates of a word, a table in the basket."""
        home = self.app.explorer
        for name in (*(name for names in VIEWS for name in names), *OTHER_TABLES):
            await self.back_to(home)
            self.app.show_listing(name)
            await self.quiet()
            if name == "collocates":
                for key in (*"bridge", "enter"):
                    await self.press(key)
            table = self.app.screen
            await self.visit(table, 1)
            if await self.back_to(table):
                await self.press("B")
                await self.press("enter")
                if self.app.screen is not table and self.app.screen is not home:
                    await self.visit(self.app.screen, 2)
        await self.back_to(home)
        self.app.action_basket()
        basket = self.app.screen
        for _ in range(MOST_ROWS):
            await self.press("enter")
            if self.app.screen is not basket:
                await self.visit(self.app.screen, 2)
                if type(self.app.screen).__name__ == "KeptScreen" or not await self.back_to(basket):
                    return
            await self.press("down")


def main() -> None:
    report = Path(sys.argv.pop(1))
    found: dict[str, object] = {}

    async def walk(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, Explorer)
        one = Walk(app, pilot)
        await one.quiet()
        try:
            await one.visit(app.explorer)
            await one.rows()
        except Exception as error:
            found["stumbled"] = f"{type(error).__name__}: {error!a}"
        found.update(screens=sorted(one.screens), actions=sorted({action for _, action in one.done}))
        report.write_text(json.dumps(found))
        app.leave()

    run = App.run
    App.run = lambda self, **options: run(self, auto_pilot=walk, **options)  # type: ignore[method-assign,assignment]
    from kerman_tui.cli.main import run as program

    program()


if __name__ == "__main__":
    main()
