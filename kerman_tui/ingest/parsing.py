"""One file in, its drafts and problems out, whatever the file holds: the step that is cached and spread over cores."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO, cast

from kerman_tui.ingest.draft import Draft, Problem
from kerman_tui.ingest.files import File
from kerman_tui.ingest.formats import detect, suffix_of
from kerman_tui.ingest.limits import LIMITS, LimitReached, size_words
from kerman_tui.ingest.readers import Chunk, Format, Page
from kerman_tui.ingest.unpack import Damaged, open_plain

VERSION = 1
"""Part of the cache's key: raise it with every change of what a reader makes of the same bytes."""

_HEAD = 64 << 10

Parsed = Draft | Problem


class Unreadable(Exception):
    """A file gives nothing; the message says why."""


def parse_page(name: str, data: bytes, format: Format) -> list[Parsed]:
    """Read one page that stands in memory. Never raises for what the bytes hold."""
    if not data.strip(b"\0 \t\r\n\x0b\x0c\xef\xbb\xbf"):
        return [Problem("empty" if not data else "no text")]
    try:
        return list(format.page_reader()(Page(name, data)))
    except LimitReached as limit:
        return [Problem(str(limit))]
    except (
        RecursionError,
        MemoryError,
        ValueError,
        LookupError,
        AssertionError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        # A library met bytes that its authors did not think of; one file must not take the others with it.
        return [Problem(f"cannot be read as {format.name} ({type(error).__name__})")]


def parse_chunk(chunk: Chunk, format: Format) -> list[Parsed]:
    """Read some records of a file of many. Never raises for what the bytes hold."""
    try:
        return list(format.record_reader().read(chunk))
    except (
        RecursionError,
        MemoryError,
        ValueError,
        LookupError,
        AssertionError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        return [
            Problem(f"some records cannot be read as {format.name} ({type(error).__name__})", f"record {chunk.first}")
        ]


class Opened:
    """A file opened for parsing: its format, and its bytes either as one page or as chunks. Close it after use.

    Raises Unreadable for what gives nothing. ``digest`` is the SHA-256 of the file's bytes as they lie on the disk.
    """

    def __init__(self, file: File) -> None:
        self.file = file
        try:
            self._stream, _ = open_plain(file.path)
        except (LimitReached, Damaged) as error:
            raise Unreadable(str(error)) from error
        except OSError as error:
            raise Unreadable(f"cannot be opened: {(error.strerror or str(error)).lower()}") from error
        try:
            self._head = self._read(_HEAD)
            found = detect(file.name, self._head)
            if not self._head:
                raise Unreadable("empty")
            if isinstance(found, str):
                raise Unreadable(found)
        except BaseException:
            self.close()
            raise
        self.format = found
        self.suffix = suffix_of(file.name)

    def close(self) -> None:
        self._stream.close()

    def page(self) -> bytes:
        """All bytes of a page. Raises Unreadable when there are more than a page may have."""
        data = self._head + self._read(LIMITS.page_bytes + 1 - len(self._head))
        if len(data) > LIMITS.page_bytes:
            raise Unreadable(f"larger than {size_words(LIMITS.page_bytes)}, the limit of one page")
        return data

    def chunks(self) -> Iterator[Chunk | Problem]:
        """The chunks of a file of records; a Problem ends them early where the file is damaged."""
        whole = cast(BinaryIO, io.BufferedReader(_Rejoined(self._head, self._stream), 1 << 18))
        try:
            yield from self.format.record_reader().chunks(whole)
        except (LimitReached, Damaged) as error:
            yield Problem(f"{error}; what stood before it is read")
        except OSError as error:
            yield Problem(f"stopped in the middle: {(error.strerror or str(error)).lower()}")

    def _read(self, count: int) -> bytes:
        parts = []
        try:
            while count > 0 and (part := self._stream.read(min(count, 1 << 20))):
                parts.append(part)
                count -= len(part)
        except (LimitReached, Damaged) as error:
            raise Unreadable(str(error)) from error
        except OSError as error:
            raise Unreadable(f"cannot be read: {(error.strerror or str(error)).lower()}") from error
        return b"".join(parts)


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were taken off to look at, whole again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def digest_of(file: File) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    from kerman_tui.ingest.files import open_regular

    digest = sha256()
    with open(open_regular(file.path), "rb", buffering=0) as stream:
        while part := stream.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
