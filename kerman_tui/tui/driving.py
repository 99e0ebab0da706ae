"""The driver of the terminal: Textual's own, with what it writes thinned."""

from __future__ import annotations

import contextlib
import os

from textual.driver import Driver

from kerman_tui.tui.thrift import Thrift


def thrifty_driver() -> type[Driver] | None:
    """The driver for a terminal; None where Textual shall choose (another system, a browser, tests)."""
    from textual import constants

    if os.name != "posix" or constants.DRIVER is not None:
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class ThriftyDriver(LinuxDriver):
        """Writes only what changes the screen."""

        thrift: Thrift | None = None
        known_size: os.terminal_size | None = None

        def write(self, data: str) -> None:
            if data.startswith(("\x1b]", "\x1bP")):
                # Written by the clipboard, perhaps from a thread; it moves nothing on the screen.
                super().write(data)
                return
            if self.thrift is None:
                self.thrift = Thrift()
            size: os.terminal_size | None = None
            with contextlib.suppress(OSError):
                size = os.get_terminal_size(self.fileno)
            if size != self.known_size:
                self.known_size = size
                self.thrift.forget()
            thinned = self.thrift.thin(data)
            if thinned:
                super().write(thinned)

        def forget(self) -> None:
            """Write everything again the next time."""
            if self.thrift is not None:
                self.thrift.forget()

        def start_application_mode(self) -> None:
            self.forget()
            super().start_application_mode()  # type: ignore[no-untyped-call]

    return ThriftyDriver
