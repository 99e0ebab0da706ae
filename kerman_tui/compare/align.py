"""Two articles side by side: articles in, a Comparison out, whose rows rebuild both of them.

Every sentence (or, where only a clause of it is shared, every part of it) stands in exactly one row. The rows follow
the left article from its first word to its last, and the right one too except for what moved. Swapping the sides
gives the same rows mirrored.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kerman_tui.compare.evidence import earlier_of, evidence
from kerman_tui.compare.matching import Pair, match
from kerman_tui.compare.passages import join, runs_in_common
from kerman_tui.compare.units import Prepared, Unit, Vocabulary, cuts, prepare
from kerman_tui.model import Article, Comparison, Passage, Row, RowKind, Side
from kerman_tui.text.diff import difference_of_words, same_but_for_style

VERBATIM_RUN = 4
"""Words in a row that both say from which they count as taken over word for word: shorter runs are turns of phrase."""


def align(left: Article, right: Article) -> Comparison:
    """Lay two articles side by side. Bounded in time and memory; ``notes`` of the result name the caps it met."""
    vocabulary = Vocabulary()
    return align_prepared(prepare(left, vocabulary), prepare(right, vocabulary))


def align_prepared(left: Prepared, right: Prepared) -> Comparison:
    """``align`` for articles that were prepared with one vocabulary."""
    swapped = _order(right.article) < _order(left.article)
    first, second = (right, left) if swapped else (left, right)
    found = match(first, second) if first.units and second.units else None
    groups = join(first, second, found.pairs) if found else []
    runs = runs_in_common(first, second, groups)
    in_step = _in_step(groups)
    if swapped:
        groups = [[_mirrored(pair) for pair in group] for group in groups]
    rows = _Rows(left, right, groups, in_step, right_first=swapped).build()
    return Comparison(
        _side(left, [(pair.a, pair.b) for group in groups for pair in group]),
        _side(right, [(pair.c, pair.d) for group in groups for pair in group]),
        rows,
        longest_run=max(runs, default=0),
        verbatim_words=sum(run for run in runs if run >= VERBATIM_RUN),
        earlier=earlier_of(left.article, right.article),
        evidence=evidence(left, right, rows),
        notes=tuple(found.notes) if found else (),
    )


def _order(article: Article) -> tuple[str, ...]:
    """An order of two articles that does not depend on their sides, so that swapping them mirrors every choice."""
    return (article.published or "~", article.title, *(paragraph.text for paragraph in article.paragraphs))


def _mirrored(pair: Pair) -> Pair:
    return Pair(pair.right, pair.left, pair.c, pair.d, pair.a, pair.b, pair.score)


def _in_step(groups: Sequence[Sequence[Pair]]) -> set[int]:
    """The groups, by number, that stand in the same order on both sides; the others moved."""
    by_right = sorted(range(len(groups)), key=lambda number: (groups[number][0].right, groups[number][0].c))
    rank = {number: at for at, number in enumerate(by_right)}
    weights = [1 + sum(pair.score for pair in group) for group in groups]
    return set(heaviest_rising([rank[number] for number in range(len(groups))], weights))


def _side(side: Prepared, taken: Sequence[tuple[int, int]]) -> Side:
    body = bytearray(len(side.codes))
    paragraphs = side.article.paragraphs
    for unit in side.units:
        if unit.paragraph is not None and paragraphs[unit.paragraph].kind == "body":
            body[unit.first : unit.last] = b"\1" * (unit.last - unit.first)
    words = sum(body)
    shared = sum(sum(body[start:end]) for start, end in taken)
    article = side.article
    return Side(article.id, article.outlet, article.title, words, shared, shared / words if words else 0.0)


# --- passages to rows -------------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """A stretch of one side, characters and words; ``group`` is the number of the pairs it belongs to, or -1."""

    passage: Passage
    group: int
    first: int
    last: int


class _Rows:
    """Puts the pieces of both sides in rows, in the order of the left side."""

    def __init__(
        self, left: Prepared, right: Prepared, groups: list[list[Pair]], in_step: set[int], *, right_first: bool
    ) -> None:
        self._sides = left, right
        self._in_step = in_step
        self._right_first = right_first
        self._left = _pieces(left, [[(pair.left, pair.a, pair.b) for pair in group] for group in groups])
        self._right = _pieces(right, [[(pair.right, pair.c, pair.d) for pair in group] for group in groups])

    def build(self) -> tuple[Row, ...]:
        of_right = {piece.group: piece for piece in self._right if piece.group >= 0}
        rows: list[Row] = []
        ours: list[Row] = []
        at = 0
        for piece in [*self._left, None]:
            if piece is not None and piece.group not in self._in_step:
                if piece.group < 0:
                    ours.append(Row("left", piece.passage, None, 0.0))
                else:
                    ours.append(self._paired(piece, of_right[piece.group], moved=True))
                continue
            theirs: list[Row] = []
            while at < len(self._right) and (piece is None or self._right[at].group != piece.group):
                if self._right[at].group < 0:
                    theirs.append(Row("right", None, self._right[at].passage, 0.0))
                at += 1
            rows += [*theirs, *ours] if self._right_first else [*ours, *theirs]
            ours = []
            if piece is not None:
                rows.append(self._paired(piece, of_right[piece.group], moved=False))
                at += 1
        return tuple(rows)

    def _paired(self, ours: _Piece, theirs: _Piece, *, moved: bool) -> Row:
        left, right = ours.passage, theirs.passage
        if left.text == right.text:
            return Row("moved" if moved else "same", left, right, 1.0)
        a, b = self._sides[0].codes[ours.first : ours.last], self._sides[1].codes[theirs.first : theirs.last]
        found = difference_of_words(left.text, right.text, a, b)
        same = found.similarity == 1 and same_but_for_style(left.text, right.text)
        kind: RowKind = "moved" if moved else "same" if same else "edited"
        return Row(kind, left, right, round(found.similarity, 4), found.edits)


def _pieces(side: Prepared, groups: Sequence[Sequence[tuple[int, int, int]]]) -> list[_Piece]:
    """Cut a side into the stretches of its groups and what lies between them, sentence by sentence."""
    of_unit: dict[int, list[tuple[int, int, int]]] = {}
    for number, pairs in enumerate(groups):
        for place, start, end in pairs:
            of_unit.setdefault(place, []).append((start, end, number))
    pieces: list[_Piece] = []
    for place, unit in enumerate(side.units):
        for start, end, group, first, last in _stretches(side, unit, sorted(of_unit.get(place, ()))):
            before = pieces[-1] if pieces else None
            if before and group >= 0 and before.group == group and before.passage.paragraph == unit.paragraph:
                pieces.pop()
                start, first = before.passage.start, before.first
            text = side.text(unit.paragraph, start, end)
            pieces.append(_Piece(Passage(unit.paragraph, start, end, text), group, first, last))
    return pieces


def _stretches(side: Prepared, unit: Unit, taken: list[tuple[int, int, int]]) -> list[tuple[int, int, int, int, int]]:
    """A unit by group, from its first character to its last: (start, end, group, first word, word after the last)."""
    if not taken:
        return [(unit.start, unit.end, -1, unit.first, unit.last)]
    if taken[0][0] == unit.first and taken[0][1] == unit.last:
        return [(unit.start, unit.end, taken[0][2], unit.first, unit.last)]
    words: list[tuple[int, int]] = []  # (first word, group)
    at = unit.first
    for start, end, group in taken:
        if start > at:
            words.append((at, -1))
        words.append((start, group))
        at = end
    if at < unit.last:
        words.append((at, -1))
    text = side.article.text_of(unit.paragraph)
    edges = [unit.start, *cuts(text, unit.start, unit.end, [word - unit.first for word, _ in words[1:]]), unit.end]
    bounds = [*(word for word, _ in words), unit.last]
    return [
        (start, start + len(text[start:end].rstrip()) if end != unit.end else end, group, first, last)
        for (start, end), (_, group), (first, last) in zip(pairwise(edges), words, pairwise(bounds), strict=True)
    ]


def heaviest_rising(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Places of the rising subsequence of ``values`` (all different) whose weights sum highest. O(n log n)."""
    if not values:
        return []
    size = max(values) + 1
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)  # a Fenwick tree of (weight so far, place)
    back = [-1] * len(values)
    end = (0, -1)
    for place, (value, weight) in enumerate(zip(values, weights, strict=True)):
        at, before = value, (0, -1)
        while at > 0:
            before = max(before, best[at], key=lambda entry: entry[0])
            at -= at & -at
        back[place] = before[1]
        total = (before[0] + weight, place)
        if total[0] > end[0]:
            end = total
        at = value + 1
        while at <= size:
            if total[0] > best[at][0]:
                best[at] = total
            at += at & -at
    chosen = []
    place = end[1]
    while place >= 0:
        chosen.append(place)
        place = back[place]
    return chosen[::-1]
