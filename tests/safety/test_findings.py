"""What fuzzing and hostile files found, each kept as the smallest input that showed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.targets import reader
from kerman_tui.ingest.pipeline import read
from kerman_tui.model import Skipped


@pytest.mark.parametrize("case", [(".warc.gz", b"\x1f"), (".csv", b"\x1f"), (".mbox", b"x")])
def test_a_file_that_gives_nothing_is_named(case: tuple[str, bytes]) -> None:
    reader(case)


def test_a_million_short_lines_are_refused_at_once(tmp_path: Path) -> None:
    page = tmp_path / "lines.txt"
    page.write_bytes(b"".join(b"%d x\n" % number for number in range(200_000)))
    (one,) = read([page], cache=False)
    assert isinstance(one, Skipped) and "more than 50,000 lines" in one.why
