"""Reuse over a corpus: passages that stand in several articles, beside MinHash LSH, which finds similar articles."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from figures import OURS, Row, row
from inputs import Inputs
from processes import call
from report import Omitted, installed

LSH = "datasketch MinHash LSH"
LSH_LIMIT = 10_000
"""Articles that datasketch is given at most: it takes minutes for more, and its rate does not change."""
OURS_LIMIT = 100_000
"""Articles that ours is given at most: for so many there is a budget, and they stand in memory."""
LSH_PERMUTATIONS, LSH_THRESHOLD, SHINGLE = 128, 0.5, 5
WORDS_TO_FIND = 25
"""A generated article that copies so many words or more should be found with its source."""
RUNS_OF_LARGE, LARGE = 1, 20_000


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    subjects = {OURS: ("ours", min(OURS_LIMIT, inputs.count))}
    if installed("datasketch") is None:
        yield Omitted(LSH, "is not installed")
    else:
        subjects[LSH] = ("minhash", min(LSH_LIMIT, inputs.count))
    copies = Path(f"{inputs.articles}.copies")
    for subject, (function, count) in subjects.items():
        rates: list[float] = []
        seconds = peak = 0.0
        found: dict[str, Any] = {}
        for _ in range(min(inputs.runs, 2) if count < LARGE and subject == OURS else RUNS_OF_LARGE):
            ran = call(
                "measures.reuse",
                function,
                path=inputs.articles,
                copies=copies,
                count=count,
                environment=inputs.environment,
            )
            found = ran.value
            seconds = found["seconds"]
            rates.append(count / seconds)
            peak = max(peak, ran.peak_mib)
        note = f"{count:,} articles in {seconds:,.1f} s, {found['pairs']:,} {found['of']}"
        yield row("reuse", subject, "articles/s", rates, peak, note)
        if found["known"]:
            share = found["recalled"] / found["known"]
            yield row("reuse, known copies", subject, "found", share, note=f"of {found['known']:,}")


def ours(path: str, copies: str, count: int) -> dict[str, Any]:
    from records import articles

    from kerman_tui.compare.reuse import reuse
    from kerman_tui.ingest.store import MemoryStore

    store = MemoryStore(articles(path, count))
    begun = time.perf_counter()
    passages = 0
    pairs: set[frozenset[str]] = set()
    for one in reuse(store):
        passages += 1
        pairs.add(frozenset(one.articles))
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "pairs": passages, "of": "passages"} | _recalled(pairs, copies, count)


def minhash(path: str, copies: str, count: int) -> dict[str, Any]:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]
    from records import articles

    begun = time.perf_counter()
    lsh = MinHashLSH(threshold=LSH_THRESHOLD, num_perm=LSH_PERMUTATIONS)
    pairs: set[frozenset[str]] = set()
    for article in articles(path, count):
        words = [word for paragraph in article.paragraphs for word in paragraph.text.lower().split()]
        shingles = {" ".join(words[at : at + SHINGLE]).encode() for at in range(max(1, len(words) - SHINGLE + 1))}
        signature = MinHash(num_perm=LSH_PERMUTATIONS)
        signature.update_batch(shingles)
        pairs |= {frozenset((article.id, other)) for other in lsh.query(signature)}
        lsh.insert(article.id, signature)
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "pairs": len(pairs), "of": "pairs"} | _recalled(pairs, copies, count)


def _recalled(pairs: set[frozenset[str]], copies: str, count: int) -> dict[str, int]:
    """How many of the copies that the generator made are among the pairs."""
    known = [
        frozenset((article, source))
        for article, source, _, words in map(orjson.loads, Path(copies).read_bytes().splitlines())
        if words >= WORDS_TO_FIND and max(int(article[1:]), int(source[1:])) < count
    ]
    return {"known": len(known), "recalled": sum(pair in pairs for pair in known)}
