"""Organisations and armed groups that the program tracks: an article in, each with the spellings used out.

One pass of an Aho-Corasick automaton (Aho & Corasick 1975) over every paragraph; word boundaries are checked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kerman_tui.model import Article, Mention
from kerman_tui.people.knowledge import Group, knowledge


@dataclass(frozen=True, slots=True)
class LocalOrganisation:
    """One tracked organisation of one article."""

    name: str
    mentions: tuple[Mention, ...]


@cache
def _automaton() -> tuple[Any, tuple[Group, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    patterns: list[str] = []
    owners: list[Group] = []
    for group in knowledge().groups:
        for spelling in group.spellings:
            for form in dict.fromkeys((spelling, spelling if _spelt_as_is(spelling) else spelling.upper())):
                patterns.append(form)
                owners.append(group)
    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest), tuple(owners)


def _spelt_as_is(spelling: str) -> bool:
    return len(spelling) <= 5 or spelling.isupper()


def organisations_in(article: Article) -> tuple[LocalOrganisation, ...]:
    """The tracked organisations of an article with their mentions, in order of first mention."""
    automaton, owners = _automaton()
    found: dict[str, list[Mention]] = {}
    blocks = [(None, article.title), *((at, p.text) for at, p in enumerate(article.paragraphs))]
    for paragraph, text in blocks:
        for pattern, start, end in automaton.find_matches_as_indexes(text):
            if _stands_alone(text, start, end):
                found.setdefault(owners[pattern].name, []).append(Mention(paragraph, start, end, text[start:end]))
    return tuple(LocalOrganisation(name, tuple(mentions)) for name, mentions in found.items())


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    return not (before.isalnum() or before in "-_@#/.") and not (behind.isalnum() or behind in "_@")
