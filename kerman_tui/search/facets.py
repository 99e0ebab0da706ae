"""Counts of a whole result by outlet, person, organisation, country and date: a query in, FacetCounts out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kerman_tui.model import FacetCount
from kerman_tui.search.schema import FACETS

MAX_VALUES = 50
MAX_DAYS = 62
MAX_MONTHS = 60


def count(searcher: Any, query: Any) -> dict[str, tuple[FacetCount, ...]]:
    """The facets of a result by field, so that field:value filters by one. Dates are days, months or years in order."""
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": MAX_VALUES}} for name in FACETS}
    asked["days"] = {"stats": {"field": "day"}}
    asked["months"] = {"terms": {"field": "month", "size": 5000}}
    answer = searcher.aggregate(query, asked)
    counted = {name: _ranked(answer[name]["buckets"]) for name in FACETS}
    counted["date"] = _dates(searcher, query, answer)
    return counted


def timeline(dates: Sequence[FacetCount]) -> tuple[FacetCount, ...]:
    """The counts of a date facet with every day, month or year between its first and last: a histogram's bars."""
    if not dates:
        return ()
    counts = {facet.value: facet.count for facet in dates}
    return tuple(FacetCount(value, counts.get(value, 0)) for value in _between(dates[0].value, dates[-1].value))


def _between(first: str, last: str) -> list[str]:
    """All days, months or years from one to another, written as these are."""
    if len(first) == len("2024-01-03"):
        begin, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
        return [date.fromordinal(day).isoformat() for day in range(begin, end + 1)]
    if len(first) == len("2024-01"):
        months = [int(value[:4]) * 12 + int(value[5:]) - 1 for value in (first, last)]
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(months[0], months[1] + 1)]
    return [f"{year:04}" for year in range(int(first), int(last) + 1)]


def _ranked(buckets: list[dict[str, Any]]) -> tuple[FacetCount, ...]:
    counted = [FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return tuple(sorted(counted, key=lambda facet: (-facet.count, facet.value)))


def _dates(searcher: Any, query: Any, answer: dict[str, Any]) -> tuple[FacetCount, ...]:
    first, last = answer["days"]["min"], answer["days"]["max"]
    if first is None or last is None:
        return ()
    if last - first < MAX_DAYS:
        buckets = searcher.aggregate(query, {"days": {"terms": {"field": "day", "size": MAX_DAYS}}})["days"]["buckets"]
        days = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
        return tuple(FacetCount(date.fromordinal(day).isoformat(), days[day]) for day in sorted(days))
    months = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["months"]["buckets"]}
    if (last - first) / 30.5 <= MAX_MONTHS:
        return tuple(FacetCount(f"{m // 100:04}-{m % 100:02}", months[m]) for m in sorted(months))
    years: dict[int, int] = {}
    for month, number in months.items():
        years[month // 100] = years.get(month // 100, 0) + number
    return tuple(FacetCount(f"{year:04}", years[year]) for year in sorted(years))
