"""Start to first paint: the explorer on the seeds beside an empty Textual application, in turn."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence

from figures import OURS, Row, row
from inputs import SEEDS, Inputs, program
from pty_session import PtySession
from report import Omitted

EMPTY_APP = "empty Textual application"
EMPTY = """
import os
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("kerman")
Empty().run()
"""
WORD = b"kerman"
"""Stands in the first frame of both."""


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    commands = {OURS: [*program(), str(SEEDS)], EMPTY_APP: [sys.executable, "-c", EMPTY]}
    times: dict[str, list[float]] = {subject: [] for subject in commands}
    for turn in range(max(5, inputs.runs) + 1):
        for subject, command in commands.items():
            seconds = first_paint(command, inputs.environment)
            if turn:  # the first of each fills the file cache
                times[subject].append(seconds * 1000)
    for subject, found in times.items():
        yield row("start to first paint", subject, "ms", found)


def first_paint(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds from exec to the first frame that shows the word. Raises TimeoutError."""
    begun = time.perf_counter()
    with PtySession(command, environment=environment) as session:
        session.wait_for(WORD)
        return time.perf_counter() - begun
