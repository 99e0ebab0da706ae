"""Measured on development data: misspelt words find articles with the right one, distinctive words find theirs."""

from __future__ import annotations

import csv
import itertools
import json
import lzma
import random
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from kerman_tui.model import Article, Paragraph, Source
from kerman_tui.search.vocabulary import edit_budget
from kerman_tui.text.fold import fold
from kerman_tui.text.safe import make_safe, make_safe_line
from kerman_tui.text.tokens import words

from .newsroom import Newsroom

ARTICLES = 4_000
RARE = 50

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def news(data_folder: Path) -> Newsroom:
    articles = []
    with lzma.open(data_folder / "news-24k" / "news-24k.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(itertools.islice(lines, ARTICLES)):
            read = json.loads(line)
            texts = [make_safe(text.strip()) for text in read["body"].split("\n\n") if text.strip()]
            paragraphs = tuple(Paragraph(text, n + 2) for n, text in enumerate(texts))
            source = Source("news.jsonl", record=number + 1)
            articles.append(Article(read["id"], make_safe_line(read["title"]), read["outlet"], paragraphs, source))
    return Newsroom(articles)


def keys_of(article: Article) -> dict[str, str]:
    texts = [article.title, *(paragraph.text for paragraph in article.paragraphs)]
    return {word.key: word.text for text in texts for word in words(text)}


def test_misspelt_words_bring_articles_with_the_right_one(news: Newsroom, data_folder: Path) -> None:
    by_id = {article.id: article for article in news.articles}
    counts: dict[str, int] = {}
    for article in news.articles:
        for key in keys_of(article):
            counts[key] = counts.get(key, 0) + 1
    with (data_folder / "typos" / "wikipedia.tsv").open(encoding="utf-8", newline="") as file:
        pairs = [(row["misspelling"], row["correction"]) for row in csv.DictReader(file, delimiter="\t", quoting=3)]
    asked, found = 0, 0
    for typed, meant in pairs:
        if not meant.isalpha() or not 0 < counts.get(fold(meant), 0) <= RARE:
            continue
        if OSA.distance(typed.lower(), meant.lower()) > edit_budget(len(typed)):
            continue
        asked += 1
        hits = news.search(typed, limit=20).hits
        found += any(fold(meant) in keys_of(by_id[hit.id]) for hit in hits)
    assert asked > 300
    assert found / asked >= 0.95


def test_three_to_five_distinctive_words_find_their_article(news: Newsroom) -> None:
    rng = random.Random(11)
    counts: dict[str, int] = {}
    for article in news.articles:
        for key in keys_of(article):
            counts[key] = counts.get(key, 0) + 1
    reciprocal = []
    for article in rng.sample(news.articles, 200):
        known = [(counts[key], text) for key, text in keys_of(article).items() if text.isalpha() and counts[key] > 1]
        if len(known) < 25:
            continue
        distinctive = [text for _, text in sorted(known)[:25]]
        ids = news.ids(" ".join(rng.sample(distinctive, rng.choice([3, 4, 5]))), limit=20)
        reciprocal.append(1 / (ids.index(article.id) + 1) if article.id in ids else 0.0)
    assert sum(reciprocal) / len(reciprocal) >= 0.97
