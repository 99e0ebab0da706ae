"""The folders of the program are private; without a home it goes on, in memory, and says so."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kerman_tui import places

HOMELESS = """
import os, pwd, sys

def nobody(uid):
    raise KeyError(uid)

pwd.getpwuid = nobody  # a user whom the machine does not know, as in many containers
os.environ.pop("HOME", None)
from kerman_tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("command", ["basket", "doctor"])
def test_no_home(command: str, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG")}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", HOMELESS, command],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == (1 if command == "basket" else 0), done.stderr
    assert "there is no home folder" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_folder_of_the_program_is_hers_alone() -> None:
    made = places.folder("cache", "a", "b")
    assert all(stat.S_IMODE(folder.stat().st_mode) == 0o700 for folder in (made, made.parent, made.parent.parent))
    assert made.parent.parent.name == places.APP
