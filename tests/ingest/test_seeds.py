"""The five seed documents become the fourteen articles that were labelled by hand."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kerman_tui.ingest.pipeline import read
from kerman_tui.model import Article


@pytest.fixture(scope="module")
def articles(seeds: Path) -> list[Article]:
    found = list(read([seeds]))
    assert all(isinstance(item, Article) for item in found), "nothing of the seeds is skipped"
    return [item for item in found if isinstance(item, Article)]


@pytest.fixture(scope="module")
def labelled(gold: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**article, "path": file["file"]} for file in gold["files"] for article in file["articles"]]


def test_titles_and_lines_are_those_of_the_gold(articles: list[Article], labelled: list[dict[str, Any]]) -> None:
    found = [(a.title, list(a.title_lines), a.source.start_line, a.source.end_line) for a in articles]
    assert found == [(g["title"], g["title_lines"], g["start_line"], g["end_line"]) for g in labelled]


def test_outlets_come_from_the_manifest(articles: list[Article], labelled: list[dict[str, Any]]) -> None:
    assert [a.outlet for a in articles] == [g["outlet"].split(" (")[0] for g in labelled]


def test_no_banner_or_crawl_date_is_taken_for_a_publication_date(
    articles: list[Article], labelled: list[dict[str, Any]]
) -> None:
    assert [a.published for a in articles] == [g["published"] for g in labelled]
    assert [a.date_evidence for a in articles] == ["page" if g["published"] else "none" for g in labelled]


def test_captions_are_captions_and_boilerplate_is_no_text(
    articles: list[Article], labelled: list[dict[str, Any]]
) -> None:
    for article, truth in zip(articles, labelled, strict=True):
        lines = {p.line for p in article.paragraphs}
        assert not lines & set(truth.get("boilerplate_lines", []))
        if "caption_lines" in truth:
            assert [p.line for p in article.paragraphs if p.kind == "caption"] == truth["caption_lines"]


def test_every_paragraph_stands_on_its_line_word_for_word(articles: list[Article], seeds: Path) -> None:
    for article in articles:
        lines = (seeds / Path(article.source.name).name).read_text("utf-8").split("\n")
        for paragraph in article.paragraphs:
            assert paragraph.text == lines[paragraph.line - 1].replace("\xa0", " ").strip()


def test_a_byline_is_read_and_is_no_paragraph(articles: list[Article]) -> None:
    assert [a.byline for a in articles if not a.id.startswith("002")] == [
        "Staff, Agencies",
        None,
        "Aadil Brar",
        "Staff, Agencies",
    ]
    assert not any(p.text.startswith("By Staff") for a in articles for p in a.paragraphs)


def test_the_seeds_are_read_without_any_heavy_library(seeds: Path) -> None:
    code = (
        "import sys; from kerman_tui.ingest.pipeline import read; "
        f"assert len(list(read([{str(seeds)!r}]))) == 14; "
        "print(sorted({'numpy', 'trafilatura', 'lxml', 'orjson', 'sqlite3', 'multiprocessing'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_the_seeds_again_takes_no_time_to_speak_of(seeds: Path) -> None:
    list(read([seeds]))
    started = time.process_time()
    list(read([seeds]))
    assert time.process_time() - started < 0.1
