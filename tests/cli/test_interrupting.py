"""Ctrl+c while a command works over all cores: it ends at once, with one exit code, whatever the processes are at."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kerman_tui.analysis import ALONE

PATIENCE = 60.0


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that has ended
            found += map(int, (task / "children").read_text().split())
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up under /proc")
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_a_command_and_its_processes(times: int, tmp_path: Path) -> None:
    archive = tmp_path / "archive.jsonl"
    text = "Mayor Anna Telder of Port Ferrow said the quay would open. She thanked Prime Minister Jan Ostrik. " * 40
    lines = (json.dumps({"title": f"Port {n}", "text": f"{n} {text}"}) for n in range(5 * ALONE))
    archive.write_text("\n".join(lines))
    process = subprocess.Popen(
        [sys.executable, "-m", "kerman_tui", "people", str(archive), "--workers", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + PATIENCE
    while len(at_work := pools(process.pid)) < 2:
        assert process.poll() is None and time.monotonic() < end, "it did not begin to work over all cores"
    for _ in range(times):
        os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Traceback" not in said and "KeyboardInterrupt" not in said
    assert not any(Path(f"/proc/{one}").exists() for one in at_work)


def pools(pid: int) -> list[int]:
    """The processes of pools among those that a process has started."""
    found = []
    for child in children(pid):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:  # it has ended
            continue
        if b"spawn_main" in command:
            found.append(child)
    return found
