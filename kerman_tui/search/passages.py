"""The passages of an article that answer a query, best first: readings and an article in, Matches with spans out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import heapify, heappop
from operator import itemgetter
from typing import NamedTuple

from kerman_tui.model import WHY_ORDER, Article, Match, ParagraphKind, Why
from kerman_tui.search.index import Readable
from kerman_tui.search.reading import COST_MOST, Pair, Reading, Term
from kerman_tui.search.scanning import Place, Scanner
from kerman_tui.search.stream import cuts
from kerman_tui.text.tokens import WORD

MAX_PASSAGES = 3
"""Passages shown with a hit, more only where fewer would leave out a word; the reader asks for all."""
MAX_TRIED = 12
"""Paragraphs that are read for the passages of a hit."""
MAX_BITS = 31
"""Words told apart when passages are weighed; a query of more shares the last bit."""
_ONE = frozenset((0,))
_PLACE = {"title": 0, "lede": 1, "body": 2, "heading": 2, "caption": 3}


@dataclass(frozen=True)
class Sought:
    """What to look for: a reading for each word, and the phrases (as keys, with slop) that must stand together."""

    readings: tuple[Reading, ...]
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()
    alternatives: frozenset[int] = frozenset()
    """Readings, by number, of words that need not stand there: others may in their place."""

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
    """A word of the query found as the word numbered ``at``, and what of the text to highlight for it."""

    at: int
    start: int
    end: int
    key: str
    surface: str
    whole: bool
    """Whether it is neither part of a glued word nor two words."""
    word: int
    term: Term


class Passage(NamedTuple):
    """A paragraph that matched, with what it is worth: ``merit`` sorts, the best first."""

    paragraph: int | None
    text: str
    found: list[Found]
    merit: tuple[float, ...]


def best_passages(sought: Sought, page: Readable, places: Sequence[Place], most: int = MAX_PASSAGES) -> list[Passage]:
    """The passages to show with a hit: the best by words, cost, nearness, place; all words where that is possible.

    ``places`` says where words may stand, as ``Sought.scanner`` found. The title comes beyond the ``most``.
    """
    if not places:
        return []
    kinds = page.kinds
    lede = _lede(kinds)
    words = len(sought.readings)
    title = None if places[0].number else places[0]
    found: list[Passage] = []
    covered: set[int] = set()
    shown = 0
    texts = len(kinds)
    known = [place for place in places if place.number <= texts] if places[-1].number > texts else places
    every = _every_word(known, words)
    for tried, ranked in enumerate(_ranked(known, kinds, lede)):
        place = ranked
        full = shown >= most or (tried >= MAX_TRIED and bool(found))
        if full and covered >= every:
            if title is None:
                break
            place = title  # nothing else can still be shown
        elif full and place.number and not _uncovered(place, covered, words):
            continue
        if place is title:
            title = None
        passage = _read(sought, page, kinds, place.number, place, lede)
        if passage is None:
            continue
        own = {f.word for f in passage.found}
        if full and place.number and covered >= own:
            continue
        found.append(passage)
        shown += passage.paragraph is not None
        covered |= own
    if len(found) > 1:
        found.sort(key=lambda passage: passage.merit)
    return found


def _every_word(places: Iterable[Place], words: int) -> Set[int]:
    """The words, of so many, that may stand in a text."""
    if words == 1:
        return _ONE
    bits = 0
    for place in places:
        bits |= place.words
    return frozenset(_bits(bits)) if words <= MAX_BITS else frozenset(range(words))


def _uncovered(place: Place, covered: set[int], words: int) -> bool:
    """Whether a word may stand in a text that no passage shows so far."""
    return len(covered) < words and any(
        place.words >> min(number, MAX_BITS) & 1 and number not in covered for number in range(words)
    )


def all_passages(sought: Sought, article: Article) -> list[Passage]:
    """Every paragraph with a match, in the order of the text, the title first."""
    kinds = article.kinds
    lede = _lede(kinds)
    found = (_read(sought, article, kinds, number, None, lede) for number in range(len(kinds) + 1))
    return [passage for passage in found if passage is not None]


def match_of(sought: Sought, page: Readable, passage: Passage) -> Match:
    """A passage with its words highlighted. ``why`` is the reason of its best word."""
    line = page.line_of(passage.paragraph)
    if len(passage.found) == 1:
        only = passage.found[0]
        spans, why = ((only.start, only.end),), _reason(sought.readings[only.word], only)
        return Match(passage.paragraph, line, passage.text, spans, why)
    places = {(found.start, found.end) for found in passage.found}
    reasons = {_reason(sought.readings[found.word], found) for found in passage.found}
    why = min(reasons, key=WHY_ORDER.index) if reasons else "name"
    return Match(passage.paragraph, line, passage.text, _merged(places), why)


def _lede(kinds: Sequence[ParagraphKind]) -> int:
    return kinds.index("body") + 1 if "body" in kinds else 0


def _kind(kinds: Sequence[ParagraphKind], number: int, lede: int) -> int:
    return _PLACE["title" if number == 0 else "lede" if number == lede else kinds[number - 1]]


def _ranked(places: Sequence[Place], kinds: Sequence[ParagraphKind], lede: int) -> Iterator[Place]:
    """Places by what their passages will be worth as far as the scan can tell, as ``merit`` sorts."""
    if len(places) < 2:
        yield from places
        return
    ranked = sorted(places)
    best = ranked[min(MAX_TRIED, len(ranked)) - 1][:2]
    begin = 0
    while begin < len(ranked):
        fewer, cost = worth = ranked[begin][:2]
        end = begin + 1
        while end < len(ranked) and ranked[end].cost == cost and ranked[end].fewer == fewer:
            end += 1
        if end == begin + 1:
            yield ranked[begin]
        else:
            # Nearness takes the longest to tell, and matters where it may decide what is shown.
            near = fewer < -1 and worth <= best
            promises = [
                (_spread_of(place) if near else 0.0, _kind(kinds, place.number, lede), place)
                for place in ranked[begin:end]
            ]
            heapify(promises)
            while promises:  # few of them are asked for, as a rule
                yield heappop(promises)[2]
        begin = end


def _spread_of(place: Place) -> float:
    rows, these = place.rows, slice(place.first, place.last)
    marked = [
        (at, number) for at, words in zip(rows.at[these], rows.bits[these], strict=True) for number in _bits(words)
    ]
    return _spread(marked, -place.fewer)


@lru_cache(maxsize=256)
def _bits(words: int) -> tuple[int, ...]:
    return tuple(number for number in range(words.bit_length()) if words >> number & 1)


def _read(
    sought: Sought, page: Readable, kinds: Sequence[ParagraphKind], number: int, place: Place | None, lede: int
) -> Passage | None:
    """The passage of one text, looked for at the words of ``place`` or at all; ``None`` when nothing stands there."""
    paragraph = number - 1 if number else None
    text = page.text_of(paragraph)
    found = None if place is None or sought.phrases else _found_plain(sought, text, place)
    if found is None:
        found = _found(sought, text, place)
    if not found:
        return None
    kind = _kind(kinds, number, lede)
    if len(found) == 1:
        return Passage(paragraph, text, found, (-1, min(COST_MOST, found[0].term.cost), 0.0, kind, number))
    best: dict[int, float] = {}
    for f in found:
        known = best.get(f.word, COST_MOST)
        best[f.word] = known if known < f.term.cost else f.term.cost
    spread = _spread([(f.at, f.word) for f in found], len(best)) if len(best) > 1 else 0.0
    return Passage(paragraph, text, found, (-len(best), sum(best.values()), spread, kind, number))


def _found_plain(sought: Sought, text: str, place: Place) -> list[Found] | None:
    """What stands at ``place``, taken from the letters alone; ``None`` where that is not certain to be all."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    keys, lookup = sought.scanner.keys, sought.lookup
    rows, these = place.rows, slice(place.first, place.last)
    numbers: dict[str, list[int]] = {}
    for at, mark in zip(rows.at[these], rows.marks[these], strict=True):
        for key in keys[mark]:
            if key in numbers:
                numbers[key].append(at)
            else:
                numbers[key] = [at]
    found: list[Found] = []
    for key, several in numbers.items():
        if key in sought.pairs:
            return None
        starts = _starts(lowered, key)
        if starts is None or len(starts) != len(several):
            return None
        size = len(key)
        for number, term in lookup.get(key, ()):
            for at, start in zip(several, starts, strict=True):
                found.append(Found(at, start, start + size, key, key, True, number, term))
    if len(found) > 1:
        found.sort(key=itemgetter(0))
    return found


_BEFORE = frozenset(' \n\t"“”‘([-–—/')
_AFTER = frozenset(' \n\t"”)];!?-–—/…')
_AFTER_AT_BLANK = frozenset(".,:’'")


def _starts(lowered: str, key: str) -> list[int] | None:
    """Where ``key`` stands as a word of a text in small letters; ``None`` where a sign beside it leaves doubt."""
    starts = []
    at = lowered.find(key)
    while at >= 0:
        before, end = lowered[at - 1 : at] if at else " ", at + len(key)
        after = lowered[end : end + 1] or " "
        if before in _BEFORE:
            if after in _AFTER:
                starts.append(at)
            elif after in _AFTER_AT_BLANK:
                beyond = lowered[end + 1 : end + 2]
                if beyond and not beyond.isspace() and beyond not in _AFTER:
                    return None
                starts.append(at)
            elif not after.isalnum():
                return None
        elif not before.isalnum():
            return None
        at = lowered.find(key, end)
    return starts


def _found(sought: Sought, text: str, place: Place | None) -> list[Found]:
    """What stands in a text, word for word."""
    places = [match.span() for match in WORD.finditer(text)]
    lookup, pairs = sought.lookup, sought.pairs
    found: list[Found] = []
    for at in range(len(places)) if place is None else dict.fromkeys(place.rows.at[place.first : place.last]):
        if at >= len(places):
            continue
        start, end = places[at]
        for cut in cuts(text[start:end]):
            for number, term in lookup.get(cut.key, ()):
                where = start + cut.start, start + cut.end
                found.append(Found(at, *where, cut.key, cut.surface, not cut.glued, number, term))
            if cut.key in pairs and not cut.glued and at + 1 < len(places):
                first, last = places[at + 1]
                following = cuts(text[first:last])[0]
                for number, pair in pairs[cut.key]:
                    if following.key == pair.second:
                        term = Term(f"{pair.first} {pair.second}", pair.why, pair.cost, pair.edits)
                        where = start + cut.start, first + following.end
                        found.append(Found(at, *where, cut.key, cut.surface, False, number, term))
    if sought.phrases:
        found = _in_phrases(sought, [cuts(text[start:end])[0].key for start, end in places], found)
    return found


def _in_phrases(sought: Sought, keys: list[str], found: list[Found]) -> list[Found]:
    """Leave out words of a phrase that stand elsewhere than in it."""
    inside: set[int] = set()
    phrase_keys: set[str] = set()
    for phrase, slop in sought.phrases:
        phrase_keys.update(phrase)
        for at in (at for at, key in enumerate(keys) if key == phrase[0]):
            inside.update(_reach(keys, at, phrase, slop))
    return [f for f in found if f.at in inside or f.key not in phrase_keys]


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


def _reason(reading: Reading, found: Found) -> Why:
    if found.term.why != "exact":
        return found.term.why
    return "exact" if found.whole and found.surface == reading.surface else "fold"


def _merged(spans: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
