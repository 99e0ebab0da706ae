"""How each word of a query may be read in this corpus: as it stands, unfinished, misspelt, joined or split.

A parsed word and the vocabulary in; the indexed words that may stand for it, each with its reason and its cost, out.
Costs order hits: one misspelt letter outweighs any number of unfinished words, those outweigh folded ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kerman_tui.model import Why
from kerman_tui.search.query import Word
from kerman_tui.search.stream import NO_KEY, surface_of
from kerman_tui.search.vocabulary import MAX_EXTENSIONS, Candidate, Vocabulary

COST_FOLD = 1.0
COST_NAME = 2.0
COST_PREFIX = 3.0
COST_EDIT = 40.0
COST_UNFINISHED_EDIT = 2.0
COST_DOUBT = 8.0
COST_MOST = 160.0
"""No word costs as much; a word that is not there at all does."""

EXTENSIONS_A_LETTER = 6
"""Words that each letter typed so far is extended to: one or two letters say little and would cost the most."""
MAX_REMEMBERED = 2_000
MIN_PART = 2
MIN_JOINED, MAX_JOINED = 9, 30
MAX_SPLIT_COUNT = 20
"""Articles that hold a word up to which it may be two words, or another one, misspelt."""
MAX_SPLITS = 3
MAX_SPLIT_ENDINGS = 3
MIN_SPLIT_NAME, MIN_SPLIT_WRONG = 3, 5
"""Letters of a name, and of a misspelt word beside it, from which one word is read as the two."""
SHORT_NAME = 4
"""Letters from which a name may be off by one."""

FEW_HITS = 30
"""With fewer hits than this, misspelt words are looked for too."""
OUTNUMBERS = 4
"""So many times the articles of all that an unfinished word begins, and a word near it may be the one meant."""

Effort = Literal["strict", "unfinished", "quick", "full", "wide"]
"""strict: no guess; unfinished: words it begins; quick: those near it that outnumber them; full: all near it; wide:
names one edit more."""


class Term(NamedTuple):
    """An indexed word that may stand for a word of the query."""

    key: str
    why: Why
    cost: float
    edits: int = 0


class Pair(NamedTuple):
    """Two words side by side that may stand for one word of the query: "al ahed" for "alahed"."""

    first: str
    second: str
    why: Why
    cost: float
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that may stand for one word. ``surface`` tells exact from folded."""

    word: Word
    surface: str
    terms: dict[str, Term]
    pairs: tuple[Pair, ...] = field(default=())


def read_words(words: Sequence[Word], vocabulary: Vocabulary, effort: Effort) -> list[Reading]:
    """One reading for each of ``words``, which stand side by side in the query as far as they do there."""
    readings = [read_word(word, vocabulary, effort) for word in words]
    if effort == "strict":
        return readings
    for at in range(len(words) - 1):
        left, right = words[at], words[at + 1]
        if left.exact or right.exact:
            continue
        joined = left.key + right.key
        terms = [Term(joined, "fold", COST_FOLD)] if vocabulary.count(joined) else []
        if right.last:
            terms += [Term(c.word, "prefix", COST_PREFIX) for c in vocabulary.extensions(joined, 5)]
        if effort in ("full", "wide") and not terms and len(joined) >= MIN_JOINED:
            terms += [_corrected(c) for c in vocabulary.corrections(joined, 1, 3)]
        for term in terms:
            for reading in (readings[at], readings[at + 1]):
                reading.terms.setdefault(term.key, term)
    return readings


def read_word(word: Word, vocabulary: Vocabulary, effort: Effort) -> Reading:
    """The reading of one word by itself, remembered from one keystroke to the next."""
    asked = (word.text, word.exact, word.last, effort)
    known = vocabulary.readings.get(asked)
    if known is None:
        known = _read_word(word, vocabulary, effort)
        if len(vocabulary.readings) > MAX_REMEMBERED:
            vocabulary.readings.clear()
        vocabulary.readings[asked] = known
    return Reading(word, known.surface, dict(known.terms), known.pairs)


def _read_word(word: Word, vocabulary: Vocabulary, effort: Effort) -> Reading:
    key = word.key or NO_KEY
    terms: dict[str, Term] = {}
    count = vocabulary.count(key)
    if count:
        terms[key] = Term(key, "exact", 0.0)
    reading = Reading(word, surface_of(word.text), terms)
    if word.exact or effort == "strict":
        return reading
    as_typed = count
    if word.last:
        for candidate in vocabulary.extensions(key, min(MAX_EXTENSIONS, EXTENSIONS_A_LETTER * len(key))):
            terms[candidate.word] = Term(candidate.word, "prefix", COST_PREFIX)
            as_typed += candidate.count
    if effort == "quick" and count <= MAX_SPLIT_COUNT and as_typed >= FEW_HITS:  # with fewer, all near it come next
        for candidate in vocabulary.corrections(key, names=int(len(key) == SHORT_NAME)):
            if candidate.count >= OUTNUMBERS * as_typed:
                terms.setdefault(candidate.word, _corrected(candidate))
    if effort in ("full", "wide"):
        more_for_names = len(key) == SHORT_NAME or (effort == "wide" and len(key) > SHORT_NAME)
        found = vocabulary.corrections(key, names=int(more_for_names))
        if word.last:
            found = found + vocabulary.prefix_corrections(key)
        for candidate in found:
            terms.setdefault(candidate.word, _corrected(candidate))
    pairs = _splits(key, word.last, vocabulary) if count <= MAX_SPLIT_COUNT else ()
    if not count and not pairs and effort in ("full", "wide"):
        pairs = _misspelt_splits(key, vocabulary)
    return Reading(word, reading.surface, terms, pairs)


def _corrected(candidate: Candidate) -> Term:
    cost = COST_EDIT * candidate.edits + COST_DOUBT * candidate.doubt
    if candidate.extended:
        cost += COST_UNFINISHED_EDIT
    return Term(candidate.word, "typo", cost, candidate.edits)


def _splits(key: str, last: bool, vocabulary: Vocabulary) -> tuple[Pair, ...]:
    """The two words that ``key`` may be written as, those of the rarest parts first."""
    found: list[tuple[int, Pair]] = []
    if len(key) > MAX_JOINED:
        return ()
    for at in range(1, len(key)):
        first, second = key[:at], key[at:]
        if min(at, len(second)) < MIN_PART and first[-1].isdigit() == second[0].isdigit():  # but F-16 for f16
            continue
        count = vocabulary.count(first)
        if not count:
            continue
        rest = vocabulary.count(second)
        if rest:
            found.append((min(count, rest), Pair(first, second, "fold", COST_FOLD)))
        if last and len(second) > MIN_PART:
            found += [
                (min(count, c.count), Pair(first, c.word, "prefix", COST_PREFIX))
                for c in vocabulary.extensions(second, MAX_SPLIT_ENDINGS)
            ]
    found.sort(key=lambda item: (item[1].cost, item[0]))
    return tuple(pair for _, pair in found[: MAX_SPLITS * MAX_SPLIT_ENDINGS])


def _misspelt_splits(key: str, vocabulary: Vocabulary) -> tuple[Pair, ...]:
    """The two words that "amirabdolahian" may be: one of them a name as it stands, the other misspelt."""
    found: list[tuple[float, int, Pair]] = []
    if not MIN_JOINED <= len(key) <= MAX_JOINED:
        return ()
    for at in range(MIN_SPLIT_NAME, len(key) - MIN_SPLIT_NAME + 1):
        for right, wrong, first in ((key[:at], key[at:], True), (key[at:], key[:at], False)):
            if len(wrong) < MIN_SPLIT_WRONG or not vocabulary.is_name(right):
                continue
            for c in vocabulary.corrections(wrong, limit=MAX_SPLIT_ENDINGS):
                pair = (right, c.word) if first else (c.word, right)
                cost = _corrected(c).cost + COST_FOLD
                count = min(vocabulary.count(right), c.count)
                found.append((c.doubt + (not c.name), -count, Pair(*pair, "typo", cost, c.edits)))
    found.sort(key=lambda item: item[:2])
    return tuple(pair for _, _, pair in found[: MAX_SPLITS * MAX_SPLIT_ENDINGS])
