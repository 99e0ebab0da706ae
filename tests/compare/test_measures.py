"""Measures on development data: planted passages, labelled copies, counterparts and stories of labelled events."""

from __future__ import annotations

import itertools
import json
import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from compare_articles import article

from kerman_tui.compare.align import align
from kerman_tui.compare.reuse import counterparts, reuse
from kerman_tui.compare.stories import stories
from kerman_tui.model import Article, Comparison, Passage
from kerman_tui.text.sentences import sentences

pytestmark = pytest.mark.data

FILLERS = "minister officials sharply reported yesterday several against nearly government announced decision".split()


def records(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, limit):
            yield json.loads(line)


def edited(text: str, rate: float, rng: random.Random) -> str:
    out = []
    for word in text.split():
        chance = rng.random()
        if chance < rate / 3:
            continue
        out.append(rng.choice(FILLERS) if chance < 2 * rate / 3 else word)
        if 2 * rate / 3 <= chance < rate:
            out.append(rng.choice(FILLERS))
    return " ".join(out)


def planted(
    rng: random.Random, donor: list[str], host: list[str], kind: str, rate: float
) -> tuple[Article, Article, tuple[int, int, int], tuple[int, int, int]]:
    """Two articles with one passage in common, and where it stands in each: (paragraph, start, end)."""
    number = rng.choice([n for n, text in enumerate(donor) if len(text.split()) >= 25])
    text = donor[number]
    if kind == "sentences":
        spans = sentences(text)
        first = rng.randrange(len(spans))
        start, end = spans[first][0], spans[min(len(spans), first + rng.randint(1, 3)) - 1][1]
    else:
        found = [match.span() for match in re.finditer(r"\S+", text)]
        length = rng.randint(15, min(60, len(found)))
        first = rng.randint(0, len(found) - length)
        start, end = found[first][0], found[first + length - 1][1]
    passage = edited(text[start:end], rate, rng) if rate else text[start:end]
    if len(passage.split()) < 12:
        return planted(rng, donor, host, kind, rate)
    at = rng.randrange(len(host))
    cut = rng.choice([match.start() for match in re.finditer(" ", host[at])] or [len(host[at])])
    changed = f"{host[at][:cut]} {passage} {host[at][cut:].lstrip()}"
    return (
        article(*donor, id="donor"),
        article(*host[:at], changed, *host[at + 1 :], id="host"),
        (number, start, end),
        (at, cut + 1, cut + 1 + len(passage)),
    )


def points(passage: Passage) -> set[tuple[int | None, int]]:
    return {(passage.paragraph, k) for k in range(passage.start, passage.end)}


@pytest.mark.parametrize("kind", ["sentences", "words"])
@pytest.mark.parametrize("rate", [0.0, 0.1, 0.2])
def test_planted_passages_are_found_to_the_character(data_folder: Path, kind: str, rate: float) -> None:
    rng = random.Random(f"{kind} {rate}")
    texts = [
        [" ".join(text.split()) for text in record["body"].split("\n\n") if text.strip()]
        for record in records(data_folder / "news-24k" / "news-24k.jsonl.xz", 900)
    ]
    texts = [text for text in texts if sum(len(p.split()) for p in text) > 150]
    donors = [text for text in texts if any(len(p.split()) >= 25 for p in text)]
    right = found = wanted = 0
    for _ in range(60):
        donor, host = rng.choice(donors), rng.choice(texts)
        if donor is host:
            continue
        left_article, right_article, *spans = planted(rng, donor, host, kind, rate)
        rows = [row for row in align(left_article, right_article).rows if row.left and row.right]
        for side, (paragraph, start, end) in zip(("left", "right"), spans, strict=True):
            shown = set().union(*(points(getattr(row, side)) for row in rows)) if rows else set()
            gold = {(paragraph, k) for k in range(start, end)}
            right, found, wanted = right + len(shown & gold), found + len(shown), wanted + len(gold)
    f1 = 2 * right / (found + wanted)
    print(f"planted {kind}, {rate:.0%} of words edited: character F1 {f1:.3f}")  # noqa: T201
    assert f1 >= 0.95


@pytest.mark.parametrize(
    ("window", "rate", "least"), [(1, 0.2, 0.95), (2, 0.2, 0.95), (5, 0.0, 0.98), (5, 0.1, 0.95), (5, 0.2, 0.93)]
)
def test_planted_passages_are_found_in_a_large_corpus(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, window: int, rate: float, least: float
) -> None:
    """The windows are those of corpora of some 8,000, 40,000 and more articles."""
    monkeypatch.setattr("kerman_tui.compare.reuse.ALIGNED_PAIRS", 0)
    monkeypatch.setattr("kerman_tui.compare.fingerprints.WINDOWS", ((1 << 62, window),))
    rng = random.Random(f"{window} {rate}")
    corpus = [
        article(*(" ".join(text.split()) for text in record["body"].split("\n\n") if text.strip()), id=record["id"])
        for record in records(data_folder / "news-24k" / "news-24k.jsonl.xz", 900)
    ]
    usable = [
        number
        for number, one in enumerate(corpus)
        if sum(len(p.text.split()) for p in one.paragraphs) > 150
        and any(len(p.text.split()) >= 25 for p in one.paragraphs)
    ]
    chosen = iter(rng.sample(usable, 160))
    gold: dict[tuple[str, str], tuple[tuple[int, int, int], tuple[int, int, int]]] = {}
    for donor, host in zip(chosen, chosen, strict=True):
        texts = [[p.text for p in corpus[number].paragraphs] for number in (donor, host)]
        _, changed, ours, theirs = planted(rng, texts[0], texts[1], rng.choice(["sentences", "words"]), rate)
        corpus[host] = article(*(p.text for p in changed.paragraphs), id=corpus[host].id)
        gold[corpus[donor].id, corpus[host].id] = ours, theirs
    shown: dict[tuple[str, str], tuple[set[tuple[int | None, int]], ...]] = defaultdict(lambda: (set(), set()))
    for one in reuse(corpus):
        for ids, sides in ((one.articles, (one.left, one.right)), (one.articles[::-1], (one.right, one.left))):
            for characters, passage in zip(shown[ids], sides, strict=True):
                characters |= points(passage)
    right = found = wanted = 0
    for ids, spans in gold.items():
        for characters, (paragraph, start, end) in zip(shown[ids], spans, strict=True):
            planted_here = {(paragraph, k) for k in range(start, end)}
            right += len(characters & planted_here)
            found, wanted = found + len(characters), wanted + len(planted_here)
    f1 = 2 * right / (found + wanted)
    print(f"planted in a corpus, window {window}, {rate:.0%} edited: character F1 {f1:.3f}")  # noqa: T201
    assert f1 >= least


def answers(data_folder: Path) -> list[tuple[str, Comparison]]:
    """The answers of Clough and Stevenson (2011) by category, each beside its source."""
    everything = list(records(data_folder / "compare" / "clough-stevenson.jsonl.xz"))

    def as_article(record: dict[str, Any]) -> Article:
        return article(
            *(" ".join(p.split()) for p in re.split(r"\n\s*\n", record["text"]) if p.strip()), id=record["id"]
        )

    sources = {record["task"]: as_article(record) for record in everything if record["category"] == "orig"}
    return [
        (record["category"], align(as_article(record), sources[record["task"]]))
        for record in everything
        if record["category"] != "orig"
    ]


def test_copied_answers_are_told_from_free_ones(data_folder: Path) -> None:
    """Containment of word 3-grams reaches AUC 0.963 and accuracy 0.947."""
    coverage: dict[str, list[float]] = defaultdict(list)
    for category, found in answers(data_folder):
        coverage[category].append(found.left.coverage)
    free = coverage["non"]
    copied = [value for category in ("cut", "light", "heavy") for value in coverage[category]]
    auc = sum((a > b) + 0.5 * (a == b) for a in copied for b in free) / (len(copied) * len(free))
    accuracy = max((sum(a >= t for a in copied) + sum(b < t for b in free)) / (len(copied) + len(free)) for t in copied)
    print(f"copied against free: AUC {auc:.3f}, accuracy {accuracy:.3f}")  # noqa: T201
    assert auc > 0.963
    assert accuracy > 0.947


def test_the_four_classes_of_answers_are_told_apart_as_far_as_they_can_be(data_folder: Path) -> None:
    """By coverage (free or not), then by the longest run, thresholds set without the answer that is asked about.

    The authors report 0.80 for their four classes. Two answers labelled "cut" share no run of four words with the
    source, four more are for two thirds the writer's own: no measure of what is shared can tell those.
    """
    order = ("non", "heavy", "light", "cut")
    rows = [(order.index(category), c.left.coverage, c.longest_run) for category, c in answers(data_folder)]

    def thresholds(known: list[tuple[int, float, int]]) -> tuple[float, int, int]:
        least = max(
            sorted({c for _, c, _ in known}),
            key=lambda t: sum((c >= t) == (label > 0) for label, c, _ in known),
        )
        copied = [(label, run) for label, _, run in known if label]
        runs = sorted({run for _, run in copied})
        low, high = max(
            itertools.combinations(runs, 2),
            key=lambda cuts: sum(label == 1 + (run >= cuts[0]) + (run >= cuts[1]) for label, run in copied),
        )
        return least, low, high

    right = 0
    for number, (label, coverage, run) in enumerate(rows):
        least, low, high = thresholds([*rows[:number], *rows[number + 1 :]])
        right += label == (0 if coverage < least else 1 + (run >= low) + (run >= high))
    print(f"four classes, leave one out: accuracy {right / len(rows):.3f} of {len(rows)}")  # noqa: T201
    assert right / len(rows) >= 0.76


def basil(data_folder: Path) -> tuple[list[Article], dict[str, str]]:
    found = list(records(data_folder / "compare" / "basil.jsonl.xz"))
    articles = [
        article(
            *record["paragraphs"], id=f"{n}", title=record["title"], outlet=record["outlet"], published=record["date"]
        )
        for n, record in enumerate(found)
    ]
    return articles, {f"{n}": record["event"] for n, record in enumerate(found)}


class Kept(tuple[Article, ...]):
    """Articles that can be watched, so that they are read once."""


def test_the_first_counterpart_tells_of_the_same_event(data_folder: Path) -> None:
    articles, events = basil(data_folder)
    kept = Kept(articles)
    asked = articles[::3]
    right = sum(events[counterparts(one, kept, limit=1)[0].id] == events[one.id] for one in asked)
    print(f"counterparts: {right / len(asked):.3f} of {len(asked)} first in the same event")  # noqa: T201
    assert right / len(asked) >= 0.95


def b_cubed(articles: Sequence[Article], events: dict[str, str]) -> tuple[float, float, float]:
    """Bagga and Baldwin 1998: precision, recall and F1."""
    gold: dict[str, set[str]] = defaultdict(set)
    for id_, event in events.items():
        gold[event].add(id_)
    precision = recall = 0.0
    for story in stories(articles):
        for id_ in story.articles:
            same = len(gold[events[id_]] & set(story.articles))
            precision += same / len(story.articles)
            recall += same / len(gold[events[id_]])
    precision, recall = precision / len(events), recall / len(events)
    return precision, recall, 2 * precision * recall / (precision + recall)


def test_stories_are_the_labelled_events(data_folder: Path) -> None:
    documents = [
        record
        for record in records(data_folder / "stories" / "ecbplus.jsonl.xz")
        if int(record["topic"]) <= 35  # the others are for a last look
    ]
    ecb = [article(record["text"], id=f"{n}", title=record["title"]) for n, record in enumerate(documents)]
    for name, articles, events in (
        ("ECB+ 1-35", ecb, {f"{n}": record["event"] for n, record in enumerate(documents)}),
        ("BASIL", *basil(data_folder)),
    ):
        precision, recall, f1 = b_cubed(articles, events)
        print(f"stories of {name}: B3 precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")  # noqa: T201
        assert f1 >= 0.80


def test_a_notice_under_the_articles_of_one_outlet_is_no_reuse(data_folder: Path) -> None:
    articles = [
        article(record["body"], id=record["id"], outlet=record["outlet"], published=record["date"][:10])
        for record in records(data_folder / "compare" / "gaza-100.jsonl.xz")
    ]
    found = list(reuse(articles))
    assert found
    assert not [one for one in found if "copyright" in one.left.text.casefold()]
