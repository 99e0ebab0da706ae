"""An error of the program's own: one line, a private report, and no text of an article in it."""

from __future__ import annotations

import stat
from pathlib import Path

from kerman_tui.cli import crash

SECRET = "the minister’s unpublished words"


def failed() -> Exception:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as inner:
            raise ValueError(SECRET) from inner
    except ValueError as error:
        return error


def test_the_report_says_where_and_holds_no_text() -> None:
    text = crash.report(failed())
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_crash.py" in text
    assert SECRET not in text


def test_the_line_names_a_private_file() -> None:
    line = crash.line_for(failed())
    assert "\n" not in line
    assert SECRET not in line
    path = next(Path(word) for word in line.split() if word.startswith("/"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SECRET not in path.read_text()
