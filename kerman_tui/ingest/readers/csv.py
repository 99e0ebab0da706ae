"""Tables of articles: CSV and TSV with a header row whose names are known from other tools."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from kerman_tui.ingest.decode import decode
from kerman_tui.ingest.draft import Draft, Problem
from kerman_tui.ingest.limits import LIMITS, size_words
from kerman_tui.ingest.readers import Chunk
from kerman_tui.ingest.records import draft_of, find, normalised

_CHUNK = 2 << 20
_MOST_COLUMNS = 2_000
_DELIMITERS = ",;\t|"


def chunks(stream: BinaryIO) -> Iterator[Chunk]:
    """Whole rows, about 2 MiB at a time: a row ends at a line end outside quotes. Each chunk carries the header row."""
    head = b""
    first = number = 1
    gathered, size, quotes = list[bytes](), 0, 0
    while line := stream.readline(LIMITS.record_bytes + 1):
        number += 1
        if not head:
            if not line.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            quotes += line.count(b'"')
            gathered.append(line)
            if quotes % 2 == 0 or size > LIMITS.record_bytes:
                head, gathered, quotes = b"".join(gathered), [], 0
            first = number
            continue
        gathered.append(line)
        size += len(line)
        quotes += line.count(b'"')
        if size >= _CHUNK and (quotes % 2 == 0 or size > LIMITS.record_bytes):
            yield Chunk(b"".join(gathered), first, head)
            gathered, size, quotes, first = [], 0, 0, number
    if gathered or head or not number > 1:
        yield Chunk(b"".join(gathered), first, head)


def read(chunk: Chunk) -> Iterator[Draft | Problem]:
    """Yield a draft or a problem for every row."""
    csv.field_size_limit(LIMITS.record_bytes)
    header_text = decode(chunk.head)
    delimiter = max(_DELIMITERS, key=header_text.count)
    header = next(csv.reader([header_text.replace("\n", " ").replace("\r", " ")], delimiter=delimiter), [])
    names = [name.strip().lstrip("\ufeff") for name in header[:_MOST_COLUMNS]]
    columns = normalised(dict.fromkeys(names, "x"))
    if not find(columns, "body") and not find(columns, "excerpt"):
        yield Problem("no column for the text: its header names none that is known (text, body, content, ...)")
        return
    if not chunk.data.strip():
        yield Problem("no rows under the header")
        return
    text = decode(chunk.data).replace("\0", "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = chunk.first
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            large = "larger than field limit" in str(error)
            why = (
                f"a cell larger than {size_words(LIMITS.record_bytes)}"
                if large
                else f"the row cannot be read ({error})"
            )
            yield Problem(why, f"line {line}")
            line = chunk.first + rows.line_num
            continue
        end = chunk.first + rows.line_num - 1
        if any(cell.strip() for cell in row):
            record = {name: cell for name, cell in zip(names, row, strict=False) if cell.strip()}
            yield draft_of(record, line, line, end)
        line = end + 1
