"""The analysis of a corpus by processes, as it is asked for under a program that has the screen."""

from __future__ import annotations

import subprocess
import sys

UNDER_A_SCREEN = """
import sys
from multiprocessing import resource_tracker

class Captured:
    def fileno(self):
        return -1

    def write(self, text):
        return len(text)

    def flush(self):
        pass

sys.stderr = captured = Captured()
from kerman_tui.analysis import watch_processes
watch_processes()
assert sys.stderr is captured
print(resource_tracker.getfd() > 0)
"""


def test_processes_can_be_started_where_standard_error_has_no_number() -> None:
    done = subprocess.run([sys.executable, "-c", UNDER_A_SCREEN], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True", done.stderr
