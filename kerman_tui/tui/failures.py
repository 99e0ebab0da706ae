"""Errors as people read them: a line for the status line, and the details for who asks."""

from __future__ import annotations

import traceback

from kerman_tui.text.safe import make_safe, make_safe_line


def described(error: Exception) -> tuple[str, str]:
    """One line that says what happened, and all there is to know of it. Both are safe for a terminal."""
    line = make_safe_line(str(error)) or type(error).__name__
    if not type(error).__module__.startswith("kerman_tui"):
        line = f"that did not work: {type(error).__name__}: {line}"
    return line, make_safe("".join(traceback.format_exception(error)))
