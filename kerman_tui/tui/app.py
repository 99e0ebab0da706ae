"""The explorer as a program: opens a corpus in a thread, holds what screens share, and leaves with an exit code.

Nothing heavy is imported before the first paint. What takes time is asked of ``Asker`` and answered by messages.
"""

from __future__ import annotations

import os

# Both are read when Textual is imported. A frame is awaited before anything is drawn, so a longer one is felt as delay;
# what does not change is not written, so a shorter one costs the line nothing.
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
os.environ.setdefault("TEXTUAL_FPS", "250")

import asyncio
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.screen import Screen

from kerman_tui import config
from kerman_tui.text.safe import make_safe_to_hand_on, visible
from kerman_tui.tui import state as states
from kerman_tui.tui.actions import bindings
from kerman_tui.tui.arriving import Arriving
from kerman_tui.tui.asking import Answered, deliver
from kerman_tui.tui.collector import spare_what_stands
from kerman_tui.tui.driving import mouse_wanted, thrifty_driver
from kerman_tui.tui.filters import Gate, NoColourAtAll
from kerman_tui.tui.marks import LAST_MARKS, LOOK_EVERY, Known, Marks
from kerman_tui.tui.opening import Given, open_given
from kerman_tui.tui.screens.explorer import ExplorerScreen
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.theme import CHOICES, PALETTES, PLAIN, Inks, Palette, mix, textual_theme
from kerman_tui.tui.watching import LOOK_EVERY as LOOK_FOR_NEWS_EVERY

if TYPE_CHECKING:
    from kerman_tui.clips.basket import Basket
    from kerman_tui.clips.clipboard import Sent
    from kerman_tui.tui.evidence import Scope


class Explorer(Arriving):
    """The program. It implements ``host.Host`` for its screens and widgets."""

    CSS_PATH = "kerman.tcss"
    TITLE = "kerman-tui"
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None

    inks: Inks
    palette: Palette

    def __init__(
        self,
        given: Given,
        *,
        theme: str | None = None,
        settings: config.Settings | None = None,
        state: states.State | None = None,
    ) -> None:
        """``given`` is what is to be opened, once the first frame is there."""
        super().__init__(given, thrifty_driver())
        self.marks = Marks()
        self.settings = settings or config.Settings()
        self.state = state or states.load()
        self.keymap: dict[str, str] = {}
        self.citation_style = self.settings.citation_style
        self.details = ""
        self.unkept = ""
        """Why the state could not be kept at the end."""
        self._noticed: tuple[str, ...] = ()
        for palette in PALETTES.values():
            self.register_theme(textual_theme(palette))
        # No ink of ours is one of the sixteen colours and to be made RGB, so that Textual's own filter is left out.
        self._filters[:] = [NoColourAtAll(), Gate()] if self.no_color else [Gate()]
        self._theme_given = theme is not None
        wanted = theme or self.settings.theme or self.state.theme
        self._use("plain" if self.no_color else wanted if wanted in CHOICES else self._fitting())
        self.explorer = ExplorerScreen()

    def _fitting(self) -> str:
        return "dark" if self.console.color_system in ("256", "truecolor") else "ansi"

    def get_default_screen(self) -> Screen[None]:
        return self.explorer

    # --- start and end --------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.call_after_refresh(self._begin)
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        if threading.current_thread() is threading.main_thread() and not self.is_headless:
            # A dropped line or a kill ends the session as q does: the place is kept, no process is left behind.
            for name in ("SIGHUP", "SIGTERM"):
                if hasattr(signal, name):
                    asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.leave)

    def _begin(self) -> None:
        """After the first paint: the corpus, the basket, the settings."""
        self.spare_what_stands()
        self.state.starts += 1
        self.opening.start()
        self._look_for_marks()
        self.set_interval(LOOK_EVERY, self._look_for_marks)
        self.set_interval(LOOK_FOR_NEWS_EVERY, self.watching.look)
        self.ask(self, "settings", lambda _: config.load(), self._settings_read)

    def spare_what_stands(self) -> None:
        if not self.is_headless:
            spare_what_stands()

    def _settings_read(self, loaded: config.Loaded) -> None:
        from kerman_tui.tui.keys import read_keymap

        self.settings = settings = loaded.settings
        self.citation_style = settings.citation_style
        keymap = read_keymap(loaded.keys)
        if keymap.keys:
            self.keymap = dict(keymap.keys)
            self.set_keymap(self.keymap)
        if settings.theme and not self._theme_given and not self.no_color and settings.theme != self.palette.name:
            self._use(settings.theme)
        if settings.plain:
            self.add_class("plain")
            self.explorer.share_out()
        self._tell((*loaded.problems, *keymap.problems))

    def _tell(self, problems: Sequence[str]) -> None:
        """Say the first of several things that are not as they should be; @ shows all of them."""
        if problems:
            more = f" (and {len(problems) - 1} more: @)" if len(problems) > 1 else ""
            self.say(problems[0] + more, "warn", "\n".join(problems))

    def notice(self) -> None:
        """Say, once, what the corpus noticed while it was asked, such as a broken file of corrections."""
        notices = self.corpus.notices if self.corpus is not None else ()
        if notices is not self._noticed:
            self._tell([one for one in notices if one not in self._noticed])
            self._noticed = notices

    async def on_event(self, event: events.Event) -> None:
        if not (isinstance(event, events.Key) and self.explorer.holds(event)):
            await super().on_event(event)

    def leave(self) -> None:
        """End the program; what must be kept is kept."""
        self.remember_place()
        self.keep()
        self.exit(self.code)

    def keep(self) -> None:
        """Put on the disk what is under way to it, and take no more questions."""
        self.unkept = states.keep(self.state)
        done = self.asker.finish("marks", LAST_MARKS)
        self.asker.close()
        if done:
            self.marks.close()

    def _handle_exception(self, error: Exception) -> None:
        """Close, and leave the words to ``explore``: Textual's traceback shows values, and so what articles say."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        show = getattr(self._driver, "show", None)
        shown = self._running and not self._closed and not self._batch_count
        if show is None or not shown or not show(renderable, synchronized=self._sync_available):
            super()._display(screen, renderable)

    def on_resize(self) -> None:
        self._forget_screen()

    def _forget_screen(self) -> None:
        forget = getattr(self._driver, "forget", None)
        if forget is not None:
            forget()

    def action_redraw(self) -> None:
        self._forget_screen()
        self.refresh()

    def action_quit(self) -> None:  # type: ignore[override]
        self.leave()

    # --- what screens ask -----------------------------------------------------------------------------------------

    def on_answered(self, message: Answered) -> None:
        deliver(self.asker, message)
        self.notice()

    def failed(self, error: Exception) -> None:
        from kerman_tui.tui.failures import described

        line, details = described(error)
        self.say(f"{line} (@ shows details)", "error", details)

    def with_basket(self, work: Callable[[Basket], Any], then: Callable[[Any], None]) -> None:
        def worked(_: Callable[[], bool]) -> tuple[Any, Known | None]:
            return work(self.marks.basket), self.marks.look()

        def answered(found: tuple[Any, Known | None]) -> None:
            value, known = found
            self._marks_known(known)
            then(value)

        self.ask(self, "basket", worked, answered, lane="marks", every=True)

    def _look_for_marks(self) -> None:
        self.ask(self, "marks", lambda _: self.marks.look(), self._marks_known, lane="marks")

    def _marks_known(self, known: Known | None) -> None:
        if known is not None:
            self.marks.take(known)
            for screen in self.screen_stack:
                if isinstance(screen, RoomScreen) and screen.is_mounted:
                    screen.marks_changed()

    def send(self, text: str, what: str) -> None:
        from kerman_tui.clips.clipboard import send

        driver = self._driver
        setting = self.settings.clipboard
        text = make_safe_to_hand_on(text)  # it will be pasted, perhaps into a shell

        def write(sequence: str) -> None:
            if driver is not None:
                driver.write(sequence)
                driver.flush()

        def sent(done: Sent) -> None:
            reached = done.bytes > 0 or done.file is not None
            self.say(f"{done.message} ({what})", "ok" if reached else "warn")

        self.ask(self, "clipboard", lambda _: send(text, write, environment=os.environ, setting=setting), sent)

    def copy_to_clipboard(self, text: str) -> None:
        self.send(text, "text")

    @property
    def found(self) -> Scope | None:
        from kerman_tui.tui.evidence import Scope

        finder = self.explorer.finder
        query = finder.findings.query.strip()
        return Scope(query, finder.strict, finder.findings.total) if query and self.corpus is not None else None

    # --- what can be done everywhere ------------------------------------------------------------------------------

    def action_theme(self) -> None:
        if self.no_color:
            self.say("NO_COLOR is set: no colours are sent", "warn")
            return
        at = CHOICES.index(self.palette.name) if self.palette.name in CHOICES else -1
        self._use(CHOICES[(at + 1) % len(CHOICES)])
        self.state.theme = self.palette.name
        self.say(f"theme: {self.palette.name}")

    def _use(self, name: str) -> None:
        self.palette = PALETTES.get(name, PLAIN)
        self.inks = mix(self.palette)
        name = f"kerman-{self.palette.name}"
        if not self.is_running:
            # Not as a change of theme, for which Textual would read its style sheets twice before the first paint.
            self.set_reactive(Explorer.theme, name)
            self.stylesheet.set_variables(self.get_css_variables())
        else:
            self.theme = name
            for screen in self.screen_stack:
                if isinstance(screen, RoomScreen):
                    screen.repaint()


def explore(
    paths: Sequence[Path], name: str | None = None, theme: str | None = None, *, workers: int | None = None
) -> int:
    """Open the explorer on files and folders, or on a kept corpus, and return the exit code when it is left.

    Raises what the program itself stumbled over, with the terminal as it was before and her marks on the disk.
    """
    app = Explorer(open_given(paths, name, workers), theme=theme)
    code = app.run(mouse=mouse_wanted(os.environ))
    if app._exception is not None:
        app.keep()  # but not the place: it may be what the program stumbled over
        raise app._exception
    if app.unkept:
        sys.stderr.write(f"kerman-tui: place and query are not kept for the next time: {visible(app.unkept)}\n")
    return code or 0
