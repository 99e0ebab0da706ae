"""What fuzzing and hostile files found, each kept as the smallest input that showed it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fuzz.__main__ import fuzz
from fuzz.targets import TARGETS, reader
from kerman_tui.ingest.furniture import is_furniture
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


@pytest.mark.parametrize("line", ["Post" + "4" * 110, "1,2" * 60 + "!", "share " * 60 + "!", "next " * 60 + "x"])
def test_a_line_of_a_page_is_judged_at_once(line: str) -> None:
    begun = time.process_time()
    is_furniture(line)
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run_of_every_target_of_the_fuzzer(name: str) -> None:
    assert fuzz(name, 0.0, inputs=25)
