"""The one question that may be put to a terminal: which features it has (DA1). Numbers out, or ``None`` after a while.

A terminal that lists feature 52 says that programs may set its clipboard. One that does not list it may take the
clipboard all the same, and tmux never lists it; so the answer raises confidence and forbids nothing.
"""

from __future__ import annotations

import os
import re
import select
import time

ANSWER_SECONDS = 1.5
"""How long an answer is waited for; a line to the other side of the world takes a third of a second."""

CLIPBOARD = 52

_QUESTION = b"\x1b[c"
_ANSWER = re.compile(rb"\x1b\[\?([\d;]+)c")


def features() -> frozenset[int] | None:
    """The numbers that the terminal answers; ``None`` where there is no terminal or no answer in time."""
    try:
        import termios
        import tty

        descriptor = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except (ImportError, OSError):
        return None
    try:
        before = termios.tcgetattr(descriptor)
        try:
            tty.setcbreak(descriptor, termios.TCSANOW)
            os.write(descriptor, _QUESTION)
            return _answer(descriptor)
        finally:
            # what comes too late must not end up on her command line
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
    except (OSError, termios.error):
        return None
    finally:
        os.close(descriptor)


def _answer(descriptor: int) -> frozenset[int] | None:
    heard = b""
    until = time.monotonic() + ANSWER_SECONDS
    while (left := until - time.monotonic()) > 0 and len(heard) < 4096:
        ready, _, _ = select.select([descriptor], [], [], left)
        if not ready:
            return None
        heard += os.read(descriptor, 256)
        match = _ANSWER.search(heard)
        if match:
            return frozenset(int(number) for number in match.group(1).split(b";") if number)
    return None
