"""What happens to the machine, done to the real program: crashes, signals, dropped terminals. Nothing is lost."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import Terminal, poll, runs

from kerman_tui.clips.basket import Basket

pytestmark = pytest.mark.terminal

Open = Callable[..., Terminal]
KERMAN = [sys.executable, "-m", "kerman_tui"]
SECRET = "Soleimani"

STUMBLING = """
import sys
from kerman_tui.tui.app import Explorer

def stumble(self):
    article = self.corpus.articles[0]
    raise {kind}(article.paragraphs[0].text)

Explorer.action_theme = stumble
sys.argv[1:] = {arguments!r}
from kerman_tui.cli.main import run
run()
"""
"""The program with one key that makes it crash with an article's text in its hands."""


AFTERWARDS = (
    """echo before; "$@"; code=$?; stty -a | tr ';' '\\n' | grep -wE 'echo|icanon'; echo "left with $code"; cat"""
)
"""Runs a command, tells how it left the terminal, and waits for keys."""


def marked(home: Path) -> list[str]:
    with Basket.open(next((home / "data").rglob("basket.sqlite"))) as basket:
        return [clip.text for clip in basket.clips()]


def test_a_crash_gives_the_terminal_back_and_names_a_report_without_text(
    open_terminal: Open, seeds: Path, home: Path
) -> None:
    program = STUMBLING.format(kind="RuntimeError", arguments=[str(seeds)])
    terminal = open_terminal(["sh", "-c", AFTERWARDS, "sh", sys.executable, "-c", program], size=(100, 30))
    terminal.wait_for("14 articles")
    terminal.type("solemani")
    terminal.wait_for("typo")
    terminal.press("Enter")
    terminal.wait_for("match 1/2")
    terminal.type(" ")
    terminal.wait_for("1 in the basket")
    terminal.type("T")
    screen = terminal.wait_for("left with 2")
    assert "before" in screen, "the screen of before did not come back"
    assert re.search(r"(?<!-)\b(icanon)\b.* echo ", screen, re.S), "the terminal is still raw"
    assert "something is wrong in the program itself (RuntimeError)" in screen
    assert "Traceback" not in screen and SECRET not in screen
    terminal.type("typed after it")
    terminal.wait_for("typed after it")
    (report,) = (home / "state").rglob("crash-*.txt")
    assert report.name in screen.replace("\n", "")
    text = report.read_text()
    assert "RuntimeError" in text and "in stumble" in text
    assert SECRET not in text
    assert report.stat().st_mode & 0o777 == 0o600
    assert len(marked(home)) == 1


def test_stopped_and_back_it_is_where_it_was(open_terminal: Open, seeds: Path, home: Path) -> None:
    terminal = open_terminal(["bash", "--norc", "-i"], size=(100, 30))
    terminal.type(f"echo 'a shell' stands; {sys.executable} -m kerman_tui {seeds} & echo $! > {home}/job; fg\n")
    terminal.wait_for("14 articles")
    terminal.type("solemani")
    terminal.wait_for("typo")
    terminal.press("Enter")
    terminal.wait_for("match 1/2")
    terminal.type(" ")
    terminal.wait_for("1 in the basket")
    terminal.wait_for("▌●")  # the sign of the mark, which may come after the word for it
    reading = terminal.wait_for("↳ also in")  # where else the passage stands, which is looked up meanwhile
    os.kill(int((home / "job").read_text()), signal.SIGTSTP)
    terminal.wait_for("Stopped")
    terminal.type("echo typed in the shell\n")
    shell = terminal.wait_for("\ntyped in the shell")
    assert "a shell stands" in shell and "match 1/2" not in shell, "the screen of before did not come back"
    terminal.type("fg\n")
    back = terminal.wait_for("match 1/2")
    assert "typed in the shell" not in back
    assert [line[:60] for line in back.splitlines()[1:12]] == [line[:60] for line in reading.splitlines()[1:12]]
    terminal.type("n")
    terminal.wait_for("match 2/2")
    terminal.press("C-q")
    terminal.wait_for("typed in the shell")
    assert len(marked(home)) == 1


def test_a_terminal_that_goes_without_a_signal_ends_the_session_and_the_place_is_kept(
    seeds: Path, home: Path, environment: dict[str, str]
) -> None:
    ours, its = pty.openpty()  # nobody's controlling terminal: no signal is sent when it goes
    program = subprocess.Popen(
        [*KERMAN, str(seeds)], stdin=its, stdout=its, stderr=its, env=environment | {"TERM": "xterm-256color"}
    )
    try:
        os.close(its)
        seen = b""
        while b"14 articles" not in seen:
            seen += os.read(ours, 65536)
        os.close(ours)
        program.wait(30)
    finally:
        program.kill()
        program.wait()
    assert list(home.rglob("explorer.json")), "the place is kept"


def test_a_terminal_that_goes_while_the_program_is_stopped_leaves_no_process(
    open_terminal: Open, seeds: Path, home: Path
) -> None:
    terminal = open_terminal(["bash", "--norc", "-i"], size=(100, 30))
    terminal.type(f"{sys.executable} -m kerman_tui {seeds} & echo $! > {home}/job; fg\n")
    terminal.wait_for("14 articles")
    program = int((home / "job").read_text())
    os.kill(program, signal.SIGTSTP)
    terminal.wait_for("Stopped")
    terminal.close()
    poll(lambda: not runs(program), 40, lambda: f"process {program} goes on")
