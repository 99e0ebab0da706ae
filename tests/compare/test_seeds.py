"""The passages that the seeds share, by hand-made reference: all found, none invented, kinds and edits as listed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kerman_tui.compare.align import align
from kerman_tui.compare.reuse import reuse
from kerman_tui.model import Article, Paragraph, Passage, Reuse, Source
from kerman_tui.text.tokens import words


@pytest.fixture(scope="module")
def seed_articles(seeds: Path, gold: dict[str, Any]) -> dict[str, Article]:
    """The articles by the reference's own lines."""
    articles = {}
    for file in gold["files"]:
        lines = (seeds / file["file"]).read_text(encoding="utf-8").split("\n")
        for one in file["articles"]:
            left_out = {*one["title_lines"], *(one.get("boilerplate_lines") or ())}
            paragraphs = tuple(
                Paragraph(lines[n - 1].strip(), n)
                for n in range(one["start_line"], one["end_line"] + 1)
                if n not in left_out and lines[n - 1].strip()
            )
            articles[one["id"]] = Article(
                one["id"],
                one["title"],
                one["outlet"],
                paragraphs,
                Source(file["file"]),
                title_lines=tuple(one["title_lines"]),
            )
    return articles


def count(text: str) -> int:
    return sum(1 for _ in words(text))


def stands_at(article: Article, passage: Passage, line: int) -> bool:
    if passage.paragraph is None:
        return line in article.title_lines
    return article.line_of(passage.paragraph) == line


def answering(reference: dict[str, Any], found: Iterable[Reuse], articles: dict[str, Article]) -> list[Reuse]:
    """Reuse at the place of a reference row; mirrored where the sides are the other way round."""
    out = []
    for one in found:
        for a, b, left, right in (
            (*one.articles, one.left, one.right),
            (*one.articles[::-1], one.right, one.left),
        ):
            if (a, b) != (reference["a"], reference["b"]):
                continue
            at = stands_at(articles[a], left, reference["line_a"]) and stands_at(
                articles[b], right, reference["line_b"]
            )
            half = 2 * count(left.text) >= count(reference["text_a"]) and 2 * count(right.text) >= count(
                reference["text_b"]
            )
            if at and half:
                out.append(one)
    return out


def test_every_shared_passage_is_found_and_none_invented(
    gold: dict[str, Any], seed_articles: dict[str, Article]
) -> None:
    found = list(reuse(seed_articles.values()))
    expected = [row for row in gold["text_reuse"] if row["kind"] != "none"]
    hits = {n: answering(row, found, seed_articles) for n, row in enumerate(expected)}
    missed = [expected[n]["text_a"] for n, hit in hits.items() if not hit]
    assert len(missed) <= 0.03 * len(expected), missed
    kinds = [(expected[n]["kind"], hit[0].kind) for n, hit in hits.items() if hit]
    assert sum(a == b for a, b in kinds) >= 0.97 * len(kinds)
    for row in gold["text_reuse"]:
        if row["kind"] == "none":
            assert not answering(row, found, seed_articles)


@pytest.mark.parametrize(
    ("a", "b", "line", "left", "right", "nature"),
    [
        ("004-1", "002-7", 17, "said", "added", "words"),
        ("004-1", "002-3", 21, "conversation", "call", "words"),
        ("004-1", "002-3", 21, "Meanwhile,", "", "words"),
        ("004-1", "002-3", 25, "", "regime’s", "words"),
        ("004-1", "002-3", 25, "“", "", "quotation marks"),
        ("004-1", "002-7", 13, "", "“", "quotation marks"),
        ("000-1", "003-1", 17, "China’s", "", "words"),
        ("000-1", "003-1", 15, "General", "Gen.", "words"),
        ("000-1", "003-1", 15, "US", "U.S.", "punctuation"),
    ],
)
def test_listed_edits_are_shown_word_for_word(
    seed_articles: dict[str, Article], a: str, b: str, line: int, left: str, right: str, nature: str
) -> None:
    shown = [
        (edit.left, edit.right, edit.nature)
        for row in align(seed_articles[a], seed_articles[b]).rows
        if row.left and stands_at(seed_articles[a], row.left, line)
        for edit in row.edits
    ]
    assert (left, right, nature) in shown
