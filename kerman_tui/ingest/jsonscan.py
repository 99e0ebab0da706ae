"""The elements of a list in JSON, one after another without reading the whole: a stream in, the bytes of each out.

Nothing is parsed; strings and brackets alone are followed, so that memory holds one element and a buffer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from kerman_tui.ingest.limits import LIMITS, LimitReachedError, size_words

_BUFFER = 1 << 20
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)
_IS_NAME = re.compile(rb"\s*:")


class CutError(Exception):
    """The text ends inside the list."""


class Scanner:
    """A stream of JSON, of which ``given`` was read already."""

    def __init__(self, stream: BinaryIO, given: bytes) -> None:
        self._stream = stream
        self._data = given
        self._at = 0
        self._mark: int | None = None

    def enter(self, wanted: Callable[[tuple[str, ...]], bool]) -> bool:
        """Go into the first list that is the whole text, or whose path of names is ``wanted``; False if none begins
        in what was given."""
        stack: list[str] = []
        name = ""
        while (match := _TOKEN.search(self._data, self._at)) and (token := match.group()) != b'"':
            self._at = match.end()
            if token[:1] == b'"':
                name = token[1:-1].decode("utf-8", "replace") if _IS_NAME.match(self._data, self._at) else name
            elif token in (b"[", b"{"):
                path = tuple(step for step in (*stack, name) if step)
                if token == b"[" and ((not stack and not name) or wanted(path)):
                    return True
                stack.append(name)
                name = ""
            elif stack:
                stack.pop()
                name = ""
        return False

    def elements(self) -> Iterator[bytes | None]:
        """The bytes of each object, list or text of the list that was entered; ``None`` for one above the limit.

        Raises CutError when the text ends before the list does, and LimitReachedError for a text without end.
        """
        depth, large = 0, False
        while (match := self._token()) is not None:
            token = match.group()
            if not depth and token == b"]":
                return
            if not depth:
                self._mark = match.start()
            depth += (token in (b"[", b"{")) - (token in (b"]", b"}"))
            if self._mark is not None and self._at - self._mark > LIMITS.record_bytes:
                self._mark, large = None, True
            if not depth:
                yield None if large or self._mark is None else self._data[self._mark : self._at]
                self._mark, large = None, False
        raise CutError

    def _token(self) -> re.Match[bytes] | None:
        while True:
            match = _TOKEN.search(self._data, self._at)
            if match and match.group() != b'"':
                self._at = match.end()
                return match
            pending = match.start() if match else len(self._data)
            if len(self._data) - pending > LIMITS.record_bytes:
                raise LimitReachedError(f"a text in it is longer than {size_words(LIMITS.record_bytes)}")
            more = self._stream.read(_BUFFER)
            if not more:
                return None
            kept = pending if self._mark is None else self._mark
            self._data = self._data[kept:] + more
            self._at = pending - kept
            self._mark = None if self._mark is None else 0
