"""When the program itself is wrong: an error in, one line and a report without any article's text out."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
import traceback

from kerman_tui import __version__, places
from kerman_tui.text.safe import make_safe

DEBUG = "KERMAN_TUI_DEBUG"
"""Set this variable to see the whole traceback in place of the line."""


def line_for(error: BaseException) -> str:
    """Write a report into the state folder and return the line that names it."""
    kind = type(error).__name__
    try:
        handle, path = tempfile.mkstemp(
            prefix=time.strftime("crash-%Y%m%d-%H%M%S-"), suffix=".txt", dir=places.folder("state", "crashes")
        )
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(report(error))
    except (OSError, places.PlaceError):
        return f"something is wrong in the program itself ({kind}); set {DEBUG}=1 to see where"
    return f"something is wrong in the program itself ({kind}); what you marked is safe, and {path} says where it was"


def show(error: BaseException) -> None:
    """Write the whole traceback to standard error, made safe: a message may quote an article."""
    sys.stderr.write(make_safe("".join(traceback.format_exception(error))))


def report(error: BaseException) -> str:
    """The kind of error and the places it passed. No message and no values: they might hold an article's text."""
    lines = [f"kerman-tui {__version__}, Python {platform.python_version()}, {platform.system()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def _place(file: str) -> str:
    """A file of the program or of a library, without the folders above it, which may tell who ran it and where."""
    for above in ("/kerman_tui/", "/site-packages/"):
        if above in file:
            return f"{above.strip('/')}/{file.rpartition(above)[2]}"
    return os.path.basename(file)  # noqa: PTH119 (it may be no path: "<string>")
