"""Measured floors: the seeds' gold always, unseen news and speed where the development data is."""

from __future__ import annotations

import json
import lzma
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kerman_tui.model import Article, Paragraph, Source
from kerman_tui.people.detect import detect
from kerman_tui.people.merge import PeopleIndex, merge


@pytest.fixture(scope="module")
def seed_articles(seeds: Path, gold: dict[str, Any]) -> list[Article]:
    """The fourteen articles as the gold bounds them, whatever ingest makes of them."""
    found = []
    for file in gold["files"]:
        lines = (seeds / file["file"]).read_text(encoding="utf-8").split("\n")
        for a in file["articles"]:
            body = [n for n in range(a["start_line"], a["end_line"] + 1) if n not in a["title_lines"]]
            paragraphs = tuple(Paragraph(lines[n - 1], n) for n in body if lines[n - 1].strip())
            source = Source(file["file"], "", a["start_line"], a["end_line"])
            found.append(Article(a["id"], a["title"], a["outlet"].split(" (")[0], paragraphs, source))
    return found


@pytest.fixture(scope="module")
def seed_people(seed_articles: list[Article]) -> PeopleIndex:
    return merge(detect(a) for a in seed_articles)


def test_leaders_of_the_seeds(seed_people: PeopleIndex, gold: dict[str, Any]) -> None:
    wanted = {(a, n) for n, p in gold["persons"].items() if p["leader"] for a in p["articles"]}
    found = {(a, p.name) for p in seed_people.people() for a in p.articles}
    assert 2 * len(wanted & found) / (len(wanted) + len(found)) >= 0.98, wanted ^ found


def test_countries_of_the_seeds_leaders(seed_people: PeopleIndex, gold: dict[str, Any]) -> None:
    for person in seed_people.people():
        assert person.country == gold["persons"][person.name]["country"], person.name


def test_no_seed_person_is_split_or_joined_with_another(seed_people: PeopleIndex, gold: dict[str, Any]) -> None:
    known = {form: name for name, p in gold["persons"].items() for form in p["forms"]}
    for person in seed_people.people(everyone=True):
        bearers = {known[m.text] for mentions in person.articles.values() for m in mentions if m.text in known}
        assert len(bearers) <= 1, person.name


def test_mentions_of_the_seeds(seed_people: PeopleIndex, seed_articles: list[Article], gold: dict[str, Any]) -> None:
    lines = {a.id: a for a in seed_articles}
    wanted = Counter(
        (a["id"], m["text"]) for f in gold["files"] for a in f["articles"] for p in a["persons"] for m in p["mentions"]
    )
    found: Counter[tuple[str, str]] = Counter()
    for person in seed_people.people(everyone=True):
        for article, mentions in person.articles.items():
            for m in mentions:
                copies = len(next(t["title_lines"] for f in gold["files"] for t in f["articles"] if t["id"] == article))
                found[article, lines[article].text_of(m.paragraph)[m.start : m.end]] += (
                    copies if m.paragraph is None else 1
                )
    assert 2 * (wanted & found).total() / (wanted.total() + found.total()) >= 0.96


def _lines(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.mark.data
def test_names_of_political_news(data_folder: Path) -> None:
    """AIDA dev without sport: exact mentions F1 and B-cubed of those with an identity."""
    documents = [d for d in _lines(data_folder / "people" / "aida-dev.jsonl.xz") if d["slug"] is None]
    articles = [
        Article(d["id"], "", "Reuters", (Paragraph(d["text"], 1),), Source("aida"), d["date"]) for d in documents
    ]
    index = merge(detect(a) for a in articles)
    hits = wanted = found = 0
    pairs: list[tuple[str, str]] = []
    for document in documents:
        gold = {(m["start"], m["end"]): m["qid"] for m in document["persons"]}
        ours = {(m.start, m.end): person.name for person, ms in index.names_of(document["id"]) for m in ms}
        hits += len(gold.keys() & ours.keys())
        wanted += len(gold)
        found += len(ours)
        pairs += [(gold[k], ours[k]) for k in gold.keys() & ours.keys() if gold[k]]
    assert 2 * hits / (wanted + found) >= 0.88
    gold_sizes, our_sizes, both = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), Counter(pairs)
    precision = sum(both[p] / our_sizes[p[1]] for p in pairs) / len(pairs)
    recall = sum(both[p] / gold_sizes[p[0]] for p in pairs) / len(pairs)
    assert 2 * precision * recall / (precision + recall) >= 0.95


@pytest.mark.data
def test_rate(data_folder: Path) -> None:
    """Words a second on one core; the floor leaves room for a busy machine (60,000 to 90,000 on an idle one)."""
    articles: list[Article] = []
    with lzma.open(data_folder / "news-24k" / "news-24k.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            body = tuple(Paragraph(p, 1) for p in record["body"].split("\n\n") if p.strip())
            articles.append(
                Article(record["id"], record["title"], record["outlet"], body, Source("news"), record["date"])
            )
            if len(articles) == 400:
                break
    count = sum(len(p.text.split()) for a in articles for p in a.paragraphs)
    detect(articles[0])
    started = time.process_time()
    for article in articles:
        detect(article)
    assert count / (time.process_time() - started) >= 20_000
