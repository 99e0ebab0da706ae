"""Which stretches of two prepared articles correspond: units in, pairs of word ranges out, each word in at most one.

Exact stages come first: equal sentences in the same order (longest common subsequence over sentences), then equal
sentences elsewhere. What is left is compared by sentence where two sentences share a run of words or rare words:
whole sentences that agree for the most part, else the clauses of them that do (a local alignment in the manner of
Smith and Waterman over the blocks of the longest common subsequence).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from kerman_tui.compare.units import MAX_UNIT_WORDS, Prepared, Unit
from kerman_tui.text.diff import Codes, common_blocks

GRAM = 4
"""Words in a row that make two sentences worth comparing."""

RARE_UNITS = 6
"""A word in at most so many sentences of either side is rare enough to lead from one sentence to another."""

GRAM_UNITS = 48
"""Sentences followed up for one run of words; more have it only in text that repeats itself."""

MAX_PAIRS = 60_000
"""Pairs of sentences compared word by word, the most promising first."""

MAX_LCS_CELLS = 400_000_000
"""Sentences of one side times those of the other up to which their longest common subsequence is exact."""

WHOLE = 0.5
"""Share of the words of both sentences, in order, from which they are versions of one sentence."""

MAX_REPLACED_EDGE = 4
"""A longer beginning or end of such sentences in which no word of weight agrees stands apart from what does."""

SHORT_SENTENCE = 14
"""Words of a sentence (or headline) that is not cut for such a beginning or end."""

MIN_WHOLE_WORDS = 4
MIN_CLAUSE_WORDS = 6
MIN_CLAUSE_RUN = 4
MIN_CLAUSE_WEIGHT = 6.0
"""A clause shared inside sentences that otherwise differ: words, longest run, and weight (short words count less)."""

LIGHT_WEIGHT = 0.35
GAP_COST = 0.55
"""Cost of a word that agrees with nothing, inside a shared clause; a word that agrees earns 1."""

MIN_MOVED_WORDS = 4
"""A shorter sentence that stands elsewhere on the other side ("He did not elaborate.") did not move there."""


class Pair(NamedTuple):
    """Words ``a`` to ``b`` of the left correspond to words ``c`` to ``d`` of the right; ``score``: words in common.

    ``left`` and ``right`` are the numbers of the units they lie in.
    """

    left: int
    right: int
    a: int
    b: int
    c: int
    d: int
    score: int


@dataclass(slots=True)
class Matching:
    pairs: list[Pair]
    notes: list[str] = field(default_factory=list)


def match(left: Prepared, right: Prepared) -> Matching:
    """Pair what corresponds in two articles prepared with one vocabulary. Notes say which caps were reached."""
    found = Matching([])
    rest_left, rest_right = _exact(left.units, right.units, found)
    if rest_left and rest_right:
        _Loose(left, right, rest_left, rest_right, found).run()
    return found


# --- equal sentences --------------------------------------------------------------------------------------------


def _exact(left: Sequence[Unit], right: Sequence[Unit], found: Matching) -> tuple[list[int], list[int]]:
    """Pair equal sentences; return the units that are left over on each side."""
    codes = Codes()
    a, b = ("".join([codes[unit.key] for unit in units]) for units in (left, right))
    in_order = _common(a, b, found)
    rest_left, rest_right = _others(len(left), (i for i, _ in in_order)), _others(len(right), (j for _, j in in_order))
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for j in reversed(rest_right):
        waiting[b[j]].append(j)
    moved = [
        (i, waiting[a[i]].pop())
        for i in rest_left
        if left[i].last - left[i].first >= MIN_MOVED_WORDS and waiting.get(a[i])
    ]
    for i, j in (*in_order, *moved):
        u, v = left[i], right[j]
        found.pairs.append(Pair(i, j, u.first, u.last, v.first, v.last, u.last - u.first))
    taken_left, taken_right = {i for i, _ in moved}, {j for _, j in moved}
    return [i for i in rest_left if i not in taken_left], [j for j in rest_right if j not in taken_right]


def _common(a: str, b: str, found: Matching) -> list[tuple[int, int]]:
    if a == b:
        return [(i, i) for i in range(len(a))]
    from rapidfuzz.distance import LCSseq, Levenshtein

    if len(a) * len(b) <= MAX_LCS_CELLS:
        operations = LCSseq.opcodes(a, b)
    else:
        operations = Levenshtein.opcodes(a, b)  # linear memory (Hirschberg 1975)
        found.notes.append(f"{len(a):,} and {len(b):,} sentences: their order was compared approximately")
    return [
        (op.src_start + k, op.dest_start + k)
        for op in operations
        if op.tag == "equal"
        for k in range(op.src_end - op.src_start)
    ]


def _others(count: int, taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [i for i in range(count) if i not in gone]


# --- sentences that differ --------------------------------------------------------------------------------------


class _Loose:
    """Pairs edited sentences and shared clauses among the units that no equal sentence was found for.

    Equal units of one side are compared once and paired in order, so that text that repeats itself costs nothing.
    """

    def __init__(
        self, left: Prepared, right: Prepared, rest_left: list[int], rest_right: list[int], found: Matching
    ) -> None:
        self._left, self._right, self._found = left, right, found
        self._kinds_left, self._kinds_right = _kinds(left.units, rest_left), _kinds(right.units, rest_right)
        self._light = left.light
        self._used_left, self._used_right = bytearray(len(left.codes)), bytearray(len(right.codes))
        for pair in found.pairs:
            self._use(pair)

    def run(self) -> None:
        scored = []
        for u, v in self._candidates():
            regions = self._compare(u, v)
            distance = self._distance(u, v)
            places = self._kinds_left[u][0], self._kinds_right[v][0]
            scored += [(-score, distance, places, region, u, v) for score, region in regions]
        # Characters of words tell nothing of their order: they depend on which article was read first.
        scored.sort(key=lambda entry: entry[:4])
        for _, _, _, region, u, v in scored:
            for i, j in zip(self._kinds_left[u], self._kinds_right[v], strict=False):
                self._take(i, j, region)

    def _candidates(self) -> Iterable[tuple[str, str]]:
        counts: dict[tuple[str, str], float] = {}
        capped = self._by_grams(counts)
        self._by_rare_words(counts)
        if self._title_pair:
            counts.setdefault(self._title_pair, 1)
        best = list(counts)
        if len(counts) > MAX_PAIRS:
            ours, theirs = self._kinds_left, self._kinds_right
            best = sorted(counts, key=lambda pair: (-counts[pair], ours[pair[0]], theirs[pair[1]]))[:MAX_PAIRS]
            self._found.notes.append(
                f"the text repeats itself too much: the {MAX_PAIRS:,} most promising pairs of sentences were compared"
            )
        elif capped:
            self._found.notes.append(
                f"some phrases stand in {GRAM_UNITS} sentences or more: each was followed to so many, "
                f"{len(best):,} pairs of sentences were compared"
            )
        return best

    @property
    def _title_pair(self) -> tuple[str, str] | None:
        u, v = self._left.units[0], self._right.units[0]
        ours, theirs = self._kinds_left.get(u.codes), self._kinds_right.get(v.codes)
        if u.paragraph is None and v.paragraph is None and ours and theirs:
            return u.codes, v.codes
        return None

    def _by_grams(self, counts: dict[tuple[str, str], float]) -> bool:
        capped = False
        ours, theirs = _grams(self._kinds_left), _grams(self._kinds_right)
        both = set().union(*ours.values()) & set().union(*theirs.values())
        if not both:
            return False
        units: dict[str, list[str]] = {}
        for u, of_u in ours.items():
            for gram in filter(both.__contains__, of_u):
                known = units.setdefault(gram, [])
                if len(known) < GRAM_UNITS:
                    known.append(u)
        for v, of_v in theirs.items():
            for gram in filter(both.__contains__, of_v):
                if len(units[gram]) >= GRAM_UNITS:
                    capped = True
                for u in units[gram]:
                    counts[u, v] = counts.get((u, v), 0.0) + 1
            if len(counts) > 20 * MAX_PAIRS:
                return True
        return capped

    def _by_rare_words(self, counts: dict[tuple[str, str], float]) -> None:
        both = set().union(*self._kinds_left) & set().union(*self._kinds_right) - self._light
        ours = {u: both.intersection(u) for u in self._kinds_left}
        units = Counter(chain.from_iterable(ours.values()))
        theirs = _units_with(both, self._kinds_right)
        rare = {word for word in both if units[word] <= RARE_UNITS and len(theirs[word]) <= RARE_UNITS}
        for u, words in ours.items():
            words &= rare
            if len(words) < 2:
                continue
            for v, count in Counter(chain.from_iterable([theirs[word] for word in words])).items():
                if count >= 2 and (u, v) not in counts and 2 * len(u) >= len(v) <= 4 * len(u):
                    counts[u, v] = 0.5 * count

    def _distance(self, u: str, v: str) -> float:
        i, j = self._kinds_left[u][0], self._kinds_right[v][0]
        return abs(i / len(self._left.units) - j / len(self._right.units))

    def _weight(self, codes: str) -> float:
        light = sum(map(self._light.__contains__, codes))
        return len(codes) - (1 - LIGHT_WEIGHT) * light

    def _shared_weight(self, u: str, v: str) -> float:
        return sum(self._weight(u[i : i + length]) for i, _, length in common_blocks(u, v))

    def _compare(self, u: str, v: str) -> list[tuple[int, tuple[int, int, int, int]]]:
        """Regions of two sentences that correspond: (words in common, (start, end) in ``u`` and in ``v``)."""
        common = _words_in_common(u, v)
        if common >= MIN_WHOLE_WORDS and common >= WHOLE * len(u) and common >= WHOLE * len(v):
            blocks = common_blocks(u, v)
            weight = sum(self._weight(u[i : i + length]) for i, _, length in blocks)
            if weight >= WHOLE * max(self._weight(u), self._weight(v)) - 0.5:
                if max(len(u), len(v)) <= SHORT_SENTENCE or self._reaches_edges(u, v, blocks):
                    return [(common, (0, len(u), 0, len(v)))]
                return self._trimmed(u, v, common)
        if common < MIN_CLAUSE_WORDS:
            return []
        return self._clauses(u, v, 0, 0)

    def _reaches_edges(self, u: str, v: str, blocks: list[tuple[int, int, int]]) -> bool:
        """Whether what agrees begins and ends, with words of weight, near the edges of both sentences."""
        (i, j, n), (p, q, m) = blocks[0], blocks[-1]
        return (
            max(i, j, len(u) - p - m, len(v) - q - m) <= MAX_REPLACED_EDGE
            and self._weight(u[i : i + n]) >= 1
            and self._weight(u[p : p + m]) >= 1
        )

    def _trimmed(self, u: str, v: str, common: int) -> list[tuple[int, tuple[int, int, int, int]]]:
        """Two versions of one sentence, without a long beginning or end in which nothing agrees."""
        core = self._core(u, v, 1)
        a, b, c, d = (0, len(u), 0, len(v))
        if core is not None:
            w, x, y, z, _ = core
            if max(w, y) > MAX_REPLACED_EDGE and self._shared_weight(u[:w], v[:y]) < 1:
                a, c = w, y
            if max(len(u) - x, len(v) - z) > MAX_REPLACED_EDGE and self._shared_weight(u[x:], v[z:]) < 1:
                b, d = x, z
        if b - a == len(u) and d - c == len(v):
            return [(common, (a, b, c, d))]
        region = (_words_in_common(u[a:b], v[c:d]), (a, b, c, d))
        return [region, *self._clauses(u[:a], v[:c], 0, 0), *self._clauses(u[b:], v[d:], b, d)]

    def _core(self, u: str, v: str, least: int) -> tuple[int, int, int, int, int] | None:
        """The longest run of at least ``least`` words that two sentences share, with what agrees around it."""
        run = _longest_run(u, v, least)
        if run is None:
            return None
        i, j, length = run
        before = common_blocks(u[:i], v[:j])
        after = [(p + i + length, q + j + length, n) for p, q, n in common_blocks(u[i + length :], v[j + length :])]
        return _local([*before, run, *after], len(before))

    def _clauses(self, u: str, v: str, at_u: int, at_v: int) -> list[tuple[int, tuple[int, int, int, int]]]:
        if len(u) < MIN_CLAUSE_WORDS or len(v) < MIN_CLAUSE_WORDS:
            return []
        core = self._core(u, v, MIN_CLAUSE_RUN)
        if core is None:
            return []
        a, b, c, d, common = core
        region = (at_u + a, at_u + b, at_v + c, at_v + d)
        found = []
        if common >= MIN_CLAUSE_WORDS and self._shared_weight(u[a:b], v[c:d]) >= MIN_CLAUSE_WEIGHT:
            found.append((common, region))
        return [
            *found,
            *self._clauses(u[:a], v[:c], at_u, at_v),
            *self._clauses(u[b:], v[d:], at_u + b, at_v + d),
        ]

    def _take(self, i: int, j: int, region: tuple[int, int, int, int]) -> None:
        u, v = self._left.units[i], self._right.units[j]
        a, b, c, d = u.first + region[0], u.first + region[1], v.first + region[2], v.first + region[3]
        if not (any(self._used_left[a:b]) or any(self._used_right[c:d])):
            pairs = [Pair(i, j, a, b, c, d, _words_in_common(self._left.codes[a:b], self._right.codes[c:d]))]
        else:
            p, q = _free(self._used_left, u)
            r, s = _free(self._used_right, v)
            again = self._compare(self._left.codes[p:q], self._right.codes[r:s])
            pairs = [Pair(i, j, p + w, p + x, r + y, r + z, score) for score, (w, x, y, z) in again]
        for pair in pairs:
            self._use(pair)
            self._found.pairs.append(pair)

    def _use(self, pair: Pair) -> None:
        self._used_left[pair.a : pair.b] = b"\1" * (pair.b - pair.a)
        self._used_right[pair.c : pair.d] = b"\1" * (pair.d - pair.c)


def _kinds(units: Sequence[Unit], rest: Iterable[int]) -> dict[str, list[int]]:
    kinds: dict[str, list[int]] = {}
    for i in rest:
        if units[i].codes:
            kinds.setdefault(units[i].codes, []).append(i)
    return kinds


_GRAMS = [slice(at, at + GRAM) for at in range(MAX_UNIT_WORDS)]


def _grams(kinds: Iterable[str]) -> dict[str, list[str]]:
    """The runs of ``GRAM`` words of each unit."""
    return {kind: list(map(kind.__getitem__, _GRAMS[: max(0, len(kind) - GRAM + 1)])) for kind in kinds}


def _units_with(words: set[str], kinds: Iterable[str]) -> dict[str, list[str]]:
    """For each of some words the units that have it."""
    units: defaultdict[str, list[str]] = defaultdict(list)
    for kind in kinds:
        for word in words.intersection(kind):
            units[word].append(kind)
    return units


def _free(used: bytearray, unit: Unit) -> tuple[int, int]:
    """The longest stretch of a unit that no pair has taken."""
    best = at = unit.first
    length = 0
    for word in range(unit.first, unit.last + 1):
        if word == unit.last or used[word]:
            if word - at > length:
                best, length = at, word - at
            at = word + 1
    return best, best + length


def _words_in_common(u: str, v: str) -> int:
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(u, v)


def _longest_run(u: str, v: str, least: int) -> tuple[int, int, int] | None:
    """The longest run of at least ``least`` words that two sentences share: (start in ``u``, start in ``v``, words)."""
    found = None
    i, length = 0, least
    while i + length <= len(u):
        j = v.find(u[i : i + length])
        if j < 0:
            i += 1
        else:
            found = i, j, length
            length += 1
    return found


def _local(blocks: list[tuple[int, int, int]], core: int) -> tuple[int, int, int, int, int]:
    """Extend the block ``core`` over its neighbours as long as what agrees outweighs what does not."""
    low = high = core
    common = blocks[core][2]
    for step in (-1, 1):
        gain = best = 0.0
        words = 0
        at = core
        while 0 <= at + step < len(blocks):
            p, q = (blocks[at + step], blocks[at]) if step < 0 else (blocks[at], blocks[at + step])
            gap = max(q[0] - p[0] - p[2], q[1] - p[1] - p[2])
            at += step
            gain += blocks[at][2] - GAP_COST * gap
            words += blocks[at][2]
            if gain > best:
                best = gain
                common += words
                words = 0
                low, high = (at, high) if step < 0 else (low, at)
            if gain < -8:
                break
    first, last = blocks[low], blocks[high]
    return first[0], last[0] + last[2], first[1], last[1] + last[2], common


def extended(u: str, v: str) -> tuple[int, int, int]:
    """How far two stretches agree from their beginnings on: words of ``u``, words of ``v``, words in common."""
    blocks = [(0, 0, 0), *common_blocks(u, v)]
    _, a, _, b, common = _local(blocks, 0)
    return a, b, common
