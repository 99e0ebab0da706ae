"""Reading: articles from JSONL, beside orjson alone on the same lines."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from figures import OURS, Row, row
from inputs import Inputs
from processes import call
from report import Omitted

LIMIT = 20_000
"""Articles read at most; the rate does not change after."""


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    count = min(LIMIT, inputs.count)
    sample = inputs.folder / "read" / "sample.jsonl"
    # a cache of parsed files, of this run or an earlier one, must not help
    shutil.rmtree(sample.parent, ignore_errors=True)
    sample.parent.mkdir()
    with inputs.articles.open("rb") as lines, sample.open("wb") as file:
        file.writelines(islice(lines, count))
    rates: dict[str, list[float]] = {OURS: [], "all cores": [], "orjson alone": []}
    peaks = dict.fromkeys(rates, 0.0)
    for turn in range(inputs.runs):
        for subject, function, workers in ((OURS, "read", 1), ("all cores", "read", 0), ("orjson alone", "parse", 0)):
            ran = call(
                "measures.ingest",
                function,
                path=sample,
                workers=workers,
                environment=inputs.environment | {"XDG_CACHE_HOME": str(inputs.folder / "read" / f"{turn}{workers}")},
            )
            rates[subject].append(ran.value["articles"] / ran.value["seconds"])
            peaks[subject] = max(peaks[subject], ran.peak_mib)
    size = inputs.megabytes / inputs.count
    for subject, found in rates.items():
        key, name = ("reading, all cores", OURS) if subject == "all cores" else ("reading", subject)
        made = row(key, name, "articles/s", found, peaks[subject])
        yield row(key, name, "articles/s", found, peaks[subject], f"{made.median * size:,.0f} MB/s")


def read(path: str, workers: int) -> dict[str, float]:
    """The reading room's pipeline over the file; articles are counted and let go."""
    from kerman_tui.ingest.pipeline import read as pipeline
    from kerman_tui.model import Skipped

    begun = time.perf_counter()
    done = 0
    last: object = None
    for outcome in pipeline([Path(path)], workers=workers or None):
        last = outcome
        done += not isinstance(outcome, Skipped)
    if not done:
        raise ValueError(f"no article was read from {path}: {last}")
    return {"articles": done, "seconds": time.perf_counter() - begun}


def parse(path: str, workers: int) -> dict[str, float]:
    """orjson over the lines."""
    import orjson

    begun = time.perf_counter()
    done = 0
    with Path(path).open("rb") as lines:
        for line in lines:
            orjson.loads(line)
            done += 1
    return {"articles": done, "seconds": time.perf_counter() - begun}
