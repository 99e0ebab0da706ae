"""The passages of an article that answer a query, best first: readings and an article in, Matches with spans out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kerman_tui.model import WHY_ORDER, Article, Match, Why
from kerman_tui.search.forward import Place, Scanner, indexes
from kerman_tui.search.reading import COST_MOST, Pair, Reading, Term
from kerman_tui.search.stream import Cut, chunk_offsets, chunks_of, cuts

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
    """A word of the query found: in the ``chunk``-th chunk under ``key``; ``reach`` chunks further for a pair."""

    chunk: int
    key: str
    word: int
    term: Term
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that matched, with what it is worth: ``merit`` sorts, the best first."""

    paragraph: int | None
    chunks: list[str]
    found: tuple[Found, ...]
    merit: tuple[float, ...]


def best_passages(sought: Sought, article: Article, packed: bytes) -> list[Passage]:
    """The passages to show with a hit: the best by words, cost, nearness, place; all words where that is possible."""
    places = [place for place in sought.scanner.scan(packed) if place.number <= len(article.paragraphs)]
    lede = _lede(article)
    ranked = sorted(places, key=lambda place: _promise(place, article, lede))
    found: list[Passage] = []
    for tried, place in enumerate(ranked):
        if len(found) >= MAX_PASSAGES or (tried >= MAX_TRIED and found):
            break
        passage = _read(sought, article, place.number, [at for at, _, _ in place.found], lede)
        if passage is not None:
            found.append(passage)
    covered = {f.word for passage in found for f in passage.found}
    for place in ranked[len(found) :] if len(covered) < len(sought.readings) else ():
        if any(place.words >> min(n, MAX_BITS) & 1 and n not in covered for n in range(len(sought.readings))):
            passage = _read(sought, article, place.number, [at for at, _, _ in place.found], lede)
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
    text = article.text_of(passage.paragraph)
    chunks = passage.chunks
    places = _offsets(text, chunks, {n for f in passage.found for n in (f.chunk, f.chunk + f.reach)})
    spans: set[tuple[int, int]] = set()
    reasons: set[Why] = set()
    for found in passage.found:
        first, last = found.chunk, found.chunk + found.reach
        if first not in places or last not in places:
            continue
        if found.key:
            for cut in cuts(chunks[first]):
                if cut.key == found.key:
                    spans.add((places[first] + cut.start, places[first] + cut.end))
                    reasons.add(_reason(sought.readings[found.word], found.term, cut))
        else:
            spans.add((places[first] + cuts(chunks[first])[0].start, places[last] + _last(chunks[last]).end))
            reasons.add(found.term.why)
    why = min(reasons, key=WHY_ORDER.index) if reasons else "name"
    return Match(passage.paragraph, article.line_of(passage.paragraph), text, _merged(spans), why)


def _lede(article: Article) -> int:
    return next((n for n, p in enumerate(article.paragraphs, 1) if p.kind == "body"), 0)


def _kind(article: Article, number: int, lede: int) -> int:
    return _PLACE["title" if number == 0 else "lede" if number == lede else article.paragraphs[number - 1].kind]


def _promise(place: Place, article: Article, lede: int) -> tuple[float, float, float, float, int]:
    """What a passage will be worth as far as the scan can tell; sorts as ``merit`` does."""
    costs: dict[int, float] = {}
    marked = []
    for at, words, cost in place.found:
        number = 0
        while words:
            if words & 1:
                costs[number] = min(cost, costs.get(number, COST_MOST))
                marked.append((at, number))
            words >>= 1
            number += 1
    spread = _spread(marked, len(costs))
    return -len(costs), sum(costs.values()), spread, _kind(article, place.number, lede), place.number


def _read(sought: Sought, article: Article, number: int, places: Iterable[int] | None, lede: int) -> Passage | None:
    """The passage of one text, looked for at ``places`` (chunks) or everywhere; ``None`` when nothing stands there."""
    chunks = chunks_of(article.text_of(number - 1 if number else None))
    lookup, pairs = sought.lookup, sought.pairs
    found: list[Found] = []
    for at in range(len(chunks)) if places is None else dict.fromkeys(places):
        if at < len(chunks):
            for key in dict.fromkeys([cut.key for cut in cuts(chunks[at])]):
                if key in lookup:
                    found += [Found(at, key, word, term) for word, term in lookup[key]]
                if key in pairs:
                    found += _pairs(pairs[key], chunks, at)
    if sought.phrases:
        found = _in_phrases(sought, chunks, found)
    if not found:
        return None
    best: dict[int, float] = {}
    for f in found:
        best[f.word] = min(f.term.cost, best.get(f.word, COST_MOST))
    spread = _spread([(f.chunk, f.word) for f in found], len(best))
    merit = (-len(best), sum(best.values()), spread, _kind(article, number, lede), number)
    return Passage(number - 1 if number else None, chunks, tuple(found), merit)


def _pairs(pairs: list[tuple[int, Pair]], chunks: list[str], at: int) -> list[Found]:
    """The pairs that begin in the chunk at ``at``: their second word follows in it, or opens the next with a word."""
    here = [cut.key for cut in cuts(chunks[at]) if not cut.glued]
    beyond = at + 1
    while beyond < len(chunks) and not cuts(chunks[beyond]):
        beyond += 1
    following = cuts(chunks[beyond])[0].key if beyond < len(chunks) else ""
    found = []
    for number, pair in pairs:
        term = Term(f"{pair.first} {pair.second}", pair.why, pair.cost)
        if any(a == pair.first and b == pair.second for a, b in itertools.pairwise(here)):
            found.append(Found(at, "", number, term))
        elif here[-1:] == [pair.first] and following == pair.second:
            found.append(Found(at, "", number, term, beyond - at))
    return found


def _in_phrases(sought: Sought, chunks: list[str], found: list[Found]) -> list[Found]:
    """Leave out words of a phrase that stand elsewhere than in it."""
    stream = [(cut.key, at) for at, chunk in enumerate(chunks) for cut in cuts(chunk) if not cut.glued]
    keys = [key for key, _ in stream]
    inside: set[tuple[int, str]] = set()
    phrase_keys: set[str] = set()
    for phrase, slop in sought.phrases:
        phrase_keys.update(phrase)
        for at in indexes(keys, phrase[0]):
            inside.update((stream[n][1], keys[n]) for n in _reach(keys, at, phrase, slop))
    return [f for f in found if (f.chunk, f.key) in inside or f.key not in phrase_keys]


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
    """The number of chunks from first to last in the tightest window that holds every word found."""
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


def _offsets(text: str, chunks: list[str], wanted: set[int]) -> dict[int, int]:
    """The offset of each wanted chunk."""
    offsets: dict[int, int] = {}
    for chunk in {chunks[n] for n in wanted}:
        offsets.update(zip(indexes(chunks, chunk), chunk_offsets(text, chunk), strict=False))
    return offsets


def _last(chunk: str) -> Cut:
    return [cut for cut in cuts(chunk) if not cut.glued][-1]


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
