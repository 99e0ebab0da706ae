"""When a person was in the news: the articles that name them with their dates in, mentions by date and outlet out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal

from kerman_tui.model import Mention, MentionsAt

Step = Literal["day", "week", "month", "year"]

_LETTERS = {"day": 10, "month": 7, "year": 4}


def timeline(
    articles: Mapping[str, Sequence[Mention]],
    dates: Mapping[str, str | None],
    outlets: Mapping[str, str],
    *,
    step: Step = "day",
    among: Collection[str] | None = None,
) -> tuple[MentionsAt, ...]:
    """Articles and mentions by date and outlet, in order of time, then by outlet; undated articles come last.

    ``articles`` are those that name a person, as in ``Person.articles``; ``dates`` and ``outlets`` go by article id.
    ``step`` is how wide a date is: a week is named by its Monday, a month and a year by their ISO form ("2024-01",
    "2024"). An article that gives less than the step asks for ("2024" where days are asked for) keeps what it gives.
    ``among`` keeps only these articles.
    """
    place = _week if step == "week" else _cut(_LETTERS[step])
    counts: Counter[tuple[str | None, str]] = Counter()
    mentions: Counter[tuple[str | None, str]] = Counter()
    for article, found in articles.items():
        if among is not None and article not in among:
            continue
        written = dates.get(article)
        key = (place(written) if written else None, outlets[article])
        counts[key] += 1
        mentions[key] += len(found)
    ordered = sorted(counts, key=lambda key: (key[0] is None, key[0] or "", key[1]))
    return tuple(MentionsAt(date, outlet, counts[date, outlet], mentions[date, outlet]) for date, outlet in ordered)


def _cut(letters: int) -> Callable[[str], str]:
    return lambda written: written[:letters]


def _week(written: str) -> str:
    """The Monday of a date’s week; a date without a day stays as it is."""
    from datetime import date, timedelta

    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return written
    return (day - timedelta(days=day.weekday())).isoformat()
