"""Ids of articles: unique over a corpus, stable from one reading to the next, and fit to be typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from hashlib import blake2b

_LONGEST_STEM = 60
_UNFIT = re.compile(r"[^\w.-]+")
_SUFFIXES = re.compile(
    r"(?:\.(?:txt|text|md|html?|xhtml|json|jsonl|ndjson|csv|tsv|xml|rss|atom|eml|mbox|pdf|warc|mhtml?|gz|xz|bz2|zst))+$",
    re.IGNORECASE,
)


def stem(name: str) -> str:
    """The name of a file without folders and known suffixes, in letters, digits, dots and hyphens, ≤ 60 characters."""
    base = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    base = _SUFFIXES.sub("", base) or base
    slug = _UNFIT.sub("-", unicodedata.normalize("NFC", base)).strip("-.")
    if len(slug) > _LONGEST_STEM:
        slug = f"{slug[: _LONGEST_STEM - 7].rstrip('-.')}-{_digest(name)}"
    return slug or f"file-{_digest(name)}"


def unique(wanted: str, receipt: str, taken: Callable[[str], bool]) -> str:
    """``wanted`` if it is free, else with a suffix that depends only on ``receipt`` (where the article stands)."""
    if not taken(wanted):
        return wanted
    for length in (6, 12, 24):
        candidate = f"{wanted}-{_digest(receipt, length)}"
        if not taken(candidate):
            return candidate
    raise ValueError(f"the same record was read twice: {receipt}")


def _digest(text: str, length: int = 6) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
