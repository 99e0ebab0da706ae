"""What was found once is kept in pieces and read back whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.compare import answers
from kerman_tui.compare.answers import Answers


class Row(msgspec.Struct, frozen=True):
    name: str
    count: int


ROWS = tuple(Row(f"a{number}", number) for number in range(25))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "PIECE", 10)


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 20, 25])
def test_all_rows_come_back(tmp_path: Path, count: int) -> None:
    Answers(tmp_path, "r").keep("rows", ROWS[:count])
    assert Answers(tmp_path, "r").read("rows", Row) == ROWS[:count]


@given(st.integers(0, 10_000))
def test_what_was_cut_short_anywhere_is_not_read(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("answers")
    kept = Answers(folder, "r")
    kept.keep("rows", ROWS)
    path = folder / "rows-r.answer"
    whole = path.read_bytes()
    path.write_bytes(whole[: cut % len(whole)])
    assert kept.read("rows", Row) is None


def test_a_very_large_one_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LARGEST", 64)
    kept = Answers(tmp_path, "r")
    kept.keep("rows", ROWS)
    assert not kept.has("rows")
    assert kept.read("rows", Row) is None
