"""The page of threats names tests and rooms that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")


def test_every_test_that_the_page_names_exists_and_holds_tests() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
    assert len(named) > 10
    assert {name for name in named if "def test_" not in (ROOT / name).read_text("utf-8")} == set()


def test_every_threat_says_where_it_is_stopped_and_what_shows_it() -> None:
    rows = [
        line for line in PAGE.splitlines() if line.startswith("| ") and not re.match(r"\| (---|it must|when)", line)
    ]
    assert len(rows) > 12
    assert [row for row in rows if "`tests/" not in row.split("|")[3]] == []


def test_every_room_that_the_page_names_exists() -> None:
    rooms = re.findall(r"`((?:text|cli|tui|clips|ingest)/\w+\.py)`", PAGE)
    assert [room for room in rooms if not (ROOT / "kerman_tui" / room).is_file()] == []
