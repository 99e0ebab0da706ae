"""When an article was published: text, numbers and addresses in, an ISO 8601 date or date-time out, or nothing.

A date that cannot be, or that lies outside the time of newspapers, is refused; of one whose day and month could be
exchanged ("9/6/17") it is said, so that other dates of the same file may settle the order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
            "jan january januar janvier enero gennaio janeiro januari января січня يناير ocak stycznia",
            "feb february februar février fevrier febrero febbraio fevereiro februari февраля лютого فبراير "
            "şubat lutego",
            "mar march märz maerz mars marzo março maart марта березня مارس mart marca",
            "apr april avril abril aprile апреля квітня أبريل ابريل nisan kwietnia",
            "may mai mayo maggio maio mei мая травня مايو mayıs maja",
            "jun june juni juin junio giugno junho июня червня يونيو haziran czerwca",
            "jul july juli juillet julio luglio julho июля липня يوليو temmuz lipca",
            "aug august août aout agosto augustus августа серпня أغسطس اغسطس ağustos sierpnia",
            "sep sept september septembre septiembre settembre setembro сентября вересня سبتمبر eylül września",
            "oct october oktober octobre octubre ottobre outubro okt октября жовтня أكتوبر اكتوبر ekim października",
            "nov november novembre noviembre novembro ноября листопада نوفمبر kasım listopada",
            "dec december dezember décembre decembre diciembre dicembre dezembro dez декабря грудня ديسمبر "
            "aralık grudnia",
        ),
        1,
    )
    for name in names.split()
}
_PERSIAN_MONTHS = {
    name: number
    for number, name in enumerate("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(), 1)
}
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يك", "01234567890123456789یک")
_DIGIT = re.compile(r"\d")
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday", "sat saturday",
         "sun sunday")
    )
    for name in names.split()
}  # fmt: skip
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
        rf"{_ISO_YEAR}\s*[年년]\s*(?P<month_no>\d\d?)\s*[月월]\s*(?P<day>\d\d?)\s*[日일]",
        rf"{_NAME}\s+{_DAY}\s+{_TIME}\s+{_ISO_YEAR}",
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
_PERSIAN = re.compile(rf"(?<!\d)(\d{{1,2}})\s+(?:ماه\s+)?({'|'.join(_PERSIAN_MONTHS)})\s+(?:ماه\s+)?(1[234]\d\d)(?!\d)")
_PERSIAN_NUMERIC = re.compile(r"(?<![\d/])(1[34]\d\d)/(\d{1,2})/(\d{1,2})(?![\d/])")
_LONGEST = 200


def latest(now: date | None = None) -> date:
    """The last day that may be a publication date: tomorrow, since the world has more than one midnight."""
    return max(now or datetime.now(UTC).date(), RELEASED) + timedelta(days=1)


def read_date(text: str, order: Order | None = None) -> Reading:
    """Read the first date in ``text`` (its first 200 characters). ``order`` settles "9/6/17" when it is known."""
    text = text[:_LONGEST].strip()
    if not _DIGIT.search(text):
        return NOTHING
    if not text.isascii() or text[:1] == "1":
        found = _persian(text.translate(_DIGITS))
        if found is not None:
            return Reading(found)
        text = "".join(c if c.isascii() or not c.isdigit() else c.translate(_DIGITS) for c in text)
    for shape in _SHAPES:
        for match in shape.finditer(text):
            found = _from_match(match)
            if found is not None:
                return Reading(found)
    numeric = _NUMERIC.search(text)
    return _numeric(numeric, order, text) if numeric else NOTHING


def _persian(text: str) -> str | None:
    """A day of the Iranian solar calendar ("14 دی 1402", "1402/10/14"), as that of the Gregorian one."""
    if match := _PERSIAN.search(text):
        day, month, year = int(match[1]), _PERSIAN_MONTHS[match[2]], int(match[3])
    elif match := _PERSIAN_NUMERIC.search(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return None
    # K. M. Borkowski's 2820-year cycle as the arithmetic calendar has it, good for every year of print
    cycle = (year - 474) % 2820 + 474
    days = (month - 1) * 31 if month <= 7 else (month - 1) * 30 + 6
    number = day + days + (cycle * 682 - 110) // 2816 + (cycle - 1) * 365 + (year - 474) // 2820 * 1029983 + 226895
    found = date.fromordinal(number)
    return found.isoformat() if EARLIEST <= found <= latest() else None


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
    return word.lower().rstrip(".") in _MONTHS or word in _PERSIAN_MONTHS


_AGO = re.compile(
    r"(?<!\w)(?:(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s?"
    r"(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?)\s+ago"
    r"|(?P<near>yesterday|today|just now))"
    r"(?!\w)",
    re.IGNORECASE,
)
_COUNTS = {
    word: max(1, number) for number, word in enumerate("a one two three four five six seven eight nine ten".split())
} | {"an": 1}
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def read_relative(text: str, moment: str | None) -> str | None:
    """The day of "2 hours ago" or "yesterday", counted from ``moment`` (ISO), when the page is known to have said so.

    ``None`` without such a moment: from no other can be counted. Months and years are too vague to name a day.
    """
    match = _AGO.search(text[:_LONGEST])
    if match is None or not moment:
        return None
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if match["near"]:
        back = 86_400 if match["near"].lower() == "yesterday" else 0
    else:
        count = match["count"].lower()
        back = (_COUNTS.get(count) or int(count)) * _SECONDS[match["unit"][0].lower()]
    found = (then - timedelta(seconds=back)).date()
    return found.isoformat() if EARLIEST <= found <= latest() else None


_ON_WEEKDAY = re.compile(rf"(?<!\w)(?:{'|'.join(_WEEKDAYS)})(?!\w)", re.IGNORECASE)
_EVENT_DAYS = 3
"""Days after an event on which a report of it may name the weekday alone."""


def after_event(text: str, event: str) -> str | None:
    """The day that the first weekday named in ``text`` must be, if the text reports an event of a known day (ISO).

    ``None`` where no weekday is named, or only one that does not fall on the event's day or the three after it.
    """
    match = _ON_WEEKDAY.search(text)
    if match is None:
        return None
    day = date.fromisoformat(event[:10])
    back = (_WEEKDAYS[match.group().lower()] - day.weekday()) % 7
    return (day + timedelta(days=back)).isoformat() if back <= _EVENT_DAYS else None


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


def _numeric(match: re.Match[str], order: Order | None, text: str) -> Reading:
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    order = order or _order_by_weekday(text, year, first, second)
    if first > 12 or second > 12 or first == second or order:
        proven: Order | None = "dmy" if first > 12 else "mdy" if second > 12 else None
        month, day = (second, first) if (proven or order) == "dmy" else (first, second)
        iso = _checked(year, month, day)
        return Reading(iso + _time_of(match.groupdict(), iso), order=proven) if iso else NOTHING
    if match["sep"] == ".":  # dots are the continent's way, day first
        iso = _checked(year, second, first)
        return Reading(iso + _time_of(match.groupdict(), iso) if iso else None)
    possible = _checked(year, first, second) or _checked(year, second, first)
    return Reading(loose=match.group()) if possible else NOTHING


def _order_by_weekday(text: str, year: int, first: int, second: int) -> Order | None:
    """The order in which the day falls on the weekday that stands beside it: "Tue, 03/05/2024" can only be March."""
    named = next((_WEEKDAYS[w] for w in re.findall(r"[a-z]{3,9}", text.lower()) if w in _WEEKDAYS), None)
    if named is None:
        return None
    fits: list[Order] = []
    for order, month, day in (("mdy", first, second), ("dmy", second, first)):
        iso = _checked(year, month, day)
        if iso and date.fromisoformat(iso).weekday() == named:
            fits.append("mdy" if order == "mdy" else "dmy")
    return fits[0] if len(fits) == 1 else None


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
    return iso + _time_of(groups, iso) if iso else None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    may_be = EARLIEST <= found <= RELEASED or RELEASED < found <= latest()  # the clock is asked where it matters
    return found.isoformat() if may_be else None


def _time_of(groups: Mapping[str, str], iso: str | None) -> str:
    """The time with its zone, as ``T16:25-04:00``, or "" where there is none or it cannot be."""
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
