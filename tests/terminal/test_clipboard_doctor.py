"""The doctor in real terminals: what it finds there, what it tries, and that its one question leaves no trace."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import SshServer, Terminal

pytestmark = pytest.mark.terminal

Open = Callable[..., Terminal]
DOCTOR = f"{sys.executable} -m kerman_tui doctor"


def tried(terminal: Terminal) -> str:
    """The screen after the doctor has ended and nothing else was typed."""
    screen = terminal.wait_for(re.compile(r"^ended: 0$", re.MULTILINE))
    assert "kerman-tui was here at" in terminal.wait_for_buffer()
    assert not re.search(r"\d+;\d+;\d+c", screen), "the answer to its question must not be left as if it was typed"
    terminal.type("typed afterwards")
    return terminal.wait_for("typed afterwards")


def trying(then: str = "cat") -> list[str]:
    return ["sh", "-c", f"{DOCTOR} --try | tail -n 12; echo ended: $?; {then}"]


def test_it_tries_a_plain_terminal(open_terminal: Open) -> None:
    screen = tried(open_terminal(trying(), size=(160, 40)))
    assert re.search(r"sent 31 bytes to the terminal \(OSC 52\)", screen)
    assert "paste it somewhere: it reads 'kerman-tui was here at" in screen


def test_it_tries_tmux(open_terminal: Open) -> None:
    screen = tried(open_terminal(trying(), size=(160, 40), inside_tmux=True))
    assert "sent 31 bytes to the terminal (tmux)" in screen


def test_it_tries_through_ssh(open_terminal: Open, ssh: SshServer) -> None:
    command = ssh.command(f"{DOCTOR} --try | tail -n 12; echo ended: 0; cat")
    assert "(OSC 52)" in tried(open_terminal(command, size=(160, 40)))


@pytest.mark.parametrize("takes", [True, False])
def test_it_sees_whether_the_terminal_outside_tmux_is_known_to_take_the_clipboard(
    takes: bool, open_terminal: Open, tmp_path: Path
) -> None:
    configuration, report = tmp_path / "inner.conf", tmp_path / "report.json"
    override = "" if takes else "set -as terminal-overrides ',*:Ms@'\nset -as terminal-features 'tmux*:256'\n"
    configuration.write_text(f"set -s escape-time 500\n{override}", encoding="utf-8")
    inner = f"{DOCTOR} --json > {report}; echo ended; cat"
    terminal = open_terminal(["tmux", "-L", "inner", "-f", str(configuration), "new-session", inner], size=(100, 30))
    terminal.wait_for("ended")
    found = json.loads(report.read_text())
    (outside,) = [one for one in found["findings"] if one["name"] == "outside tmux"]
    lines = [advice["line"] for advice in found["advice"]]
    assert "set -s escape-time 10" in lines
    assert outside["state"] == ("ok" if takes else "problem")
    assert ("set -as terminal-features ',tmux-256color:clipboard'" in lines) is not takes
