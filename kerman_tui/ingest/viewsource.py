"""Pages that show the source of a page, saved from a browser's "view source": markup in, the page that is shown out."""

from __future__ import annotations

import re
from html import unescape

_SHOWN_START = re.compile(r"&lt;(?:!doctype\s+html|html)\b", re.I)
_TAG = re.compile(r"<[^<>]*>")
_HEAD = re.compile(r"<head\b.*?</head\s*>", re.I | re.DOTALL)
_START = re.compile(r"<(?:!doctype\s+html|html)\b", re.I)
_END = re.compile(r"</html\s*>", re.I)
_ADDRESS = re.compile(r"<title>\s*(?:view-source:)?(https?://[^\s<]+)\s*</title>", re.I)
_MOST_BEFORE = 10_000
"""Characters of markup before the source that is shown: a browser puts little there, a page about HTML its text."""
_MOST_BESIDE = 100
"""Visible characters before and after it, such as "Line wrap" or the notice of the tool that saved it."""


def shown_page(markup: str) -> tuple[str, str | None] | None:
    """The page whose source a page shows, every line of it on the line where it stands, and its address where told.

    ``None`` for any other page, one with an example of HTML in its text included.
    """
    begun = _SHOWN_START.search(markup, 0, _MOST_BEFORE)
    if begun is None:
        return None
    above = _HEAD.sub(_lines_of, markup[: begun.start()], count=1)
    text = unescape(_TAG.sub(_lines_of, above + markup[begun.start() :]))
    start = _START.search(text)
    if start is None:
        return None
    ends = [match.end() for match in _END.finditer(text)]
    before, after = text[: start.start()], text[ends[-1] :] if ends else ""
    if len(before.strip()) > _MOST_BESIDE or len(after.strip()) > _MOST_BESIDE:
        return None
    address = _ADDRESS.search(markup, 0, begun.start())
    return "\n" * before.count("\n") + text[start.start() : len(text) - len(after)], address and address[1]


def _lines_of(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")
