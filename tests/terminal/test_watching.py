"""New files become articles while the explorer is open: one terminal watches the folder, another is told of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import Terminal

pytestmark = pytest.mark.terminal

KERMAN = [sys.executable, "-m", "kerman_tui"]


def _article(number: int) -> str:
    body = f"The ferry number {number} came to the quay of Telmora on Friday, and its captain spoke of a calm sea."
    return f"Ferry number {number} arrives in Telmora\n\n{body}\n\nIts {number + 3} passengers went ashore at noon.\n"


def test_new_files_are_offered_and_taken_in_by_a_key(open_terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    for number in range(8):
        (incoming / f"ferry-{number}.txt").write_text(_article(number))
    watching = open_terminal([*KERMAN, "watch", str(incoming), "--name", "ferries", "--every", "0.2"], size=(100, 10))
    watching.wait_for("8 articles; watching")
    explorer = open_terminal([*KERMAN, "--corpus", "ferries"], size=(100, 30))
    explorer.wait_for("8 articles")
    explorer.type("ferry 5")
    explorer.press("Enter")
    explorer.wait_for("passengers went ashore")
    for number in range(20, 32):
        (incoming / f"ferry-{number}.txt").write_text(_article(number))
    watching.wait_for("20 articles")
    explorer.wait_for("12 new")
    explorer.wait_for("Its 8 passengers")
    explorer.press("C-r")
    explorer.wait_for("20 articles now")
    explorer.wait_gone("12 new")
    explorer.wait_for("Its 8 passengers")
    explorer.type("/")
    explorer.press("C-x")
    explorer.type("ferry 27")
    explorer.wait_for("Ferry number 27")
    watching.press("C-c")
    assert watching.exit_code() == -2  # as 130 is told of here: interrupted
    explorer.press("C-q")
    assert explorer.exit_code() == 0
