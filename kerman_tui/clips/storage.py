"""The basket's file: a path in, an open SQLite database out that can be trusted, or words on why there is none.

A file of an older version is copied before it is changed; a damaged one is kept aside under a new name and what can
still be read of it is carried over; one of a newer version is left alone. All of that happens under a lock, so that
sessions that start together do not do it twice.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from kerman_tui.clips.rescue import rescued_rows
from kerman_tui.clips.sheets import made_safe
from kerman_tui.model import Citation, Clip, Sheet, Span
from kerman_tui.text.safe import make_safe, make_safe_line, visible

BUSY_SECONDS = 5.0
"""How long one session waits for another to finish writing."""

LOCK_SECONDS = 5.0
"""How long a session that starts waits for another that is making, migrating or rescuing the file."""

COLUMNS = (
    "id, project, position, text, article, paragraph, start, end, outlet, title, published, byline, url, source, line, "
    "sha256, marked_at, note, tags, sheet"
)
_COLUMNS_OF_1 = COLUMNS.removesuffix(", sheet") + ", ''"
"""The same of a file of version 1, which held no tables."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE clips (
        id TEXT PRIMARY KEY, project TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL,
        article TEXT NOT NULL, paragraph INTEGER, start INTEGER NOT NULL, end INTEGER NOT NULL,
        outlet TEXT NOT NULL, title TEXT NOT NULL, published TEXT, byline TEXT, url TEXT,
        source TEXT NOT NULL, line INTEGER NOT NULL, sha256 TEXT NOT NULL,
        marked_at TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '[]'
    );
    CREATE INDEX clips_in_order ON clips (position);
    """,
    "ALTER TABLE clips ADD COLUMN sheet TEXT NOT NULL DEFAULT ''",
)
"""Script ``i`` takes a file from version ``i`` to ``i + 1``; the version stands in ``PRAGMA user_version``."""

_NO_DATABASE = ("file is not a database", "malformed", "corrupt", "unsupported file format", "encrypted")


class StorageError(Exception):
    """The basket cannot be kept in its file; the message says why. ``rows`` are what could be read of it."""

    def __init__(self, why: str, rows: Sequence[tuple[Any, ...]] = ()) -> None:
        super().__init__(why)
        self.rows = tuple(rows)


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that is ready, and what to tell the user about how it came to be ("" for nothing).

    ``identity`` tells whether the file of that name is still the same; ``anew``: it took the place of a damaged one.
    """

    database: sqlite3.Connection
    identity: tuple[int, int]
    notice: str = ""
    anew: bool = False


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at ``path`` now, if any."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def open_file(path: Path) -> Opened:
    """Open the basket at ``path``, making, migrating or rescuing it as needed. Raises StorageError with words."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _lock(path):
            return _open_locked(path)
    except OSError as error:
        raise StorageError(f"{visible(str(path))}: {error.strerror or error}", read_rows(path)) from error


def open_memory() -> sqlite3.Connection:
    """An empty basket that lives as long as the process."""
    database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(database, 0)
    return database


def read_rows(path: Path) -> list[tuple[Any, ...]]:
    """The rows of a basket that cannot be written now. Never raises."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        with (
            contextlib.suppress(sqlite3.Error, OSError, ValueError),
            contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as database,
        ):
            columns = _columns(int(database.execute("PRAGMA user_version").fetchone()[0]))
            return database.execute(f"SELECT {columns} FROM clips").fetchall()
    return []


def _columns(version: int) -> str:
    """``COLUMNS`` as a file of that version has them."""
    return _COLUMNS_OF_1 if version == 1 else COLUMNS


def row_of(clip: Clip) -> tuple[Any, ...]:
    """A clip as the values of ``COLUMNS`` without the position."""
    span, cited = clip.span, clip.citation
    values = (
        *(clip.id, clip.project, clip.text, span.article, span.paragraph, span.start, span.end, cited.outlet),
        *(cited.title, cited.published, cited.byline, cited.url, cited.source, cited.line, cited.sha256),
        *(clip.marked_at, clip.note, tags_text(clip.tags), sheet_text(clip.sheet)),
    )
    return tuple(storable(value) if isinstance(value, str) else value for value in values)


def storable(text: str) -> str:
    """Text that SQLite takes: a byte of a file name that is not UTF-8 is spelt out rather than refused."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def tags_text(tags: Sequence[str]) -> str:
    """Tags as they are stored."""
    return json.dumps([storable(tag) for tag in tags], ensure_ascii=False)


def sheet_text(sheet: Sheet | None) -> str:
    """A table as it is stored; "" for none."""
    return "" if sheet is None else storable(msgspec.json.encode(sheet).decode())


def _sheet_of(stored: str) -> Sheet | None:
    """A stored table; ``None`` for none, and for what is none."""
    if not stored:
        return None
    try:
        sheet = msgspec.json.decode(stored, type=Sheet)
    except (msgspec.MsgspecError, ValueError, TypeError):
        return None
    width = len(sheet.columns)
    if any(len(row) != width for row in sheet.rows) or len(sheet.spans) not in (0, len(sheet.rows)):
        return None
    return made_safe(sheet)


def clip_of(row: Sequence[Any]) -> Clip:
    """The clip of one row of ``COLUMNS``. The file is a road to the screen too, so what it holds passes the gate."""
    try:
        tags = tuple(make_safe_line(str(tag)) for tag in json.loads(row[18]))
    except (ValueError, TypeError):
        tags = ()
    outlet, title, published, byline, url = (value and make_safe_line(value) for value in row[8:13])
    return Clip(
        id=row[0],
        project=make_safe_line(row[1]),
        text=make_safe(row[3]),
        span=Span(row[4], row[5], row[6], row[7]),
        citation=Citation(outlet, title, published, byline, url, visible(row[13]), row[14], visible(row[15])),
        marked_at=visible(row[16]),
        note=make_safe(row[17]),
        tags=tags,
        sheet=_sheet_of(row[19]),
    )


# --- opening ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the basket's lock file. Where the system has no such locks, or they hang (some network homes), go on."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover  (no POSIX)
        yield
        return
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise OSError(None, "another session has held its lock for too long") from None
                time.sleep(0.01)
            except OSError:
                break
        yield
    finally:
        os.close(descriptor)


def _open_locked(path: Path) -> Opened:
    notice = ""
    try:
        database, version = _connect(path)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise StorageError(f"{visible(str(path))}: {error}", read_rows(path)) from error
        rows = _rescued(path)
        aside = _put_aside(path)
        try:
            database, version = _connect(path)
            _migrate(database, version)
            insert_rows(database, rows)
        except sqlite3.DatabaseError as again:
            raise StorageError(f"{visible(str(path))}: {again}", rows) from again
        rescued = f"; {len(rows)} passages could be rescued from it" if rows else ""
        return Opened(
            database,
            identity(path) or (0, 0),
            f"the basket was damaged ({error}): it is kept as {visible(aside.name)}, a new one is begun{rescued}",
            anew=True,
        )
    if version > len(MIGRATIONS):
        database.close()
        raise StorageError(
            f"{visible(str(path))}: written by a newer version of the program, so this one leaves it alone",
            read_rows(path),
        )
    if version < len(MIGRATIONS):
        try:
            if version:
                notice = (
                    f"the basket was brought up to date; the old one is kept as {_back_up(database, path, version)}"
                )
            _migrate(database, version)
        except (sqlite3.Error, OSError) as error:
            database.close()
            raise StorageError(
                f"{visible(str(path))}: cannot be brought up to date: {error}", read_rows(path)
            ) from error
    return Opened(database, identity(path) or (0, 0), notice)


def _rescued(path: Path) -> list[tuple[Any, ...]]:
    """The rows that a damaged file still gives, whichever version it is of: it may no longer say."""
    for columns in (COLUMNS, _COLUMNS_OF_1):
        rows = rescued_rows(path, f"SELECT {columns} FROM clips NOT INDEXED WHERE rowid = ?")
        if rows:
            return rows
    return []


def _connect(path: Path) -> tuple[sqlite3.Connection, int]:
    """A connection in which what is committed survives kill -9 and power loss, and the version of the file's schema."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    if path.stat().st_mode & 0o077 and path.stat().st_uid == os.getuid():
        path.chmod(0o600)
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA trusted_schema = OFF")
        complaint = str(database.execute("PRAGMA quick_check(1)").fetchone()[0])
        if complaint != "ok":
            raise sqlite3.DatabaseError(f"malformed: {complaint}")
        version = int(database.execute("PRAGMA user_version").fetchone()[0])
        if 0 < version <= len(MIGRATIONS):
            database.execute(f"SELECT {_columns(version)} FROM clips LIMIT 1").fetchone()
        # only a file that is ours and sound is written to
        database.execute("PRAGMA journal_mode = WAL").fetchone()
        database.execute("PRAGMA synchronous = FULL")
        # a file that can be read but not written is no place to keep anything
        database.execute("BEGIN IMMEDIATE")
        database.execute("ROLLBACK")
    except BaseException:
        database.close()
        raise
    return database, version


def is_damage(error: Exception) -> bool:
    """Whether an error says that the file is broken or no basket, rather than busy, full or forbidden."""
    words = str(error).lower()
    return any(part in words for part in (*_NO_DATABASE, "no such table", "no such column", "already exists"))


def _put_aside(path: Path) -> Path:
    """Rename a damaged basket, with its journal, to a name that is free; returns the new name."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside, n = path.with_name(f"{path.name}.damaged-{stamp}"), 1
    while aside.exists():
        n += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{n}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        journal = path.with_name(path.name + suffix)
        if journal.exists():
            journal.rename(aside.with_name(aside.name + suffix))
    return aside


def _back_up(database: sqlite3.Connection, path: Path, version: int) -> str:
    copy, n = path.with_name(f"{path.name}.version-{version}"), 1
    while copy.exists():
        n += 1
        copy = path.with_name(f"{path.name}.version-{version}-{n}")
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    with contextlib.closing(sqlite3.connect(copy)) as target:
        database.backup(target)
    return visible(copy.name)


def _migrate(database: sqlite3.Connection, version: int) -> None:
    transaction(
        database,
        lambda: [
            *(database.execute(part) for script in MIGRATIONS[version:] for part in script.split(";") if part.strip()),
            database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}"),
        ],
    )


def insert_rows(database: sqlite3.Connection, rows: Sequence[Sequence[Any]]) -> None:
    """Put whole rows of ``COLUMNS`` into a basket; a clip that is there already stays as it is."""
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    statement = f"INSERT OR IGNORE INTO clips ({COLUMNS}) VALUES ({marks})"
    transaction(database, lambda: database.executemany(statement, rows))


def transaction(database: sqlite3.Connection, work: Callable[[], object]) -> None:
    """Do ``work`` wholly or not at all; when this returns, it is on the disk."""
    database.execute("BEGIN IMMEDIATE")
    try:
        work()
        database.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise
