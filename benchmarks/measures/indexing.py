"""Indexing: our search index beside tantivy fed the same text by a bare loop, and the whole ``index`` command."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from figures import OURS, Row, row
from inputs import Inputs
from processes import call
from report import Omitted

BARE = "tantivy, bare loop"
HEAP = 128 << 20
"""Bytes that the bare loop gives the writer."""
RUNS_OF_LARGE, LARGE = 2, 50_000
"""From so many articles on, fewer runs."""


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    runs = inputs.runs if inputs.count < LARGE else min(inputs.runs, RUNS_OF_LARGE)
    functions = {OURS: "ours", BARE: "bare"}
    rates: dict[str, list[float]] = {subject: [] for subject in functions}
    peaks = dict.fromkeys(functions, 0.0)
    sizes = dict.fromkeys(functions, 0.0)
    processor = dict.fromkeys(functions, 0.0)
    for _ in range(runs):
        for subject, function in functions.items():
            target = inputs.folder / f"index-{function}"
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir()
            ran = call(
                "measures.indexing",
                function,
                path=inputs.articles,
                target=target,
                count=inputs.count,
                environment=inputs.environment,
                limit=inputs.patience,
            )
            rates[subject].append(inputs.count / ran.value["seconds"])
            peaks[subject] = max(peaks[subject], ran.peak_mib)
            sizes[subject] = folder_mb(target)
            processor[subject] = ran.processor
    for subject, found in rates.items():
        speed = row("index", subject, "articles/s", found).median * inputs.megabytes / inputs.count
        note = f"{speed:,.1f} MB/s; {processor[subject]:,.1f} s of processor time"
        yield row("index", subject, "articles/s", found, peaks[subject], note)
        yield row("index, size", subject, "MB", sizes[subject])
    yield _command(inputs)


def _command(inputs: Inputs) -> Row:
    """Once: it takes long, and what it leaves is the named corpus of the other measures."""
    ran = inputs.index_anew()
    kept = sum(folder_mb(inputs.folder / "home" / name) for name in ("data", "cache"))
    note = f"all of it: {ran.seconds:,.1f} s, {ran.processor:,.1f} s of processor time; {kept:,.0f} MB kept"
    return row("`kerman-tui index`", OURS, "articles/s", inputs.count / ran.seconds, ran.peak_mib, note)


def folder_mb(folder: Path) -> float:
    """Size of the files in a folder, in MB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def ours(path: str, target: str, count: int) -> dict[str, float]:
    """The search room's index of the articles, without names of people, by as many processes as the program takes."""
    from records import articles

    from kerman_tui.analysis import default_workers
    from kerman_tui.indexing import WORTH_PROCESSES
    from kerman_tui.search.index import Document
    from kerman_tui.search.opening import build_index

    begun = time.perf_counter()
    documents = (Document(at, article) for at, article in enumerate(articles(path)))
    index = build_index(documents, Path(target), workers=default_workers() if count >= WORTH_PROCESSES else 1)
    index.close()
    return {"seconds": time.perf_counter() - begun}


def bare(path: str, target: str, count: int) -> dict[str, float]:
    """Title and body of the same lines, with positions, into tantivy as it comes."""
    import orjson
    import tantivy

    begun = time.perf_counter()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title")
    builder.add_text_field("body")
    builder.add_unsigned_field("ordinal", fast=True)
    found = tantivy.Index(builder.build(), path=target)
    writer = found.writer(HEAP)
    with Path(path).open("rb") as lines:
        for ordinal, line in enumerate(lines):
            record = orjson.loads(line)
            document = tantivy.Document()
            document.add_text("title", record["title"])
            document.add_text("body", record["body"])
            document.add_unsigned("ordinal", ordinal)
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return {"seconds": time.perf_counter() - begun}
