"""Articles of the benchmark's own JSONL as the program's Articles, without the reading room: for measuring one room."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import orjson

from kerman_tui.model import Article, Paragraph, Source


def articles(path: str, limit: int | None = None) -> Iterator[Article]:
    """Yield the first ``limit`` articles of ``path``; nothing is kept."""
    with Path(path).open("rb") as lines:
        for number, line in enumerate(itertools.islice(lines, limit), 1):
            record = orjson.loads(line)
            yield Article(
                id=record["id"],
                title=record["title"],
                outlet=record["outlet"],
                paragraphs=tuple(
                    Paragraph(text, number) for text in record["body"].split("\n\n") if text and not text.isspace()
                ),
                source=Source(path, record=number),
                published=record["published"] or None,
                url=record["url"] or None,
            )
