"""Pages of text made from real articles, listings and single ones, with the lines of their headlines."""

from __future__ import annotations

import json
import lzma
import random
import re
from pathlib import Path
from typing import NamedTuple

_CAPTIONS = ("File Photo", "City Hall", "Protesters March", "Annual Summit Of Leaders", "Prime Minister And His Guest")
_BANNERS = ("Saturday, January 3, 2026", "Home Blog Page {}", "Home", "Latest News", "Menu", "Politics", "Search")
_BYLINES = ("By John Smith", "By Staff Writer", "By Ann Lee and Bob Ray", "By News Desk")
_DATES = ("January 3, 2020", "3 Jan 2020", "Posted on March 4, 2019")
_MORE = ("Read more", "Continue reading...", "Read More »")


class Item(NamedTuple):
    outlet: str
    title: str
    paragraphs: list[str]


class TextPage(NamedTuple):
    text: str
    headlines: set[int]
    is_listing: bool


def items(data_folder: Path, half: int, most: int = 24_000) -> list[Item]:
    """Every second article of the news set: ``half`` 0 to fit on, 1 to measure on."""
    found = []
    with lzma.open(data_folder / "news-24k" / "news-24k.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= most:
                break
            record = json.loads(line)
            if number % 2 != half or not record["title"].strip() or not record["body"].strip():
                continue
            paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", record["body"]) if p.strip()]
            if len(paragraphs) == 1 and len(paragraphs[0]) > 800:
                paragraphs = _cut(paragraphs[0], random.Random(number))
            found.append(Item(record["outlet"], " ".join(record["title"].split()), paragraphs))
    return found


def _cut(text: str, rng: random.Random) -> list[str]:
    sentences = re.split(r"(?<=[.!?”\"]) +(?=[\"“A-Z])", text)
    paragraphs = []
    while sentences:
        count = rng.randint(1, 4)
        paragraphs.append(" ".join(sentences[:count]))
        sentences = sentences[count:]
    return paragraphs


def _title_case(title: str) -> str:
    small = {"a", "the", "of", "in", "on", "to", "and", "for", "at"}
    return " ".join(w if w.lower() in small else w[:1].upper() + w[1:] for w in title.split())


def _caption(rng: random.Random, item: Item) -> list[str]:
    names = re.findall(r"(?:[A-Z][a-z]+ ){1,3}[A-Z][a-z]+", " ".join(item.paragraphs[:4]))
    chance = rng.random()
    if names and chance < 0.6:
        caption = rng.choice(names)
        return [f"{caption} and {rng.choice(names)}" if rng.random() < 0.4 else caption]
    if chance < 0.75:
        return [rng.choice(_CAPTIONS)]
    if chance < 0.9:
        return [names[0] if names else "The Scene", "People stand outside the building where it happened on Wednesday."]
    return [f"A file photo of {names[0] if names else 'the scene'}"]


def listing(rng: random.Random, pool: list[Item]) -> TextPage:
    """A page of 3 to 14 articles, in one style: banners, captions, bylines, cut ledes and endings, as it falls."""
    lines: list[str] = []
    headlines: set[int] = set()
    style = rng.choice(["as it is", "as it is", "title case", "upper case", "as it is"])
    captions, cut_ledes = rng.choice([0, 0.3, 0.9, 1]), rng.choice([0, 0.5, 1])
    longest, more = rng.choice([2, 4, 8, 15]), rng.random() < 0.25
    bylines, dated = rng.choice([0, 0, 0, 1]), rng.choice([0, 0, 0, 1])
    if rng.random() < 0.7:
        lines += [banner.format(rng.randint(2, 900)) for banner in rng.sample(_BANNERS, rng.randint(1, 3))] + [""]
    count = rng.randint(3, 14)
    if rng.random() < 0.6:
        outlet = rng.choice(pool).outlet
        own = [item for item in pool if item.outlet == outlet]
        pool = own if len(own) >= count else pool
    for item in rng.sample(pool, count):
        headlines.add(len(lines) + 1)
        title = _title_case(item.title) if style == "title case" else item.title
        lines += [title.upper() if style == "upper case" else title, ""]
        if bylines and rng.random() < 0.9:
            lines += [rng.choice(_BYLINES), ""]
        if dated:
            lines += [rng.choice(_DATES), ""]
        if rng.random() < captions:
            lines += [*_caption(rng, item), ""]
        first = 1 if rng.random() < cut_ledes and len(item.paragraphs) > 3 else 0
        for paragraph in item.paragraphs[first : first + rng.randint(1, longest)]:
            lines += [paragraph, ""]
        if more:
            lines += [rng.choice(_MORE), ""]
    if rng.random() < 0.3:
        lines += ["1 2 3 ... 45 Next"]
    return TextPage("\n".join(lines), headlines, True)


def single(item: Item) -> TextPage:
    """One article as a text file: its headline, a blank line, its paragraphs with blank lines between."""
    return TextPage("\n\n".join([item.title, *item.paragraphs]) + "\n", {1}, False)
