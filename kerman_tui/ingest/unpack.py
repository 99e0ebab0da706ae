"""Compressed files as streams that stop at a limit: a file in, its plain bytes out. One layer is taken off."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zlib
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from kerman_tui.ingest.limits import LIMITS, LimitReachedError, size_words
from kerman_tui.places import open_regular

PACKED = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\x00": "xz", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "zstd"}
SUFFIXES = (".gz", ".xz", ".bz2", ".zst", ".gzip")
ARCHIVES = {
    b"PK\x03\x04": "zip archive",
    b"PK\x05\x06": "zip archive",
    b"7z\xbc\xaf": "7z archive",
    b"Rar!": "rar archive",
}
DAMAGED = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, OSError)


class DamagedError(Exception):
    """A compressed file that ends too early or holds what its format does not allow."""


class _Packed(Protocol):
    """What the libraries of all kinds of compression give: bytes in whatever amount comes easily."""

    def read1(self, size: int = -1, /) -> bytes: ...

    def close(self) -> None: ...


class PlainBytes(io.RawIOBase):
    """The unpacked bytes of a file. Reading past the limits raises LimitReachedError, damage raises DamagedError."""

    def __init__(self, packed: _Packed, size: int) -> None:
        self._packed = packed
        self._most = max(LIMITS.expansion_floor, size * LIMITS.expansion)
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._packed.read1(min(len(buffer), 1 << 18))
        except DAMAGED as error:
            raise DamagedError(f"the compressed file is damaged ({str(error) or type(error).__name__})") from error
        except Exception as error:  # the zstd library has errors of its own
            raise DamagedError(f"the compressed file is damaged ({error})") from error
        self._count += len(data)
        if self._count > self._most:
            raise LimitReachedError(
                f"unpacks to more than {size_words(self._most)}, {LIMITS.expansion} times its size; stopped there"
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._packed.close()
        super().close()


def open_plain(path: Path) -> tuple[BinaryIO, bytes]:
    """Open a file, unpacked if it is compressed; return the stream and its first bytes (which stay in the stream).

    Raises OSError for what cannot be opened, LimitReachedError and DamagedError from reading.
    """
    raw = os.fdopen(open_regular(path), "rb", buffering=1 << 18)
    try:
        size = os.fstat(raw.fileno()).st_size
        stream = _unpacked(raw, size)
        if stream is not raw:
            head = cast(io.BufferedReader, stream).peek(64)[:64]
            if _kind(head) is not None and path.suffix.lower() not in (".warc",):
                raise DamagedError("compressed more than once; unpack it first")
        else:
            head = cast(io.BufferedReader, raw).peek(64)[:64]
    except BaseException:
        raw.close()
        raise
    return stream, head


def _kind(head: bytes) -> str | None:
    return next((kind for magic, kind in PACKED.items() if head.startswith(magic)), None)


def _unpacked(raw: BinaryIO, size: int) -> BinaryIO:
    kind = _kind(cast(io.BufferedReader, raw).peek(8)[:8])
    if kind is None:
        return raw
    plain: _Packed
    if kind == "gzip":
        plain = _Gzip(fileobj=raw)
    elif kind == "xz":
        plain = lzma.LZMAFile(raw)  # noqa: SIM115 - closed with the stream that is handed out
    elif kind == "bzip2":
        plain = bz2.BZ2File(raw)
    else:
        plain = _zstd(raw)
    return cast(BinaryIO, io.BufferedReader(PlainBytes(plain, size), 1 << 18))


class _Gzip(gzip.GzipFile):
    """A gzip file whose rubbish after the last member is passed over, as ``gzip`` itself does."""

    def read1(self, size: int = -1) -> bytes:
        try:
            return super().read1(size)
        except gzip.BadGzipFile as error:
            if self.tell() > 0 and "Not a gzipped file" in str(error):
                return b""
            raise


def _zstd(raw: BinaryIO) -> _Packed:
    import zstandard

    return zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
