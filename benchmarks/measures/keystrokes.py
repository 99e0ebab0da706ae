"""Keystroke to hits: queries of one to four words, clean and misspelt, beside SQLite FTS5, fzf and rg."""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from figures import OURS, Row, row
from inputs import NAMED, WORDS_ASKED, Inputs, Query
from processes import RunError, call, private_mib, run
from report import Omitted

SHOWN = 20
"""Hits that a screen shows."""
PEER_MEGABYTES = 60
"""Text that a tool which reads all of it again each time is given in all, for every length of query; once at least."""
PEER_QUERIES = 4
"""Queries of every length that such a tool is asked at most."""
FTS_EVERY, LARGE = 4, 50_000
"""From so many articles on SQLite is asked every fourth query only: it takes a hundred times as long."""
FTS_LIMIT, FZF_LIMIT_MB = 200_000, 600
"""Articles and text above which these are left out: they would keep the machine for hours."""
BUDGET_MS, BUDGET_P95_MS = 10.0, 30.0
"""From a keystroke to its hits, at 100,000 articles."""
BUDGET_OF_VERY_LARGE_MS, VERY_LARGE = 16.0, 1_000_000
"""The median of a million articles."""
WORDS_TO_FIND = 3
"""From so many words on, a query should find the article that its words are from."""
FTS, FZF, RG = "SQLite FTS5", "fzf --filter", "rg -iF"


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    inputs.named()
    queries = inputs.queries()
    answers = {}
    said: dict[str, str] = {}
    for subject, function, every in ((OURS, "ours", 1), (FTS, "fts5", FTS_EVERY if inputs.count >= LARGE else 1)):
        if subject == FTS and inputs.count > FTS_LIMIT:
            yield Omitted(FTS, f"is given {FTS_LIMIT:,} articles at most")
            continue
        asked = queries[::every]
        ran = call(
            "measures.keystrokes",
            function,
            queries=[[one.text, one.target] for one in asked],
            lines=inputs.lines,
            folder=inputs.folder,
            environment=inputs.environment,
        )
        answers[subject] = list(zip(asked, ran.value["ms"], ran.value["places"], strict=True))
        said[subject] = (
            f"{ran.value['processor_ms']:.2g} ms of processor time, {ran.value['private_mib']:,.0f} MiB private"
        )
    for subject, tool in ((FZF, _fzf), (RG, _rg)):
        if shutil.which(subject.split()[0]) is None:
            yield Omitted(subject, "is not installed")
            continue
        if subject == FZF and inputs.megabytes > FZF_LIMIT_MB:
            yield Omitted(subject, f"would read {inputs.megabytes:,.0f} MB again for every query")
            continue
        answers[subject] = list(_each(tool, inputs.lines, _few(queries, inputs.megabytes)))
    times = row("keystroke, all queries", OURS, "ms", [ms for _, ms, _ in answers[OURS]], note=said[OURS])
    yield times
    yield row(
        "keystroke, all queries", "budget", "ms", BUDGET_MS if inputs.count < VERY_LARGE else BUDGET_OF_VERY_LARGE_MS
    )
    yield row("keystroke, all queries, p95", OURS, "ms", times.p95 or times.median)
    if inputs.count < VERY_LARGE:
        yield row("keystroke, all queries, p95", "budget", "ms", BUDGET_P95_MS)
    for misspelt in (False, True):
        state = "misspelt" if misspelt else "clean"
        for subject, several in answers.items():
            chosen = [one for one in several if one[0].misspelt == misspelt]
            yield row(f"keystroke, {state}", subject, "ms", [ms for _, ms, _ in chosen], note=_note(subject, said))
        for words in WORDS_ASKED:
            own = [ms for query, ms, _ in answers[OURS] if (query.words, query.misspelt) == (words, misspelt)]
            yield row(f"keystroke, {state}, {words} word{'s' * (words > 1)}", OURS, "ms", own)
        for subject, several in answers.items():
            if subject != RG:
                yield from _found(f"its article among {SHOWN}, {state}", subject, several, misspelt)


def _note(subject: str, said: dict[str, str]) -> str:
    if subject in said:
        return said[subject]
    return "its longest word; reads all the text each time" if subject == RG else "reads all the text each time"


def _found(key: str, subject: str, several: Sequence[tuple[Query, float, int]], misspelt: bool) -> Iterator[Row]:
    asked = [place for query, _, place in several if query.misspelt == misspelt and query.words >= WORDS_TO_FIND]
    if asked:
        share = sum(place >= 0 for place in asked) / len(asked)
        yield row(key, subject, "found", share, note=f"of {len(asked)} queries of {WORDS_TO_FIND} or 4 words")


def _few(queries: Sequence[Query], megabytes: float) -> list[Query]:
    each = max(1, min(PEER_QUERIES, int(PEER_MEGABYTES / megabytes)))
    kinds: dict[tuple[int, bool], list[Query]] = {}
    for one in queries:
        kinds.setdefault((one.words, one.misspelt), []).append(one)
    return [one for several in kinds.values() for one in several[:each]]


def _each(
    tool: Callable[[Path, str], list[str]], lines: Path, queries: Sequence[Query]
) -> Iterator[tuple[Query, float, int]]:
    for one in queries:
        begun = time.perf_counter()
        ids = tool(lines, one.text)
        yield one, (time.perf_counter() - begun) * 1000, ids.index(one.target) if one.target in ids else -1


def _fzf(lines: Path, query: str) -> list[str]:
    # 1: nothing found
    output = run(["fzf", "--filter", query], stdin=lines, accepted=(0, 1)).value
    return [line.split(b"\t", 1)[0].decode() for line in output.split(b"\n", SHOWN)[:SHOWN]]


def _rg(lines: Path, query: str) -> list[str]:
    word = max(query.split(), key=len)
    run(["rg", "-iF", "--max-count", str(SHOWN), "--", word, str(lines)], accepted=(0, 1))
    return []


def ours(queries: list[list[str]], lines: str, folder: str) -> dict[str, Any]:
    """The corpus kept under its name; the place of the article asked for among the hits, -1 for not there."""
    from kerman_tui.corpus import Corpus
    from kerman_tui.tui.collector import spare_what_stands

    corpus = Corpus.open_named(NAMED)
    corpus.search("warm", limit=1)
    spare_what_stands()  # as the explorer does when the index is ready, and the next
    corpus.read_ahead()

    def ask(query: str) -> list[str]:
        return [hit.id for hit in corpus.search(query, limit=SHOWN, passages=1).hits]

    return _timed(ask, queries)


def fts5(queries: list[list[str]], lines: str, folder: str) -> dict[str, Any]:
    """All words, the last one as a beginning, best first, with a snippet each."""
    kept = Path(folder) / "fts5.db"
    fresh = not kept.exists()
    connection = sqlite3.connect(kept)
    try:
        if fresh:
            connection.execute("CREATE VIRTUAL TABLE found USING fts5(id UNINDEXED, title, body, prefix='3 4')")
            with Path(lines).open(encoding="utf-8") as several:
                rows = (line.rstrip("\n").split("\t", 3) for line in several)
                connection.executemany("INSERT INTO found VALUES (?, ?, ?)", ((a, c, d) for a, _, c, d in rows))
            connection.commit()
    except sqlite3.OperationalError as error:
        kept.unlink(missing_ok=True)
        raise RunError(f"SQLite: {error}") from error
    statement = (
        "SELECT id, title, snippet(found, 2, '[', ']', '…', 20) FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
    )

    def ask(query: str) -> list[str]:
        words = [f'"{word}"' for word in query.split()]
        return [str(one[0]) for one in connection.execute(statement, (" ".join(words) + "*", SHOWN))]

    return _timed(ask, queries)


def _timed(ask: Callable[[str], list[str]], queries: list[list[str]]) -> dict[str, Any]:
    times: list[float] = []
    own: list[float] = []
    places: list[int] = []
    for text, target in queries:
        begun, worked = time.perf_counter(), time.process_time()
        ids = ask(text)
        times.append((time.perf_counter() - begun) * 1000)
        own.append((time.process_time() - worked) * 1000)
        places.append(ids.index(target) if target in ids else -1)
    private = private_mib(os.getpid())
    return {"ms": times, "places": places, "private_mib": private, "processor_ms": statistics.median(own)}
