"""What supports the direction of copying, in words for the reader; never a verdict. Articles and rows in, lines out."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from itertools import chain
from operator import eq

from kerman_tui.compare.units import Prepared
from kerman_tui.model import UNKNOWN_OUTLET, Article, Row

MIN_NAME = 6
"""Letters of the shortest name that is looked at for a slip of the pen."""

MAX_ALIKE = 200
"""Names of one beginning and end that are compared with one another; more are no names."""


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


def evidence(left: Prepared, right: Prepared, rows: Sequence[Row]) -> tuple[str, ...]:
    """Lines that speak for a direction or a common source: time stamps, credits, shared errors."""
    return (
        *_time_stamps(left.article, right.article),
        *_credits(left.article, right.article),
        *_credits(right.article, left.article),
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
    names, lines = _agencies()
    texts = [("in its byline", article.byline or "")]
    texts += [(f"in line {paragraph.line}", paragraph.text) for paragraph in article.paragraphs]
    whole = "\n".join(text for _, text in texts)
    if other.outlet not in (UNKNOWN_OUTLET, article.outlet):
        names = (other.outlet, *names)
    # Most names stand nowhere in the text: a plain search says so a hundred times faster than a pattern.
    patterns = [(name, re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")) for name in names if name in whole]
    seen: dict[str, str] = {}
    for where, text in texts:
        if len(text) < _LONGEST_CREDIT:
            bare = text.strip(" .()[]").casefold()
            if bare in lines or f"by {bare}" in lines:
                seen.setdefault("agencies", where)
        for name, pattern in patterns:
            if name in seen or name not in text:
                continue
            # "Xinhua" inside "Xinhua News Agency" is the same credit.
            if pattern.search(text) and not any(name in longer for longer in seen):
                seen[name] = where
    for name, where in seen.items():
        yield f"{article.outlet} credits or names {name} {where}"


_LONGEST_CREDIT = 40


@cache
def _agencies() -> tuple[tuple[str, ...], frozenset[str]]:
    """Names of agencies, longest first, and folded lines that credit agencies without a name."""
    loaded = tomllib.loads(files("kerman_tui.compare").joinpath("agencies.toml").read_text(encoding="utf-8"))
    names = tuple(sorted(loaded["names"], key=len, reverse=True))
    return names, frozenset(line.casefold() for line in loaded["credit"])


# --- errors in common -------------------------------------------------------------------------------------------


def _shared_errors(left: Prepared, right: Prepared, rows: Sequence[Row]) -> Iterator[str]:
    """A word written twice, or a name written otherwise than elsewhere, in a passage of both sides."""
    pairs = [(row.left.text, row.right.text) for row in rows if row.left is not None and row.right is not None]
    if not pairs:
        return
    for ours, theirs in pairs if _doubles(left) and _doubles(right) else ():
        for match in _DOUBLED.finditer(ours):
            if re.search(rf"(?<!\w){re.escape(match.group())}(?!\w)", theirs):
                yield f"“{match.group()}”"
    usual = _names(paragraph.text for side in (left, right) for paragraph in side.article.paragraphs)
    alike: dict[tuple[str, str], list[str]] = {}
    for name in usual:
        alike.setdefault((name[0], name[-2:]), []).append(name)
    slips = {
        name: other
        for names in alike.values()
        if len(names) <= MAX_ALIKE
        for name in names
        for other in names
        if usual[other] > usual[name] and _misspells(name, other)
    }
    if slips:
        shared = _names(ours for ours, _ in pairs).keys() & _names(theirs for _, theirs in pairs).keys()
        yield from (f"“{name}” for “{slips[name]}”" for name in sorted(shared & slips.keys()))


_DOUBLED = re.compile(r"\b([^\W\d_]{2,}+) \1\b")
_NAME = re.compile(rf"\b[^\W\d_a-z][^\W\d_]{{{MIN_NAME - 1},}}\b")


def _doubles(side: Prepared) -> bool:
    """Whether any word is followed by itself: few articles have one."""
    return any(map(eq, side.codes, side.codes[1:]))


def _names(texts: Iterable[str]) -> Counter[str]:
    names: Counter[str] = Counter()
    for chunk, count in Counter(chain.from_iterable(map(str.split, texts))).items():
        if len(chunk) >= MIN_NAME and not chunk.islower():
            for name in _NAME.findall(chunk):
                names[name] += count
    return names


def _misspells(name: str, other: str) -> bool:
    """Whether two names of one beginning and end (Israel, Israeli have not) differ by one slip between."""
    from rapidfuzz.distance import OSA

    return OSA.distance(name.casefold(), other.casefold(), score_cutoff=1) == 1
