"""A stream whose first bytes were taken off to look at, whole again."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

_BUFFER = 1 << 18


def rejoined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """A buffered stream of ``head`` and then what ``rest`` still gives."""
    return cast(BinaryIO, io.BufferedReader(_Rejoined(head, rest), _BUFFER))


class _Rejoined(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data: bytes | memoryview
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
