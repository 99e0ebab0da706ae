"""Bytes to text, whatever encoding they claim: byte order marks, UTF-16 without one, Windows-1252, lying charsets.

One bad line does not spoil the others: what is not UTF-8 is decoded line by line. ``binary_kind`` names files that are
no text at all.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"\x89PNG\r\n", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"RIFF", "media file"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 64 << 10


def binary_kind(data: bytes) -> str | None:
    """What kind of binary file these bytes begin, in words, or ``None`` for what may be text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if any(data.startswith(bom) for bom, _ in _BOMS) or _wide_without_bom(data):
        return None
    sample = data[:_SAMPLE]
    odd = len(_CONTROL.findall(sample))
    return "no text" if odd > 8 and odd > 0.1 * len(sample) else None


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text shows a NUL in every second byte; which half tells the order of bytes."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros_odd > 0.4 and zeros_even < 0.05:
        return "utf-16-le"
    if zeros_even > 0.4 and zeros_odd < 0.05:
        return "utf-16-be"
    return None


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode ``data``; ``declared`` is believed only where the bytes do not speak for themselves. Never raises."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace").lstrip("\ufeff")
    try:
        # a NUL in valid UTF-8 is either a stray control character or UTF-16 without its mark
        text = data.decode("utf-8")
        if "\0" not in text or not (wide := _wide_without_bom(data)):
            return text
        return data.decode(wide, "replace")
    except UnicodeDecodeError:
        pass
    if wide := _wide_without_bom(data):
        return data.decode(wide, "replace")
    return _declared(data, declared) or _guessed(data) or _line_by_line(data)


def _declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        # what calls itself Latin-1 is Windows-1252 (WHATWG Encoding Standard); UTF-16 was ruled out by its bytes
        if name.startswith(("utf", "ascii")):
            return None
        if name == "iso8859-1":
            return _line_by_line(data)
        text = data.decode(name)
        return text if isinstance(text, str) else None
    except (LookupError, UnicodeError, ValueError, AttributeError, AssertionError):
        return None


def _guessed(data: bytes) -> str | None:
    """Scripts other than Latin show many high bytes; only then is guessing worth its price and its risk."""
    sample = data[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    if high < 0.25 * len(sample) or high < 16:
        return None
    valid = sample.decode("utf-8", "ignore").encode("utf-8")
    if len(valid) > 0.9 * len(sample):
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        return None
    try:
        return data.decode(best.encoding, "replace")
    except LookupError:
        return None


def _line_by_line(data: bytes) -> str:
    return "".join(map(_line, data.splitlines(keepends=True)))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("utf-8", "replace")
