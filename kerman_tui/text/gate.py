"""A text stream that lets nothing through which acts on a terminal: what libraries say goes this way as well."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from kerman_tui.text.safe import make_safe


class GatedStream(io.TextIOBase):
    """Writes to ``terminal`` what ``make_safe`` leaves of a text. Everything else is asked of ``terminal`` itself.

    A library may quote an article's bytes in a warning of its own. Standing in for standard error, this is the last
    gate on that road; what the program itself sends to move a cursor goes to ``terminal``.
    """

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal

    def write(self, text: str) -> int:
        self.terminal.write(make_safe(text))
        return len(text)

    def flush(self) -> None:
        self.terminal.flush()

    def isatty(self) -> bool:
        return self.terminal.isatty()

    def fileno(self) -> int:
        return self.terminal.fileno()

    def writable(self) -> bool:
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.terminal.encoding


def keep_to_ourselves() -> None:
    """Leave standard error to what Python writes: what libraries write past it, as they die, is let go.

    Not for a program that paints the terminal through the descriptor itself.
    """
    with suppress(OSError, ValueError):  # closed, or no file
        sys.stderr.flush()
        ours = open(os.dup(2), "w", encoding=sys.stderr.encoding, errors="backslashreplace", buffering=1)  # noqa: PTH123, SIM115 - lives as long as the program
        sys.stderr = GatedStream(ours)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
