"""JSON documents: one article, a list of them, what an API or a search engine answers, or a JSON Feed.

A large list is read an element at a time, so that its size does not matter; other documents must fit the limit of a
page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from kerman_tui.ingest.draft import Draft, Problem
from kerman_tui.ingest.jsonscan import CutError, Scanner
from kerman_tui.ingest.jsontext import JsonError, parse
from kerman_tui.ingest.limits import LIMITS, size_words
from kerman_tui.ingest.readers import Chunk, jsonl
from kerman_tui.ingest.records import (
    by_column,
    draft_of,
    find,
    find_list,
    is_list_path,
    looks_like_article,
    normalised,
    outlet_of_envelope,
)
from kerman_tui.ingest.rejoined import rejoined

_LARGE = 2 << 20
"""Bytes from which on a list is read in pieces."""
_CHUNK_FIRST, _CHUNK = 256 << 10, 2 << 20
_WHOLE, _ELEMENTS, _LINES, _CUT, _LARGE_DOCUMENT = b"whole", b"elements", b"lines", b"cut", b"large"


def chunks(stream: BinaryIO) -> Iterator[Chunk]:
    """The whole of a small document; the elements of a large list, or its lines, at most about 2 MiB at a time."""
    start = stream.read(_LARGE + 1)
    if len(start) <= _LARGE:
        yield Chunk(start, 1, _WHOLE)
        return
    if start.lstrip()[:1] == b"{" and _is_lines(start):
        yield from (replace(chunk, head=_LINES) for chunk in jsonl.chunks(rejoined(start, stream)))
        return
    scanner = Scanner(stream, start)
    if scanner.enter(is_list_path):
        yield from _in_pieces(scanner)
        return
    data = start + stream.read(LIMITS.page_bytes + 1 - len(start))
    if len(data) > LIMITS.page_bytes:
        yield Chunk(b"", 1, _LARGE_DOCUMENT)
        return
    yield Chunk(data, 1, _WHOLE)


def _in_pieces(scanner: Scanner) -> Iterator[Chunk]:
    gathered, size, most, first, number = list[bytes](), 0, _CHUNK_FIRST, 1, 0
    ending = b""
    elements = scanner.elements()
    while True:
        try:
            element = next(elements, b"")
        except CutError:
            element, ending = b"", _CUT
        if element == b"" or size >= most:
            if gathered:
                yield Chunk(b"[" + b",".join(gathered) + b"]", first, _ELEMENTS)
            gathered, size, most, first = [], 0, min(_CHUNK, 2 * most), number + 1
            if element == b"":
                break
        number += 1
        gathered.append(b'"too large"' if element is None else element)
        size += len(gathered[-1])
    if ending or not number:
        yield Chunk(b"[]", number + 1, ending or _ELEMENTS)


def read(chunk: Chunk) -> Iterator[Draft | Problem]:
    """Yield the articles of a JSON document or of a piece of one; JSON Lines by another name are read as such."""
    if chunk.head == _CUT:
        yield Problem("the list has no end; what stood before it broke off is read", f"record {chunk.first}")
    elif chunk.head == _LARGE_DOCUMENT:
        yield Problem(
            f"larger than {size_words(LIMITS.page_bytes)}, the limit of a document that is no list of articles"
        )
    elif chunk.head == _LINES:
        yield from jsonl.read(chunk)
    elif chunk.head == _ELEMENTS:
        yield from _elements(chunk)
    else:
        yield from _document(chunk.data)


def _elements(chunk: Chunk) -> Iterator[Draft | Problem]:
    try:
        records = parse(chunk.data)
        assert isinstance(records, list)
        parsed: Iterator[object] = iter(records)
    except JsonError:
        parsed = _one_by_one(chunk.data)
    number = chunk.first
    for record in parsed:
        yield (
            Problem(str(record), f"record {number}")
            if isinstance(record, JsonError)
            else Problem(f"the record is larger than {size_words(LIMITS.record_bytes)}", f"record {number}")
            if record == "too large"
            else draft_of(record, 1, number)
        )
        number += 1


def _one_by_one(data: bytes) -> Iterator[object]:
    """The elements of a list of which one is damaged."""
    from io import BytesIO

    scanner = Scanner(BytesIO(), data)
    scanner.enter(lambda path: not path)
    for element in scanner.elements():
        try:
            yield parse(element or b"")
        except JsonError as problem:
            yield problem


def _document(data: bytes) -> Iterator[Draft | Problem]:
    try:
        value = parse(data)
    except JsonError as problem:
        if data.count(b"\n") and data.lstrip()[:1] == b"{" and _is_lines(data):
            yield from jsonl.read(Chunk(data, 1))
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
    first, found, rest = data.partition(b"\n")
    if not found or rest.lstrip()[:1] not in (b"{", b""):
        return False
    try:
        parse(first)
    except JsonError:
        return False
    return True
