"""A table that was kept in the basket, shown again as it stood."""

from __future__ import annotations

from rich.cells import cell_len

from kerman_tui.model import Sheet
from kerman_tui.tui.records import REST, Field, Listing, Record

WIDEST = 40
"""Cells of a column at most; the last one takes what is left."""


def kept_listing(sheet: Sheet) -> Listing:
    """The kept table; a row that comes from a passage opens it."""
    last = len(sheet.columns) - 1
    fields = tuple(
        Field(name, REST if at == last else _width(sheet, at), "strong" if at == 0 else "text", _numbers(sheet, at))
        for at, name in enumerate(sheet.columns)
    )
    spans = sheet.spans or (None,) * len(sheet.rows)
    records = [Record(row, span) for row, span in zip(sheet.rows, spans, strict=True)]
    asked = f" · {sheet.query}" if sheet.query else ""
    return Listing(f"Kept from {sheet.corpus}{asked}: {sheet.title}", fields, lambda _: records, "The table is empty.")


def _width(sheet: Sheet, at: int) -> int:
    return min(max(cell_len(text) for text in (sheet.columns[at], *(row[at] for row in sheet.rows))) + 1, WIDEST)


def _numbers(sheet: Sheet, at: int) -> bool:
    return all(not row[at] or row[at].replace(",", "").replace(".", "").isdigit() for row in sheet.rows)
