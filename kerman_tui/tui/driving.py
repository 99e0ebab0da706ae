"""The driver of the terminal: Textual's own, with what it writes thinned and never more than the line can take."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import threading
import time
from functools import cached_property
from typing import IO, TYPE_CHECKING, cast

from textual.driver import Driver

from kerman_tui.tui.flow import QUESTION, Flow
from kerman_tui.tui.thrift import Run, Thrift

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.message import Message

LAST_ANSWERS = 1.0
"""Seconds that answers of the terminal are waited for at the end: later they would be typed into the shell."""
_ANSWER = re.compile(r"\x1b\[\d+;\d+R")


class Line(threading.Thread):
    """Writes to the terminal what it does not show yet, when the line can take it; in place of Textual's writer."""

    def __init__(self, file: IO[str], thrift: Thrift) -> None:
        super().__init__(daemon=True, name="kerman-line")
        self._file = file
        self._thrift = thrift
        self._flow = Flow()
        self._wake = threading.Condition()
        self._due = False
        self._framed = False
        self._writing = False
        self._asking = True
        self._stopped = False

    def write(self, data: str) -> None:
        """Take a frame, or what is to be passed on; it is written once ``flush`` says so."""
        with self._wake:
            if self._thrift.take(data):
                self._framed = True
            else:
                self.due()

    def show(self, runs: Iterable[Run], *, synchronized: bool) -> None:
        """Take a frame that comes in runs, and write it."""
        with self._wake:
            self._thrift.lay(runs, (0, 0), synchronized=synchronized)
            self._framed = True
            self.due()

    def flush(self) -> None:
        with self._wake:
            self.due()

    def forget(self) -> None:
        """Write everything again the next time."""
        with self._wake:
            self._thrift.forget()

    def due(self) -> None:
        self._due = True
        self._wake.notify_all()

    def answered(self) -> None:
        """The terminal has answered a question."""
        with self._wake:
            self._flow.answered(time.monotonic())
            self._wake.notify_all()

    def drain(self, seconds: float) -> None:
        """Write what there is, ask no more, and wait once for the answers that are to come."""
        end = time.monotonic() + seconds
        with self._wake:
            if not self._asking:
                return
            self._asking = False
            self.due()
            while (self._due or self._writing or self._flow.awaiting) and (left := end - time.monotonic()) > 0:
                self._wake.wait(left)

    def stop(self) -> None:
        """Write what there is and end."""
        with self._wake:
            self._stopped = True
            self.due()
        self.join()

    def run(self) -> None:
        while True:
            with self._wake:
                while not self._due or (not self._stopped and (wait := self._flow.wait(time.monotonic()))):
                    self._wake.wait(wait if self._due else None)
                self._due = False
                data = self._thrift.give()
                framed, self._framed = self._framed, False
                if data and framed and self._asking and self._flow.asking:
                    data += QUESTION
                    self._flow.sent(len(data.encode()), time.monotonic())
                self._writing = True
            if data:
                # The terminal may be gone; the signal that tells so is on its way.
                with contextlib.suppress(OSError, ValueError):
                    self._file.write(data)
                    self._file.flush()
            with self._wake:
                self._writing = False
                self._wake.notify_all()
                if self._stopped and not self._due:
                    return


LAST_SECONDS = 10.0
"""How long after the terminal is gone the program may take to end."""


class HangUp(threading.Thread):
    """Waits until the terminal is gone, then raises the signal that says so, which not every terminal sends.

    A program that was stopped is told to go on and to end at once, in any order: it may not end by itself.
    """

    def __init__(self, terminal: int) -> None:
        super().__init__(daemon=True, name="kerman-hang-up")
        self._terminal = terminal

    def run(self) -> None:
        poll = select.poll()
        poll.register(self._terminal, 0)  # to be told of nothing but an end
        if any(told & (select.POLLHUP | select.POLLERR) for _, told in poll.poll()):
            signal.raise_signal(signal.SIGHUP)
            time.sleep(LAST_SECONDS)
            os._exit(128 + signal.SIGHUP)


def mouse_wanted(environment: Mapping[str, str]) -> bool:
    """Whether the mouse may be asked for: while it is, GNU screen keeps Esc back until the next key comes."""
    in_screen = "STY" in environment or environment.get("TERM", "").startswith("screen")
    return "TMUX" in environment or not in_screen


def thrifty_driver() -> type[Driver] | None:
    """The driver for a terminal; None where Textual shall choose (another system, a browser, tests)."""
    from textual import constants

    if os.name != "posix" or constants.DRIVER is not None:
        return None
    from rich.color import ColorSystem
    from textual import events
    from textual.drivers.linux_driver import LinuxDriver

    from kerman_tui.tui.frames import Frame, Runs

    class ThriftyDriver(LinuxDriver):
        """Writes only what changes the screen, when the line can take it."""

        line: Line | None = None
        hang_up: HangUp | None = None
        known_size: os.terminal_size | None = None

        @property  # type: ignore[override]
        def _writer_thread(self) -> Line | None:
            return self.line

        @_writer_thread.setter
        def _writer_thread(self, writer: object) -> None:
            # Textual makes a writer of its own whenever it takes the terminal; ours takes its place.
            self.line = None if writer is None else Line(cast(IO[str], self._file), Thrift())

        @cached_property
        def runs(self) -> Runs:
            return Runs(self._app.console._color_system or ColorSystem.TRUECOLOR)

        def start_application_mode(self) -> None:
            if self.hang_up is None and hasattr(select, "poll"):
                self.hang_up = HangUp(self.fileno)
                self.hang_up.start()
            super().start_application_mode()  # type: ignore[no-untyped-call]

        def write(self, data: str) -> None:
            self._look_at_size()
            super().write(data)

        def _look_at_size(self) -> None:
            size: os.terminal_size | None = None
            with contextlib.suppress(OSError):
                size = os.get_terminal_size(self.fileno)
            if size != self.known_size:
                self.known_size = size
                self.forget()

        def show(self, frame: object, *, synchronized: bool) -> bool:
            """Show a frame of the compositor as it is: written out, it would be taken apart again. False for others."""
            if self.line is None or not isinstance(frame, Frame):
                return False
            self._look_at_size()
            self.line.show(self.runs.of(frame), synchronized=synchronized)
            return True

        def flush(self) -> None:
            if self.line is not None:
                self.line.flush()

        def forget(self) -> None:
            """Write everything again the next time."""
            if self.line is not None:
                self.line.forget()

        def process_message(self, message: Message) -> None:
            if isinstance(message, events.CursorPosition) and self.line is not None:
                self.line.answered()
                return
            if isinstance(message, events.Paste):
                message.text = _ANSWER.sub("", message.text)
            super().process_message(message)

        def disable_input(self) -> None:
            # Once nobody listens, answers that come late would be typed into what has the terminal next.
            if self.line is not None:
                self.line.drain(LAST_ANSWERS)
            super().disable_input()

    return ThriftyDriver
