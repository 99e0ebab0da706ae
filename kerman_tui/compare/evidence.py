"""What supports the direction of copying, in words for the reader; never a verdict. Articles and rows in, lines out."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files

from kerman_tui.model import UNKNOWN_OUTLET, Article, Row

MIN_NAME = 6
"""Letters of the shortest name that is looked at for a slip of the pen."""


def earlier_of(left: Article, right: Article) -> str | None:
    """The id of the article that was published first as far as dates tell, else ``None``."""
    order = time_order(left.published, right.published)
    return None if not order else left.id if order < 0 else right.id


def time_order(one: str | None, two: str | None) -> int:
    """-1 when ``one`` is earlier than ``two``, 1 when later, 0 when the dates do not tell.

    A day without a time tells nothing against a time on the same day, nor does a time without a zone against one
    with a zone when they are less than a day apart.
    """
    a, b = _moment(one), _moment(two)
    if a is None or b is None:
        return 0
    (at, a_timed, a_zoned), (bt, b_timed, b_zoned) = a, b
    if a_timed and b_timed:
        apart = (at - bt).total_seconds()
        if a_zoned != b_zoned and abs(apart) < 24 * 3600:
            return 0
        return (apart > 0) - (apart < 0)
    return (at.date() > bt.date()) - (at.date() < bt.date())


def _moment(published: str | None) -> tuple[datetime, bool, bool] | None:
    """The moment, whether it has a time of day, and whether that has a zone."""
    if not published:
        return None
    try:
        if len(published) <= 10:
            day = date.fromisoformat(published)
            return datetime(day.year, day.month, day.day, tzinfo=UTC), False, False
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC), True, False
    return moment.astimezone(UTC), True, True


def evidence(left: Article, right: Article, rows: Sequence[Row]) -> tuple[str, ...]:
    """Lines that speak for a direction or a common source: time stamps, credits, shared errors."""
    return (
        *_time_stamps(left, right),
        *_credits(left, right),
        *_credits(right, left),
        *(f"both say {error}" for error in _shared_errors(left, right, rows)),
    )


def _time_stamps(left: Article, right: Article) -> Iterator[str]:
    order = time_order(left.published, right.published)
    if order:
        first, second = (left, right) if order < 0 else (right, left)
        yield f"{first.outlet} is dated {first.published}, {second.outlet} {second.published}"


# --- who is credited --------------------------------------------------------------------------------------------


def _credits(article: Article, other: Article) -> Iterator[str]:
    """Agencies that an article credits, and the other outlet where it is named."""
    agencies, lines = _agencies()
    lowered = {line.casefold() for line in lines}
    seen: dict[str, str] = {}
    if article.byline:
        for name in agencies.findall(article.byline):
            seen.setdefault(name, "in its byline")
        if f"by {article.byline}".casefold() in lowered or article.byline.casefold() in lowered:
            seen.setdefault("agencies", "in its byline")
    named = re.compile(rf"(?<!\w){re.escape(other.outlet)}(?!\w)") if other.outlet != UNKNOWN_OUTLET else None
    for paragraph in article.paragraphs:
        for name in agencies.findall(paragraph.text):
            seen.setdefault(name, f"in line {paragraph.line}")
        if paragraph.text.strip(" .()[]").casefold() in lowered:
            seen.setdefault("agencies", f"in line {paragraph.line}")
        if named is not None and other.outlet != article.outlet and named.search(paragraph.text):
            seen.setdefault(other.outlet, f"in line {paragraph.line}")
    for name, where in seen.items():
        yield f"{article.outlet} credits or names {name} {where}"


@cache
def _agencies() -> tuple[re.Pattern[str], tuple[str, ...]]:
    loaded = tomllib.loads(files("kerman_tui.compare").joinpath("agencies.toml").read_text(encoding="utf-8"))
    names = sorted(loaded["names"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"), tuple(loaded["credit"])


# --- errors in common -------------------------------------------------------------------------------------------


def _shared_errors(left: Article, right: Article, rows: Sequence[Row]) -> Iterator[str]:
    """A word written twice, or a name written otherwise than elsewhere, in a passage of both sides."""
    pairs = [(row.left.text, row.right.text) for row in rows if row.left is not None and row.right is not None]
    for ours, theirs in pairs:
        for match in _DOUBLED.finditer(ours):
            if re.search(rf"(?<!\w){re.escape(match.group())}(?!\w)", theirs):
                yield f"“{match.group()}”"
    usual = _names([paragraph.text for article in (left, right) for paragraph in article.paragraphs])
    shared = _names([ours for ours, _ in pairs]).keys() & _names([theirs for _, theirs in pairs]).keys()
    for name in sorted(shared):
        better = next((other for other in usual if usual[other] > usual[name] and _misspells(name, other)), None)
        if better is not None:
            yield f"“{name}” for “{better}”"


_DOUBLED = re.compile(r"(?<!\w)([^\W\d_]{2,}) \1(?!\w)")
_NAME = re.compile(rf"(?<!\w)[^\W\d_a-z][^\W\d_]{{{MIN_NAME - 1},}}(?!\w)")


def _names(texts: Iterable[str]) -> Counter[str]:
    return Counter(name for text in texts for name in _NAME.findall(text))


def _misspells(name: str, other: str) -> bool:
    """Whether two names differ by one slip inside the word; endings (Iran, Iranian; Israel, Israeli) are no slips."""
    from rapidfuzz.distance import OSA

    if name[0] != other[0] or name[-2:] != other[-2:] or abs(len(name) - len(other)) > 1:
        return False
    return OSA.distance(name.casefold(), other.casefold(), score_cutoff=1) == 1
