"""A journalist's first minute in the real program in a real terminal: find, read, compare, mark, copy, read it back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import SshServer, Terminal, needs, poll, runs

from kerman_tui.clips.basket import Basket

pytestmark = pytest.mark.terminal

Open = Callable[..., Terminal]
KERMAN = [sys.executable, "-m", "kerman_tui"]


def find_read_compare_mark_copy(terminal: Terminal) -> str:
    """From the first paint to a cited passage on the clipboard; returns the clipboard."""
    terminal.wait_for("14 articles")
    terminal.type("solemani")
    terminal.wait_for("8 of 14")
    terminal.wait_for("typo")
    terminal.press("Enter")
    terminal.wait_for("match 1/2")
    terminal.type("c")
    terminal.wait_for("China's Xi Sends")
    terminal.wait_for("words shared")
    terminal.press("Escape")
    terminal.wait_for("match 1/2")
    terminal.type(" ")
    terminal.wait_for("1 in the basket")
    terminal.type("y")
    terminal.wait_for("sent ")
    return terminal.wait_for_buffer()


def assert_cited(text: str) -> None:
    assert "Soleimani" in text
    for part in ("Al-Ahed News", "World Leaders, Int’l Bodies Send Condolences", "undated", "000_9f240db0f8538bcd.txt"):
        assert part in text, text


def test_from_a_misspelt_name_to_a_cited_passage_in_a_plain_terminal(open_terminal: Open, seeds: Path) -> None:
    terminal = open_terminal([*KERMAN, str(seeds)], size=(100, 30))
    assert_cited(find_read_compare_mark_copy(terminal))


def test_the_same_inside_tmux(open_terminal: Open, seeds: Path) -> None:
    terminal = open_terminal([*KERMAN, str(seeds)], size=(80, 24), inside_tmux=True)
    assert_cited(find_read_compare_mark_copy(terminal))


def test_the_same_through_ssh(open_terminal: Open, ssh: SshServer, seeds: Path) -> None:
    remote = f"{sys.executable} -m kerman_tui {seeds}"
    terminal = open_terminal(ssh.command(remote), size=(100, 30))
    assert_cited(find_read_compare_mark_copy(terminal))


def test_keys_and_colours_inside_gnu_screen(
    open_terminal: Open, seeds: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    needs("screen")
    (tmp_path / "screens").mkdir(mode=0o700)
    env = {**environment, "SCREENDIR": str(tmp_path / "screens")}
    terminal = open_terminal(["screen", "-c", "/dev/null", "-T", "screen-256color", *KERMAN, str(seeds)], env=env)
    terminal.wait_for("14 articles")
    terminal.type("solemani")
    terminal.wait_for("8 of 14")
    terminal.press("Enter")
    terminal.wait_for("match 1/2")
    assert "38;5;" in terminal.screen(styled=True)
    terminal.type("c")
    terminal.wait_for("words shared")
    terminal.press("Escape")
    terminal.wait_for("match 1/2")
    terminal.press("C-q")
    assert terminal.exit_code() == 0


def test_what_was_marked_is_on_disk_when_the_line_drops(open_terminal: Open, seeds: Path, home: Path) -> None:
    terminal = open_terminal([*KERMAN, str(seeds)], size=(100, 30))
    find_read_compare_mark_copy(terminal)
    process = terminal.pid
    terminal.close()
    poll(lambda: not runs(process), otherwise=lambda: "the program goes on without its terminal")
    with Basket.open(next((home / "data").rglob("basket.sqlite"))) as basket:
        (clip,) = basket.clips()
    assert "Soleimani" in clip.text


def test_an_empty_folder_gets_a_welcome_that_says_what_to_do(open_terminal: Open, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    terminal = open_terminal(["sh", "-c", f"cd {empty} && exec {' '.join(KERMAN)}"])
    terminal.wait_for("kerman-tui FOLDER")
    terminal.type("q")
    assert terminal.exit_code() == 2


def test_a_terminal_that_is_too_small_says_so_and_recovers(open_terminal: Open, seeds: Path) -> None:
    terminal = open_terminal([*KERMAN, str(seeds)], size=(80, 24))
    terminal.wait_for("14 articles")
    terminal.resize(20, 5)
    terminal.wait_for("needs 40×10")
    terminal.resize(80, 24)
    terminal.wait_for("World Leaders")
