"""From runs of words to passages: what two articles share word for word in, whole passages with their edits out.

Seed and extend, as in the search for like sequences (Altschul and others 1990): the longest run is a seed, on either
side of it the alignment goes on over differing words while what agrees outweighs them, within one paragraph of each
article. Only hashes of words are looked at, no text. This module imports numpy; import it inside functions only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kerman_tui.compare.fingerprints import Words
from kerman_tui.compare.matching import LIGHT_WEIGHT, extended

WINDOW = 64
"""Words of either side looked at for each step of an extension."""

GOES_ON = 48
"""An extension that reaches so far into its window is taken up again from there."""

MIN_WEIGHT = 6.0
"""Weight of the words that agree in a passage; short words count less."""

MIN_PIECE = 4
"""Words of the shortest piece of a longer run that the end of a paragraph cuts off."""

_FIRST_CODE = 0xE000
_CODES = (0x110000 - _FIRST_CODE) // 2
"""Words become characters above the surrogates, short words the odd ones; two in half a million meet in one."""


class Stretch(NamedTuple):
    """Words ``a`` to ``b`` of one article correspond to words ``c`` to ``d`` of another; ``common`` of them agree."""

    a: int
    b: int
    c: int
    d: int
    common: int


class Coded(NamedTuple):
    """An article as a string with a character for each word, and where its lines begin and the last ends."""

    codes: str
    lines: list[int]


class Batch(NamedTuple):
    """Articles by number: hashes of their words, lines; and pairs of them with the runs they share."""

    articles: Mapping[int, tuple[Words, list[int]]]
    pairs: Sequence[tuple[int, int, Sequence[tuple[int, int, int]]]]
    least: int


def extended_runs(batch: Batch) -> list[list[Stretch]]:
    """The passages of every pair of a batch."""
    coded = {number: Coded(_codes(words), lines) for number, (words, lines) in batch.articles.items()}
    return [stretches(coded[left], coded[right], runs, batch.least) for left, right, runs in batch.pairs]


def stretches(left: Coded, right: Coded, runs: Iterable[tuple[int, int, int]], least: int) -> list[Stretch]:
    """The passages of two articles out of runs (first word in the left and in the right, words), in order.

    No word is in two of them. ``least``: words of the longer side, unless it is the rest of a longer run.
    """
    (u, lines_u), (v, lines_v) = left, right
    used_u, used_v = bytearray(len(u)), bytearray(len(v))
    found: list[Stretch] = []
    for at_u, at_v, run in sorted(runs, key=lambda one: (-one[2], one)):
        for cut in _by_lines(at_u, at_v, run, lines_u, lines_v):
            piece = _free(used_u, used_v, *cut)
            if piece is None:
                continue
            i, j, words = piece
            line, other = _line(lines_u, i), _line(lines_v, j)
            low_u, high_u = _room(used_u, i, words, lines_u[line], lines_u[line + 1])
            low_v, high_v = _room(used_v, j, words, lines_v[other], lines_v[other + 1])
            x, y, before, light_before = _extend(u[low_u:i][::-1], v[low_v:j][::-1])
            p, q, after, light_after = _extend(u[i + words : high_u], v[j + words : high_v])
            common = before + words + after
            a, b, c, d = i - x, i + words + p, j - y, j + words + q
            if run < least or words < MIN_PIECE:
                light = _light(u[i : i + words]) + light_before + light_after
                if max(b - a, d - c) < least or common - (1 - LIGHT_WEIGHT) * light < MIN_WEIGHT:
                    continue
            used_u[a:b] = b"\1" * (b - a)
            used_v[c:d] = b"\1" * (d - c)
            found.append(Stretch(a, b, c, d, common))
    return sorted(found)


def _codes(words: Words) -> str:
    points = ((words >> np.uint32(1)) % np.uint32(_CODES)) * np.uint32(2) + (words & np.uint32(1))
    return (points + np.uint32(_FIRST_CODE)).astype("<u4").tobytes().decode("utf-32-le")


def _line(lines: list[int], word: int) -> int:
    """The line that a word stands in; empty lines hold none."""
    return bisect_right(lines, word) - 1


def _by_lines(i: int, j: int, words: int, lines_u: list[int], lines_v: list[int]) -> Iterator[tuple[int, int, int]]:
    """A run cut where a line of either side ends."""
    end = i + words
    while i < end:
        left_in_u = lines_u[_line(lines_u, i) + 1] - i
        left_in_v = lines_v[_line(lines_v, j) + 1] - j
        step = min(end - i, left_in_u, left_in_v)
        yield i, j, step
        i, j = i + step, j + step


def _free(used_u: bytearray, used_v: bytearray, i: int, j: int, words: int) -> tuple[int, int, int] | None:
    """The longest part of a run of which neither side is taken, if that is more than half of it."""
    if not (any(used_u[i : i + words]) or any(used_v[j : j + words])):
        return i, j, words
    best = (0, 0)
    at = 0
    for k in range(words + 1):
        if k == words or used_u[i + k] or used_v[j + k]:
            best = max(best, (k - at, -at))
            at = k + 1
    length, start = best[0], -best[1]
    return (i + start, j + start, length) if 2 * length > words else None


def _room(used: bytearray, at: int, words: int, low: int, high: int) -> tuple[int, int]:
    """How far a run may be drawn out: to the ends of its line, or to what is taken."""
    before, after = used.rfind(b"\1", low, at), used.find(b"\1", at + words, high)
    return (low if before < 0 else before + 1), (high if after < 0 else after)


def _extend(u: str, v: str) -> tuple[int, int, int, int]:
    """How far two stretches agree from their beginnings on: words of each, words in common, short ones among them."""
    x = y = common = light = 0
    while True:
        near_u, near_v = u[x : x + WINDOW], v[y : y + WINDOW]
        if not near_u or not near_v:
            break
        p, q, words = extended(near_u, near_v)
        if not words:
            break
        light += _light(near_u[:p]) * words // p
        x, y, common = x + p, y + q, common + words
        if max(p, q) < GOES_ON:
            break
    return x, y, common, light


def _light(codes: str) -> int:
    return sum(point & 1 for point in map(ord, codes))
