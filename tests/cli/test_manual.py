"""What is made from the parsers, and the explorer for a browser."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kerman_tui.cli.commands import COMMANDS, manual, serve


def test_the_manual_page_names_every_command_and_is_the_same_at_every_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    narrow = manual.manual()
    monkeypatch.setenv("COLUMNS", "200")
    page = manual.manual()
    assert page == narrow
    assert page.startswith('.TH KERMAN\\-TUI "1"')
    assert all(f"COMMAND 'kerman\\-tui {name}'" in page or name in page for name in COMMANDS)
    assert ".SH EXAMPLES AND EXIT CODES" in page


def test_every_visitor_gets_the_explorer_on_what_was_given() -> None:
    given = argparse.Namespace(paths=["a b", "c"], corpus=None, workers=2, host="localhost", port=8000)
    assert serve.explorer(given)[-5:] == ["--workers", "2", "--", "a b", "c"]
    named = argparse.Namespace(paths=[], corpus="archive", workers=None, host="localhost", port=8000)
    assert serve.explorer(named)[-2:] == ["--corpus", "archive"]


def test_the_explorer_runs_for_a_browser_as_it_is(seeds: Path) -> None:
    browser = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "TERM": "dumb", "COLUMNS": "80", "ROWS": "24"}
    environment = {**os.environ, **browser}
    command = [sys.executable, "-m", "kerman_tui", str(seeds)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as served:
        assert served.stdout is not None
        written = b""
        while b"14 articles" not in written and (more := os.read(served.stdout.fileno(), 1 << 16)):
            written += more
        served.kill()
    assert written.startswith(b"__GANGLION__\n") and b"14 articles" in written
