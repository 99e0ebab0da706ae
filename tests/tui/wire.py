"""The real program at the other end of a pseudo-terminal: keys in, the very bytes that reach the terminal out."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

QUIET = 0.35
"""Seconds without a byte after which an action is taken to be finished."""


class Wire:
    """A running program and what it wrote."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self._master = master
        self.all = b""

    def until_quiet(self, quiet: float = QUIET, limit: float = 20.0) -> bytes:
        """What is written until nothing comes for ``quiet`` seconds."""
        found = b""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            ready, _, _ = select.select([self._master], [], [], quiet)
            if not ready:
                break
            try:
                found += os.read(self._master, 1 << 16)
            except OSError:
                break
        self.all += found
        return found

    def until(self, wanted: bytes, limit: float = 20.0) -> bytes:
        """What is written until ``wanted`` is among it, and then until it is quiet."""
        found = b""
        end = time.monotonic() + limit
        while wanted not in found:
            assert time.monotonic() < end, f"{wanted!r} never came; the last: {found[-500:]!r}"
            found += self.until_quiet(0.05, 0.2)
        return found + self.until_quiet()

    def press(self, keys: str, patience: float = 5.0) -> bytes:
        """Type keys; return what is written because of them: nothing, if the first byte is not there in time."""
        os.write(self._master, keys.encode())
        select.select([self._master], [], [], patience)
        return self.until_quiet()

    def answered(self, keys: str, limit: float = 2.0) -> tuple[float, bytes]:
        """Type keys; return the seconds to the last byte that follows, and the bytes."""
        begun = time.monotonic()
        os.write(self._master, keys.encode())
        last, found = begun, b""
        while time.monotonic() < begun + limit:
            ready, _, _ = select.select([self._master], [], [], 0.1)
            if not ready:
                if found:
                    break
                continue
            found += os.read(self._master, 1 << 16)
            last = time.monotonic()
        self.all += found
        return last - begun, found

    def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.process.send_signal(signal.SIGWINCH)


@contextlib.contextmanager
def running(
    arguments: Sequence[str | Path], *, size: tuple[int, int] = (80, 24), environment: dict[str, str] | None = None
) -> Iterator[Wire]:
    """Run the program in a terminal of ``size`` (width, height); it is ended at the end."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    given = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLORTERM", "TMUX")}
    given.update({"TERM": "xterm-256color", "COLUMNS": "", "LINES": ""})
    given.pop("COLUMNS"), given.pop("LINES")
    given.update(environment or {})
    command = [sys.executable, "-m", "kerman_tui", *map(str, arguments)]
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=given, start_new_session=True)
    os.close(slave)
    wire = Wire(process, master)
    try:
        yield wire
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(3)
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(master)
