"""Dates as people write them in ``date:``: the value and today's date in, the first and last day meant out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

DATE_WORDS = (
    "today", "yesterday", "thisweek", "lastweek", "thismonth", "lastmonth", "thisyear", "lastyear", "none",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")
_AGO = re.compile(r"(\d{1,4})([dwmy])\Z")
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d")

Days = tuple[date | None, date | None]


def days(value: str, today: date) -> Days:
    """First and last day of ``value``; ``None`` leaves an end open.

    Understood: a day, month or year in ISO form, the words of DATE_WORDS but "none", ``7d`` ``2w`` ``3m`` ``1y`` (that
    long ago until today), and ``A..B`` of these with either side left out. Raises ValueError with words for the person.
    """
    text = value.strip().lower().replace("_", "").replace("–", "..")
    if ".." not in text:
        return _one(text, today)
    left, _, right = text.partition("..")
    first = _one(left, today)[0] if left else None
    last = _one(right.lstrip("."), today)[1] if right.lstrip(".") else None
    if first is None and last is None:
        raise ValueError("a range needs a day on one side at least, as in date:2024-01-03..")
    if first and last and first > last:
        raise ValueError(f"the range ends on {last} before it begins on {first}")
    return first, last


def _one(text: str, today: date) -> tuple[date, date]:
    try:
        found = _word(text, today) or _ago(text, today) or _iso(text)
    except (ValueError, OverflowError):
        raise ValueError(f"there is no day {text[:40]}") from None
    if found is None:
        raise ValueError(f"{text[:40]} is no date; write 2024-01-03, 2024-01, 2024, yesterday, lastweek or 7d")
    return found


def _word(text: str, today: date) -> tuple[date, date] | None:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    match text:
        case "today":
            return today, today
        case "yesterday":
            return today - timedelta(days=1), today - timedelta(days=1)
        case "week" | "thisweek":
            return monday, monday + timedelta(days=6)
        case "lastweek":
            return monday - timedelta(days=7), monday - timedelta(days=1)
        case "month" | "thismonth":
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        case "lastmonth":
            end = first - timedelta(days=1)
            return end.replace(day=1), end
        case "year" | "thisyear":
            return date(today.year, 1, 1), date(today.year, 12, 31)
        case "lastyear":
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    return None


def _ago(text: str, today: date) -> tuple[date, date] | None:
    match = _AGO.match(text)
    if not match:
        return None
    number, unit = int(match.group(1)), match.group(2)
    if unit in "dw":
        return today - timedelta(days=number * (7 if unit == "w" else 1)), today
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])), today


def _iso(text: str) -> tuple[date, date] | None:
    time = _ISO_TIME.match(text.upper())
    match = _ISO.match(time.group(1) if time else text.replace("/", "-"))
    if not match:
        return None
    year = int(match.group(1))
    if match.group(2) is None:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(match.group(2))
    if match.group(3) is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    day = date(year, month, int(match.group(3)))
    return day, day
