"""What the commands of this room print beside their lists: flows, near-duplicates, omissions, collocates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kerman_tui.cli.main import main

SHARED = "The harbour master ordered every vessel to leave the northern quay before the tide turned on Tuesday evening."
OWN = "Bakers in the old town complain that flour has doubled in price since the spring and blame the mill."


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    """Three reports of one event; two outlets share a passage, one of them twice over."""
    rows = [
        {"id": "m1", "outlet": "Morning", "title": "Quay shut", "date": "2024-01-03", "body": f"{SHARED}\n\n{OWN}"},
        {"id": "e1", "outlet": "Evening", "title": "Quay is shut", "date": "2024-01-04", "body": f"{SHARED}\n\n{OWN}"},
        {
            "id": "n1",
            "outlet": "Nightly",
            "title": "Northern quay shut",
            "date": "2024-01-04",
            "body": f"{SHARED} Done.",
        },
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_flows_name_who_was_first(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {(row["outlet"], row["other"]): row for row in answer(capsys, "reuse", "--flows", corpus)}
    assert rows["Morning", "Evening"]["earlier"] > 0 == rows["Morning", "Evening"]["later"]
    assert rows["Nightly", "Evening"]["earlier"] == rows["Nightly", "Evening"]["later"] == 0
    assert rows["Morning", "Evening"]["words"] == len(f"{SHARED} {OWN}".split())
    assert main(["reuse", "--flows", corpus]) == 0
    assert "shares with" in capsys.readouterr().out


def test_near_duplicates_are_told_by_share(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = {tuple(row["articles"]): row["share"] for row in answer(capsys, "reuse", "--near-duplicates", corpus)}
    assert found["m1", "e1"] > 0.8
    assert main(["reuse", "--near-duplicates", corpus]) == 0
    assert "Quay shut" in capsys.readouterr().out


def test_omissions_name_the_outlets_that_leave_a_passage_out(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "stories", "--omissions", "m1", corpus)
    assert set(found["story"]["articles"]) == {"m1", "e1", "n1"}
    rows = {row["what"]: row for row in found["carried"] if row["kind"] == "passage"}
    assert rows[OWN]["missing"] == ["Nightly"]
    assert main(["stories", "--omissions", "m1", corpus]) == 0
    assert "not in Nightly" in capsys.readouterr().out


def test_collocates_stand_near_a_word_in_each_outlet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = f"The embattled ferry sailed. {OWN} {OWN} " * 4
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"id": "a", "outlet": "Morning", "title": "Ferry", "body": body}), encoding="utf-8")
    rows = answer(capsys, "wording", "--collocates", "ferry", str(path))
    assert "embattled" in {row["word"] for row in rows}
    assert all(row["instances"][0]["article"] == "a" for row in rows)
