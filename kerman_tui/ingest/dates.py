"""When an article was published: text, numbers and addresses in, an ISO 8601 date or date-time out, or nothing.

A date that cannot be, or that lies outside the time of newspapers, is refused; of one whose day and month could be
exchanged ("9/6/17") it is said, so that other dates of the same file may settle the order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

EARLIEST = date(1690, 1, 1)
"""The time of newspapers; what is earlier is another calendar or an empty field."""
RELEASED = date(2026, 12, 31)
"""The clock of a machine may go backwards, but not before this program was written."""

Order = Literal["mdy", "dmy"]


@dataclass(frozen=True, slots=True)
class Reading:
    """``iso`` where the date is certain; ``loose`` keeps the text of a date whose order is open; else both ``None``.

    ``order`` is the order of day and month that the text itself proves ("7/23/17" proves "mdy").
    """

    iso: str | None = None
    loose: str | None = None
    order: Order | None = None


NOTHING = Reading()

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro januari",
            "feb february februar février fevrier febrero febbraio fevereiro februari",
            "mar march märz maerz mars marzo março maart",
            "apr april avril abril aprile",
            "may mai mayo maggio maio mei",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho",
            "aug august août aout agosto augustus",
            "sep sept september septembre septiembre settembre setembro",
            "oct october oktober octobre octubre ottobre outubro okt",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre decembre diciembre dicembre dezembro dez",
        ),
        1,
    )
    for name in names.split()
}
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
    "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
}  # fmt: skip
_ISO_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_TIME = (
    r"(?P<hour>[01]?\d|2[0-4])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d|60)(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?P<zone>Z\b|[A-Z]{2,4}\b|(?:GMT|UTC)?[+-]\d\d:?\d\d))?"
)
_NAME = r"(?P<month>[^\W\d_]{3,10})\.?"
_WEEKDAY = r"(?:[^\W\d_]{3,10}\.?,?\s+)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|\.)?"
_SHAPES = tuple(
    re.compile(rf"(?<![\d/.:-]){shape}(?![\d/-])", re.IGNORECASE)
    for shape in (
        rf"{_ISO_YEAR}-(?P<month_no>\d\d)-(?P<day>\d\d)(?:[T ]\s*{_TIME})?",
        rf"{_ISO_YEAR}[/.](?P<month_no>\d\d?)[/.](?P<day>\d\d?)(?:,?\s+{_TIME})?",
        rf"{_TIME},?\s+{_WEEKDAY}{_NAME}\s+{_DAY},?\s+{_ISO_YEAR}",
        rf"{_TIME},?\s+{_WEEKDAY}{_DAY}\s+{_NAME},?\s+{_ISO_YEAR}",
        rf"{_NAME}\s+{_DAY},?\s+{_ISO_YEAR}(?:[,|·•\s-]+(?:at\s+|um\s+)?{_TIME})?",
        rf"{_DAY}\s*(?:de\s+)?[-\s]?{_NAME}[-,\s]\s*(?:de\s+|del\s+)?{_ISO_YEAR}(?:[,|·•\s-]+(?:at\s+|um\s+)?{_TIME})?",
        rf"{_ISO_YEAR}(?P<month_no>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?:T?{_TIME.replace('[:.h]', ':?')})?",
    )
)
_NUMERIC = re.compile(
    rf"(?<![\d/.:-])(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep)(?P<y>\d{{4}}|\d\d)(?:,?\s+(?:at\s+)?{_TIME})?(?![\d/-])",
    re.IGNORECASE,
)
_LONGEST = 200


def latest(now: date | None = None) -> date:
    """The last day that may be a publication date: tomorrow, since the world has more than one midnight."""
    return max(now or datetime.now(UTC).date(), RELEASED) + timedelta(days=1)


def read_date(text: str, order: Order | None = None) -> Reading:
    """Read the first date in ``text`` (its first 200 characters). ``order`` settles "9/6/17" when it is known."""
    text = text[:_LONGEST].strip()
    if not any(c.isdigit() for c in text):
        return NOTHING
    for shape in _SHAPES:
        for match in shape.finditer(text):
            found = _from_match(match)
            if found is not None:
                return Reading(found)
    numeric = _NUMERIC.search(text)
    return _numeric(numeric, order) if numeric else NOTHING


def read_number(value: float) -> Reading:
    """Read an epoch in seconds, milliseconds, microseconds or nanoseconds, whichever gives a year from 1990 on."""
    for scale in (1, 1e3, 1e6, 1e9):
        seconds = value / scale
        if 631_152_000 <= seconds < 4_102_444_800:
            moment = datetime.fromtimestamp(int(seconds), UTC)
            return Reading(moment.isoformat()) if moment.date() <= latest() else NOTHING
    return NOTHING


def is_month(word: str) -> bool:
    """Whether a word names a month, in full or in short, in one of the languages that are read."""
    return word.lower().rstrip(".") in _MONTHS


_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?=[/_.-]|$)|/((?:19|20)\d\d)/([a-z]{3})/([0-3]?\d)/"
)


def date_of_url(url: str) -> str | None:
    """The day that an address names, as in ``/2024/01/04/`` or ``/2024/jan/04/``."""
    match = _URL_DAY.search(url[:1000])
    if not match:
        return None
    if match[1]:
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    month = _MONTHS.get(match[5])
    return _checked(int(match[4]), month, int(match[6])) if month else None


def settle(loose: str, order: Order | None, url: str | None = None) -> str | None:
    """The date of a loose text once the order is known, or once the address names one of its two readings."""
    if order is None and url and (day := date_of_url(url)):
        for candidate in ("mdy", "dmy"):
            found = read_date(loose, candidate)
            if found.iso and found.iso[:10] == day:
                return found.iso
    return read_date(loose, order).iso if order else None


def _numeric(match: re.Match[str], order: Order | None) -> Reading:
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if first > 12 or second > 12 or first == second or order:
        proven: Order | None = "dmy" if first > 12 else "mdy" if second > 12 else None
        month, day = (second, first) if (proven or order) == "dmy" else (first, second)
        iso = _checked(year, month, day)
        return Reading(iso + _time_of(match, iso), order=proven) if iso else NOTHING
    if match["sep"] == ".":  # dots are the continent's way, day first
        iso = _checked(year, second, first)
        return Reading(iso + _time_of(match, iso) if iso else None)
    possible = _checked(year, first, second) or _checked(year, second, first)
    return Reading(loose=match.group()) if possible else NOTHING


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    century = latest().year // 100 * 100
    year = century + int(text)
    return year if year <= latest().year else year - 100


def _from_match(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups.get("month_no"):
        month = int(groups["month_no"])
    else:
        named = _MONTHS.get(groups["month"].lower())
        if named is None:
            return None
        month = named
    iso = _checked(int(groups["year"]), month, int(groups["day"]))
    return iso + _time_of(match, iso) if iso else None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if EARLIEST <= found <= latest() else None


def _time_of(match: re.Match[str], iso: str | None) -> str:
    """The time with its zone, as ``T16:25-04:00``, or "" where there is none or it cannot be."""
    groups = match.groupdict()
    if not iso or not groups.get("hour"):
        return ""
    hour, half = int(groups["hour"]), (groups["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23:
        return ""
    text = f"T{hour:02d}:{groups['minute']}"
    if groups["second"]:
        text += ":" + min(groups["second"], "59")
    return text + _zone(groups["zone"] or "")


def _zone(text: str) -> str:
    named = _ZONES.get(text.lower())
    if named is not None:
        return f"{'-' if named < 0 else '+'}{abs(named):02d}:00"
    match = re.search(r"([+-])(\d\d):?(\d\d)$", text)
    if not match or int(match[2]) > 14 or int(match[3]) > 59:
        return ""
    return f"{match[1]}{match[2]}:{match[3]}"
