"""Reopening: a corpus kept under a name, from nothing to the first results, beside opening a bare tantivy index."""

from __future__ import annotations

import os
from collections.abc import Iterator

from figures import OURS, Row, row
from inputs import NAMED, Inputs
from processes import call, private_mib
from report import Omitted

from measures.indexing import BARE

BUDGETS_TO = 100_000
"""Articles up to which these budgets hold."""
BUDGET_MIB = 150
"""What one session may have for itself at 100,000 articles."""
BUDGET_MS = 1_000
"""To the first results, at 100,000 articles."""


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    inputs.named()
    query = next(one.text for one in inputs.queries() if one.words == 2 and not one.misspelt)
    target = inputs.folder / "index-bare"
    if not target.exists():
        target.mkdir()
        call(
            "measures.indexing",
            "bare",
            path=inputs.articles,
            target=target,
            count=inputs.count,
            environment=inputs.environment,
            limit=inputs.patience,
        )
    times: dict[str, list[float]] = {OURS: [], BARE: []}
    private: list[float] = []
    for _ in range(max(3, inputs.runs)):
        ran = call("measures.reopening", "ours", query=query, environment=inputs.environment)
        times[OURS].append(ran.seconds * 1000)
        private.append(ran.value["private_mib"])
        ran = call("measures.reopening", "bare", query=query, target=target, environment=inputs.environment)
        times[BARE].append(ran.seconds * 1000)
    for subject, found in times.items():
        yield row("reopening to first results", subject, "ms", found, note="start of Python included")
    yield row("reopening, private memory", OURS, "MiB", private)
    if inputs.count <= BUDGETS_TO:
        yield row("reopening to first results", "budget", "ms", BUDGET_MS)
        yield row("reopening, private memory", "budget", "MiB", BUDGET_MIB)


def ours(query: str) -> dict[str, float]:
    from kerman_tui.corpus import Corpus

    corpus = Corpus.open_named(NAMED)
    found = corpus.search(query, limit=20)
    return {"total": found.total, "private_mib": private_mib(os.getpid())}


def bare(query: str, target: str) -> dict[str, float]:
    import tantivy

    index = tantivy.Index.open(target)
    searcher = index.searcher()
    found = searcher.search(index.parse_query(query, ["title", "body"]), 20)
    return {"total": len(found.hits), "private_mib": private_mib(os.getpid())}
