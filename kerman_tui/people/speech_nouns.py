"""Nouns that report what was said between marks: "Smith's claim that it was “safe”", "calls for a “full inquiry”".

A sentence and the place of such a noun in, whose words they are and where they stand out.
"""

from __future__ import annotations

from typing import NamedTuple

from kerman_tui.people.speech_content import content_after
from kerman_tui.people.speech_sentences import QUOTE, Sentence
from kerman_tui.people.speech_subjects import DETERMINERS, OWNERS, STOPS, right
from kerman_tui.people.speech_words import Lexicon

_OPENS_CLAUSE = frozenset({"that", "whether"})
_OPENS_PHRASE = frozenset("of for to about as".split())
_OPENS_QUOTE = frozenset({",", ":"})
_ADJECTIVES = 3
_QUOTE_WITHIN = 12


class Named(NamedTuple):
    """``speaker`` and ``content`` count characters of the paragraph, ``first`` is the first token of the phrase."""

    speaker: tuple[int, int] | None
    first: int
    content: tuple[int, int]


def named_report(sentence: Sentence, at: int, words: Lexicon) -> Named | None:
    """What the noun at token ``at`` reports, where words between marks soon follow; else ``None``."""
    behind = _behind_times(sentence, at + 1, words)
    speaker: tuple[int, int] | None = None
    first = at
    owner = _owner(sentence, at, words)
    if owner is not None:
        speaker, first = owner
    elif sentence.lows[at].endswith("s"):
        if sentence.low(at + 1) == QUOTE:  # The advert claims “…”
            return None
    elif not _determined(sentence, at):
        return None
    if sentence.low(behind) in ("from", "by"):
        giver = right(sentence, behind + 1, words)
        if giver is None:
            return None
        speaker = speaker or sentence.span(*giver)
        behind = _behind_times(sentence, giver[1] + 1, words)
    if not _opens(sentence, behind):
        return None
    if QUOTE not in sentence.lows[behind : behind + _QUOTE_WITHIN]:
        return None
    content = content_after(sentence, behind - 1)
    if content is None or QUOTE not in sentence.lows[sentence.at(content[0]) : sentence.at(content[1])]:
        return None
    return Named(speaker, first, content)


def _opens(sentence: Sentence, at: int) -> bool:
    low = sentence.low(at)
    if low in _OPENS_QUOTE:
        return sentence.low(at + 1) == QUOTE
    return low == QUOTE or low in _OPENS_CLAUSE or low in _OPENS_PHRASE


def _behind_times(sentence: Sentence, at: int, words: Lexicon) -> int:
    """The first token behind what tells when: "his claim on Monday that"."""
    while sentence.low(at) in words.times or (
        sentence.low(at) in ("on", "in", "last") and sentence.low(at + 1) in words.times
    ):
        at += 1
    return at


def _owner(sentence: Sentence, at: int, words: Lexicon) -> tuple[tuple[int, int], int] | None:
    """Whose claim it is: the characters that name them, and the token with which they begin."""
    for back in range(at - 1, max(-1, at - 2 - _ADJECTIVES), -1):
        low = sentence.lows[back]
        if low in OWNERS or low == "whose":
            return sentence.span(back, back), back
        if low.endswith(("'s", "’s", "s'", "s’")):
            first = _named_from(sentence, back)
            start, end = sentence.span(first, back)
            return (start, end - (1 if low[-1] in "'’" else 2)), first
        if low in STOPS or low in words.prepositions or low in words.clause_words or low in words.between:
            return None
    return None


def _named_from(sentence: Sentence, last: int) -> int:
    """The first token of the name that ends at ``last``, with its article: "the foreign minister", "Anna Telder"."""
    for first in range(last, max(-1, last - 1 - _ADJECTIVES), -1):
        if sentence.lows[first] in DETERMINERS:
            return first
    first = last
    while first > 0 and sentence.capital(first - 1):
        first -= 1
    return first


def _determined(sentence: Sentence, at: int) -> bool:
    """Whether an article stands before the noun, adjectives between them."""
    return not DETERMINERS.isdisjoint(sentence.lows[max(0, at - _ADJECTIVES) : at])
