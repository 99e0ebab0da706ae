"""What was found by laying all articles of a corpus beside each other, kept: the next session reads it in a second.

A folder's articles never change, so that an answer holds as long as the rules that led to it. One that is cut short, of
another making or not to be read is no error: it is found again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from kerman_tui import places

T = TypeVar("T")

LARGEST = 256 * 1024 * 1024
"""Bytes of an answer from which it is not kept."""


class Answers:
    """The answers kept in ``folder``, which was made of articles that stay as they are; ``None`` keeps nothing."""

    def __init__(self, folder: Path | None, rules: str) -> None:
        """``rules`` is a digest of everything but the articles that decides what is found."""
        self._folder = folder
        self._rules = rules

    def has(self, name: str) -> bool:
        """Whether an answer is kept."""
        return self._folder is not None and self._path(self._folder, name).exists()

    def read(self, name: str, shape: type[T]) -> T | None:
        """The answer kept under ``name``, or ``None``."""
        if self._folder is None:
            return None
        try:
            return msgspec.msgpack.decode(self._path(self._folder, name).read_bytes(), type=shape)
        except (OSError, ValueError):  # a ValueError of msgspec: not what such an answer looks like
            return None

    def keep(self, name: str, answer: object) -> None:
        """Keep an answer in place of those of other rules; without room or leave to write it is found again."""
        if self._folder is None:
            return
        path = self._path(self._folder, name)
        with suppress(OSError, MemoryError):
            kept = msgspec.msgpack.encode(answer)
            if len(kept) > LARGEST:
                return
            for old in path.parent.glob(f"{name}-*.answer"):
                old.unlink(missing_ok=True)
            places.write_whole(path, kept, durable=False)

    def _path(self, folder: Path, name: str) -> Path:
        return folder / f"{name}-{self._rules}.answer"
