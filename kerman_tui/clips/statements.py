"""What is asked of the basket's file and changed in it, as SQL: clips in, statements with their values out."""

from __future__ import annotations

from typing import Any

from kerman_tui.clips import storage
from kerman_tui.model import Clip

Statement = tuple[str, tuple[Any, ...]]

SELECT = f"SELECT {storage.COLUMNS} FROM clips ORDER BY position, marked_at, id"
SELECT_ONE = f"SELECT {storage.COLUMNS} FROM clips WHERE id = ?"
_INSERT = (
    "INSERT OR IGNORE INTO clips (id, project, text, article, paragraph, start, end, outlet, title, published, byline, "
    f"url, source, line, sha256, marked_at, note, tags, sheet, position) VALUES ({', '.join('?' * 19)}, "
    "(SELECT coalesce(max(position), 0) + 1 FROM clips))"
)


def insert(clip: Clip) -> Statement:
    """Put a clip last of all."""
    return _INSERT, storage.row_of(clip)


def bring_back(row: tuple[Any, ...]) -> Statement:
    """Put a row that was taken out where it was."""
    return f"INSERT OR IGNORE INTO clips ({storage.COLUMNS}) VALUES ({', '.join('?' * len(row))})", row


def delete(clip_id: str) -> Statement:
    """Take a clip out."""
    return "DELETE FROM clips WHERE id = ?", (clip_id,)


def set_column(column: str, clip_id: str, value: Any) -> Statement:
    """Give one column of a clip another value."""
    return f"UPDATE clips SET {column} = ? WHERE id = ?", (value, clip_id)


def move(clip_id: str, before: str | None) -> list[Statement]:
    """Make room before the other clip and step into it, or step behind the last."""
    if before is None:
        return [("UPDATE clips SET position = (SELECT max(position) + 1 FROM clips) WHERE id = ?", (clip_id,))]
    return [
        (
            "UPDATE clips SET position = position + 1 WHERE position >= (SELECT position FROM clips WHERE id = ?)",
            (before,),
        ),
        (
            "UPDATE clips SET position = (SELECT position - 1 FROM clips WHERE id = ?) "
            "WHERE id = ? AND EXISTS (SELECT 1 FROM clips WHERE id = ?)",
            (before, clip_id, before),
        ),
    ]
