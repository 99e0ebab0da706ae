"""What the program knows before it reads: words of titles, places, offices and their holders, given names.

The TOML files in ``data/`` come in, one frozen ``Knowledge`` goes out; it is read once per process.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from importlib import resources
from typing import Any

from kerman_tui.people.names import full_key, name_parts, suffix_keys

_DATA = resources.files("kerman_tui.people") / "data"


_OTHER_SCRIPTS = frozenset("slavic arabic_persian_turkic hebrew south_asian east_asian".split())
_WITH_ARTICLE = frozenset("US GB AE NL PH BS GM MV MH SB KM SC CF DO CD".split())
"""Countries whose name takes "the" after "of"."""


class Word(IntFlag):
    """What a word, whatever its case, can be in the grammar of names and titles."""

    FUNCTION = 1
    CALENDAR = 2
    ORGANISATION = 4
    PLACE = 8
    LEADER = 16
    PLAIN = 32
    HONORIFIC = 64
    MODIFIER = 128
    PORTFOLIO = 256
    GIVEN = 512
    SPEECH = 1024
    LINK = 2048
    COMMON = 4096
    THING = 8192
    PLURAL = 16384
    RANK = 32768
    PLACE_START = 65536
    BODY = 131072
    TRANSLITERATED = 262144


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

    def at(self, date: str | None) -> Tenure:
        """The office held on a date, else the last one begun before it, else the latest."""
        if date:
            for tenure in self.tenures:
                if tenure.covers(date):
                    return tenure
            begun = [t for t in self.tenures if t.since <= date[: len(t.since)]]
            if begun:
                return max(begun, key=lambda t: t.since)
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
    endings: tuple[str, ...]
    """Endings of family names."""
    holders: Mapping[str, Holder]
    full: Mapping[str, str]
    """Key of a full name or other spelling to the holder's name."""
    families: Mapping[str, tuple[str, ...]]
    """Key of a family name to the names of its holders."""
    nicknames: Mapping[str, frozenset[str]]
    groups: tuple[Group, ...]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.replace("\n", " ").split(";") if entry.strip()]


@cache
def knowledge() -> Knowledge:
    """The program's own knowledge, read on first use."""
    words: dict[str, int] = {}

    def mark(entries: Iterable[str], flag: Word) -> None:
        for entry in entries:
            words[entry] = words.get(entry, 0) | int(flag)

    places, long_places, country_names, country_words = _places(mark)
    _mark_titles(mark)
    _mark_words(mark)
    given = _load("given_names.toml")
    nicknames: dict[str, set[str]] = {}
    for entry in _entries(given["nicknames"]["forms"]):
        short, *long = entry.split()
        for name in long:
            nicknames.setdefault(short, set()).add(name)
    for language, text in given.items():
        if language != "nicknames":
            mark(text.split(), Word.GIVEN | Word.TRANSLITERATED if language in _OTHER_SCRIPTS else Word.GIVEN)
    mark(nicknames, Word.GIVEN)
    holders = _holders(country_names)
    full: dict[str, str] = {}
    families: dict[str, list[str]] = {}
    for holder in holders.values():
        for spelling in (holder.name, *holder.spellings):
            full.setdefault(full_key(spelling), holder.name)
            for key in suffix_keys(spelling) or name_parts(spelling):
                if holder.name not in families.setdefault(key, []):
                    families[key].append(holder.name)
            if len(name_parts(spelling)) == 1 and holder.name not in families.setdefault(full_key(spelling), []):
                families[full_key(spelling)].append(holder.name)
    return Knowledge(
        words=words,
        places=places,
        long_places={first: tuple(sorted(rest, key=lambda e: -len(e[0]))) for first, rest in long_places.items()},
        country_names=country_names,
        country_words=country_words,
        compounds=_compounds(),
        endings=tuple(_load("words.toml")["family_endings"].split()),
        holders=holders,
        full=full,
        families={key: tuple(names) for key, names in families.items()},
        nicknames={short: frozenset(long) for short, long in nicknames.items()},
        groups=_groups(),
    )


def _places(
    mark: Any,
) -> tuple[dict[str, str | None], dict[str, list[tuple[tuple[str, ...], str | None]]], dict[str, str], frozenset[str]]:
    data = _load("countries.toml")
    places: dict[str, str | None] = {}
    long_places: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
    country_names: dict[str, str] = {}
    country_words: set[str] = set()

    def add(name: str, country: str | None, flag: Word) -> None:
        key = name.strip().lower()
        if not key:
            return
        parts = tuple(key.split())
        if len(parts) > 1:
            long_places.setdefault(parts[0], []).append((parts, country))
            mark([parts[0]], Word.PLACE_START)
        elif key not in places:
            places[key] = country
            mark([key], flag)

    for code, (names, demonyms, seats) in data["countries"].items():
        name = names.split(",")[0].strip()
        country_names[code] = f"the {name}" if code in _WITH_ARTICLE else name
        country_words.update(word.strip().lower() for word in f"{names},{demonyms}".split(","))
        for group in (names, demonyms, seats):
            for name in group.split(","):
                add(name, code, Word.PLACE)
    for name in _entries(data["bodies"]["names"]):
        add(name, None, Word.BODY | Word.PLACE)
    for code, text in data["regions"].items():
        for entry in _entries(text):
            parts = entry.split()
            shorts = [p for p in parts[1:] if p.endswith(".") or (len(p) == 2 and p.isupper())]
            add(" ".join(p for p in parts if p not in shorts), code, Word.PLACE)
            for short in shorts:
                if short.endswith("."):
                    add(short, code, Word.PLACE)
    for name in _entries(data["areas"]["names"]):
        add(name, None, Word.PLACE)
    return places, long_places, country_names, frozenset(country_words)


def _compounds() -> dict[tuple[str, str], int]:
    compounds = _load("titles.toml")["heads"]["compounds"]
    found: dict[tuple[str, str], int] = {}
    for vote, text in ((1, compounds["leader"]), (-1, compounds["plain"]), (0, compounds["nothing"])):
        for entry in _entries(text):
            first, _, second = entry.partition(" ")
            found[first, second] = vote
    return found


def _mark_titles(mark: Any) -> None:
    titles = _load("titles.toml")
    mark(titles["heads"]["leader"].split(), Word.LEADER)
    mark(titles["heads"]["plain"].split(), Word.PLAIN)
    for entry in titles["heads"]["honorifics"].split():
        ranked = entry.endswith("+")
        mark([entry.rstrip("+-")], Word.HONORIFIC | Word.RANK if ranked else Word.HONORIFIC)
    mark(titles["modifiers"]["words"].split(), Word.MODIFIER)
    mark(titles["portfolio"]["words"].split(), Word.PORTFOLIO)
    mark(titles["links"]["words"].split(), Word.LINK)
    mark(titles["plural"]["words"].split(), Word.PLURAL)
    mark(titles["speech"]["verbs"].split(), Word.SPEECH)


def _mark_words(mark: Any) -> None:
    words = _load("words.toml")
    mark(words["function"].split(), Word.FUNCTION)
    mark(words["calendar"].split(), Word.CALENDAR)
    mark(words["organisation"].split(), Word.ORGANISATION)
    mark(words["things"].split(), Word.THING)
    mark(words["common_families"].split(), Word.COMMON)


def _holders(country_names: Mapping[str, str]) -> dict[str, Holder]:
    found: dict[str, tuple[list[Tenure], list[str]]] = {}
    tables = [*_load("holders.toml").items(), *_load("holders_us.toml").items()]
    for place, offices in tables:
        country = None if place == "bodies" else place.split("-")[0]
        for office, lines in offices.items():
            literal = country in (None, "US") or " of " in office or " for " in office
            role = office if literal else f"{office} of {country_names[country or '']}"
            for line in lines.strip().splitlines():
                head, *spellings = (part.strip() for part in line.split(";"))
                name, _, years = head.rpartition(" ")
                since, _, until = years.partition("..")
                tenures, known = found.setdefault(name, ([], []))
                tenures.append(Tenure(role, country, since, until))
                known.extend(s for s in spellings if s and s not in known)
    return {
        name: Holder(name, tuple(sorted(tenures, key=lambda t: t.since, reverse=True)), tuple(spellings))
        for name, (tenures, spellings) in found.items()
    }


def _groups() -> tuple[Group, ...]:
    groups = []
    for kind, entries in _load("organisations.toml").items():
        for label, spellings in entries.items():
            name, _, country = (part.strip() for part in label.partition("|"))
            groups.append(Group(name, kind, country or None, tuple(s.strip() for s in spellings.split(";"))))
    return tuple(groups)
