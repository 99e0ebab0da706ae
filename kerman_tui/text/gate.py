"""A text stream that lets nothing through which acts on a terminal: what libraries say goes this way as well."""

from __future__ import annotations

import io
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
