"""JSON documents: one article, a list of them, what an API or a search engine answers, or a JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kerman_tui.ingest.draft import Draft, Problem
from kerman_tui.ingest.jsontext import JsonError, parse
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.readers import Chunk, Page, jsonl
from kerman_tui.ingest.records import (
    by_column,
    draft_of,
    find,
    find_list,
    looks_like_article,
    normalised,
    outlet_of_envelope,
)


def read(source: Page) -> Iterator[Draft | Problem]:
    """Yield the articles of a JSON document; what is JSON Lines by another name is read as such."""
    try:
        value = parse(source.data)
    except JsonError as problem:
        if source.data.count(b"\n") and source.data.lstrip()[:1] == b"{" and _is_lines(source.data):
            yield from jsonl.read(Chunk(source.data, 1))
        else:
            yield Problem(str(problem))
        return
    yield from articles(value)


def articles(value: object) -> Iterator[Draft | Problem]:
    """Yield the articles that a value read from JSON holds."""
    if isinstance(value, list):
        for number, record in enumerate(value[: LIMITS.records], 1):
            yield draft_of(record, 1, number)
        if not value:
            yield Problem("an empty list")
        return
    if not isinstance(value, Mapping):
        yield Problem("no article and no list of articles")
        return
    table = by_column(value)
    if table is not None:
        for number, row in enumerate(table, 1):
            yield draft_of(row, 1, number)
        if not table:
            yield Problem("an empty table")
        return
    records = find_list(value)
    if records is not None and not find(normalised(value), "body"):
        outlet = outlet_of_envelope(value)
        for number, record in enumerate(records, 1):
            draft = draft_of(record, 1, number)
            yield replace(draft, outlet=outlet) if outlet and isinstance(draft, Draft) and not draft.outlet else draft
        if not records:
            yield Problem("an empty list of articles")
    elif looks_like_article(value):
        yield draft_of(value, 1, 1)
    elif value and all(isinstance(inner, Mapping) and looks_like_article(inner) for inner in value.values()):
        for number, (key, inner) in enumerate(value.items(), 1):  # id to article
            assert isinstance(inner, Mapping)
            yield draft_of({"id": key, **inner}, 1, number)
    else:
        yield Problem("no article and no list of articles under a name that is known")


def _is_lines(data: bytes) -> bool:
    try:
        parse(data.split(b"\n", 1)[0])
    except JsonError:
        return False
    return True
