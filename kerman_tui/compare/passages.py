"""From pairs of word ranges to passages: pairs in, groups of adjacent pairs out, each group one passage on either side.

A group has more than one pair where sentences were merged or split, and where what is shared crosses the edge of a
sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerman_tui.compare.matching import Pair, extended
from kerman_tui.compare.units import Prepared, Unit
from kerman_tui.text.diff import common_blocks

MAX_REST_WORDS = 2
"""So few words between a shared clause and the edge of its sentence, on both sides, belong to the clause."""

MIN_OVERHANG = 2
"""Words that agree beyond the edge of a pair, in the neighbouring sentences, from which the pair takes them in."""


def join(left: Prepared, right: Prepared, pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Round the pairs off and put those that are one passage on both sides in one group, in the order of the left."""
    pairs = sorted(pairs, key=_by_left)
    free = _Free(left, [(p.a, p.b) for p in pairs]), _Free(right, [(p.c, p.d) for p in pairs])
    pairs = [_with_rests(left, right, pair, *free) for pair in pairs]
    overhangs = [
        found for pair in pairs for step in (-1, 1) if (found := _overhang(left, right, pair, step, *free)) is not None
    ]
    groups: list[list[Pair]] = []
    for pair in sorted([*pairs, *overhangs], key=_by_left):
        if groups and _continues(left, right, groups[-1][-1], pair):
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return groups


def runs_in_common(left: Prepared, right: Prepared, groups: Sequence[Sequence[Pair]]) -> list[int]:
    """Words of every run that stands on both sides word for word, over the edges of sentences."""
    blocks = sorted(
        (pair.a + i, pair.c + j, length)
        for group in groups
        for pair in group
        for i, j, length in common_blocks(left.codes[pair.a : pair.b], right.codes[pair.c : pair.d])
    )
    runs: list[int] = []
    expected = (-1, -1)
    for i, j, length in blocks:
        if (i, j) == expected:
            runs[-1] += length
        else:
            runs.append(length)
        expected = (i + length, j + length)
    return runs


class _Free:
    """Which words of a side no pair has taken."""

    def __init__(self, side: Prepared, taken: Sequence[tuple[int, int]]) -> None:
        self._used = bytearray(len(side.codes))
        for start, end in taken:
            self.use(start, end)

    def use(self, start: int, end: int) -> None:
        self._used[start:end] = b"\1" * (end - start)

    def all(self, start: int, end: int) -> bool:
        return not any(self._used[start:end])

    def before(self, end: int, limit: int) -> int:
        """How many words before ``end`` are free, at most ``limit``."""
        used = self._used.rfind(b"\1", end - limit, end)
        return limit if used < 0 else end - used - 1

    def after(self, start: int, limit: int) -> int:
        used = self._used.find(b"\1", start, start + limit)
        return limit if used < 0 else used - start


def _by_left(pair: Pair) -> tuple[int, int, int, int]:
    return pair.left, pair.a, pair.right, pair.c


def _with_rests(left: Prepared, right: Prepared, pair: Pair, free_left: _Free, free_right: _Free) -> Pair:
    u, v = left.units[pair.left], right.units[pair.right]
    a, b, c, d = pair.a, pair.b, pair.c, pair.d
    if max(a - u.first, c - v.first) <= MAX_REST_WORDS and free_left.all(u.first, a) and free_right.all(v.first, c):
        a, c = u.first, v.first
    if max(u.last - b, v.last - d) <= MAX_REST_WORDS and free_left.all(b, u.last) and free_right.all(d, v.last):
        b, d = u.last, v.last
    free_left.use(a, b)
    free_right.use(c, d)
    return pair._replace(a=a, b=b, c=c, d=d)


def _overhang(
    left: Prepared, right: Prepared, pair: Pair, step: int, free_left: _Free, free_right: _Free
) -> Pair | None:
    """What agrees for the most part just before (``step`` -1) or after (1) a pair, up to the edge of a sentence."""
    i = _beyond(left, pair.left, pair.a, pair.b, step)
    j = _beyond(right, pair.right, pair.c, pair.d, step)
    if i is None or j is None or (i, j) == (pair.left, pair.right):
        return None
    u, v = left.units[i], right.units[j]
    if step < 0:
        ours = free_left.before(pair.a, pair.a - u.first)
        theirs = free_right.before(pair.c, pair.c - v.first)
    else:
        ours = free_left.after(pair.b, u.last - pair.b)
        theirs = free_right.after(pair.d, v.last - pair.d)
    if min(ours, theirs) < MIN_OVERHANG:
        return None
    if step < 0:
        x, y, words = extended(left.codes[pair.a - ours : pair.a][::-1], right.codes[pair.c - theirs : pair.c][::-1])
        a, c = pair.a - x, pair.c - y
    else:
        x, y, words = extended(left.codes[pair.b : pair.b + ours], right.codes[pair.d : pair.d + theirs])
        a, c = pair.b, pair.d
    if words < MIN_OVERHANG:
        return None
    free_left.use(a, a + x)
    free_right.use(c, c + y)
    return Pair(i, j, a, a + x, c, c + y, words)


def _beyond(side: Prepared, place: int, first: int, last: int, step: int) -> int | None:
    """The unit that the word just before or after a range stands in, if it is of the same paragraph."""
    unit = side.units[place]
    if (first > unit.first) if step < 0 else (last < unit.last):
        return place
    beyond = place + step
    if 0 <= beyond < len(side.units) and side.units[beyond].paragraph == unit.paragraph:
        return beyond
    return None


def _continues(left: Prepared, right: Prepared, one: Pair, two: Pair) -> bool:
    """Whether two pairs are one passage on both sides: adjacent, with a sentence in common or cut off by its edge."""
    if one.b != two.a or one.d != two.c or one.a == one.b or two.a == two.b:
        return False
    a, b, c, d = left.units[one.left], left.units[two.left], right.units[one.right], right.units[two.right]
    if a.paragraph != b.paragraph or c.paragraph != d.paragraph:
        return False
    if one.left == two.left or one.right == two.right:
        return True
    return _partial(a, c, one) or _partial(b, d, two)


def _partial(u: Unit, v: Unit, pair: Pair) -> bool:
    return pair.b - pair.a < u.last - u.first or pair.d - pair.c < v.last - v.first
