"""What was parsed before, by the content of the bytes and the version of the readers, so that it is not parsed again.

One SQLite file in the cache folder. It is only a cache: a damaged one is thrown away, a full disk or a locked file
switches it off for this run, and nothing that it holds is needed for anything to be right.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b, sha256
from importlib import resources
from pathlib import Path
from typing import Any

from kerman_tui import places
from kerman_tui.ingest.files import File
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.parsing import VERSION, Piece

NAME = "parsed-1.sqlite"
_FRESH_NS = 2_000_000_000
"""A file changed within two seconds of being read may change again without its time showing it."""
_COMMIT_EVERY = 64
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pieces (key BLOB PRIMARY KEY, answer BLOB NOT NULL, used INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    key BLOB PRIMARY KEY, sha256 TEXT NOT NULL, format TEXT NOT NULL, pieces BLOB NOT NULL, used INTEGER NOT NULL
);
"""


def tables_version() -> str:
    """A digest of the tables in force, shipped and the user's own; what was parsed under others is stale."""
    digest = sha256(f"{VERSION}".encode())
    for name in ("furniture.toml", "fields.toml"):
        digest.update(resources.files("kerman_tui.ingest").joinpath(name).read_bytes())
        try:
            digest.update(places.read_whole(places.config_file().parent / name))
        except OSError:
            digest.update(b"-")
    return digest.hexdigest()[:16]


class Cache:
    """Answers by piece and known files by their state on the disk. Every method is silent when the cache is off."""

    def __init__(self, folder: Path | None) -> None:
        self._version = tables_version()
        self._base: sqlite3.Connection | None = None
        self._pending = 0
        self._now = int(time.time() // 3600)
        if folder is not None:
            self._base = self._connect(folder / NAME) or self._anew(folder / NAME)

    def _connect(self, path: Path) -> sqlite3.Connection | None:
        base = None
        try:
            new = not path.exists()
            base = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
            if new:
                os.chmod(path, 0o600)  # noqa: PTH101 - the path was just made by us in our own folder
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=NORMAL")
            base.executescript(_SCHEMA)
            base.execute("SELECT count(*) FROM (SELECT 1 FROM files LIMIT 1)").fetchone()
        except (sqlite3.Error, OSError):
            if base is not None:
                base.close()
            return None
        return base

    def _anew(self, path: Path) -> sqlite3.Connection | None:
        for suffix in ("", "-wal", "-shm"):
            try:
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            except OSError:
                return None
        return self._connect(path)

    def key(self, format_name: str, suffix: str, piece: Piece) -> bytes:
        """What a piece is known by: its bytes, its place in the file, its format and the version of the readers."""
        digest = blake2b(f"{self._version}\0{format_name}\0{suffix}\0{piece.first}\0".encode(), digest_size=20)
        digest.update(len(piece.head).to_bytes(8, "little") + piece.head)
        digest.update(piece.data)
        return digest.digest()

    def answer(self, key: bytes) -> bytes | None:
        """What was parsed from the piece of that key, or ``None``."""
        row = self._ask("SELECT answer FROM pieces WHERE key = ?", (key,))
        return bytes(row[0]) if row else None

    def has_all(self, keys: Sequence[bytes]) -> bool:
        """Whether the answers of all these pieces are there still."""
        return all(self._ask("SELECT 1 FROM pieces WHERE key = ?", (key,)) for key in keys)

    def keep(self, key: bytes, answer: bytes) -> None:
        """Remember what was parsed from the piece of that key."""
        self._write("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?)", (key, answer, self._now))

    def known_file(self, file: File) -> tuple[str, str, list[bytes]] | None:
        """SHA-256, format and keys of the pieces of a file that has not changed since it was read, or ``None``."""
        key = self._file_key(file)
        row = self._ask("SELECT sha256, format, pieces FROM files WHERE key = ?", (key,))
        if not row:
            return None
        packed = bytes(row[2])
        return row[0], row[1], [packed[at : at + 20] for at in range(0, len(packed), 20)]

    def remember_file(self, file: File, digest: str, format_name: str, keys: Sequence[bytes]) -> None:
        """Remember which pieces a file consists of, unless it changed just now."""
        if time.time_ns() - file.changed_ns < _FRESH_NS:
            return
        row = (self._file_key(file), digest, format_name, b"".join(keys), self._now)
        self._write("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", row)

    def _file_key(self, file: File) -> bytes:
        path = os.path.abspath(file.path)  # noqa: PTH100 - resolving links would name another file
        state = f"{self._version}\0{path}\0{file.size}\0{file.changed_ns}\0{file.inode}"
        return blake2b(state.encode("utf-8", "surrogateescape"), digest_size=20).digest()

    def _ask(self, query: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:  # rows are as SQLite has them
        if self._base is None:
            return None
        try:
            row: tuple[Any, ...] | None = self._base.execute(query, values).fetchone()
        except sqlite3.Error:
            self._off()
            return None
        return row

    def _write(self, query: str, values: tuple[object, ...]) -> None:
        if self._base is None:
            return
        try:
            if not self._pending:
                self._base.execute("BEGIN")
            self._base.execute(query, values)
            self._pending += 1
            if self._pending >= _COMMIT_EVERY:
                self._base.execute("COMMIT")
                self._pending = 0
        except sqlite3.Error:
            self._off()

    def _off(self) -> None:
        base, self._base, self._pending = self._base, None, 0
        if base is not None:
            base.close()

    def close(self) -> None:
        """Write what is pending and let go of the file; drop what was longest unused when it has grown too large."""
        if self._base is None:
            return
        try:
            if self._pending:
                self._base.execute("COMMIT")
            self._shrink(self._base)
        except sqlite3.Error:
            pass
        self._off()

    def _shrink(self, base: sqlite3.Connection) -> None:
        pages, size = (base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if pages * size <= LIMITS.cache_bytes:
            return
        oldest = "SELECT key FROM pieces ORDER BY used LIMIT (SELECT count(*) / 2 FROM pieces)"
        base.execute(f"DELETE FROM pieces WHERE key IN ({oldest})")
        base.execute("DELETE FROM files")
        base.execute("VACUUM")


def open_cache(wanted: bool) -> Cache:
    """The cache in the cache folder, or one that is off where there is no such folder or it is not wanted."""
    if not wanted:
        return Cache(None)
    try:
        return Cache(places.folder("cache"))
    except places.PlaceError:
        return Cache(None)


def check() -> Iterator[str]:
    """What is wrong with the cache, in words, for a check-up; nothing when all is well."""
    try:
        path = places.folder("cache") / NAME
    except places.PlaceError as error:
        yield str(error)
        return
    if not path.exists():
        return
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=2) as base:
            verdict = base.execute("PRAGMA quick_check(1)").fetchone()[0]
        base.close()
        if verdict != "ok":
            yield f"{path}: damaged ({verdict}); it is made anew when next needed"
    except sqlite3.Error as error:
        yield f"{path}: cannot be read ({error}); it is made anew when next needed"
