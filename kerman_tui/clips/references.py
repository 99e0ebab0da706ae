"""References for people: a citation in, one line of plain text, Markdown, Chicago or APA out.

Every style carries the receipt: source file, line, SHA-256 prefix. Names of files are made visible, so that no byte
of theirs can act on a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kerman_tui.clips.names import Name, authors
from kerman_tui.model import UNKNOWN_OUTLET, Citation
from kerman_tui.text.safe import make_safe_line, visible

SHA_PREFIX = 12
"""Hex digits of the SHA-256 shown in a citation: enough to tell a file among millions."""

UNDATED = "undated"
MONTHS = "January February March April May June July August September October November December".split()

_CHICAGO_AUTHORS = 10
_APA_AUTHORS = 20


class Day(NamedTuple):
    """A date as far as it is known: month and day may be missing."""

    year: int
    month: int | None
    day: int | None


def receipt(citation: Citation) -> str:
    """Where the passage stands: ``seeds/001.txt, line 12, SHA-256 0123456789ab``. A table stands on no line (0)."""
    parts = [visible(citation.source)]
    if citation.line:
        parts.append(f"line {citation.line}")
    if citation.sha256:
        parts.append(f"SHA-256 {citation.sha256[:SHA_PREFIX]}")
    return ", ".join(parts)


def day_of(published: str | None) -> Day | None:
    """The day of an ISO date or date-time, as far as it says; ``None`` for none or for what is not ISO."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    return Day(year, month, day if day and 1 <= day <= 31 else None)


def _plain(citation: Citation) -> str:
    title = one_line(citation.title)
    # the title stands exactly as the outlet wrote it, so its own quotation marks must not meet a second pair
    parts = [citation.outlet, title if re.search('[“”"]', title) else f"“{title}”"]
    if citation.byline:
        parts.append(f"by {bare_byline(citation.byline)}")
    parts.append(iso_day(citation))
    if citation.url:
        parts.append(citation.url)
    return f"{', '.join(parts)}; {receipt(citation)}"


def is_web(url: str) -> bool:
    """Only such addresses become links: ``javascript:`` and the like stay text."""
    return re.match(r"(?i)https?://\S", url) is not None


def _markdown_reference(citation: Citation) -> str:
    title = escape_markdown(one_line(citation.title))
    if citation.url and is_web(citation.url):
        target = re.sub(r"[\s<>()\\]", lambda match: f"%{ord(match.group()):02X}", citation.url)
        title = f"[{title}]({target})"
    parts = [f"*{escape_markdown(citation.outlet)}*", title]
    if citation.url and not is_web(citation.url):
        parts.append(escape_markdown(citation.url))
    if citation.byline:
        parts.append(f"by {escape_markdown(bare_byline(citation.byline))}")
    parts.append(iso_day(citation))
    where = re.sub("`+", "'", receipt(citation))
    return f"{', '.join(parts)}; `{where}`"


def _chicago(citation: Citation) -> str:
    """A news article as in the Chicago Manual of Style, 17th edition, 14.191 (bibliography), with the receipt."""
    day = day_of(citation.published)
    names = authors(citation.byline, citation.outlet)
    parts = []
    if names:
        parts.append(_stop(_chicago_names(names)))
    parts.append(f"“{_stop(_inner_quotes(one_line(citation.title)))}”")
    date = american(day) if day else "n.d."
    parts.append(_stop(date if citation.outlet == UNKNOWN_OUTLET else f"{citation.outlet}, {date}"))
    if citation.url:
        parts.append(_stop(citation.url))
    return f"{' '.join(parts)} [{receipt(citation)}]"


def _chicago_names(names: Sequence[Name]) -> str:
    shown = list(names[:7]) if len(names) > _CHICAGO_AUTHORS else list(names)
    spelt = [shown[0].inverted(), *(name.straight() for name in shown[1:])]
    if len(shown) < len(names):
        return ", ".join(spelt) + ", et al."
    return spelt[0] if len(spelt) == 1 else ", ".join(spelt[:-1]) + f", and {spelt[-1]}"


def _apa(citation: Citation) -> str:
    """A newspaper article as in the APA manual, 7th edition, 10.1 (16), with the receipt."""
    day = day_of(citation.published)
    date = f"({_apa_date(day)})." if day else "(n.d.)."
    title = _stop(one_line(citation.title))
    names = authors(citation.byline, citation.outlet)
    parts = [_stop(_apa_names(names)), date, title] if names else [title, date]
    if citation.outlet != UNKNOWN_OUTLET:
        parts.append(_stop(citation.outlet))
    if citation.url:
        parts.append(citation.url)
    return f"{' '.join(parts)} [{receipt(citation)}]"


def _apa_names(names: Sequence[Name]) -> str:
    spelt = [name.initials() for name in names]
    if len(spelt) == 1:
        return spelt[0]
    if len(spelt) > _APA_AUTHORS:
        return ", ".join(spelt[: _APA_AUTHORS - 1]) + f", . . . {spelt[-1]}"
    return ", ".join(spelt[:-1]) + f", & {spelt[-1]}"


REFERENCES: dict[str, Callable[[Citation], str]] = {
    "plain": _plain,
    "markdown": _markdown_reference,
    "chicago": _chicago,
    "apa": _apa,
}


def iso_day(citation: Citation) -> str:
    return citation.published[:10] if citation.published else UNDATED


def american(day: Day) -> str:
    if day.month is None:
        return str(day.year)
    month = MONTHS[day.month - 1]
    return f"{month} {day.year}" if day.day is None else f"{month} {day.day}, {day.year}"


def _apa_date(day: Day) -> str:
    if day.month is None:
        return str(day.year)
    month = MONTHS[day.month - 1]
    return f"{day.year}, {month}" if day.day is None else f"{day.year}, {month} {day.day}"


def one_line(text: str) -> str:
    """Text of an article for one line of a reference; it passes the gate once more on its way out."""
    return make_safe_line(text)


def bare_byline(byline: str) -> str:
    return re.sub(r"(?i)^(?:written\s+)?by:?\s+", "", one_line(byline))


def _stop(text: str) -> str:
    return text if text.rstrip("”’\"'").endswith((".", "?", "!", "…", "؟", "。")) else f"{text}."


def _inner_quotes(text: str) -> str:
    """Double quotation marks as single ones, for a title that itself stands in double ones."""
    text = text.translate({0x201C: "‘", 0x201D: "’", 0x201E: "‚"})
    return re.sub(r'"([^"]*)"', "‘\\1’", text).replace('"', "’")


def escape_markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~#]|^(?:[-+=]|\d+[.)])|&(?=#?\w+;))", r"\\\1", text)
