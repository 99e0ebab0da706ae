"""Which lines of a page are page and which are article: one line in, what it is out. The patterns stand in a table.

Nothing here knows an outlet; a line is judged by what share bars, cookie notices, icon fonts and footers look like on
any site. A user's own ``furniture.toml`` in the configuration folder adds patterns to the same sections.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from kerman_tui import places

_FINAL = ".!?…。！？؟۔:;"
_CLOSERS = "\"'”’»)]"
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LIGATURE = re.compile(r"(?<![A-Za-z])[a-z]{3,}(?:_[a-z]{2,}){1,3}")
_ICON_WALL = re.compile(r"\bicon[ -]?\w|\w{1,12}icon ", re.IGNORECASE)
_PROSE_WORDS, _LONG_PROSE_WORDS = 12, 30
_LONGEST_FURNITURE = 400
_REMEMBERED = 2048
"""Lines whose verdict is kept: each line of a page is asked about several times."""


@dataclass(frozen=True, slots=True)
class Table:
    """The patterns of furniture.toml, compiled."""

    whole: re.Pattern[str]
    opens: re.Pattern[str]
    opens_longest: int
    ends: re.Pattern[str]
    writer: re.Pattern[str]
    listing: re.Pattern[str]
    credits: re.Pattern[str]
    bylines: Sequence[re.Pattern[str]]
    bio: re.Pattern[str]
    labels: re.Pattern[str]
    glued_icon: re.Pattern[str]


@cache
def table() -> Table:
    """The shipped patterns and the user's own, read once. A user's table that cannot be read is left out."""
    shipped = tomllib.loads(resources.files(__package__).joinpath("furniture.toml").read_text("utf-8"))
    own: Mapping[str, Any] = {}
    try:
        own = tomllib.loads(places.read_whole(places.config_file().parent / "furniture.toml").decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        own = {}

    def patterns(section: str, key: str = "patterns") -> list[str]:
        return [*shipped.get(section, {}).get(key, []), *_texts(own.get(section), key)]

    def either(section: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in patterns(section)), re.IGNORECASE)

    icons = "|".join(sorted(map(re.escape, patterns("icons", "names")), key=len, reverse=True))
    return Table(
        whole=either("whole"),
        opens=either("opens"),
        opens_longest=int(shipped["opens"]["longest"]),
        ends=either("ends"),
        writer=either("writer"),
        listing=either("listing"),
        credits=either("credits"),
        bylines=[re.compile(p, re.IGNORECASE) for p in patterns("byline")],
        bio=re.compile(shipped["byline"]["bio"]),
        labels=re.compile(shipped["dateline"]["labels"], re.IGNORECASE),
        glued_icon=re.compile(rf"(?:{icons})(?=[A-Z])"),
    )


def _texts(section: object, key: str) -> list[str]:
    found = section.get(key) if isinstance(section, Mapping) else None
    return [p for p in found if isinstance(p, str) and _compiles(p)] if isinstance(found, list) else []


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


@lru_cache(maxsize=_REMEMBERED)
def word_count(text: str) -> int:
    """Words of a line, counted as people do (hyphens and apostrophes stay inside)."""
    return sum(1 for _ in _WORD.finditer(text))


def ends_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does, closing quotes and brackets aside."""
    return text.rstrip(_CLOSERS + " ")[-1:] in _FINAL and bool(text)


@lru_cache(maxsize=_REMEMBERED)
def is_prose(text: str) -> bool:
    """Whether a line can only be running text: a sentence of some length, or long however it ends."""
    count = word_count(text)
    return count >= _LONG_PROSE_WORDS or (count >= _PROSE_WORDS and ends_sentence(text))


def is_icons(text: str) -> bool:
    """Whether a line holds names of an icon font, alone or glued to words ("folder_openIran access_timea year ago")."""
    if len(_ICON_WALL.findall(text)) >= 3 and text.lower().count("icon") * 30 > len(text):
        return True
    if len(text) > 160 or ends_sentence(text):
        return False
    return bool(_LIGATURE.search(text) or table().glued_icon.match(text))


@lru_cache(maxsize=_REMEMBERED)
def is_furniture(text: str) -> bool:
    """Whether a line is part of the page and not of an article."""
    if is_icons(text):
        return True
    if len(text) > _LONGEST_FURNITURE:
        return False
    patterns = table()
    if patterns.whole.fullmatch(text):
        return True
    return len(text) <= patterns.opens_longest and patterns.opens.match(text) is not None


def ends_article(text: str) -> bool:
    """Whether a line closes the article: a heading of comments, of related articles, of a note on the writer."""
    return len(text) <= 80 and table().ends.fullmatch(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_credit(text: str) -> bool:
    """Whether a line credits a picture, and so is a caption."""
    return len(text) <= _LONGEST_FURNITURE and table().credits.search(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def byline(text: str) -> str | None:
    """Who wrote the article, when the line says nothing else: "Staff, Agencies" of "By Staff, Agencies"."""
    if len(text) > 140 or ends_sentence(text):
        return None
    for pattern in table().bylines:
        if match := pattern.fullmatch(text):
            who: str = match["who"].strip(" |·•-–—,")
            names = [w for w in _WORD.findall(who) if w.lower() not in {"and", "in", "for", "of", "the", "at", "with"}]
            if names and len(names) <= 16 and sum(n[0].isupper() or n[0].isdigit() for n in names) >= 0.7 * len(names):
                return who
    return None


def writer_of_note(text: str) -> str | None:
    """The name that a note on the writer begins with: "Ann Bell is a reporter for ..."."""
    match = table().bio.match(text)
    return match["who"] if match else None
