"""The passages of an article that answer a query, best first: readings and an article in, Matches with spans out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kerman_tui.model import WHY_ORDER, Article, Match, Why
from kerman_tui.search.reading import COST_MOST, Reading
from kerman_tui.search.stream import Folded, key_of, surface_of
from kerman_tui.text.tokens import Word, glued_parts, words

MAX_PASSAGES = 5
"""Passages shown with a hit; the reader asks for all."""
_PLACE = {"title": 0, "lede": 1, "body": 2, "heading": 2, "caption": 3}


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for: a reading for each word, and the phrases (as keys, with slop) that must stand together."""

    readings: tuple[Reading, ...]
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    at: int
    word: int
    cost: float
    why: Why
    width: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that matched, with what it is worth: ``merit`` sorts, the best first."""

    paragraph: int | None
    found: tuple[_Found, ...]
    merit: tuple[float, ...]


def passages(sought: Sought, article: Article, folded: Folded) -> list[Passage]:
    """Every paragraph with a match, the best first: words, cost, nearness, place, then order of the text."""
    found = []
    lookup = _lookup(sought)
    lede = next((i for i, p in enumerate(article.paragraphs) if p.kind == "body"), -1)
    for number, keys in enumerate((folded.title, *folded.paragraphs)):
        paragraph = number - 1 if number else None
        hits = _find(lookup, sought, keys, article, paragraph)
        if hits:
            kind = (
                "title" if paragraph is None else "lede" if paragraph == lede else article.paragraphs[number - 1].kind
            )
            found.append(Passage(paragraph, tuple(hits), (*_merit(hits), _PLACE[kind], number)))
    found.sort(key=lambda passage: passage.merit)
    return found


def matches(sought: Sought, article: Article, folded: Folded, limit: int | None = MAX_PASSAGES) -> tuple[Match, ...]:
    """The best passages of an article as Matches. ``why`` of a Match is the reason of its best word."""
    return tuple(_match(sought, article, passage) for passage in passages(sought, article, folded)[:limit])


def _lookup(sought: Sought) -> dict[str, list[tuple[int, float, Why]]]:
    table: dict[str, list[tuple[int, float, Why]]] = {}
    for number, reading in enumerate(sought.readings):
        for term in reading.terms.values():
            table.setdefault(term.key, []).append((number, term.cost, term.why))
    return table


def _find(
    lookup: dict[str, list[tuple[int, float, Why]]],
    sought: Sought,
    keys: Sequence[str],
    article: Article,
    paragraph: int | None,
) -> list[_Found]:
    hits: list[_Found] = []
    if not lookup.keys().isdisjoint(keys):
        for at, key in enumerate(keys):
            for number, cost, why in lookup.get(key, ()):
                hits.append(_Found(at, number, cost, why))
    for number, reading in enumerate(sought.readings):
        for pair in reading.pairs:
            for at, key in enumerate(keys[:-1]):
                if key == pair.first and keys[at + 1] == pair.second:
                    hits.append(_Found(at, number, pair.cost, pair.why, 2))
    if sought.phrases and hits:
        hits = _in_phrases(sought, keys, hits)
    return hits


def _in_phrases(sought: Sought, keys: Sequence[str], hits: list[_Found]) -> list[_Found]:
    """Leave out words of a phrase that stand elsewhere than in it."""
    inside: set[int] = set()
    phrase_keys: set[str] = set()
    for phrase, slop in sought.phrases:
        phrase_keys.update(phrase)
        for at, key in enumerate(keys):
            if key == phrase[0]:
                reach = _reach(keys, at, phrase, slop)
                inside.update(reach)
    return [hit for hit in hits if hit.at in inside or keys[hit.at] not in phrase_keys]


def _reach(keys: Sequence[str], at: int, phrase: tuple[str, ...], slop: int) -> list[int]:
    """Where the words of ``phrase`` stand from ``at`` on, with at most ``slop`` others between; empty when not."""
    window = keys[at : at + len(phrase) + slop]
    places = [at]
    position = 0
    for key in phrase[1:]:
        try:
            position = window.index(key, position + 1)
        except ValueError:
            return []
        places.append(at + position)
    return places


def _merit(hits: list[_Found]) -> tuple[float, float, float]:
    best: dict[int, float] = {}
    for hit in hits:
        best[hit.word] = min(hit.cost, best.get(hit.word, COST_MOST))
    return -len(best), sum(best.values()), _spread(hits, len(best))


def _spread(hits: list[_Found], wanted: int) -> float:
    """The number of words from first to last in the tightest window that holds every word found."""
    if wanted < 2:
        return 0.0
    counts: dict[int, int] = {}
    left, tightest = 0, float("inf")
    ordered = sorted(hits, key=lambda hit: hit.at)
    for hit in ordered:
        counts[hit.word] = counts.get(hit.word, 0) + 1
        while len(counts) == wanted:
            tightest = min(tightest, hit.at - ordered[left].at)
            word = ordered[left].word
            counts[word] -= 1
            if not counts[word]:
                del counts[word]
            left += 1
    return tightest


def _match(sought: Sought, article: Article, passage: Passage) -> Match:
    text = article.text_of(passage.paragraph)
    found = list(words(text))
    spans: set[tuple[int, int]] = set()
    reasons: set[Why] = set()
    for hit in passage.found:
        if hit.at + hit.width > len(found):
            continue
        first, last = found[hit.at], found[hit.at + hit.width - 1]
        spans.add((first.start, _without_possessive(last)))
        reasons.add(_reason(sought, hit, first))
    why = min(reasons, key=WHY_ORDER.index) if reasons else "name"
    return Match(passage.paragraph, article.line_of(passage.paragraph), text, _merged(spans), why)


def _reason(sought: Sought, hit: _Found, word: Word) -> Why:
    if hit.why != "exact":
        return hit.why
    return "exact" if surface_of(word.text) == sought.readings[hit.word].surface else "fold"


def _without_possessive(word: Word) -> int:
    return word.end - 2 if len(word.text) > 2 and word.text[-2:] in ("'s", "’s", "ʼs") else word.end


def _merged(spans: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def glued_matches(lookup: dict[str, list[tuple[int, float, Why]]], text: str) -> list[tuple[int, int, int, float]]:
    """Words of the query inside words that scraping ran together: (start, end, word, cost)."""
    found = []
    for word in words(text):
        for part in glued_parts(word):
            for number, cost, _ in lookup.get(key_of(part), ()):
                found.append((part.start, part.end, number, cost))
    return found
