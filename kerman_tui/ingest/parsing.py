"""One file in, its drafts and problems out, whatever the file holds: the step that is cached and spread over cores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from kerman_tui.ingest.draft import Draft, Problem
from kerman_tui.ingest.files import File
from kerman_tui.ingest.formats import detect, suffix_of
from kerman_tui.ingest.limits import LIMITS, LimitReachedError, size_words
from kerman_tui.ingest.readers import Chunk, Format, Page
from kerman_tui.ingest.rejoined import rejoined
from kerman_tui.ingest.unpack import DamagedError, open_plain
from kerman_tui.places import open_regular

VERSION = 5
"""Part of the cache's key: raise it with every change of what a reader makes of the same bytes."""

_HEAD = 64 << 10

Parsed = Draft | Problem


class UnreadableError(Exception):
    """A file gives nothing; the message says why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work for one process: a page, or some records of a file of many.

    ``first`` is the number of the first line or record of a chunk, and 0 for a page; ``head`` is what every chunk
    needs to know of the beginning of its file.
    """

    name: str
    data: bytes
    first: int = 0
    head: bytes = b""

    @property
    def where(self) -> str:
        return f"from record {self.first}" if self.first else ""


def parse_piece(piece: Piece, format: Format) -> list[Parsed]:
    """Read one piece. Never raises for what its bytes hold; MemoryError where they are too many."""
    try:
        if format.records:
            return list(format.record_reader().read(Chunk(piece.data, piece.first, piece.head)))
        if not piece.data.strip(b"\0 \t\r\n\x0b\x0c\xef\xbb\xbf"):
            return [Problem("no text" if piece.data else "empty")]
        return list(format.page_reader()(Page(piece.name, piece.data)))
    except LimitReachedError as limit:
        return [Problem(str(limit), piece.where)]
    except MemoryError:
        raise  # on another day there may be more of it
    except Exception as error:
        # A library met bytes that its authors did not think of; one file must not take the others with it.
        return [Problem(f"cannot be read as {format.name} ({type(error).__name__})", piece.where)]


class Opened:
    """A file opened for parsing: its format, and its bytes either as one page or as chunks. Close it after use.

    Raises UnreadableError for what gives nothing.
    """

    def __init__(self, file: File) -> None:
        self.file = file
        try:
            self._stream, _ = open_plain(file.path)
        except (LimitReachedError, DamagedError) as error:
            raise UnreadableError(str(error)) from error
        except OSError as error:
            raise UnreadableError(f"cannot be opened: {(error.strerror or str(error)).lower()}") from error
        try:
            self._head = self._read(_HEAD)
            found = detect(file.name, self._head)
            if not self._head:
                raise UnreadableError("empty")
            if isinstance(found, str):
                raise UnreadableError(found)
        except BaseException:
            self.close()
            raise
        self.format = found
        self.suffix = suffix_of(file.name)

    def close(self) -> None:
        self._stream.close()

    def pieces(self) -> Iterator[Piece | Problem]:
        """The pieces of work that the file makes; a Problem stands for what could not be read."""
        if self.format.records:
            yield from self._chunks()
            return
        try:
            yield Piece(self.file.name, self._page())
        except UnreadableError as error:
            yield Problem(str(error))

    def _page(self) -> bytes:
        data = self._head + self._read(LIMITS.page_bytes + 1 - len(self._head))
        if len(data) > LIMITS.page_bytes:
            raise UnreadableError(f"larger than {size_words(LIMITS.page_bytes)}, the limit of one page")
        return data

    def _chunks(self) -> Iterator[Piece | Problem]:
        whole = rejoined(self._head, self._stream)
        try:
            for chunk in self.format.record_reader().chunks(whole):
                yield Piece(self.file.name, chunk.data, chunk.first, chunk.head)
        except (LimitReachedError, DamagedError) as error:
            yield Problem(f"{error}; what stood before it is read")
        except OSError as error:
            yield Problem(f"stopped in the middle: {(error.strerror or str(error)).lower()}")

    def _read(self, count: int) -> bytes:
        parts = []
        try:
            while count > 0 and (part := self._stream.read(min(count, 1 << 20))):
                parts.append(part)
                count -= len(part)
        except (LimitReachedError, DamagedError) as error:
            raise UnreadableError(str(error)) from error
        except OSError as error:
            raise UnreadableError(f"cannot be read: {(error.strerror or str(error)).lower()}") from error
        return b"".join(parts)


def digest_of(file: File) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    digest = sha256()
    with os.fdopen(open_regular(file.path), "rb", buffering=0) as stream:
        while part := stream.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
