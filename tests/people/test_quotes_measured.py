"""How well quotations and figures are found: a floor on the seeds, and measurements on development data.

A floor here is below what was measured, so that a change that costs much is seen; the seeds alone prove little.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kerman_tui.model import Article, Figure, Paragraph, Quote, Source
from kerman_tui.people.detect import detect
from kerman_tui.people.figures import figures
from kerman_tui.people.figures_words import figure_words
from kerman_tui.people.quotes import quotes

ROOT = Path(__file__).resolve().parents[2]


@cache
def seed_articles() -> dict[str, tuple[Article, tuple[int, ...]]]:
    """The labelled articles of the seeds by id, each with the source lines of its paragraphs."""
    gold = json.loads((ROOT / "tests" / "gold" / "gold_seeds.json").read_text(encoding="utf-8"))
    made: dict[str, tuple[Article, tuple[int, ...]]] = {}
    for file in gold["files"]:
        lines = (ROOT / "seeds" / file["file"]).read_text(encoding="utf-8").split("\n")
        for one in file["articles"]:
            left_out = {*one["title_lines"], *one.get("boilerplate_lines", ())}
            numbers = [
                n for n in range(one["start_line"], min(one["end_line"], len(lines)) + 1)
                if n not in left_out and lines[n - 1].strip()
            ]  # fmt: skip
            body = tuple(Paragraph(lines[n - 1], n) for n in numbers)
            made[one["id"]] = Article(one["id"], one["title"], "", body, Source(file["file"])), tuple(numbers)
    return made


def _plain(text: str) -> str:
    return re.sub(r"[^\w ]", "", text.lower()).strip()


def _names_agree(found: str | None, wanted: str | None) -> bool:
    """Whether two names of a body or person share most of their words."""
    a, b = set(_plain(found or "").split()), set(_plain(wanted or "").split()) - {"the"}
    return bool(b) and len(a & b) * 2 >= len(b)


def test_quotations_of_the_seeds(gold: dict[str, Any]) -> None:
    counts: Counter[str] = Counter()
    for file in gold["files"]:
        for labelled in file["articles"]:
            article, _ = seed_articles()[labelled["id"]]
            found = [quote for quote in quotes(article) if quote.kind != "indirect"]
            counts["reported"] += len(found)
            left = list(found)
            for wanted in labelled["quotes"]:
                same = next((quote for quote in left if _plain(quote.text) == _plain(wanted["text"])), None)
                if wanted["speaker"] is None:
                    assert same is None or same.speaker is None, f"a scare quote given to {same and same.speaker}"
                    continue
                counts["wanted"] += 1
                if same is not None:
                    left.remove(same)
                    counts["found"] += 1
                    counts["speaker"] += _names_agree(same.speaker, wanted["speaker"])
    assert 2 * counts["found"] / (counts["wanted"] + counts["reported"]) >= 0.95
    assert counts["speaker"] / counts["found"] >= 0.92


def test_figures_of_the_seeds(gold: dict[str, Any]) -> None:
    people = figure_words().units
    counts: Counter[str] = Counter()
    for file in gold["files"]:
        for labelled in file["articles"]:
            article, lines = seed_articles()[labelled["id"]]
            left: list[Figure] = [figure for figure in figures(article) if figure.unit in people]
            counts["reported"] += len(left)
            for wanted in labelled["figures"]:
                counts["wanted"] += 1
                for figure in left:
                    at = figure.paragraph is not None and lines[figure.paragraph] == wanted["line"]
                    if at and (figure.value, figure.unit) == (wanted["value"], wanted["unit"]):
                        left.remove(figure)
                        counts["found"] += 1
                        counts["qualifier"] += figure.qualifier == wanted["qualifier"]
                        break
    assert 2 * counts["found"] / (counts["wanted"] + counts["reported"]) >= 0.97
    assert counts["qualifier"] / counts["found"] >= 0.95


# --- development data -------------------------------------------------------------------------------------------


def _placed(document: dict[str, Any]) -> list[tuple[int, int, Quote]]:
    """The quotations found in a document with their places in its text."""
    pieces = [(m.start(), m.group()) for m in re.finditer(r"[^\n]+(?:\n(?!\n)[^\n]+)*", document["text"])]
    article = Article("d", "", "", tuple(Paragraph(text, 1) for _, text in pieces), Source("d"))
    found = quotes(article, detect(article))
    return [
        (pieces[q.paragraph][0] + q.start, pieces[q.paragraph][0] + q.end, q) for q in found if q.paragraph is not None
    ]


def _half(a: int, b: int, c: int, d: int) -> bool:
    return max(0, min(b, d) - max(a, c)) * 2 >= max(b - a, d - c)


@pytest.mark.data
def test_quotations_of_political_news(data_folder: Path) -> None:
    """PolNeAR, 150 articles: direct and mixed quotations found, and credited to the right words."""
    counts: Counter[str] = Counter()
    with lzma.open(data_folder / "quotes" / "polnear-train150.jsonl.xz", "rt", encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    for document in documents:
        found = _placed(document)
        labelled = [one for one in document["quotes"] if one["kind"] != "indirect"]
        for start, end, quote in found:
            if quote.kind != "indirect":
                counts["reported"] += 1
                inside = (min(end, one["content_end"]) - max(start, one["content_start"]) for one in document["quotes"])
                counts["right"] += any(2 * shared >= end - start for shared in inside)
        for one in labelled:
            spans = [(one["content_start"], one["content_end"]), *one["content"]]
            hits = [quote for start, end, quote in found if any(_half(start, end, a, b) for a, b in spans)]
            counts["wanted"] += 1
            counts["found"] += bool(hits)
            if hits and one["source"]:
                counts["credited"] += 1
                words = set(_plain(one["source"]).split()) - {"the", "a", "of"}
                counts["speaker"] += any(set(_plain(q.speaker_text or "").split()) & words for q in hits)
    recall, precision = counts["found"] / counts["wanted"], counts["right"] / counts["reported"]
    assert 2 * recall * precision / (recall + precision) >= 0.92
    assert counts["speaker"] / counts["credited"] >= 0.92
