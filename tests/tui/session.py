"""A small language for driving the explorer in tests: what she types, and what she then sees.

async with session(corpus) as she:
    await she.types("solemani")
    she.sees("Soleimani", in_="list")
    await she.presses("enter", "space")
    she.is_told("marked 1 passage")
"""

from __future__ import annotations

import asyncio
import contextlib
import unicodedata
from collections.abc import AsyncIterator, Callable
from typing import Any

from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.widget import Widget

from kerman_tui.tui.app import Explorer
from kerman_tui.tui.opening import Given
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.state import State

CALM = 3
"""How often in a row nothing is to be left to do: what is told goes from a widget over its screen to the program."""
PATIENCE = 20.0
"""Seconds after which what she waits for is given up; generous, since machines that run tests are busy."""


class She:
    """Whoever sits at the terminal."""

    def __init__(self, app: Explorer, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.clipboard: list[str] = []

    async def until(self, true: Callable[[], Any], what: str) -> None:
        """Wait until something is so, and what follows from it is done."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not true():
            assert asyncio.get_running_loop().time() < end, f"{what}\n{self.screen()}"
            await asyncio.sleep(0.002)
        await self._calm(lambda: True)

    async def quiet(self) -> None:
        """Wait until every question is answered and nothing follows from the answers any more."""
        await self._calm(lambda: not self.app.asker.busy and self.app.explorer.resting)

    async def _calm(self, rested: Callable[[], bool]) -> None:
        end = asyncio.get_running_loop().time() + PATIENCE
        calm, asked = 0, -1
        while calm < CALM:
            await self.pilot._wait_for_screen()
            self.app.screen._on_timer_update()
            before, asked = asked, sum(self.app.asker._numbers.values())
            calm = calm + 1 if rested() and self._still() and asked == before else 0
            if not calm:
                assert asyncio.get_running_loop().time() < end, f"it never came to rest\n{self.screen()}"
                await asyncio.sleep(0.002)

    def _still(self) -> bool:
        """Whether no widget has anything to do, and the screen shows what they have done."""
        screen = self.app.screen
        widgets = [self.app, *screen.walk_children(with_self=True)]
        told = [not one._message_queue.empty() for one in widgets] + [bool(one._next_callbacks) for one in widgets]
        return not any((*told, screen._callbacks, screen._dirty_widgets, screen._layout_required))

    def hits(self, key: str) -> None:
        """Press a key and go on at once."""
        character: str | None = key if len(key) == 1 else None
        if character is None:
            with contextlib.suppress(KeyError):
                character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
        self.app.post_message(Key(key, character))

    async def presses(self, *keys: str) -> None:
        for key in keys:
            self.hits(key)
            await self.quiet()

    async def types(self, text: str) -> None:
        """Type letters one after the other."""
        for letter in text:
            self.hits(letter if letter.isalnum() else _character_to_key(letter))
        await self.quiet()

    async def resizes(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.quiet()

    # --- what is on the screen ------------------------------------------------------------------------------------

    def lines(self, of: str | None = None) -> list[str]:
        """The lines of the whole screen, or of the widget with that id, as text."""
        screen = self.app.screen
        if of is not None:
            widget: Widget = screen.query_one(f"#{of}")
            return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]
        strips = screen._compositor.render_strips(screen.size)
        return [strip.text.rstrip() for strip in strips]

    def screen(self) -> str:
        return "\n".join(self.lines())

    def sees(self, *texts: str, in_: str | None = None) -> None:
        shown = "\n".join(self.lines(in_))
        for text in texts:
            assert text in shown, f"{text!r} is not to be seen in:\n{shown}"

    def sees_not(self, *texts: str, in_: str | None = None) -> None:
        shown = "\n".join(self.lines(in_))
        for text in texts:
            assert text not in shown, f"{text!r} is to be seen in:\n{shown}"

    def is_told(self, *texts: str) -> None:
        """The status line says so."""
        screen = self.app.screen
        assert isinstance(screen, RoomScreen)
        for text in texts:
            assert text in screen.status.message, f"{text!r} is not what she is told: {screen.status.message!r}"

    def is_at(self, kind: type) -> None:
        assert isinstance(self.app.screen, kind), f"she is at {type(self.app.screen).__name__}"

    def is_in(self, pane: str) -> None:
        focused = self.app.screen.focused
        assert focused is not None and focused.id == pane, f"she is in {focused}"


@contextlib.asynccontextmanager
async def session(
    corpus: Any, *, size: tuple[int, int] = (120, 40), state: State | None = None, **settings: Any
) -> AsyncIterator[She]:
    """The explorer on a corpus, opened and at rest, with a clipboard that can be looked into."""

    def open_corpus(progress: Any, cancelled: Any, arrived: Any) -> Any:
        return corpus() if callable(corpus) else corpus

    given = corpus if isinstance(corpus, Given) else Given(open_corpus, "test", "seeds")
    app = Explorer(given, state=state or State(), **settings)
    async with app.run_test(size=size) as pilot:
        she = She(app, pilot)
        app.send = lambda text, what: she.clipboard.append(text)  # type: ignore[method-assign]
        await she.until(
            lambda: app.corpus is not None or app.explorer.list.hints[:1] not in ((), ("opening …",)), "no corpus"
        )
        if app.opened:
            await she.quiet()
        yield she
