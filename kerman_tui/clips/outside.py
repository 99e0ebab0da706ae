"""Handing a text to her own programs: a pager, an editor, a pipe. Text in; what came of it, in words, out.

``page`` and ``edit`` take over the terminal, so a front end puts its own screen aside meanwhile. The text travels by a
pipe or by a private file that is gone afterwards; nothing of it ever stands in a command.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kerman_tui.clips.surroundings import is_installed
from kerman_tui.text.safe import make_safe, make_safe_to_hand_on, visible

PIPE_SECONDS = 60.0
"""How long a command that a text is piped into may take."""

OUTPUT_SHOWN = 10_000
"""Characters of a command's output that are kept."""

_PAGERS = ("less", "more")
_EDITORS = ("nano", "vi")


@dataclass(frozen=True, slots=True)
class Outcome:
    """``text``: what came back (the edited text, a command's output), made safe; ``problem``: "" when all went well."""

    text: str
    problem: str = ""


def page(text: str, environment: Mapping[str, str]) -> Outcome:
    """Show a text in $PAGER, else in less or more."""
    command = _chosen(environment, ("PAGER",), _PAGERS)
    if not command:
        return Outcome(text, "no pager was found: set PAGER")
    try:
        done = subprocess.run(command, input=make_safe_to_hand_on(text).encode(), env=dict(environment))
    except OSError as error:
        return Outcome(text, _why(command, error))
    return Outcome(text, f"{visible(command[0])} ended with {done.returncode}" if done.returncode else "")


def edit(text: str, environment: Mapping[str, str], name: str = "passages.txt") -> Outcome:
    """Open a text in $VISUAL or $EDITOR, else in nano or vi; returns it as it was left. ``name`` tells the format."""
    command = _chosen(environment, ("VISUAL", "EDITOR"), _EDITORS)
    if not command:
        return Outcome(text, "no editor was found: set EDITOR")
    try:
        with tempfile.TemporaryDirectory(prefix="kerman-tui-") as folder:
            file = Path(folder) / name
            file.write_text(text, encoding="utf-8", errors="replace", newline="")
            done = subprocess.run([*command, str(file)], env=dict(environment))
            if done.returncode:
                return Outcome(text, f"{visible(command[0])} ended with {done.returncode}; the text is as it was")
            return Outcome(make_safe(file.read_bytes().decode("utf-8", "replace")))
    except OSError as error:
        return Outcome(text, _why(command, error))


def pipe(text: str, line: str, environment: Mapping[str, str]) -> Outcome:
    """Give a text to a command line of her shell, and return what it printed. The terminal stays with the caller."""
    if not line.strip():
        return Outcome("", "no command was given")
    try:
        shell = subprocess.Popen(
            ["/bin/sh", "-c", line],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return Outcome("", _why(["/bin/sh"], error))
    try:
        output, _ = shell.communicate(text.encode("utf-8", "replace"), PIPE_SECONDS)
    except subprocess.TimeoutExpired as error:
        os.killpg(shell.pid, signal.SIGKILL)  # the shell and all that it started
        shell.wait()
        return Outcome(_output(error.output or b""), f"the command did not end within {PIPE_SECONDS:.0f} seconds")
    return Outcome(_output(output), f"the command ended with {shell.returncode}" if shell.returncode else "")


def _output(raw: bytes) -> str:
    return make_safe(raw.decode("utf-8", "replace"))[:OUTPUT_SHOWN]


def _chosen(environment: Mapping[str, str], variables: Sequence[str], fallbacks: Sequence[str]) -> list[str]:
    for variable in variables:
        try:
            command = shlex.split(environment.get(variable, ""))
        except ValueError:
            continue
        if command:
            return command
    found = next((name for name in fallbacks if is_installed(name, environment)), None)
    return [found] if found else []


def _why(command: Sequence[str], error: Exception) -> str:
    return f"{visible(command[0])}: {visible(str(getattr(error, 'strerror', None) or error))}"
