"""The first articles are there while the rest is read, and they are those that the corpus will have."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from kerman_tui.ingest import pipeline
from kerman_tui.model import Article


def _record(number: int, source: str = "Harbour Post", date: str = "2024-03-20") -> str:
    text = f"Ship {number} came to the quay of Telmora with wheat.\n\nIts captain spoke of calm weather."
    return json.dumps({"title": f"Ship {number} arrives", "source": source, "text": text, "date": date}) + "\n"


def _read(paths: Sequence[Path], **options: object) -> tuple[list[Article], list[list[Article]]]:
    batches: list[list[Article]] = []
    found = pipeline.read(paths, arrived=lambda batch: batches.append(list(batch)), **options)  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Article)], batches


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Two copies over files, a file of one article, dates that only a later record settles."""
    (tmp_path / "a.jsonl").write_text("".join(_record(n, date="3/4/2024") for n in range(30)) + _record(0))
    (tmp_path / "b.txt").write_text("Quay reopens after the storm\n\nThe quay of Telmora was opened again at noon.\n")
    (tmp_path / "c.jsonl").write_text(_record(7) + _record(99) + _record(3, "Quay Courier", "3/25/2024"))
    (tmp_path / "d.jsonl").write_text(_record(500))
    return tmp_path


@pytest.mark.parametrize("in_workers", [False, True])
def test_what_arrives_early_are_the_articles_of_the_corpus_in_their_order(
    mixed: Path, in_workers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_ARRIVAL_SECONDS", 0.0)
    if in_workers:
        monkeypatch.setattr(pipeline, "FEW_FILES", 0)
    whole, batches = _read([mixed], workers=1)
    early = [article for batch in batches for article in batch]
    assert early, "something came before the end"
    assert [a.id for a in early] == [a.id for a in whole][: len(early)]
    for first, last in zip(early, whole, strict=False):
        assert (first.title, first.outlet, first.source) == (last.title, last.outlet, last.source)
    assert whole == [item for item in pipeline.read([mixed]) if isinstance(item, Article)], "telling changes nothing"


def test_the_first_articles_of_a_large_file_come_long_before_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_ARRIVAL_SECONDS", 0.0)
    (tmp_path / "big.jsonl").write_text("".join(_record(n) for n in range(12_000)))
    whole, batches = _read([tmp_path], workers=1)
    assert len(whole) == 12_000
    assert batches[0][0].id == "big-1"
    assert len(batches[0]) < 3_000


def test_a_file_of_one_article_waits_until_it_is_known_to_be_the_only_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_ARRIVAL_SECONDS", 0.0)
    for number, name in enumerate(("one", "two", "three")):
        (tmp_path / f"{name}.jsonl").write_text(_record(number))
    whole, batches = _read([tmp_path])
    assert {a.id for batch in batches for a in batch} <= {a.id for a in whole} == {"one", "two", "three"}
