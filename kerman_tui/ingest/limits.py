"""Every limit a reader keeps, in one place, so that no file can exhaust memory, time or patience.

``Limits`` holds the numbers; ``LIMITS`` are those in force. A reader that meets one raises ``LimitReachedError`` with
words for the person, and the pipeline turns it into the reason for which the file was skipped.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


class LimitReachedError(Exception):
    """A file asks for more than a limit allows; the message says which limit and what was done."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are bytes, times are seconds. Each may be raised by the environment, as KERMAN_TUI_LIMIT_PAGE_BYTES=..."""

    page_bytes: int = 24 * MIB
    """One page or document that must stand in memory as a whole (text, HTML, feed, e-mail, JSON, PDF)."""
    stream_bytes: int = 64 * GIB
    """One file of many records that is read piece by piece (JSONL, CSV, WARC, mbox), after unpacking."""
    record_bytes: int = 16 * MIB
    """One record of such a file."""
    expansion: int = 200
    """How many times larger than itself a compressed file may become, counted above ``expansion_floor``."""
    expansion_floor: int = 8 * MIB
    """What a compressed file may always become, however small it is."""
    layers: int = 1
    """Layers of compression that are taken off one file."""
    depth: int = 200
    """Nesting of brackets in JSON and of elements in XML."""
    elements: int = 100_000
    """Elements of one HTML page; a larger one would keep the extractor busy for minutes."""
    records: int = 20_000_000
    """Records of one file."""
    lines: int = 50_000
    """Lines of one page of text that are not blank."""
    articles_per_page: int = 500
    """Articles that one scraped page is divided into."""
    paragraphs: int = 20_000
    """Paragraphs of one article; the rest is left out and said."""
    paragraph_chars: int = 200_000
    """Characters of one paragraph; a longer one is divided at a blank."""
    title_chars: int = 1_000
    """Characters of a title; a longer one is cut."""
    seconds: float = 20.0
    """Time for one page; checked between steps, so a reader may pass it by the length of one step."""
    cache_bytes: int = 4 * GIB
    """What the cache of parsed files may hold; the longest unused goes first."""


def _from_environment(limits: Limits) -> Limits:
    changed: dict[str, int | float] = {}
    for field in fields(limits):
        raw = os.environ.get(f"KERMAN_TUI_LIMIT_{field.name.upper()}", "")
        default = getattr(limits, field.name)
        try:
            value = type(default)(raw)
        except ValueError:
            continue
        if value > 0:
            changed[field.name] = value
    return replace(limits, **changed) if changed else limits  # type: ignore[arg-type]


LIMITS = _from_environment(Limits())


def size_words(count: int) -> str:
    """A number of bytes as people say it: ``24 MiB``, ``1.5 GiB``."""
    for unit, size in (("GiB", GIB), ("MiB", MIB), ("KiB", KIB)):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count} bytes"
