"""What the program knows before it reads: words of titles, places, offices and their holders, given names.

The TOML files in ``data/`` come in, one frozen ``Knowledge`` goes out; it is read once per process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kerman_tui.people.tables import compiled

CANDIDACY = 2
"""Years before an office in which its later holder counts as a leader already: most of them run for it."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """One office of one person. ``since`` and ``until`` are ISO years or months, "" where open."""

    role: str
    country: str | None
    since: str
    until: str

    def covers(self, date: str) -> bool:
        """Whether the office was held on an ISO date; a bare year covers all of that year."""
        return date[: len(self.since)] >= self.since and (not self.until or date[: len(self.until)] <= self.until)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds or held offices, latest office first."""

    name: str
    tenures: tuple[Tenure, ...]
    spellings: tuple[str, ...]

    def years_from(self, date: str) -> int:
        """How many years an ISO date lies before or after the nearest of the offices."""
        year = int(date[:4])
        spans = ((int(t.since[:4] or 0), int(t.until[:4]) if t.until else 9999) for t in self.tenures)
        return min(max(since - year, year - until, 0) for since, until in spans)

    def begun(self, date: str) -> bool:
        """Whether the bearer was on the way to an office, or past it, on an ISO date."""
        return any(int(t.since[:4] or 0) - CANDIDACY <= int(date[:4]) for t in self.tenures)

    def at(self, date: str | None) -> Tenure:
        """The office held on a date, else the last one begun before it, else the first; without a date the latest."""
        if date:
            for tenure in self.tenures:
                if tenure.covers(date):
                    return tenure
            begun = [t for t in self.tenures if t.since <= date[: len(t.since)]]
            return max(begun, key=lambda t: t.since) if begun else min(self.tenures, key=lambda t: t.since)
        return self.tenures[0]


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation worth tracking."""

    name: str
    kind: str
    country: str | None
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    words: Mapping[str, int]
    """Lower-case word to its ``Word`` flags."""
    places: Mapping[str, str | None]
    """Place, demonym or body in lower case to its country code, ``None`` for bodies and areas."""
    long_places: Mapping[str, tuple[tuple[tuple[str, ...], str | None], ...]]
    """First word to the (words, country) of places of several words, the longest first."""
    country_names: Mapping[str, str]
    """Code to the name that follows "of"."""
    country_words: frozenset[str]
    """Names of countries and demonyms in lower case: in a title they become "of COUNTRY"; seats and regions stay."""
    compounds: Mapping[tuple[str, str], int]
    """Two words of a title that together mean another thing than their last: 1 a leader, -1 none, 0 nothing."""
    bodies: frozenset[str]
    """Bodies whose members are leaders."""
    everyday: frozenset[str]
    """Words of everyday English: alone with a capital they are no names."""
    endings: tuple[str, ...]
    """Endings of family names."""
    holders: Mapping[str, Holder]
    full: Mapping[str, str]
    """Key of a full name or other spelling to the holder's name."""
    families: Mapping[str, tuple[str, ...]]
    """Key of a family name to the names of its holders."""
    nicknames: Mapping[str, frozenset[str]]
    feminine: frozenset[str]
    """Given names that "Ms" goes with and "Mr" does not."""
    groups: tuple[Group, ...]

    def country_of(self, words: str) -> str | None:
        """The country code of a place or demonym of one or more words, ``None`` where there is none."""
        parts = tuple(words.lower().split())
        if len(parts) == 1:
            return self.places.get(parts[0])
        return next((country for long, country in self.long_places.get(parts[0], ()) if long == parts), None)

    def group(self, name: str) -> tuple[str, str | None]:
        """Kind and country of a tracked organisation ("Foreign Ministry of Iran" is one "of a country")."""
        for group in self.groups:
            if group.name == name:
                return group.kind, group.country
            if "*" in group.name and name.startswith(group.name.partition("*")[0]):
                place = name[len(group.name.partition("*")[0]) :]
                country = next((code for code, word in self.country_names.items() if word == place), None)
                return group.kind, country
        return "other", None


@cache
def knowledge() -> Knowledge:
    """The program's own knowledge, read on first use."""
    plain = compiled()
    return Knowledge(
        words=plain["words"],
        places=plain["places"],
        long_places={
            first: tuple((tuple(parts), country) for parts, country in rest)
            for first, rest in plain["long_places"].items()
        },
        country_names=plain["country_names"],
        country_words=frozenset(plain["country_words"]),
        compounds={(first, second): vote for first, second, vote in plain["compounds"]},
        bodies=frozenset(plain["bodies"]),
        everyday=frozenset(plain["everyday"]),
        endings=tuple(plain["endings"]),
        holders={
            name: Holder(name, tuple(Tenure(*tenure) for tenure in tenures), tuple(spellings))
            for name, tenures, spellings in plain["holders"]
        },
        full=plain["full"],
        families={key: tuple(names) for key, names in plain["families"].items()},
        nicknames={short: frozenset(long) for short, long in plain["nicknames"].items()},
        feminine=frozenset(plain["feminine"]),
        groups=tuple(Group(name, kind, country, tuple(all_)) for name, kind, country, all_ in plain["groups"]),
    )
