"""Transcripts inside articles: paragraphs in, who speaks in which of them out ("WALLACE: Governor, I want to …")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

LEAST_TURNS = 2
"""Turns that make a transcript; a single name in capitals before a colon may be a heading."""

_LABEL = re.compile(
    r"\s*[\"“']?(?P<who>(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]*\s){0,4}[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+)(?:\s*[,(][^:\n]{1,60})?:(?=\s|\Z)\s*"
)
_SIGNS = frozenset(
    "UPDATE UPDATED WATCH READ MORE RELATED NOTE PHOTO PHOTOS VIDEO CAPTION SOURCE SOURCES BREAKING LIVE FILE"
    " CORRECTION EDITOR OPINION Q A FACT FACTBOX CLAIM TWEET ET GMT EXCLUSIVE".split()
)
"""Words in capitals that stand before colons and speak nothing."""


class Turn(NamedTuple):
    """What one speaker says in one paragraph: who, as written, and where it begins and ends."""

    who: str
    paragraph: int
    start: int
    end: int


def turns(texts: Sequence[str]) -> dict[int, Turn]:
    """The turns of a transcript by paragraph; empty where fewer than ``LEAST_TURNS`` paragraphs bear a speaker's name.

    A name alone in its paragraph speaks in the next one. Linear in the length of the texts.
    """
    found: dict[int, Turn] = {}
    waiting = ""
    for number, text in enumerate(texts):
        label = _LABEL.match(text) if ":" in text[:120] else None
        who = label.group("who") if label else ""
        if label is None or not who.isupper() or not _SIGNS.isdisjoint(who.replace(".", "").split()):
            if waiting and text.strip():
                found[number] = _turn(waiting, number, text, 0)
            waiting = ""
            continue
        waiting = ""
        if label.end() >= len(text.rstrip()):
            waiting = who
        else:
            found[number] = _turn(who, number, text, label.end())
    return found if len(found) >= LEAST_TURNS else {}


def _turn(who: str, number: int, text: str, start: int) -> Turn:
    """A turn without the marks around it."""
    end = len(text.rstrip())
    if start < end - 1 and text[start] in '"“':
        start += 1
    if text[end - 1] in '"”' and start < end - 1:
        end -= 1
    return Turn(who, number, start, end)
