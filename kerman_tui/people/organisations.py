"""Organisations and armed groups that the program tracks: an article in, each with the spellings used out.

One pass of an Aho-Corasick automaton (Aho & Corasick 1975) over every paragraph; word boundaries are checked here.
"""

from __future__ import annotations

import re
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
def automaton() -> tuple[Any, tuple[Group, ...]]:
    """The automaton over all spellings, and the group that each pattern stands for."""
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
    return len(spelling) <= 3 or spelling.isupper()


def organisations_in(article: Article) -> tuple[LocalOrganisation, ...]:
    """The tracked organisations of an article with their mentions, in order of first mention."""
    machine, owners = automaton()
    found: dict[str, list[Mention]] = {}
    blocks = [(None, article.title), *((at, p.text) for at, p in enumerate(article.paragraphs))]
    for paragraph, text in blocks:
        for pattern, start, end in machine.find_matches_as_indexes(text):
            if not _stands_alone(text, start, end):
                continue
            name = owners[pattern].name
            if "*" in name:
                country, start, end = _whose(text, start, end)
                if country is None:
                    continue
                name = name.replace("*", knowledge().country_names[country])
            found.setdefault(name, []).append(Mention(paragraph, start, end, text[start:end]))
    return tuple(LocalOrganisation(name, tuple(mentions)) for name, mentions in found.items())


_OWNER = re.compile(r"((?:[A-Z][\w.-]+ )?[A-Z][\w.-]+)(?:['’]s)? (?:(?:the|own) )?\Z")
_OF = re.compile(r" of (?:the )?([A-Z][\w.]+(?: [A-Z][\w.]+)?)")
_REACH = 40


def _whose(text: str, start: int, end: int) -> tuple[str | None, int, int]:
    """The country whose ministry or army is meant, with the span widened to name it; ``None`` where none is named."""
    known = knowledge()
    before = _OWNER.search(text, max(0, start - _REACH), start)
    if before:
        words = before.group(1).split()
        for word, at in ((" ".join(words), before.start(1)), (words[-1], before.end(1) - len(words[-1]))):
            country = known.country_of(word)
            if country and word.lower() in known.country_words:
                return country, at, end
    behind = _OF.match(text, end)
    if behind:
        words = behind.group(1).split()
        for word in (" ".join(words), words[0]):
            country = known.country_of(word)
            if country and word.lower() in known.country_words:
                return country, start, behind.start(1) + len(word)
    return None, start, end


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    return not (before.isalnum() or before in "-_@#/.") and not (behind.isalnum() or behind in "_@")
