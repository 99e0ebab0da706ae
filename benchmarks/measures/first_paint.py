"""Start to first paint: the explorer on the seeds beside an empty Textual application, in turn.

Both run from byte code that was compiled before, as an installed program does.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from figures import OURS, Row, row
from inputs import ROOT, SEEDS, Inputs, program
from processes import run
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
FRAME_END = b"\x1b[?2026l"
"""A synchronized frame has been painted in full (DEC mode 2026, which the session says it has)."""
LISTED = b"Kerman"
"""Stands in titles of the seeds."""
TURNS = 15
"""Starts of each at least: what else the machine does makes one start in three a tenth longer."""


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    run([sys.executable, "-m", "compileall", "-q", str(ROOT / "kerman_tui")])
    # an empty value is none: the empty application's own libraries keep their byte code too
    environment = inputs.environment | {"PYTHONDONTWRITEBYTECODE": ""}
    commands = {OURS: [*program(), str(SEEDS)], EMPTY_APP: [sys.executable, "-c", EMPTY]}
    times: dict[str, list[float]] = {subject: [] for subject in commands}
    listed: list[float] = []
    for turn in range(max(TURNS, inputs.runs) + 1):
        # who starts first changes with every turn, so that neither always follows the other
        for subject, command in sorted(commands.items(), reverse=bool(turn % 2)):
            with PtySession(command, environment=environment) as session:
                begun = session.begun
                session.wait_for(FRAME_END)
                painted = time.perf_counter() - begun
                if subject == OURS:
                    session.wait_for(LISTED)
                if turn:  # the first of each fills the file cache
                    times[subject].append(painted * 1000)
                    if subject == OURS:
                        listed.append((time.perf_counter() - begun) * 1000)
    for subject, found in times.items():
        yield row("start to first paint", subject, "ms", found)
    yield row("start to the list of the seeds", OURS, "ms", listed)
