"""What can still be read of a damaged basket: a file in, whole rows out, each sought by itself. Never raises.

It works on a copy, so that the damaged file stays as it was found.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

MAX_ROWS = 20_000
"""Row numbers that are tried where the file no longer says how many there are."""

_PAGES_AT = slice(28, 32)
_PAGE_SIZE_AT = slice(16, 18)


def rescued_rows(path: Path, select: str) -> list[tuple[Any, ...]]:
    """The rows that ``select`` (a query that ends with ``WHERE rowid = ?``) still finds, in the order made."""
    rows: list[tuple[Any, ...]] = []
    with contextlib.suppress(OSError, sqlite3.Error), tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / path.name
        for suffix in ("", "-wal"):
            original = path.with_name(path.name + suffix)
            if original.exists():
                shutil.copyfile(original, copy.with_name(copy.name + suffix))
        _fill_up(copy)
        with contextlib.closing(sqlite3.connect(copy)) as database:
            # a text that is no UTF-8 any more must not cost its row
            database.text_factory = lambda raw: raw.decode("utf-8", "replace")
            for number in range(1, _last(database) + 1):
                with contextlib.suppress(sqlite3.Error):
                    row = database.execute(select, (number,)).fetchone()
                    if row and _is_whole(row):
                        rows.append(row)
    return rows


def _fill_up(copy: Path) -> None:
    """Give a file that was cut off the length its header speaks of; without it SQLite reads none of it."""
    header = copy.read_bytes()[:100]
    size = int.from_bytes(header[_PAGE_SIZE_AT], "big")
    wanted = int.from_bytes(header[_PAGES_AT], "big") * (65_536 if size == 1 else size)
    if copy.stat().st_size < wanted <= 1 << 32:
        with copy.open("r+b") as stream:
            stream.truncate(wanted)


def _last(database: sqlite3.Connection) -> int:
    with contextlib.suppress(sqlite3.Error):
        return int(database.execute("SELECT max(rowid) FROM clips").fetchone()[0] or 0)
    with contextlib.suppress(sqlite3.Error):
        database.execute("SELECT 1 FROM clips WHERE rowid = 0").fetchone()
        return MAX_ROWS
    return 0


def _is_whole(row: tuple[Any, ...]) -> bool:
    """Damage can also leave a row with values of the wrong kind, which is no row to carry over."""
    return isinstance(row[0], str) and isinstance(row[2], int) and isinstance(row[3], str)
