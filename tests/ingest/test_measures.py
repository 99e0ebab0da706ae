"""Measured on development data: saved pages with ground truth, 24,000 records, and a folder of hostile inputs."""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import random
import re
import resource
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kerman_tui.ingest.draft import Draft
from kerman_tui.ingest.pipeline import read
from kerman_tui.ingest.readers import Page, html
from kerman_tui.model import Article, Skipped
from kerman_tui.text.safe import visible
from tests.ingest import html_pages, news_pages

pytestmark = pytest.mark.data


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def _f1(pairs: list[tuple[str, str]]) -> float:
    """Precision and recall of word 4-grams for each page, averaged over the pages, then F1."""
    precision = recall = 0.0
    for gold, got in pairs:
        g, p = _shingles(gold), _shingles(got)
        same = sum((g & p).values())
        precision += same / max(1, sum(p.values())) / len(pairs)
        recall += same / max(1, sum(g.values())) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def test_saved_pages(data_folder: Path) -> None:
    import trafilatura

    folder = data_folder / "extraction"
    ours: list[tuple[str, str]] = []
    theirs: list[tuple[str, str]] = []
    titles: list[bool] = []
    dates: list[tuple[str, str]] = []
    for line in (folder / "ground-truth.jsonl").read_text("utf-8").splitlines():
        truth: dict[str, Any] = json.loads(line)
        data = gzip.decompress((folder / truth["file"]).read_bytes())
        draft = next((d for d in html.read(Page(truth["file"], data)) if isinstance(d, Draft)), None)
        body = "\n".join(p.text for p in draft.paragraphs if p.kind != "caption") if draft else ""
        if "body" in truth:
            ours.append((truth["body"], body))
            theirs.append((truth["body"], trafilatura.extract(data) or ""))
        if truth.get("title"):
            titles.append(draft is not None and _flat(draft.title) == _flat(truth["title"]))
        if truth.get("date"):
            dates.append((truth["date"][:10], (draft.published or "")[:10] if draft else ""))
    wrong = sum(bool(got) and got != truth for truth, got in dates)
    right = sum(got == truth for truth, got in dates)
    print(  # noqa: T201
        f"saved pages: body F1 {_f1(ours):.4f} (trafilatura's defaults {_f1(theirs):.4f}), "
        f"titles {sum(titles)}/{len(titles)}, dates {right}/{len(dates)} right, {wrong} wrong"
    )
    assert _f1(ours) >= max(0.93, _f1(theirs))
    assert sum(titles) >= 0.95 * len(titles)
    assert wrong <= 1


def test_saved_listings_are_divided_and_saved_articles_are_not(data_folder: Path) -> None:
    rng = random.Random(11)
    pool = [item for item in news_pages.items(data_folder, 1, 3_000) if len(item.title.split()) > 2]

    def story(number: int) -> html_pages.Story:
        item = rng.choice(pool)
        texts = [text[:600] for text in item.paragraphs if len(text.split()) > 9] or [item.title + " " + "word " * 12]
        return html_pages.Story(item.title, texts, f"/2024/01/{number}-{rng.randrange(10**6)}.html")

    right = wrong = missed = 0
    for number in range(80):
        stories = [story(at) for at in range(rng.randint(3, 14))]
        built = list(html_pages.LISTINGS.values())[number % len(html_pages.LISTINGS)]
        markup = html_pages.page(built(stories, rng.choice((1, 2, 6))), rng.choice(("Home", "News | The Harbour Post")))
        told = {d.title for d in html.read(Page("page", markup.encode())) if isinstance(d, Draft)}
        true = {" ".join(s.title.split()) for s in stories}
        right, wrong, missed = right + len(told & true), wrong + len(told - true), missed + len(true - told)
    f1 = 2 * right / (2 * right + wrong + missed)
    divided = 0
    for _ in range(120):
        markup = html_pages.single(story(0), [story(at) for at in range(1, rng.randint(4, 9))], rng)
        divided += len(list(html.read(Page("page", markup.encode())))) > 1
    for path in sorted((data_folder / "extraction" / "html").iterdir()):
        divided += len(list(html.read(Page(path.name, gzip.decompress(path.read_bytes()))))) > 1
    print(f"saved listings: F1 {f1:.4f}; of 120 + 149 saved articles {divided} divided")  # noqa: T201
    assert f1 >= 0.95
    assert divided <= 1


def test_all_records_of_the_news_are_accounted_for(data_folder: Path, tmp_path: Path) -> None:
    import orjson

    path = tmp_path / "news.jsonl"
    path.write_bytes(lzma.decompress((data_folder / "news-24k" / "news-24k.jsonl.xz").read_bytes()))
    started = time.monotonic()
    dated = sum(bool(orjson.loads(line)["date"]) for line in path.open("rb"))
    bare = time.monotonic() - started
    started = time.monotonic()
    found = list(read([path]))
    first = time.monotonic() - started
    started = time.monotonic()
    again = list(read([path]))
    second = time.monotonic() - started
    articles = [item for item in found if isinstance(item, Article)]
    peak = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    ) >> 10
    print(  # noqa: T201
        f"24,000 records: {len(articles)} articles, {len(found) - len(articles)} skipped, {first:.1f} s, "
        f"again {second:.1f} s, "
        f"orjson alone {bare:.1f} s, peak at most {peak} MiB"
    )
    assert len(found) == 24_000
    assert again == found
    assert len({article.id for article in articles}) == len(articles)
    assert sum(article.published is not None for article in articles) > 0.99 * dated * len(articles) / 24_000
    assert peak < 1536


def test_hostile_inputs_give_articles_or_reasons(data_folder: Path, tmp_path: Path) -> None:
    maker = data_folder / "hostile" / "make_hostile.py"
    out = tmp_path / "h"
    subprocess.run([sys.executable, str(maker), str(out), "--small"], check=True, stdout=subprocess.DEVNULL)
    try:
        started = time.monotonic()
        found = list(read([out / "in"]))
        seconds = time.monotonic() - started
        with (out / "manifest.tsv").open(encoding="utf-8", errors="surrogateescape") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    finally:
        subprocess.run([sys.executable, str(maker), "--clean", str(out)], check=False, stdout=subprocess.DEVNULL)
    told = [item.source if isinstance(item, Skipped) else item.source.name for item in found]
    for row in rows:
        if row["status"].startswith("ok") and not row["path"].startswith("filesystem/"):
            place = str(out / "in" / row["path"])
            assert any(name == place or name.startswith(place + ", ") for name in told), row["path"]
    for item in found:
        texts = [item.source, item.why] if isinstance(item, Skipped) else _texts(item)
        assert not [text for text in texts if not _harmless(text)]
    ids = [item.id for item in found if isinstance(item, Article)]
    assert len(set(ids)) == len(ids)
    assert seconds < 60
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10 < 1024


def _texts(article: Article) -> list[str]:
    source = visible(article.source.name)
    assert source == article.source.name
    return [
        article.id,
        article.title,
        article.outlet,
        article.byline or "",
        article.url or "",
        *(p.text for p in article.paragraphs),
    ]


def _harmless(text: str) -> bool:
    return not any(
        unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn")
        or (unicodedata.category(c) == "Cf" and c not in "\u200c\u200d")
        for c in text
    )
