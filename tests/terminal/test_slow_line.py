"""Over ssh on a line with 150 ms of delay and 10 kB a second: what she sees is what is, not what was."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import SshServer, Terminal
from slow_line import SlowLine

pytestmark = pytest.mark.terminal

DELAY, RATE = 0.15, 10_000
SOON = 4.0
"""Seconds after the last of many keys in which their last frame must be there; most of it for a busy machine."""
QUEUED = 12_500
"""Bytes that may come after the last key: what was under way, and the last frame. Without a window it is 15,500."""


def newspaper(folder: Path, articles: int) -> Path:
    """Articles no two of which have a line in common."""
    with (folder / "news.jsonl").open("w") as file:
        for number in range(articles):
            text = " ".join(f"word{number * 31 + at * 7}" for at in range(120))
            file.write(
                json.dumps({"title": f"Report {number} of the day", "text": text + ".", "outlet": "Wire"}) + "\n"
            )
    return folder / "news.jsonl"


def test_many_keys_on_a_slow_line_end_in_the_last_frame_soon(
    open_terminal: Callable[..., Terminal], ssh: SshServer, tmp_path: Path
) -> None:
    line = SlowLine(ssh.port, delay=DELAY, rate=RATE)
    ssh.port = line.port
    remote = f"{sys.executable} -m kerman_tui {newspaper(tmp_path, 600)}"
    terminal = open_terminal(ssh.command(remote), size=(80, 24))
    terminal.wait_for("600 articles")
    terminal.press("Escape")
    terminal.wait_for("1 of 600")
    for keys, shown in (("j" * 20, "21 of 600"), ("\x04" * 80 + "G", "600 of 600"), ("k" * 20, "580 of 600")):
        for key in keys:  # one by one, as a held key comes
            terminal.type(key)
        before = line.carried
        terminal.wait_for(shown, timeout=SOON)
        assert line.carried - before < QUEUED, "frames that were overtaken were under way"
    line.close()
