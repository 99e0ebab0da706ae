"""A place for bytes between two passes: in memory while they are few, then in a nameless temporary file."""

from __future__ import annotations

import tempfile
from typing import IO

from kerman_tui import memory, places
from kerman_tui.ingest.limits import MIB

_IN_MEMORY, _SHARE = 48 * MIB, 32
"""Bytes held in memory at most, and of the room that there is one part in so many."""

Ref = tuple[int, int] | bytes


class Shelf:
    """Keeps what is put on it; where no file can be written it stays in memory."""

    def __init__(self) -> None:
        self._held = 0
        self._most = min(_IN_MEMORY, memory.room() // _SHARE)
        self._file: IO[bytes] | None = None
        self._end = 0
        self._full = False

    def put(self, data: bytes) -> Ref:
        if self._full or self._held + len(data) <= self._most:
            self._held += len(data)
            return data
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=_folder())  # noqa: SIM115 - lives as long as the shelf
            self._file.seek(self._end)
            self._file.write(data)
            self._file.flush()
        except OSError:
            self._full = True
            return data
        self._end += len(data)
        return self._end - len(data), len(data)

    def get(self, ref: Ref) -> bytes:
        if isinstance(ref, bytes):
            return ref
        assert self._file is not None
        self._file.seek(ref[0])
        return self._file.read(ref[1])

    def clear(self) -> None:
        if self._file is not None:
            self._file.close()


def _folder() -> str | None:
    try:
        return str(places.folder("cache"))
    except places.PlaceError:
        return None
