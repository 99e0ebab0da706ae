"""The passages of an article that answer a query, best first: readings and an article in, Matches with spans out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from kerman_tui.model import WHY_ORDER, Article, Match, Why
from kerman_tui.search.forward import Place, Scanner
from kerman_tui.search.reading import COST_MOST, Pair, Reading, Term
from kerman_tui.search.stream import Cut, cuts
from kerman_tui.text.tokens import WORD

MAX_PASSAGES = 3
"""Passages shown with a hit, more only where fewer would leave out a word; the reader asks for all."""
MAX_TRIED = 12
"""Paragraphs that are read for the passages of a hit."""
MAX_BITS = 31
"""Words told apart when passages are weighed; a query of more shares the last bit."""
_PLACE = {"title": 0, "lede": 1, "body": 2, "heading": 2, "caption": 3}


@dataclass(frozen=True)
class Sought:
    """What to look for: a reading for each word, and the phrases (as keys, with slop) that must stand together."""

    readings: tuple[Reading, ...]
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()

    @cached_property
    def lookup(self) -> dict[str, list[tuple[int, Term]]]:
        """For each indexed word, the words of the query that it may stand for (as numbers of readings)."""
        table: dict[str, list[tuple[int, Term]]] = {}
        for number, reading in enumerate(self.readings):
            for key, term in reading.terms.items():
                table.setdefault(key, []).append((number, term))
        return table

    @cached_property
    def scanner(self) -> Scanner:
        """Finds the places in a packed document at which to look."""
        keys: dict[str, tuple[int, float]] = {}
        for number, reading in enumerate(self.readings):
            bit = 1 << min(number, MAX_BITS)
            costs = [(key, term.cost) for key, term in reading.terms.items()]
            for key, cost in costs + [(key, p.cost) for p in reading.pairs for key in (p.first, p.second)]:
                bits, least = keys.get(key, (0, cost))
                keys[key] = (bits | bit, min(cost, least))
        return Scanner(keys)

    @cached_property
    def pairs(self) -> dict[str, list[tuple[int, Pair]]]:
        """By its first key, each pair of words that may stand for one word of the query."""
        table: dict[str, list[tuple[int, Pair]]] = {}
        for number, reading in enumerate(self.readings):
            for pair in reading.pairs:
                table.setdefault(pair.first, []).append((number, pair))
        return table


class Found(NamedTuple):
    """A word of the query found as the word numbered ``at``; with ``reach`` 1 as it and the next together."""

    at: int
    cut: Cut
    word: int
    term: Term
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that matched, with what it is worth: ``merit`` sorts, the best first."""

    paragraph: int | None
    places: list[tuple[int, int]]
    """Where each word of the text stands."""
    found: tuple[Found, ...]
    merit: tuple[float, ...]


def best_passages(sought: Sought, article: Article, places: Sequence[Place]) -> list[Passage]:
    """The passages to show with a hit: the best by words, cost, nearness, place; all words where that is possible.

    ``places`` says where words may stand, as ``Sought.scanner`` found.
    """
    lede = _lede(article)
    ranked = _ranked([place for place in places if place.number <= len(article.paragraphs)], article, lede)
    found: list[Passage] = []
    for tried, place in enumerate(ranked):
        if len(found) >= MAX_PASSAGES or (tried >= MAX_TRIED and found):
            break
        passage = _read(sought, article, place.number, [at for at, _ in place.found], lede)
        if passage is not None:
            found.append(passage)
    covered = {f.word for passage in found for f in passage.found}
    for place in ranked[len(found) :] if len(covered) < len(sought.readings) else ():
        if any(place.words >> min(n, MAX_BITS) & 1 and n not in covered for n in range(len(sought.readings))):
            passage = _read(sought, article, place.number, [at for at, _ in place.found], lede)
            if passage is not None and not covered.issuperset(f.word for f in passage.found):
                found.append(passage)
                covered.update(f.word for f in passage.found)
    found.sort(key=lambda passage: passage.merit)
    return found


def all_passages(sought: Sought, article: Article) -> list[Passage]:
    """Every paragraph with a match, in the order of the text, the title first."""
    lede = _lede(article)
    found = (_read(sought, article, number, None, lede) for number in range(len(article.paragraphs) + 1))
    return [passage for passage in found if passage is not None]


def match_of(sought: Sought, article: Article, passage: Passage) -> Match:
    """A passage with its words highlighted. ``why`` is the reason of its best word."""
    spans: set[tuple[int, int]] = set()
    reasons: set[Why] = set()
    for found in passage.found:
        start = passage.places[found.at][0]
        if found.reach:
            last, last_end = passage.places[found.at + 1]
            spans.add((start + found.cut.start, last + cuts(article.text_of(passage.paragraph)[last:last_end])[0].end))
            reasons.add(found.term.why)
        else:
            spans.add((start + found.cut.start, start + found.cut.end))
            reasons.add(_reason(sought.readings[found.word], found.term, found.cut))
    why = min(reasons, key=WHY_ORDER.index) if reasons else "name"
    text = article.text_of(passage.paragraph)
    return Match(passage.paragraph, article.line_of(passage.paragraph), text, _merged(spans), why)


def _lede(article: Article) -> int:
    return next((n for n, p in enumerate(article.paragraphs, 1) if p.kind == "body"), 0)


def _kind(article: Article, number: int, lede: int) -> int:
    return _PLACE["title" if number == 0 else "lede" if number == lede else article.paragraphs[number - 1].kind]


def _ranked(places: list[Place], article: Article, lede: int) -> list[Place]:
    """Places by what their passages will be worth as far as the scan can tell, as ``merit`` sorts."""
    if len(places) < 2:
        return places
    merits = {place.number: (-place.words.bit_count(), place.cost) for place in places}
    best = sorted(merits.values())[min(MAX_TRIED, len(places)) - 1]

    def promise(place: Place) -> tuple[float, ...]:
        words, cost = merits[place.number]
        # Nearness takes the longest to tell, and matters where it may decide what is shown.
        spread = _spread_of(place) if words < -1 and (words, cost) <= best else 0.0
        return words, cost, spread, _kind(article, place.number, lede), place.number

    return sorted(places, key=promise)


def _spread_of(place: Place) -> float:
    marked = [(at, number) for at, words in place.found for number in _bits(words)]
    return _spread(marked, place.words.bit_count())


@lru_cache(maxsize=256)
def _bits(words: int) -> tuple[int, ...]:
    return tuple(number for number in range(words.bit_length()) if words >> number & 1)


def _read(sought: Sought, article: Article, number: int, wanted: Iterable[int] | None, lede: int) -> Passage | None:
    """The passage of one text, looked for at some of its words or at all; ``None`` when nothing stands there."""
    text = article.text_of(number - 1 if number else None)
    places = [match.span() for match in WORD.finditer(text)]
    lookup, pairs = sought.lookup, sought.pairs
    found: list[Found] = []
    for at in range(len(places)) if wanted is None else dict.fromkeys(wanted):
        if at < len(places):
            start, end = places[at]
            for cut in cuts(text[start:end]):
                if cut.key in lookup:
                    found += [Found(at, cut, word, term) for word, term in lookup[cut.key]]
                if cut.key in pairs and not cut.glued and at + 1 < len(places):
                    start, end = places[at + 1]
                    found += _pairs(pairs[cut.key], cut, cuts(text[start:end])[0].key, at)
    if sought.phrases:
        found = _in_phrases(sought, [cuts(text[start:end])[0].key for start, end in places], found)
    if not found:
        return None
    best: dict[int, float] = {}
    for f in found:
        best[f.word] = min(f.term.cost, best.get(f.word, COST_MOST))
    spread = _spread([(f.at, f.word) for f in found], len(best))
    merit = (-len(best), sum(best.values()), spread, _kind(article, number, lede), number)
    return Passage(number - 1 if number else None, places, tuple(found), merit)


def _pairs(pairs: list[tuple[int, Pair]], cut: Cut, following: str, at: int) -> list[Found]:
    """The pairs that ``cut`` begins and the word after it ends."""
    return [
        Found(at, cut, number, Term(f"{pair.first} {pair.second}", pair.why, pair.cost, pair.edits), 1)
        for number, pair in pairs
        if following == pair.second
    ]


def _in_phrases(sought: Sought, keys: list[str], found: list[Found]) -> list[Found]:
    """Leave out words of a phrase that stand elsewhere than in it."""
    inside: set[int] = set()
    phrase_keys: set[str] = set()
    for phrase, slop in sought.phrases:
        phrase_keys.update(phrase)
        for at in (at for at, key in enumerate(keys) if key == phrase[0]):
            inside.update(_reach(keys, at, phrase, slop))
    return [f for f in found if f.at in inside or f.cut.key not in phrase_keys]


def _reach(keys: list[str], at: int, phrase: tuple[str, ...], slop: int) -> list[int]:
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


def _spread(marked: list[tuple[int, int]], wanted: int) -> float:
    """The number of words from first to last in the tightest window that holds every word found."""
    if wanted < 2:
        return 0.0
    counts: dict[int, int] = {}
    left, tightest = 0, float("inf")
    ordered = sorted(marked)
    for at, word in ordered:
        counts[word] = counts.get(word, 0) + 1
        while len(counts) == wanted:
            tightest = min(tightest, at - ordered[left][0])
            first = ordered[left][1]
            counts[first] -= 1
            if not counts[first]:
                del counts[first]
            left += 1
    return tightest


def _reason(reading: Reading, term: Term, cut: Cut) -> Why:
    if term.why != "exact":
        return term.why
    return "exact" if cut.surface == reading.surface and not cut.glued else "fold"


def _merged(spans: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
