"""Runs a program in a pseudo-terminal and tells when its screen says something, and how many bytes that took."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import NamedTuple

SYNCHRONIZED = (b"\x1b[?2026$p", b"\x1b[?2026;2$y")
"""What a program asks and a modern terminal answers: yes, frames can be painted at once (DEC mode 2026)."""


class Painted(NamedTuple):
    """What came after a key: bytes, and seconds until the last and the first of them (0 for none)."""

    bytes: int
    seconds: float
    first: float


class PtySession:
    """One program in a pseudo-terminal of ``columns`` × ``rows``; a context manager, the program dies with it."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, rows: int = 24, environment: Mapping[str, str] | None = None
    ) -> None:
        self.output = bytearray()
        self._answered = 0
        self.begun = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # the size must stand before the program asks for it
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.environ.update({"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(rows)})
            os.environ.update(environment or {})
            os.execvp(command[0], list(command))

    def __enter__(self) -> PtySession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def send(self, keys: bytes) -> None:
        """Type ``keys``."""
        os.write(self.terminal, keys)

    def wait_for(self, text: bytes, *, start: int = 0, limit: float = 20.0) -> float:
        """Seconds from now until ``text`` stands in the output after byte ``start``. Raises TimeoutError."""
        begun = time.perf_counter()
        while text not in self.output[start:]:
            if not self._read(limit - (time.perf_counter() - begun)):
                raise TimeoutError(f"{text!r} did not appear in {limit} s")
        return time.perf_counter() - begun

    def settle(self, quiet: float = 0.25, limit: float = 10.0) -> Painted:
        """Read until nothing has come for ``quiet`` seconds, or for ``limit`` seconds in all."""
        begun = last = time.perf_counter()
        before = len(self.output)
        first = 0.0
        while time.perf_counter() - begun < limit and self._read(quiet):
            last = time.perf_counter()
            first = first or last - begun
        return Painted(len(self.output) - before, last - begun, first)

    def press(self, keys: bytes, quiet: float = 0.25, limit: float = 10.0) -> Painted:
        """Type ``keys`` and read what is painted for them."""
        self.send(keys)
        return self.settle(quiet, limit)

    def _read(self, wait: float) -> bool:
        if wait <= 0 or not select.select([self.terminal], [], [], wait)[0]:
            return False
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.output += data
        question, answer = SYNCHRONIZED
        if (asked := self.output.count(question)) > self._answered:
            self._answered = asked
            self.send(answer)
        return bool(data)
