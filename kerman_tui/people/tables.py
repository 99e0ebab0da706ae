"""The TOML files of ``data/`` made into one plain table, kept as JSON in the cache folder until a file changes."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from kerman_tui.people.names import full_key, name_parts, suffix_keys
from kerman_tui.people.words import Word
from kerman_tui.places import PlaceError, folder, write_whole

Tables = Mapping[str, Any]
Mark = Callable[[Iterable[str], Word], None]

FORM = 6
"""Number of the form of the kept table; a change of what ``_build`` returns needs a new one."""
_FILES = (
    "countries",
    "titles",
    "words",
    "given_names",
    "holders",
    "holders_us",
    "holders_more",
    "organisations",
    "tracked_places",
)
_OTHER_SCRIPTS = frozenset("slavic arabic_persian_turkic hebrew south_asian east_asian".split())
_WITH_ARTICLE = frozenset("CZ US GB AE NL PH BS GM MV MH SB KM SC CF DO CD".split())
"""Countries whose name takes "the" after "of"."""


def compiled() -> dict[str, Any]:
    """The whole knowledge as plain values, read from the kept form where there is one."""
    import orjson

    data = resources.files("kerman_tui.people") / "data"
    sources = {name: (data / f"{name}.toml").read_bytes() for name in _FILES}
    digest = hashlib.sha256(b"".join([str(FORM).encode(), *sources.values()])).hexdigest()
    kept: Path | None = None
    try:
        kept = folder("cache") / f"people-{digest[:20]}.json"
        table: dict[str, Any] = orjson.loads(kept.read_bytes())
        return table
    except (OSError, PlaceError, orjson.JSONDecodeError):
        table = _build({name: tomllib.loads(text.decode()) for name, text in sources.items()})
    if kept is not None:
        _keep(kept, orjson.dumps(table))
    return table


def _keep(path: Path, content: bytes) -> None:
    """Write a cache file whole or not at all; a cache that cannot be written is done without."""
    try:
        write_whole(path, content, durable=False)
        for old in path.parent.glob("people-*.json"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.replace("\n", " ").split(";") if entry.strip()]


def _build(tables: Tables) -> dict[str, Any]:
    words: dict[str, int] = {}

    def mark(entries: Iterable[str], flag: Word) -> None:
        for entry in entries:
            words[entry] = words.get(entry, 0) | int(flag)

    places, long_places, country_names, country_words = _places(tables, mark)
    _mark_titles(tables, mark)
    _mark_words(tables, mark)
    nicknames: dict[str, list[str]] = {}
    for entry in _entries(tables["given_names"]["nicknames"]["forms"]):
        short, *long = entry.split()
        nicknames.setdefault(short, []).extend(long)
    for language, text in tables["given_names"].items():
        if language not in ("nicknames", "feminine"):
            mark(text.split(), Word.GIVEN | Word.TRANSLITERATED if language in _OTHER_SCRIPTS else Word.GIVEN)
    mark(nicknames, Word.GIVEN)
    holders = _holders(tables, country_names)
    full: dict[str, str] = {}
    families: dict[str, list[str]] = {}
    for name, _, spellings in holders:
        for spelling in (name, *spellings):
            full.setdefault(full_key(spelling), name)
            for key in suffix_keys(spelling) or name_parts(spelling):
                if name not in families.setdefault(key, []):
                    families[key].append(name)
    return {
        "words": words,
        "places": places,
        "long_places": {first: sorted(rest, key=lambda e: -len(e[0])) for first, rest in long_places.items()},
        "country_names": country_names,
        "country_words": sorted(country_words),
        "compounds": _compounds(tables),
        "bodies": tables["titles"]["heads"]["bodies"].split(),
        "everyday": tables["words"]["everyday"].split(),
        "endings": tables["words"]["family_endings"].split(),
        "holders": holders,
        "full": full,
        "families": families,
        "nicknames": nicknames,
        "feminine": tables["given_names"]["feminine"]["forms"].split(),
        "groups": _groups(tables),
    }


def _places(
    tables: Tables,
    mark: Mark,
) -> tuple[dict[str, str | None], dict[str, list[tuple[tuple[str, ...], str | None]]], dict[str, str], frozenset[str]]:
    data = tables["countries"]
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
    for name in _entries(tables["words"]["like_people"]):
        add(name, None, Word.BODY | Word.PLACE)
    for name in _entries(data["areas"]["names"]):
        add(name, None, Word.PLACE)
    return places, long_places, country_names, frozenset(country_words)


def _compounds(tables: Tables) -> list[tuple[str, str, int]]:
    compounds = tables["titles"]["heads"]["compounds"]
    found = []
    for vote, text in ((1, compounds["leader"]), (-1, compounds["plain"]), (0, compounds["nothing"])):
        for entry in _entries(text):
            first, _, second = entry.partition(" ")
            found.append((first, second, vote))
    return found


def _mark_titles(tables: Tables, mark: Mark) -> None:
    titles = tables["titles"]
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


def _mark_words(tables: Tables, mark: Mark) -> None:
    words = tables["words"]
    mark(words["function"].split(), Word.FUNCTION)
    mark(words["calendar"].split(), Word.CALENDAR)
    mark(words["organisation"].split(), Word.ORGANISATION)
    mark(words["things"].split(), Word.THING)
    mark(words["common_families"].split(), Word.COMMON)


def _holders(
    tables: Tables, country_names: Mapping[str, str]
) -> list[tuple[str, list[tuple[str, str | None, str, str]], list[str]]]:
    """Name, (role, country, since, until) of each office with the latest first, and other spellings of every holder."""
    found: dict[str, tuple[list[tuple[str, str | None, str, str]], list[str]]] = {}
    for place, offices in _all_holders(tables):
        country = None if place == "bodies" else place
        for office, lines in offices.items():
            literal = country in (None, "US") or " of " in office or " for " in office
            role = office if literal else f"{office} of {country_names[country or '']}"
            for line in lines.strip().splitlines():
                head, *spellings = (part.strip() for part in line.split(";"))
                name, _, years = head.rpartition(" ")
                since, _, until = years.partition("..")
                tenures, known = found.setdefault(name, ([], []))
                tenures.append((role, country, since, until))
                known.extend(s for s in spellings if s and s not in known)
    return [
        (name, sorted(tenures, key=lambda t: t[2], reverse=True), spellings)
        for name, (tenures, spellings) in found.items()
    ]


def _all_holders(tables: Tables) -> list[tuple[str, Any]]:
    return [entry for name in ("holders", "holders_us", "holders_more") for entry in tables[name].items()]


def _groups(tables: Tables) -> list[tuple[str, str, str | None, list[str]]]:
    groups: list[tuple[str, str, str | None, list[str]]] = []
    for kind, entries in [*tables["organisations"].items(), *tables["tracked_places"].items()]:
        for label, spellings in entries.items():
            name, _, country = (part.strip() for part in label.partition("|"))
            if kind == "of_a_country":
                groups.append((name, country, None, _entries(spellings)))
            else:
                groups.append((name, kind, country or None, _entries(spellings)))
    return groups
