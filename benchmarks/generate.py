"""Makes a corpus of N articles for measuring, as JSONL: id, title, outlet, published, url, body.

Either invents them, from the sentence frames of the shipped seeds and a seeded vocabulary (events of several outlets
over fourteen years; some articles copy passages of others word for word or edited; a few words are misspelt), or takes
real articles from a JSONL (plain, .gz or .xz) and repeats them with words replaced until there are N. The same
arguments give the same bytes with one version of numpy; the first N articles of a longer corpus are the shorter one.
Memory is bounded by one batch.

Run: python benchmarks/generate.py N FILE [--jsonl PATH] [--seed S]
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import lzma
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

import lexicon as words_of
import numpy as np
import orjson
from lexicon import DRAWS, FORMS, HEADLINES, NAME, NUMBER, PLACE, Lexicon
from numpy.typing import NDArray

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SEED = 2026

BATCH = 1_000
"""Articles made at a time; events and copies stay inside one batch."""
EARLIEST, YEARS = datetime(2012, 1, 1), 14
SENTENCES_MEDIAN, SENTENCES_SPREAD = 18, 0.6
TOPIC_WORDS, TOPIC_SHARE = 24, 0.25
"""Words that an event has for its own, and the share of content words that are among them."""
CAST, CAST_SHARE = 8, 0.85
"""People of an event, and the share of names that are theirs."""
MISSPELT = 0.002
COPIES = 0.45
"""Share of an event's later articles that copy from an earlier one of it."""
COPIED_WHOLE, COPIED_EDITED, WORDS_CHANGED = 0.08, 0.4, 0.07
REPLACED = 0.25
"""Share of words that are replaced when a real article is taken a second time."""

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a generated article has from another: the truth that a search for reuse may be judged by."""

    article: str
    source: str
    edited: bool
    words: int


def generated(count: int, seed: int = SEED, seeds: Path = SEEDS) -> Iterator[tuple[Record, Copied | None]]:
    """Yield ``count`` invented articles, each with what it copies."""
    lexicon = words_of.build(seeds, seed)
    for batch in range(-(-count // BATCH)):
        yield from itertools.islice(_batch(lexicon, seed, batch), count - batch * BATCH)


def _batch(lexicon: Lexicon, seed: int, number: int) -> Iterator[tuple[Record, Copied | None]]:
    rng = np.random.default_rng([seed, 1, number])
    events = _events(rng)
    bodies = _bodies(lexicon, rng, events)
    fill = _Headlines(lexicon, rng, events)
    outlets = (rng.power(0.6, BATCH) * len(lexicon.outlets)).astype(int).tolist()
    starts = rng.uniform(0, YEARS * 365.25, events.count)
    days = (starts[events.of_article] + rng.exponential(0.7, BATCH)).tolist()
    last_of: dict[int, int] = {}
    for at, body in enumerate(bodies):
        event = int(events.of_article[at])
        id_ = f"g{number * BATCH + at:07d}"
        copied = None
        if event in last_of and rng.random() < COPIES:
            source = last_of[event]
            copied = _copy(lexicon, rng, bodies[source], body, id_, f"g{number * BATCH + source:07d}")
        last_of.setdefault(event, at)
        published = EARLIEST + timedelta(days=days[at])
        title = fill(event)
        outlet = lexicon.outlets[outlets[at]]
        yield (
            {
                "id": id_,
                "title": title,
                "outlet": outlet,
                "published": published.strftime("%Y-%m-%dT%H:%M:00Z"),
                "url": f"https://{words_of.slug(outlet)}.example/{published:%Y/%m/%d}/{words_of.slug(title)}-{id_}",
                "body": "\n\n".join(body),
            },
            copied,
        )


@dataclass(frozen=True, slots=True)
class _Events:
    count: int
    of_article: NDArray[np.int64]
    topics: NDArray[np.float64]
    """A row an event, of places (0 to 1) in the tables of words: its own words."""
    cast: NDArray[np.int64]
    places: NDArray[np.int64]


def _events(rng: np.random.Generator) -> _Events:
    sizes = np.minimum(rng.zipf(1.9, BATCH), 25)
    of_article = np.repeat(np.arange(BATCH), sizes)[:BATCH]
    rng.shuffle(of_article)
    count = int(of_article.max()) + 1
    return _Events(
        count,
        of_article,
        topics=rng.uniform(0.35, 0.95, (count, TOPIC_WORDS)),
        cast=rng.integers(0, DRAWS, (count, CAST)),
        places=rng.integers(0, DRAWS, (count, 3)),
    )


def _bodies(lexicon: Lexicon, rng: np.random.Generator, events: _Events) -> list[list[str]]:
    """Paragraphs of every article of a batch."""
    lengths = np.clip(rng.lognormal(np.log(SENTENCES_MEDIAN), SENTENCES_SPREAD, BATCH), 2, 300).astype(np.int64)
    total = int(lengths.sum())
    chosen = rng.integers(0, len(lexicon.frames), total)
    opens = rng.random(total) < 0.6
    slots = np.array([len(frame.kinds) for frame in lexicon.frames])
    flat = np.array([kind for frame in lexicon.frames for kind in frame.kinds], dtype=np.int64)
    firsts = np.cumsum(slots) - slots
    per_sentence = slots[chosen]
    ends = np.cumsum(per_sentence)
    kinds = flat[np.repeat(firsts[chosen] - (ends - per_sentence), per_sentence) + np.arange(int(ends[-1]))]
    event = np.repeat(np.repeat(events.of_article, lengths), per_sentence)
    strings = _fill(lexicon, rng, kinds, event, events)
    texts = [frame.text for frame in lexicon.frames]
    bodies: list[list[str]] = []
    at = slot = 0
    frames, counts, new_paragraph = chosen.tolist(), per_sentence.tolist(), opens.tolist()
    for length in lengths.tolist():
        paragraphs: list[str] = []
        for sentence in range(at, at + length):
            text = texts[frames[sentence]] % tuple(strings[slot : slot + counts[sentence]])
            slot += counts[sentence]
            text = text[0].upper() + text[1:]
            if new_paragraph[sentence] or not paragraphs:
                paragraphs.append(text)
            else:
                paragraphs[-1] += " " + text
        at += length
        bodies.append(paragraphs)
    return bodies


def _fill(
    lexicon: Lexicon, rng: np.random.Generator, kinds: NDArray[np.int64], event: NDArray[np.int64], events: _Events
) -> list[str]:
    size = len(kinds)
    draw = rng.integers(0, DRAWS, size)
    own = rng.random(size)
    which = rng.random(size) ** 2
    chosen = np.empty(size, dtype=np.int64)
    topic = events.topics[event, (which * TOPIC_WORDS).astype(np.int64)]
    cast = events.cast[event, (which * CAST).astype(np.int64)]
    place = events.places[event, (which * 3).astype(np.int64)]
    draw = np.where((kinds < NAME) & (own < TOPIC_SHARE), (topic * DRAWS).astype(np.int64), draw)
    draw = np.where((kinds == NAME) & (own < CAST_SHARE), cast, draw)
    draw = np.where((kinds == PLACE) & (own < 0.5), place, draw)
    for kind, table in enumerate(lexicon.draws):
        mask = kinds == kind
        chosen[mask] = lexicon.first[kind] + table[draw[mask]] * (FORMS if kind == NAME else 1)
    named = kinds == NAME
    chosen[named] += np.searchsorted([0.25, 0.65], rng.random(int(named.sum())))
    strings: list[str] = lexicon.table[chosen].tolist()
    slips = np.flatnonzero((rng.random(size) < MISSPELT) & (kinds < PLACE))
    for at, where, how in zip(slips.tolist(), rng.random(len(slips)), rng.integers(0, 4, len(slips)), strict=True):
        strings[at] = misspelt(strings[at], float(where), int(how))
    return strings


def misspelt(word: str, where: float, how: int) -> str:
    """``word`` with one slip after its first letter: 0 swaps two letters, 1 drops, 2 doubles, 3 changes one."""
    if len(word) < 4:
        return word
    at = 1 + int(where * (len(word) - 2))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    if how == 0:
        return before + after[:1] + letter + after[1:]
    if how == 3:
        return before + ("e" if letter != "e" else "a") + after
    return before + (letter * 2 if how == 2 else "") + after


class _Headlines:
    """Writes titles from the words, people and places of an event."""

    def __init__(self, lexicon: Lexicon, rng: np.random.Generator, events: _Events) -> None:
        self._lexicon, self._rng, self._events = lexicon, rng, events

    def __call__(self, event: int) -> str:
        rng = self._rng
        name = self._string(NAME, int(self._events.cast[event, rng.integers(3)]), 1)
        place = self._string(PLACE, int(self._events.places[event, rng.integers(2)]))
        fields: dict[str, str] = {"name": name, "Name": name, "place": place, "Place": place}
        fields["number"] = self._string(NUMBER, int(rng.integers(DRAWS // 2)))
        for field, kind in (("word", 0), ("words", 1), ("ed", 2), ("ing", 3)):
            topic = float(self._events.topics[event, rng.integers(6)])
            fields[field] = self._string(kind, int(topic * DRAWS))
        fields |= {"Words": fields["words"].capitalize(), "Ed": fields["ed"]}
        return HEADLINES[int(rng.integers(len(HEADLINES)))] % fields

    def _string(self, kind: int, draw: int, form: int = 0) -> str:
        step = FORMS if kind == NAME else 1
        found: str = self._lexicon.table[self._lexicon.first[kind] + int(self._lexicon.draws[kind][draw]) * step + form]
        return found


def _copy(
    lexicon: Lexicon, rng: np.random.Generator, source: list[str], into: list[str], id_: str, source_id: str
) -> Copied:
    """Put passages of ``source`` into the paragraphs ``into``."""
    if rng.random() < COPIED_WHOLE:
        taken = list(source)
        into[1:] = []
    else:
        first = int(rng.integers(len(source)))
        taken = source[first : first + int(rng.integers(1, 4))]
    edited = bool(rng.random() < COPIED_EDITED)
    if edited:
        taken = [_edited(lexicon, rng, paragraph) for paragraph in taken]
    at = int(rng.integers(len(into) + 1))
    into[at:at] = taken
    return Copied(id_, source_id, edited, sum(len(paragraph.split()) for paragraph in taken))


def _edited(lexicon: Lexicon, rng: np.random.Generator, paragraph: str) -> str:
    tokens = paragraph.split(" ")
    for at in np.flatnonzero(rng.random(len(tokens)) < WORDS_CHANGED).tolist():
        tokens[at] = lexicon.table[int(lexicon.draws[0][rng.integers(DRAWS)])] if at % 3 else ""
    return " ".join(filter(None, tokens)) or paragraph


# --- real articles ------------------------------------------------------------------------------------------------


def resampled(path: Path, count: int, seed: int = SEED) -> Iterator[tuple[Record, None]]:
    """Yield ``count`` articles of a JSONL, from the second time round with a quarter of their words replaced.

    Fields may be called as other collections call them (date, content, source). Raises ValueError when the file holds
    no article with a body.
    """
    with opened(path) as lines:
        real = [record for line in lines if (record := _real(line)) is not None][:count]
    if not real:
        raise ValueError(f"{path}: no line of it is a JSON record with a body")
    pool = np.array([word for record in real[:2_000] for word in record["body"].split(" ")], dtype=object)
    for at in range(count):
        record = dict(real[at % len(real)])
        turn = at // len(real)
        if turn:
            rng = np.random.default_rng([seed, 2, at])
            record["id"] = f"{record['id']}-{turn}"
            record["body"] = _replaced(rng, record["body"], pool)
            record["title"] = _replaced(rng, record["title"], pool)
        yield record, None


def _real(line: bytes) -> Record | None:
    try:
        found: Any = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(found, dict):
        return None

    def first(*names: str) -> str:
        return next((value for name in names if isinstance(value := found.get(name), str) and value.strip()), "")

    record = {
        "id": first("id", "ID") or f"r{zlib.crc32(line):08x}",
        "title": first("title", "headline"),
        "outlet": first("outlet", "source", "publisher"),
        "published": first("published", "date", "published_at"),
        "url": first("url", "link"),
        "body": first("body", "text", "content"),
    }
    return record if record["body"] else None


def _replaced(rng: np.random.Generator, text: str, pool: NDArray[np.object_]) -> str:
    tokens = text.split(" ")
    for at in np.flatnonzero(rng.random(len(tokens)) < REPLACED).tolist():
        if "\n" not in tokens[at]:
            tokens[at] = str(pool[rng.integers(len(pool))]).replace("\n", " ")
    return " ".join(tokens)


def opened(path: Path) -> IO[bytes]:
    """A JSONL for reading, unpacked on the way when its name ends in .gz or .xz."""
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.open(path))
    return lzma.open(path) if path.suffix == ".xz" else path.open("rb")


# --- writing ------------------------------------------------------------------------------------------------------


def write(target: Path, count: int, *, jsonl: Path | None = None, seed: int = SEED) -> int:
    """Write the corpus to ``target`` and what copies what to ``target`` + ``.copies``; return the bytes of text."""
    text = 0
    part = target.with_name(target.name + ".part")
    articles = resampled(jsonl, count, seed) if jsonl else generated(count, seed)
    with part.open("wb") as file, target.with_name(target.name + ".copies").open("w", encoding="utf-8") as copies:
        for record, copied in articles:
            text += len(record["title"].encode()) + len(record["body"].encode())
            file.write(orjson.dumps(record) + b"\n")
            if copied is not None:
                copies.write(json.dumps([copied.article, copied.source, copied.edited, copied.words]) + "\n")
    part.replace(target)
    return text


def parsed_count(given: str) -> int:
    """``10k``, ``1M`` or ``2500`` as a number. Raises ValueError for anything else."""
    scale = {"k": 1_000, "m": 1_000_000}.get(given[-1:].lower(), 1)
    count = int(float(given[:-1]) * scale) if scale > 1 else int(given)
    if count < 1:
        raise ValueError(f"{given}: at least one article")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=parsed_count, metavar="N", help="articles: 2500, 10k, 100k, 1M")
    parser.add_argument("target", type=Path, metavar="FILE")
    parser.add_argument("--jsonl", type=Path, metavar="PATH", help="take real articles from here")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    begun = time.perf_counter()
    text = write(given.target, given.count, jsonl=given.jsonl, seed=given.seed)
    print(f"{given.count:,} articles, {text / 1e6:,.0f} MB of text in {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
