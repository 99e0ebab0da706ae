"""The passages of an article that answer a query, best first: readings and an article in, Matches with spans out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kerman_tui.model import WHY_ORDER, Article, Match, Why
from kerman_tui.search.reading import COST_MOST, Reading, Term
from kerman_tui.search.stream import Cut, Folded, FoldedText, chunk_offsets, chunks_of, cuts, indexes

MAX_PASSAGES = 3
"""Passages shown with a hit; the reader asks for all."""
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
    def openings(self) -> frozenset[str]:
        """First words of phrases and pairs: where one occurs, it matters which word follows."""
        return frozenset([phrase[0] for phrase, _ in self.phrases] + [p.first for r in self.readings for p in r.pairs])


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
    found: tuple[Found, ...]
    merit: tuple[float, ...]


def passages(sought: Sought, article: Article, folded: Folded) -> list[Passage]:
    """Every paragraph with a match, the best first: words, cost, nearness, place, then order of the text."""
    matched = []
    lede = next((i for i, p in enumerate(article.paragraphs) if p.kind == "body"), -1)
    for number, text in enumerate((folded.title, *folded.paragraphs)):
        found = _find(sought, text)
        if found:
            at = number - 1
            kind = "title" if at < 0 else "lede" if at == lede else article.paragraphs[at].kind
            merit = (*_merit(found), _PLACE[kind], number)
            matched.append(Passage(at if number else None, tuple(found), merit))
    matched.sort(key=lambda passage: passage.merit)
    return matched


def match_of(sought: Sought, article: Article, passage: Passage) -> Match:
    """A passage with its words highlighted. ``why`` is the reason of its best word."""
    text = article.text_of(passage.paragraph)
    chunks = chunks_of(text)
    places = _places(text, chunks, {n for f in passage.found for n in range(f.chunk, f.chunk + f.reach + 1)})
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


def _last(chunk: str) -> Cut:
    return [cut for cut in cuts(chunk) if not cut.glued][-1]


def _places(text: str, chunks: list[str], wanted: set[int]) -> dict[int, int]:
    """The offset of each wanted chunk."""
    places: dict[int, int] = {}
    for chunk in {chunks[n] for n in wanted}:
        places.update(zip(indexes(chunks, chunk), chunk_offsets(text, chunk), strict=False))
    return places


def _find(sought: Sought, text: FoldedText) -> list[Found]:
    lookup = sought.lookup
    found: list[Found] = []
    values = text.values
    if not lookup.keys().isdisjoint(values):
        for at, value in enumerate(values):
            if value in lookup:
                for word, term in lookup[value]:
                    found.append(Found(at, value, word, term))
    for value, keys in text.several:
        for key in keys:
            if key in lookup:
                places = indexes(values, value)
                found += [Found(at, key, word, term) for at in places for word, term in lookup[key]]
    if sought.openings and not (
        sought.openings.isdisjoint(values) and all(sought.openings.isdisjoint(keys) for _, keys in text.several)
    ):
        return _in_order(sought, text, found)
    if sought.phrases:
        outside = {key for phrase, _ in sought.phrases for key in phrase}
        return [f for f in found if f.key not in outside]
    return found


def _in_order(sought: Sought, text: FoldedText, found: list[Found]) -> list[Found]:
    """Add pairs of words that stand for one, and leave out words of a phrase that stand elsewhere than in it."""
    keys = text.keys()
    chunk_of = [at for at, value in enumerate(text.values) for _ in range(value.count(" ") + 1 if value else 0)]
    for number, reading in enumerate(sought.readings):
        for pair in reading.pairs:
            term = Term(pair.first + pair.second, pair.why, pair.cost)
            found += [
                Found(chunk_of[at], "", number, term, chunk_of[at + 1] - chunk_of[at])
                for at in indexes(keys[:-1], pair.first)
                if keys[at + 1] == pair.second
            ]
    if not sought.phrases:
        return found
    inside: set[tuple[int, str]] = set()
    phrase_keys: set[str] = set()
    for phrase, slop in sought.phrases:
        phrase_keys.update(phrase)
        for at, key in enumerate(keys):
            if key == phrase[0]:
                inside.update((chunk_of[n], keys[n]) for n in _reach(keys, at, phrase, slop))
    return [f for f in found if (f.chunk, f.key) in inside or f.key not in phrase_keys]


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


def _merit(found: list[Found]) -> tuple[float, float, float]:
    best: dict[int, float] = {}
    for f in found:
        best[f.word] = min(f.term.cost, best.get(f.word, COST_MOST))
    return -len(best), sum(best.values()), _spread(found, len(best))


def _spread(found: list[Found], wanted: int) -> float:
    """The number of chunks from first to last in the tightest window that holds every word found."""
    if wanted < 2:
        return 0.0
    counts: dict[int, int] = {}
    left, tightest = 0, float("inf")
    ordered = sorted(found, key=lambda f: f.chunk)
    for f in ordered:
        counts[f.word] = counts.get(f.word, 0) + 1
        while len(counts) == wanted:
            tightest = min(tightest, f.chunk - ordered[left].chunk)
            word = ordered[left].word
            counts[word] -= 1
            if not counts[word]:
                del counts[word]
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
