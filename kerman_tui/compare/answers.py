"""What was found by laying all articles of a corpus beside each other, kept: the next session reads it in a second.

A folder's articles never change, so that an answer holds as long as the rules that led to it. One that is cut short, of
another making or not to be read is no error: it is found again. An answer is rows, kept some thousand to a piece and
read piece by piece: one of a hundred megabytes, read whole, would hold up every other thread, the screen among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from struct import Struct
from typing import TypeVar

import msgspec

from kerman_tui import places

T = TypeVar("T")

LARGEST = 256 * 1024 * 1024
"""Bytes of an answer from which it is not kept."""
PIECE = 2_000
"""Rows that are read at a time, in some milliseconds."""
_LENGTH = Struct("<Q")


class Answers:
    """The answers kept in ``folder``, which was made of articles that stay as they are; ``None`` keeps nothing."""

    def __init__(self, folder: Path | None, rules: str) -> None:
        """``rules`` is a digest of everything but the articles that decides what is found."""
        self._folder = folder
        self._rules = rules

    def has(self, name: str) -> bool:
        """Whether an answer is kept."""
        return self._folder is not None and self._path(self._folder, name).exists()

    def read(self, name: str, row: type[T]) -> tuple[T, ...] | None:
        """The rows of the answer kept under ``name``, or ``None``."""
        if self._folder is None:
            return None
        try:
            kept = self._path(self._folder, name).read_bytes()
            decode = msgspec.msgpack.Decoder(list[row]).decode  # type: ignore[valid-type]
            return tuple([one for piece in _pieces(kept) for one in decode(piece)])
        except (OSError, ValueError):  # a ValueError of msgspec: not what such an answer looks like
            return None

    def keep(self, name: str, rows: Sequence[object]) -> None:
        """Keep an answer in place of those of other rules; without room or leave to write it is found again."""
        if self._folder is None:
            return
        path = self._path(self._folder, name)
        with suppress(OSError, MemoryError):
            encode = msgspec.msgpack.Encoder().encode
            pieces: list[bytes] = []
            size = 0
            for first in range(0, len(rows), PIECE):
                piece = encode(rows[first : first + PIECE])
                pieces += _LENGTH.pack(len(piece)), piece
                size += len(piece)
                if size > LARGEST:
                    return
            for old in path.parent.glob(f"{name}-*.answer"):
                old.unlink(missing_ok=True)
            places.write_whole(path, b"".join((*pieces, _LENGTH.pack(0))), durable=False)

    def _path(self, folder: Path, name: str) -> Path:
        return folder / f"{name}-{self._rules}.answer"


def _pieces(kept: bytes) -> Iterator[memoryview]:
    """The pieces of an answer; raises ValueError where it was cut short."""
    at = 0
    while at + _LENGTH.size <= len(kept):
        size: int = _LENGTH.unpack_from(kept, at)[0]
        at += _LENGTH.size
        if not size:
            return
        yield memoryview(kept)[at : at + size]
        at += size
    raise ValueError("an answer was cut short")
