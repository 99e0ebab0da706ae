"""The table: medians, ratios in our favour above 1, floors, and what was left out."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import processes
import pytest
import run
from figures import OURS, fallen, ratios, row
from hypothesis import given
from hypothesis import strategies as st
from report import BEGIN, END, Omitted, Report, put_into

ROWS = [
    row("keystroke", OURS, "ms", [1.0, 2.0, 4.0], 30.0),
    row("keystroke", "other | tool", "ms", [20.0], note="slow"),
    row("index", OURS, "articles/s", 500.0),
    row("index", "other", "articles/s", 1_000.0),
    row("idle", OURS, "bytes", 0.0),
    row("idle", "budget", "bytes", 100.0),
    row("alone", "other", "ms", 3.0),
]


def test_a_ratio_above_one_is_in_our_favour_for_times_and_for_rates() -> None:
    assert {one.name: one.value for one in ratios(ROWS)} == {"keystroke / other | tool": 10.0, "index / other": 0.5}


def test_units_are_not_mixed() -> None:
    assert not list(ratios([row("key", OURS, "ms", 3.0), row("key", "budget", "bytes", 700.0)]))


def test_only_what_is_below_its_floor_falls() -> None:
    found = list(ratios(ROWS))
    assert not fallen(found, {"index / other": 0.5, "keystroke / other | tool": 3.0, "not measured / x": 9.0})
    assert [one.name for one in fallen(found, {"index / other": 0.6})] == ["index / other"]


@given(st.lists(st.floats(0.001, 1e6), min_size=1, max_size=60))
def test_median_and_p95_lie_among_the_runs(values: list[float]) -> None:
    made = row("key", OURS, "ms", values)
    assert min(values) <= made.median <= max(values)
    assert made.p95 is None if len(values) < 20 else made.median <= made.p95 <= max(values)


def test_a_row_needs_a_value() -> None:
    with pytest.raises(ValueError, match="key"):
        row("key", OURS, "ms", [])


def test_the_table_says_machine_date_ratios_and_what_was_left_out() -> None:
    report = Report.of("ten articles", ROWS, [Omitted("fzf", "is not installed")])
    table = report.as_markdown()
    assert "Python" in table and "cores" in table and "ten articles" in table and "UTC" in table
    assert "| keystroke | **kerman-tui** | 2 ms |" in table
    assert "10 ×" in table and "other \\| tool" in table
    assert "- fzf: is not installed" in table
    content = json.loads(report.as_json())
    assert content["rows"][0]["values"] == [1.0, 2.0, 4.0] and content["ratios"][0]["peer"] == "other | tool"


def test_the_table_replaces_the_one_before_it_in_a_page() -> None:
    page = put_into("# Title\n\nText.\n", "| old |\n")
    assert page.startswith("# Title\n\nText.\n\n## Measured\n") and "| old |" in page
    again = put_into(page + "\nMore.\n", "| new |\n")
    assert "| old |" not in again and again.endswith(f"{BEGIN}\n\n| new |\n\n{END}\n\nMore.\n")


def test_a_measure_that_fails_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        @staticmethod
        def measure(_: object) -> list[object]:
            raise processes.RunError("the tool fell over")

    class Works:
        @staticmethod
        def measure(_: object) -> list[object]:
            return [ROWS[0], Omitted("rg", "is not installed")]

    monkeypatch.setitem(sys.modules, "measures.broken", Broken)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "measures.works", Works)  # type: ignore[arg-type]
    rows, omitted = run.measure(["broken", "works"], None)  # type: ignore[arg-type]
    assert rows == [ROWS[0]]
    assert [one.what for one in omitted] == ["broken", "rg"] and "fell over" in omitted[0].why


def test_a_run_that_is_stopped_gives_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped:
        @staticmethod
        def measure(_: object) -> list[object]:
            raise KeyboardInterrupt

    class Works:
        @staticmethod
        def measure(_: object) -> list[object]:
            return [ROWS[0]]

    monkeypatch.setitem(sys.modules, "measures.works", Works)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "measures.stopped", Stopped)  # type: ignore[arg-type]
    rows, omitted = run.measure(["works", "stopped", "works"], None)  # type: ignore[arg-type]
    assert rows == [ROWS[0]]
    assert [(one.what, one.why) for one in omitted] == [("stopped, works", "stopped")]


def test_the_floors_name_measures_that_are_numbers() -> None:
    floors = tomllib.loads(run.FLOORS.read_text(encoding="utf-8"))["floors"]
    assert floors and all(" / " in name and value > 0 for name, value in floors.items())


def test_a_function_is_called_in_a_process_of_its_own_and_tells_its_memory() -> None:
    ran = processes.call("generate", "parsed_count", given="10k")
    assert ran.value == 10_000 and ran.seconds > 0 and ran.peak_mib > 1


def test_a_failing_process_says_why(tmp_path: Path) -> None:
    with pytest.raises(processes.RunError, match="ValueError"):
        processes.call("generate", "parsed_count", given="ten")
    with pytest.raises(processes.RunError, match="no end after"):
        processes.run([sys.executable, "-c", "import time; time.sleep(30)"], limit=0.3)
