"""Leaving the screen for a while: the plain text of a pane, or the source of an article in the user's own pager."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from kerman_tui.text.safe import make_safe

if TYPE_CHECKING:
    from kerman_tui.clips.outside import Outcome

PAGERS = ("less", "more")


def show_outside(app: App[int], text: str) -> None:
    """Show text on the bare terminal, so that it can be selected there; Enter comes back."""
    try:
        with app.suspend():
            sys.stdout.write(make_safe(text))
            sys.stdout.write("\n-- Enter goes back --")
            sys.stdout.flush()
            sys.stdin.readline()
    except SuspendNotSupported:
        app.copy_to_clipboard(text)


def aside(app: App[Any], run: Callable[[], Outcome]) -> Outcome:
    """Put the screen aside while a program of hers has the terminal; what came of it."""
    try:
        with app.suspend():
            return run()
    except SuspendNotSupported:
        from kerman_tui.clips.outside import Outcome

        return Outcome("", "no other program can have the terminal here")


def pager_command(path: Path, line: int, environment: dict[str, str]) -> list[str] | None:
    """The command that shows ``path`` from ``line`` in $PAGER (less, more); None where there is no pager."""
    wanted = environment.get("PAGER", "").strip()
    try:
        command = shlex.split(wanted) if wanted else []
    except ValueError:
        command = []
    if not command or shutil.which(command[0]) is None:
        command = next(([one] for one in PAGERS if shutil.which(one)), [])
    if not command:
        return None
    at = [f"+{line}"] if Path(command[0]).name in ("less", "more", "most", "vim", "nvim", "view", "nano") else []
    return [*command, *at, "--", str(path)] if Path(command[0]).name == "less" else [*command, *at, str(path)]


def show_source(app: App[int], path: Path, line: int) -> str:
    """Show a file in the pager; what went wrong in words, or ""."""
    if not path.is_file():
        return f"{path}: is not there to be opened"
    # Control sequences in the file stay text: less shows them so by itself, and is told not to pass any on.
    environment = {**os.environ, "LESS": "", "LESSSECURE": "1"}
    command = pager_command(path, line, environment)
    if command is None:
        return "there is no pager here: set PAGER to one"
    try:
        with app.suspend():
            subprocess.run(command, env=environment, check=False)
    except SuspendNotSupported:
        return "a pager cannot be opened from here"
    except OSError as error:
        return f"{command[0]}: {error.strerror or error}"
    return ""
