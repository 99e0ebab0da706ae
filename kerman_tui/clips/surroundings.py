"""What stands between the program and the clipboard: tmux, screen, mosh, ssh, a desktop. Environment in, facts out.

Every question is put to a command with a time limit or read from /proc; none is put to the terminal, which may not
answer. Nothing here raises: what cannot be found out is "" or ``None`` or ``False``.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

COMMAND_SECONDS = 3.0
"""How long a command such as tmux or xclip may take before it is given up."""

TERMINAL_SECONDS = 5.0
"""How long a terminal that is stopped (ctrl-s) is waited for."""

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_MAX_ANCESTORS = 64


class Ran(Enum):
    """How a command ended; the value is what to say of it."""

    DONE = "ended well"
    FAILED = "failed"
    HUNG = "did not answer in time"
    MISSING = "was not found"


class Write(Protocol):
    """Passes raw characters to the terminal."""

    def __call__(self, text: str, /) -> None: ...


def run(command: Sequence[str], environment: Mapping[str, str], given: bytes = b"") -> Ran:
    """Run a command with ``given`` as its input, within ``COMMAND_SECONDS``.

    Its output goes nowhere: a clipboard tool stays behind to serve the text, and would hold a pipe open for ever.
    """
    found = shutil.which(command[0], path=environment.get("PATH", os.defpath))
    if not found:
        return Ran.MISSING
    try:
        done = subprocess.run(
            [found, *command[1:]],
            input=given,
            env=dict(environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=COMMAND_SECONDS,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return Ran.HUNG
    except (OSError, ValueError):
        return Ran.FAILED
    return Ran.FAILED if done.returncode else Ran.DONE


def ask(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command prints, without the white space around it; "" when it fails or does not answer in time."""
    found = shutil.which(command[0], path=environment.get("PATH", os.defpath))
    if not found:
        return ""
    try:
        done = subprocess.run(
            [found, *command[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=dict(environment),
            timeout=COMMAND_SECONDS,
            start_new_session=True,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def tmux_option(name: str, environment: Mapping[str, str]) -> str:
    """The value of a tmux option where the program runs: a pane's, window's, session's or the server's."""
    return ask(["tmux", "show-options", "-Apqv", name], environment) or ask(
        ["tmux", "show-options", "-sqv", name], environment
    )


def tmux_client(environment: Mapping[str, str]) -> int | None:
    """The process id of the tmux client that shows the program, if any is attached."""
    answer = ask(["tmux", "display-message", "-p", "#{client_pid}"], environment)
    return int(answer) if answer.isdecimal() else None


def is_under_mosh(pid: int) -> bool:
    """Whether a mosh-server is among the ancestors of a process. Known on Linux only; elsewhere False."""
    return any(name.startswith("mosh-server") for name in _ancestors(pid))


def _ancestors(pid: int) -> Iterator[str]:
    for _ in range(_MAX_ANCESTORS):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
        name, _, rest = stat.partition("(")[2].rpartition(")")
        yield name
        fields = rest.split()
        if len(fields) < 2 or not fields[1].isdecimal() or int(fields[1]) <= 1:
            return
        pid = int(fields[1])


def is_remote(environment: Mapping[str, str]) -> bool:
    """Whether the program was reached through ssh, also when tmux outlives the connection it was started by."""
    if any(environment.get(name) for name in _SSH):
        return True
    if not environment.get("TMUX"):
        return False
    return ask(["tmux", "show-environment", "SSH_CONNECTION"], environment).startswith("SSH_CONNECTION=")


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether there is a desktop to hold a clipboard."""
    return sys.platform == "darwin" or bool(environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY"))


def is_local_desktop(environment: Mapping[str, str]) -> bool:
    """A display, and no ssh between it and the user: only there do native tools reach the clipboard she looks at."""
    return has_display(environment) and not is_remote(environment)


def native_commands(environment: Mapping[str, str]) -> list[list[str]]:
    """The clipboard tools to try, in order, each of which takes the text on its standard input."""
    if sys.platform == "darwin":
        return [["pbcopy"]]
    wayland = [["wl-copy"]] if environment.get("WAYLAND_DISPLAY") else []
    x11 = [["xclip", "-in", "-selection", "clipboard"], ["xsel", "--input", "--clipboard"]]
    return wayland + (x11 if environment.get("DISPLAY") else [])


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal program as ``terminals.toml`` has it."""

    name: str
    variable: str
    begins: str = ""
    takes: str = "yes"
    file: str = ""
    line: str = ""
    why: str = ""


@cache
def _terminals() -> tuple[Terminal, ...]:
    text = files("kerman_tui.clips").joinpath("terminals.toml").read_text(encoding="utf-8")
    return tuple(Terminal(**entry) for entry in tomllib.loads(text)["terminal"])


def known_terminal(environment: Mapping[str, str]) -> Terminal | None:
    """The terminal program, as far as the environment gives it away (ssh mostly passes on no more than TERM)."""
    for terminal in _terminals():
        value = environment.get(terminal.variable, "")
        if value and value.startswith(terminal.begins):
            return terminal
    return None


def deaf_terminal(environment: Mapping[str, str]) -> str:
    """The name of the terminal when it is one that is known not to take OSC 52, else ""."""
    known = known_terminal(environment)
    return known.name if known and known.takes == "no" else ""


@dataclass(frozen=True, slots=True)
class Outer:
    """The terminal that tmux runs in: its TERM, and whether tmux believes that it takes the clipboard."""

    term: str
    takes: bool


def tmux_outer(environment: Mapping[str, str]) -> Outer | None:
    """The terminal outside tmux, if one is attached."""
    name, _, term = ask(["tmux", "display-message", "-p", "#{client_name} #{client_termname}"], environment).partition(
        " "
    )
    if not name:
        return None
    described = ask(["tmux", "show-messages", "-T", "-t", name], environment)
    # one block a terminal, headed "Terminal 0: xterm-256color for /dev/pts/1, ..."
    for block in re.split(r"^(?=Terminal \d+:)", described, flags=re.MULTILINE):
        if f" for {name}," in block.partition("\n")[0]:
            return Outer(term, re.search(r"\bMs: \(string\)", block) is not None)
    return Outer(term, "clipboard" in ask(["tmux", "display-message", "-p", "#{client_termfeatures}"], environment))


def is_installed(command: str, environment: Mapping[str, str]) -> bool:
    """Whether a command is found on the path."""
    return shutil.which(command, path=environment.get("PATH", os.defpath)) is not None


@contextmanager
def controlling_terminal() -> Iterator[Write]:
    """The terminal of this process to write to, whatever standard output is. Raises OSError where there is none.

    A terminal that takes nothing for ``TERMINAL_SECONDS`` makes the write raise OSError instead of hanging.
    """
    # opened anew, so that not blocking concerns nobody else who writes to the same terminal
    descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)

    def write(text: str, /) -> None:
        data = memoryview(text.encode("utf-8", "replace"))
        until = time.monotonic() + TERMINAL_SECONDS
        while data:
            _, ready, _ = select.select([], [descriptor], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise OSError(None, "it takes nothing")
            with suppress(BlockingIOError):
                data = data[os.write(descriptor, data) :]
                until = time.monotonic() + TERMINAL_SECONDS

    try:
        yield write
    finally:
        os.close(descriptor)
