"""Articles exported from a press database (Nexis, Factiva and their like) as one text: lines in, one part each out.

Such a text numbers its documents ("2 of 30 DOCUMENTS") or closes each with a code, and keeps what it knows of one in
lines like ``BYLINE: ...`` above and below the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kerman_tui.ingest import dates, outlets
from kerman_tui.ingest.draft import Draft, clean_title
from kerman_tui.ingest.lines import Line
from kerman_tui.ingest.page import article_of, date_of_line

_NUMBERED = re.compile(r"(?:document )?(?P<number>\d{1,5}) of (?P<all>\d{1,5})(?: documents?)?", re.IGNORECASE)
_FIELD = re.compile(r"(?P<name>[A-Z][A-Z -]{2,24}):\s*+(?P<value>.*)")
_TITLE_FIELDS = ("HEADLINE", "TITLE")
_BELOW = frozenset(
    "LOAD-DATE LANGUAGE PUBLICATION-TYPE GRAPHIC SUBJECT COMPANY ORGANIZATION TICKER INDUSTRY GEOGRAPHIC CITY STATE "
    "COUNTRY CORRECTION-DATE JOURNAL-CODE DOCUMENT-TYPE".split()
)
_COPYRIGHT = re.compile(r"(?:copyright|©|all rights reserved)\b.{0,160}", re.IGNORECASE)
_HEAD = 12


def documents(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The lines of each numbered document of an export, without the number; empty for any other text.

    The numbers must count up to what they say is the number of all, or be a part of such a row.
    """
    marks = [(at, match) for at, line in enumerate(lines) if (match := _NUMBERED.fullmatch(line.text))]
    if not marks or len({match["all"] for _, match in marks}) > 1:
        return []
    numbers = [int(match["number"]) for _, match in marks]
    rising = all(low < high for low, high in itertools.pairwise(numbers))
    fields = sum(_FIELD.fullmatch(line.text) is not None for line in lines)
    if not rising or numbers[-1] > int(marks[-1][1]["all"]) or fields < len(marks):
        return []
    ends = [at for at, _ in marks[1:]] + [len(lines)]
    return [lines[at + 1 : end] for (at, _), end in zip(marks, ends, strict=True)]


def article(lines: Sequence[Line]) -> Draft | None:
    """The article of one document: what its fields say, and between them its text."""
    fields: dict[str, str] = {}
    head: list[Line] = []
    body: list[Line] = []
    below = False
    for line in lines:
        match = _FIELD.fullmatch(line.text)
        if match and (match["name"] in _BELOW or not body):
            fields.setdefault(match["name"], match["value"])
            below = below or (match["name"] in _BELOW and bool(body))
            continue
        if below or _COPYRIGHT.match(line.text):
            continue
        (body if "LENGTH" in fields or len(fields) > 2 else head).append(line)
    if not body:
        head, body = _divided(head)
    title = next((line for line in reversed(head[:_HEAD]) if _may_be_title(line)), None)
    named = next((fields[name] for name in _TITLE_FIELDS if fields.get(name)), title.text if title else "")
    draft = article_of([replace(body[0], text=named), *body], listed=True) if body and named else article_of(body)
    if draft is None:
        return None
    day = next((found for line in head if (found := date_of_line(line.text)) is not None), dates.NOTHING)
    source = head[0].text if head and head[0] is not title and date_of_line(head[0].text) is None else None
    lines_of_title = (title.number,) if title and title.text == named else ()
    return replace(
        draft,
        title=clean_title(named) or draft.title,
        title_lines=lines_of_title,
        start_line=min((line.number for line in head), default=draft.start_line),
        published=day.iso,
        date_evidence="page" if day.iso else "none",
        loose_date=day.loose,
        date_order=day.order,
        outlet=(outlets.outlet_of_label(source) if source else None) or draft.outlet,
        byline=clean_title(fields.get("BYLINE", "")).removeprefix("By ") or draft.byline,
    )


def _may_be_title(line: Line) -> bool:
    return date_of_line(line.text) is None and sum(c.isalpha() for c in line.text) > 3


def _divided(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Head and body of a document without fields above its text: the body begins after the date and the title."""
    at = next((i for i, line in enumerate(lines[:_HEAD]) if date_of_line(line.text) is not None), -1)
    return (lines[: at + 2], lines[at + 2 :]) if 0 <= at < len(lines) - 2 else (lines[:1], lines[1:])


def articles(lines: Sequence[Line]) -> Iterator[Draft]:
    """The articles of an export; nothing for any other text."""
    yield from (draft for part in documents(lines) if part and (draft := article(part)) is not None)
