"""The explorer itself in each terminal: what it marks is kept, what it copies arrives exactly, whatever ends it."""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import PATIENCE, SshServer, Terminal, clipboard_of, needs, poll, runs
from test_clipboard_chain import TMUX_SETTINGS

from kerman_tui.clips.basket import Basket
from kerman_tui.clips.citation import render

pytestmark = pytest.mark.terminal

Open = Callable[..., Terminal]
SIZE = (100, 30)


@pytest.fixture
def explorer(seeds: Path) -> list[str]:
    return [sys.executable, "-m", "kerman_tui", str(seeds)]


def basket_file(home: Path) -> Path:
    return home / "data" / "kerman-tui" / "basket.sqlite"


def marked(home: Path) -> list[str]:
    """The passages in the basket, cited, as they are to arrive."""
    with Basket.open(basket_file(home)) as basket:
        assert basket.notice == ""
        return [render(clip) for clip in basket.clips()]


def read(terminal: Terminal) -> None:
    """From the first paint into an article, at a passage."""
    terminal.wait_for("14 articles")
    terminal.type("solemani")
    terminal.wait_for("typo")
    terminal.press("Enter")
    terminal.wait_for("match 1/")
    try:
        terminal.wait_for("v range", timeout=3)
    except AssertionError:  # Enter came before the answer and went to the list
        terminal.press("Enter")
        terminal.wait_for("v range")


def read_mark_copy(terminal: Terminal) -> None:
    read(terminal)
    terminal.type(" ")
    terminal.wait_for("1 in the basket")
    terminal.type("y")


@pytest.mark.parametrize("setting", TMUX_SETTINGS)
def test_in_tmux_under_each_of_its_settings(
    setting: str, open_terminal: Open, explorer: list[str], home: Path, tmp_path: Path
) -> None:
    configuration = tmp_path / "inner.conf"
    configuration.write_text(f"set -g status off\n{TMUX_SETTINGS[setting]}\n", encoding="utf-8")
    terminal = open_terminal(["tmux", "-L", "inner", "-f", str(configuration), "new-session", *explorer], size=SIZE)
    read_mark_copy(terminal)
    terminal.wait_for("to the terminal (tmux)")
    assert [terminal.wait_for_buffer()] == marked(home)


def test_in_screen(
    open_terminal: Open, explorer: list[str], home: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    needs("screen")
    (tmp_path / "screens").mkdir(mode=0o700)
    environment["SCREENDIR"] = str(tmp_path / "screens")
    configuration = tmp_path / "screenrc"
    configuration.write_text("startup_message off\nautodetach off\nterm screen-256color\n", encoding="utf-8")
    terminal = open_terminal(["screen", "-c", str(configuration), "-U", *explorer], size=SIZE)
    read_mark_copy(terminal)
    terminal.wait_for("to the terminal (screen)")
    assert [terminal.wait_for_buffer()] == marked(home)


def test_in_xterm_on_a_desktop(display: str, explorer: list[str], home: Path, environment: dict[str, str]) -> None:
    """No other program can type into xterm here, so a pipe types for it."""
    needs("xterm", "xclip", "script")
    keys, log = home / "keys", home / "log"
    os.mkfifo(keys)
    typed = f"echo $$ > {home}/pid; exec script -qfec {shlex.quote(shlex.join(explorer))} {log} < {keys}"
    allowed = "XTerm*disallowedWindowOps: 20,21,SetXprop"
    command = ["xterm", "-u8", "-geometry", "100x30", "-xrm", allowed, "-e", "sh", "-c", typed]
    xterm = subprocess.Popen(command, env={**environment, "DISPLAY": display, "SSH_CONNECTION": "no native tools"})
    steps = (("14 articles", "solemani"), ("typo", "\r"), ("match 1/", " "), ("in the basket", "y"), ("sent ", ""))
    try:
        with keys.open("w") as keyboard:
            for shown, press in steps:
                poll(lambda shown=shown: log.exists() and shown in log.read_text(errors="replace"))  # type: ignore[misc]
                keyboard.write(press)
                keyboard.flush()
            copied = poll(lambda: clipboard_of(display))
            assert [copied] == marked(home)
    finally:
        os.kill(int((home / "pid").read_text()), signal.SIGTERM)  # with its terminal gone, the explorer goes too
        xterm.terminate()
        xterm.wait(PATIENCE)


def test_a_dropped_line_loses_nothing_and_leaves_nothing_behind(
    open_terminal: Open, ssh: SshServer, explorer: list[str], home: Path
) -> None:
    terminal = open_terminal(ssh.command(f"echo $$ > {home}/pid; exec {shlex.join(explorer)}"), size=SIZE)
    read_mark_copy(terminal)
    copied = terminal.wait_for_buffer()
    pid = int((home / "pid").read_text())
    os.kill(terminal.pid, signal.SIGKILL)
    poll(lambda: not runs(pid), otherwise=lambda: f"{pid} still runs")
    assert marked(home) == [copied]


def test_kill_9_while_marking_loses_no_mark_that_was_shown(
    open_terminal: Open, explorer: list[str], home: Path
) -> None:
    chance = random.Random(3)
    shown = 0
    for _ in range(3):
        terminal = open_terminal(explorer, size=SIZE)
        read(terminal)
        for _ in range(chance.randrange(3, 9)):
            terminal.type(" j")
        terminal.wait_for(re.compile(r"[3-9] in the basket"))
        time.sleep(chance.random() * 0.05)  # any moment will do: this is the randomness of the test, not a wait
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.exit_code()
        counts = [int(count) for count in re.findall(r"(\d+) in the basket", terminal.screen())]
        kept = len(marked(home))
        assert counts and kept >= max(counts)
        shown = max(shown, *counts)
        terminal.close()
        shutil.rmtree(home / "data")  # or the same keys would take the marks off again
    assert shown > 2


def test_a_damaged_basket_is_said_and_marking_goes_on(open_terminal: Open, explorer: list[str], home: Path) -> None:
    file = basket_file(home)
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_bytes(b"this was a basket once " * 500)
    terminal = open_terminal(explorer, size=(160, 30))
    read(terminal)
    terminal.type(" ")
    terminal.wait_for("the basket was damaged")
    terminal.type("j ")
    terminal.wait_for("2 in the basket")
    assert len(marked(home)) == 2
    assert [one for one in file.parent.iterdir() if "damaged" in one.name]


def test_where_nothing_can_be_kept_it_is_said_and_copying_goes_on(
    open_terminal: Open, explorer: list[str], environment: dict[str, str]
) -> None:
    terminal = open_terminal(explorer, size=(160, 30), env={**environment, "XDG_DATA_HOME": "/proc/kerman"})
    read(terminal)
    terminal.type(" ")
    terminal.wait_for("in memory only")
    terminal.type("y")
    assert "undated" in terminal.wait_for_buffer()


def test_stopped_and_brought_back_it_keeps_what_was_marked(
    open_terminal: Open, explorer: list[str], home: Path
) -> None:
    terminal = open_terminal(explorer, size=SIZE)
    read(terminal)
    terminal.type(" ")
    terminal.wait_for("1 in the basket")
    os.kill(terminal.pid, signal.SIGSTOP)
    assert len(marked(home)) == 1
    terminal.type("j ")
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.wait_for("2 in the basket")
    assert len(marked(home)) == 2


def test_two_explorers_at_once_lose_nothing(open_terminal: Open, explorer: list[str], home: Path) -> None:
    both = [open_terminal(explorer, size=SIZE), open_terminal(explorer, size=SIZE)]
    for terminal in both:
        read(terminal)
    both[1].type("jjjjjj")  # to other sentences, since marking the same again takes the mark off
    for _ in range(4):
        for terminal in both:
            terminal.type(" j")
    poll(lambda: len(marked(home)) == 8, otherwise=lambda: f"{len(marked(home))} are kept")
