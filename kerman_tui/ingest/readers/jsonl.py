"""JSON Lines: one record a line; a bad line is named and does not lose the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kerman_tui.ingest.draft import Draft, Problem
from kerman_tui.ingest.jsontext import JsonError, parse
from kerman_tui.ingest.limits import LIMITS, size_words
from kerman_tui.ingest.readers import Chunk
from kerman_tui.ingest.records import draft_of

_CHUNK_FIRST, _CHUNK = 256 << 10, 2 << 20
"""Bytes of a chunk: few at first, so that the first articles are there soon, then doubling."""


def chunks(stream: BinaryIO) -> Iterator[Chunk]:
    """Whole lines, at most about 2 MiB at a time. A line longer than the limit is cut, and refused by ``read``."""
    first, gathered, size = 1, [], 0
    number, most = 0, _CHUNK_FIRST
    while line := stream.readline(LIMITS.record_bytes + 1):
        number += 1
        gathered.append(line)
        size += len(line)
        if len(line) > LIMITS.record_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            gathered[-1] += b"\n"
        if size >= most:
            yield Chunk(b"".join(gathered), first)
            first, gathered, size = number + 1, [], 0
            most = min(_CHUNK, 2 * most)
    if gathered:
        yield Chunk(b"".join(gathered), first)


def read(chunk: Chunk) -> Iterator[Draft | Problem]:
    """Yield a draft or a problem for every line that is not blank."""
    for number, line in enumerate(chunk.data.split(b"\n"), chunk.first):
        line = line.strip(b" \t\r")
        if not line or line == b"\xef\xbb\xbf":
            continue
        if len(line) > LIMITS.record_bytes:
            yield Problem(
                f"the line is longer than {size_words(LIMITS.record_bytes)}, the limit of one record", f"line {number}"
            )
            continue
        try:
            record = parse(line)
        except JsonError as problem:
            yield Problem(str(problem), f"line {number}")
            continue
        yield draft_of(record, number, number)
