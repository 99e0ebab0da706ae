"""Her own programs get the exact text, and what they do is told in words."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from kerman_tui.clips import outside

TEXT = "one “passage”\nقاسم\n"
ENVIRONMENT = {"PATH": "/usr/bin:/bin"}


def script(folder: Path, body: str) -> str:
    file = folder / "program"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return str(file)


def test_the_pager_gets_the_text(tmp_path: Path) -> None:
    pager = script(tmp_path, 'cat > "$1"')
    done = outside.page(TEXT, {**ENVIRONMENT, "PAGER": f"{pager} '{tmp_path}/a b'"})
    assert not done.problem and (tmp_path / "a b").read_text() == TEXT
    assert "ended with 3" in outside.page(TEXT, {**ENVIRONMENT, "PAGER": script(tmp_path, "exit 3")}).problem
    assert "No such file" in outside.page(TEXT, {**ENVIRONMENT, "PAGER": "/nowhere/pager"}).problem
    assert "set PAGER" in outside.page(TEXT, {"PATH": "/nowhere"}).problem


def test_the_editor_gives_back_what_was_written(tmp_path: Path) -> None:
    editor = script(
        tmp_path, f'cp "$1" {tmp_path}/seen; stat -c %a "$(dirname "$1")" > {tmp_path}/mode; printf "x\\033y" >> "$1"'
    )
    done = outside.edit(TEXT, {**ENVIRONMENT, "EDITOR": editor, "VISUAL": "'"}, "p.md")
    assert done.text == TEXT + "x␛y" and not done.problem
    assert (tmp_path / "seen").read_text() == TEXT and (tmp_path / "mode").read_text() == "700\n"
    failed = outside.edit(TEXT, {**ENVIRONMENT, "EDITOR": script(tmp_path, 'echo no > "$1"; exit 1')})
    assert failed.text == TEXT and "as it was" in failed.problem


def test_a_command_gets_the_text_and_its_answer_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outside.pipe(TEXT, "tr a-z A-Z | head -n 1", ENVIRONMENT).text == "ONE “PASSAGE”\n"
    assert outside.pipe("x; rm -rf /", "cat", ENVIRONMENT).text == "x; rm -rf /"
    assert "\x1b" not in outside.pipe("", "printf '\\033]52;c;eA==\\007'", ENVIRONMENT).text
    assert outside.pipe(TEXT, "exit 4", ENVIRONMENT).problem == "the command ended with 4"
    assert outside.pipe("x" * 10_000_000, "true", ENVIRONMENT).problem == ""
    assert outside.pipe(TEXT, " ", ENVIRONMENT).problem and outside.pipe(TEXT, "a\0", ENVIRONMENT).problem
    monkeypatch.setattr(outside, "PIPE_SECONDS", 0.2)
    begun = time.monotonic()
    late = outside.pipe(TEXT, "sleep 30 & echo $!; wait", ENVIRONMENT)
    assert "did not end" in late.problem and time.monotonic() - begun < 5
    states = subprocess.run(["ps", "-o", "stat=", "-p", late.text.strip()], capture_output=True, text=True).stdout
    assert states.strip()[:1] in ("", "Z"), "the sleeper is gone, or waits only to be counted"
