"""What supports the direction of copying, in words for the reader; never a verdict. Articles and rows in, lines out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from kerman_tui.model import Article, Row


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
    """Lines that say what speaks for a direction: time stamps."""
    order = time_order(left.published, right.published)
    if not order:
        return ()
    first, second = (left, right) if order < 0 else (right, left)
    return (f"{first.outlet} is dated {first.published}, {second.outlet} {second.published}",)
