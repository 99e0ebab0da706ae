"""Adding a hundred articles to a corpus kept under a name, beside making it anew with them."""

from __future__ import annotations

from collections.abc import Iterator

from figures import OURS, Row, row
from inputs import Inputs
from processes import call, run
from report import Omitted

ADDED = 100
OTHER_SEED = 7
"""The seed of the articles that are added, so that they are others."""
ANEW = "the whole corpus anew"


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    inputs.named()
    more = inputs.folder / "more.jsonl"
    call("measures.updating", "write_more", path=more, beside=inputs.articles)
    added = run(inputs.index_command(inputs.articles, more), environment=inputs.environment, limit=inputs.patience)
    removed = run(inputs.index_command(inputs.articles), environment=inputs.environment, limit=inputs.patience)
    anew = inputs.anew()
    key = f"adding {ADDED} articles to the named corpus"
    note = f"{added.processor:,.1f} s of processor time; taking them out again: {removed.seconds:,.1f} s"
    yield row(key, OURS, "s", added.seconds, added.peak_mib, note)
    yield row(key, ANEW, "s", anew.seconds, anew.peak_mib, f"{anew.processor:,.1f} s of processor time")


def write_more(path: str, beside: str) -> int:
    """Articles of the outlets that the corpus has: what repeats on an outlet's pages must be looked for again."""
    from pathlib import Path

    import generate
    import orjson

    with Path(path).open("wb") as file, Path(beside).open("rb") as articles:
        for (record, _), line in zip(generate.generated(ADDED, OTHER_SEED), articles, strict=False):
            own = {"id": "x" + record["id"], "outlet": orjson.loads(line)["outlet"]}
            file.write(orjson.dumps(record | own) + b"\n")
    return ADDED
