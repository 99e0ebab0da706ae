"""The article that a page keeps in a script alone, for its own program to draw: JSON inside HTML in, a record out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kerman_tui.ingest.draft import Draft
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.records import draft_of, find, normalised

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ASSIGNED = re.compile(r"[\w.$\]\['\"]\s*=\s*(?=[{\[])")
_MOST_SCRIPTS, _MOST_ASSIGNED, _MOST_VALUES = 40, 20, 20_000
_LEAST = 400
"""Characters of text below which a value is no article."""


def article_in_scripts(tree: HtmlElement) -> Draft | None:
    """The article with the longest text among the values that the page's scripts hold; ``None`` without any."""
    best: Draft | None = None
    length = _LEAST
    for value in _values(tree):
        record = _with_pieces(value)
        if not find(normalised(record), "body"):
            continue
        draft = draft_of(record, 1, None)
        if isinstance(draft, Draft) and (size := sum(len(p.text) for p in draft.paragraphs)) > length:
            best, length = draft, size
    return best


def _with_pieces(value: Mapping[str, object]) -> Mapping[str, object]:
    """A record whose text lies in a list of pieces ("content_elements", "blocks"), each with a text, has it as one."""
    for name in ("content_elements", "blocks", "contentBlocks", "components", "elements"):
        pieces = value.get(name)
        if isinstance(pieces, list):
            texts = [str(t) for p in pieces if isinstance(p, Mapping) and (t := p.get("content") or p.get("text"))]
            if texts:
                titles = value.get("headlines")
                basic = titles.get("basic") if isinstance(titles, Mapping) else None
                return {**value, "text": "\n\n".join(texts), **({"title": basic} if basic else {})}
    return value


def _values(tree: HtmlElement) -> Iterator[Mapping[str, object]]:
    count = 0
    for script in tree.iter("script"):
        text = (script.text or "").strip()
        if len(text) < _LEAST or len(text) > LIMITS.record_bytes or "ld+json" in (script.get("type") or ""):
            continue
        count += 1
        if count > _MOST_SCRIPTS:
            return
        starts = [0] if text[:1] in "{[" else [m.end() for m in _ASSIGNED.finditer(text)][:_MOST_ASSIGNED]
        read_to = 0
        for start in starts:
            if start < read_to:
                continue
            try:
                value, read_to = json.JSONDecoder(strict=False).raw_decode(text, start)
            except (ValueError, RecursionError):
                continue
            yield from _mappings(value)


def _mappings(value: object) -> Iterator[Mapping[str, object]]:
    waiting, seen = [value], 0
    while waiting and seen < _MOST_VALUES:
        seen += 1
        one = waiting.pop()
        if isinstance(one, Mapping):
            yield one
            waiting.extend(inner for inner in one.values() if isinstance(inner, Mapping | list))
        elif isinstance(one, list):
            waiting.extend(inner for inner in one if isinstance(inner, Mapping | list))
