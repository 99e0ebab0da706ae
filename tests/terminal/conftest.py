"""Real terminals for the tests of this folder; a test is skipped, with the reason, where a program is missing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from screen import PATIENCE, SshServer, Terminal, clean_environment, needs


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder of the test's own."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def environment(home: Path) -> Iterator[dict[str, str]]:
    """All that a program in the terminal sees of the machine."""
    with TemporaryDirectory(prefix="kt-") as sockets:
        yield clean_environment(home, TMUX_TMPDIR=sockets)


@pytest.fixture
def open_terminal(environment: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Open a terminal (arguments of ``Terminal``; ``env`` defaults to ``environment``); it is closed after the test."""
    needs("tmux")
    opened: list[Terminal] = []

    def open_one(command: list[str], **options: Any) -> Terminal:
        opened.append(Terminal(command, **{"env": environment, **options}))
        return opened[-1]

    yield open_one
    for terminal in reversed(opened):
        terminal.close()


@pytest.fixture
def ssh(tmp_path: Path, environment: dict[str, str]) -> Iterator[SshServer]:
    """An sshd on loopback, through which a terminal can reach the program."""
    needs("sshd", "ssh", "ssh-keygen")
    folder = tmp_path / "ssh"
    folder.mkdir(mode=0o700)
    server = SshServer(folder, environment)
    yield server
    server.close()


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A desktop without a screen, on which nothing runs."""
    needs("Xvfb")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as numbers:
        number = numbers.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(PATIENCE)
