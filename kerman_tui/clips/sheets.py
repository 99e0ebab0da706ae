"""A whole table as one thing to keep and cite: a sheet in, a clip, its citation and its text for documents out.

What a desk must be able to check of a table is which corpus was asked what, and when; the digest in its citation is
that of its cells, so that the table at hand can be told from another.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from kerman_tui.clips.tables import table
from kerman_tui.model import Citation, Clip, Sheet, Span
from kerman_tui.text.safe import make_safe_line

MOST_ROWS = 5_000
"""Rows of a table that the basket takes; a longer one belongs in a file."""

NO_ARTICLE = Span("", None, 0, 0)
"""The span of a clip that comes from no one article."""


class SheetError(ValueError):
    """A table cannot be kept; the message says why, and what can be done instead."""


def new_sheet_clip(sheet: Sheet, project: str = "") -> Clip:
    """A table as a clip, with its citation and the present time.

    Raises SheetError when it has no rows, or more than ``MOST_ROWS``.
    """
    if not sheet.rows:
        raise SheetError("there is no table to keep")
    if len(sheet.rows) > MOST_ROWS:
        raise SheetError(
            f"the table has {len(sheet.rows):,} rows, more than the {MOST_ROWS:,} the basket takes: "
            "x writes it to a file, / shows fewer"
        )
    sheet = made_safe(sheet)
    now = datetime.now(UTC)
    return Clip(
        id=uuid.uuid4().hex,
        text=text_of(sheet),
        span=NO_ARTICLE,
        citation=_cite(sheet, now.astimezone().date().isoformat()),
        marked_at=now.isoformat(timespec="milliseconds"),
        project=project,
        sheet=sheet,
    )


def digest(sheet: Sheet) -> str:
    """What tells a table from another: SHA-256 (hex) over its title, its question and its cells, each ended by NUL."""
    cells = (sheet.title, sheet.corpus, sheet.query, *sheet.columns, *(cell for row in sheet.rows for cell in row))
    return hashlib.sha256("".join(f"{cell}\0" for cell in cells).encode("utf-8", "replace")).hexdigest()


def kept_as(sheet: Sheet, clips: Sequence[Clip]) -> Clip | None:
    """The clip that holds this very table, if there is one."""
    wanted = digest(made_safe(sheet))
    return next((clip for clip in clips if clip.sheet is not None and clip.citation.sha256 == wanted), None)


def lines_of(sheet: Sheet) -> Iterator[str]:
    """Each row as a line of its own that names its cells, for where there is no room for columns."""
    for row in sheet.rows:
        cells = zip(sheet.columns, row, strict=True)
        yield "; ".join(f"{name}: {cell}" if name else cell for name, cell in cells if cell)


def text_of(sheet: Sheet) -> str:
    """The table in plain text, without a line end after the last row."""
    return f"{sheet.title}\n\n{table(sheet.columns, sheet.rows)}".rstrip("\n")


def made_safe(sheet: Sheet) -> Sheet:
    """The table with every text of it made safe for a terminal."""
    return Sheet(
        title=make_safe_line(sheet.title),
        columns=tuple(map(make_safe_line, sheet.columns)),
        rows=tuple(tuple(map(make_safe_line, row)) for row in sheet.rows),
        corpus=make_safe_line(sheet.corpus),
        query=make_safe_line(sheet.query),
        spans=sheet.spans,
    )


def _cite(sheet: Sheet, day: str) -> Citation:
    number = f"{len(sheet.rows):,} {'row' if len(sheet.rows) == 1 else 'rows'}"
    asked = f"query: {sheet.query}" if sheet.query else "no query: all its articles"
    return Citation(
        outlet=f"corpus {sheet.corpus}" if sheet.corpus else "corpus without a name",
        title=sheet.title,
        published=day,
        byline=None,
        url=None,
        source=f"table of {number}, {asked}",
        line=0,
        sha256=digest(sheet),
    )
