"""What the program that saved a page noted in it: a browser's or archiver's comment in, address and time out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

_HEAD = 4096
_COMMENT = re.compile(r"<!--(.{1,2000}?)-->", re.DOTALL)
_ADDRESS = re.compile(
    r"(?:saved from url=\(\d+\)|^\s*url:\s*|Mirrored from )(?P<url>(?:https?://|\w+\.)\S+)",
    re.MULTILINE | re.IGNORECASE,
)
_SAVED = re.compile(r"(?:saved date:|by HTTrack[^,]*,|saved (?:on|at):?)\s*(?P<when>[^\n>]{10,60})", re.IGNORECASE)
_MOMENT = re.compile(
    r"[A-Z][a-z]{2},? (?:(?P<month>[A-Z][a-z]{2}) (?P<day>\d\d?)|(?P<day2>\d\d?) (?P<month2>[A-Z][a-z]{2})),? "
    r"(?P<year>\d{4}) (?P<time>\d\d:\d\d(?::\d\d)?)(?: GMT(?P<zone>[+-]\d{4})?)?"
)


class Note(NamedTuple):
    """Where a page was saved from, and when (ISO); ``None`` where the saving program does not say."""

    url: str | None = None
    moment: str | None = None


def savers_note(markup: str) -> Note:
    """The note of browsers ("saved from url="), SingleFile and HTTrack at the top of a page."""
    url = moment = None
    for match in _COMMENT.finditer(markup[:_HEAD]):
        comment = match[1]
        if url is None and (found := _ADDRESS.search(comment)):
            url = found["url"] if "://" in found["url"] else f"http://{found['url']}"
        if moment is None and (saved := _SAVED.search(comment)):
            moment = _moment(saved["when"])
    return Note(url, moment)


def _moment(text: str) -> str | None:
    if (match := _MOMENT.search(text)) is None:
        return None
    day, month = match["day"] or match["day2"], match["month"] or match["month2"]
    clock = match["time"] if match["time"].count(":") == 2 else f"{match['time']}:00"
    try:
        zone = match["zone"] or "+0000"
        return datetime.strptime(f"{day} {month} {match['year']} {clock} {zone}", "%d %b %Y %H:%M:%S %z").isoformat()
    except ValueError:
        return None
