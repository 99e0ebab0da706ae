"""Start to first paint: the explorer on the seeds beside an empty Textual application, in turn, in one run.

Run: python benchmarks/first_paint.py [--runs N]. Prints medians in milliseconds and their ratio.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from pty_session import PtySession

ROOT = Path(__file__).resolve().parent.parent
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


def first_paint(command: list[str]) -> float:
    """Seconds from exec to the first frame that shows the word kerman."""
    begun = time.perf_counter()
    with PtySession(command) as session:
        session.wait_for(b"kerman")
        return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    ours = [sys.executable, "-m", "kerman_tui", str(ROOT / "seeds")]
    empty = [sys.executable, "-c", EMPTY]
    times: list[tuple[float, float]] = [(first_paint(ours), first_paint(empty)) for _ in range(runs + 1)][1:]
    print(f"explorer  {statistics.median(a for a, _ in times) * 1000:7.0f} ms")
    print(f"empty app {statistics.median(b for _, b in times) * 1000:7.0f} ms")
    print(f"ratio     {statistics.median(a / b for a, b in times):7.2f}")


if __name__ == "__main__":
    main()
