"""A comparison laid out for the screen: its beats as lines of columns (or of one, where the screen is narrow). Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from kerman_tui.model import RowKind
from kerman_tui.tui.beats import LETTERS, SIGNS, Beat, Part
from kerman_tui.tui.page import READABLE
from kerman_tui.tui.wrap import wrap

SIDE_BY_SIDE = 84
"""Cells of width from which two articles stand beside each other."""
LEAST_COLUMN = 30
"""Cells of a column from which three or four articles stand beside each other."""
BETWEEN = 3
"""Cells between the columns: mark, sign, mark."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a part on one line, and the column it stands in."""

    column: int
    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """A line of the screen: of which step; for each column what stands there, and its sign where a part begins.

    A stacked line has one piece, or what is ``said`` in its place; ``kind`` is that of its sign.
    """

    step: int
    pieces: tuple[Piece | None, ...] = ()
    signs: tuple[str, ...] = ()
    said: str = ""
    kind: RowKind = "same"


@dataclass(frozen=True, slots=True)
class Step:
    """A beat, or (folded) several that are the same."""

    first: int
    last: int
    kind: RowKind
    words: int


@dataclass(frozen=True, slots=True)
class Steps:
    """The lines, and for each step its first line and the line after its last."""

    lines: tuple[StepLine, ...]
    steps: tuple[Step, ...]
    extents: tuple[tuple[int, int], ...]
    column: int
    stacked: bool


def column_width(columns: int, width: int) -> int:
    """Cells of each column in ``width``; 0 where they must stand one under the other."""
    column = (width - 4 - BETWEEN * (columns - 1)) // columns
    return column if (width >= SIDE_BY_SIDE if columns <= 2 else column >= LEAST_COLUMN) else 0


def lay_out_steps(beats: Sequence[Beat], columns: int, width: int, *, folded: bool) -> Steps:
    """Lay the beats of so many columns out in ``width`` cells."""
    beside = column_width(columns, width)
    column = beside or max(min(width - (4 if columns <= 2 else 5), READABLE), 2)
    lines: list[StepLine] = []
    extents: list[tuple[int, int]] = []
    steps = group(beats, folded=folded)
    for number, step in enumerate(steps):
        first = len(lines)
        beat = beats[step.first]
        if folded and step.kind == "same":
            passages = step.last - step.first + 1
            many = "passages are" if passages > 1 else "passage is"
            said = f"{passages} {many} the same: {step.words:,} words"
            lines.append(StepLine(number, signs=(SIGNS["same"],), said=said))
        elif beside:
            lines += _beside(number, beat, column)
        else:
            lines += _stacked(number, beat, column) if columns <= 2 else _stacked_by_letter(number, beat, column)
        lines.append(StepLine(number))
        extents.append((first, len(lines)))
    return Steps(tuple(lines), tuple(steps), tuple(extents), column, not beside)


def group(beats: Sequence[Beat], *, folded: bool) -> list[Step]:
    """The steps: one for each beat, or one for each run of beats that are the same."""
    steps: list[Step] = []
    for number, beat in enumerate(beats):
        if folded and beat.kind == "same" and steps and steps[-1].kind == "same":
            last = steps.pop()
            steps.append(Step(last.first, number, "same", last.words + beat.words))
        else:
            steps.append(Step(number, number, beat.kind, beat.words))
    return steps


def _pieces(beat: Beat, column: int, width: int) -> list[tuple[Piece, str]]:
    """What one column says here, line by line, and the sign of each part at its first line."""
    return [
        (Piece(column, part, start, end), SIGNS[part.kind] if at == 0 else "")
        for part in beat.parts[column]
        for at, (start, end) in enumerate(wrap(part.passage.text, width))
    ]


def _beside(number: int, beat: Beat, width: int) -> list[StepLine]:
    found = [_pieces(beat, column, width) for column in range(len(beat.parts))]
    missing = SIGNS["left"] if beat.parts[0] else ""
    return [
        StepLine(
            number,
            tuple(one[0] if one else None for one in across),
            tuple(
                one[1] if one else missing if at == 0 and not beat.parts[column] else ""
                for column, one in enumerate(across[1:], 1)
            ),
        )
        for at, across in enumerate(itertools.zip_longest(*found))
    ]


def _stacked(number: int, beat: Beat, width: int) -> list[StepLine]:
    """Two articles: the left passage, then the right one; what is the same stands once."""
    kind = beat.kind
    sides = [_pieces(beat, column, width) for column in (0, 1)]
    if kind == "same":
        return [StepLine(number, (piece,), (sign,)) for piece, sign in sides[0]]
    marks: tuple[RowKind, RowKind] = ("left", "right")
    lines = [
        StepLine(number, (piece,), (SIGNS[mark] if sign else "",), kind=mark)
        for mark, side in zip(marks, sides, strict=True)
        for piece, sign in side
    ]
    if kind in ("left", "right"):
        return lines
    return [StepLine(number, signs=(SIGNS[kind],), said=kind, kind=kind), *lines]


def _stacked_by_letter(number: int, beat: Beat, width: int) -> list[StepLine]:
    """Three or four articles: the pivot, then each that says it otherwise, then who says the same and who nothing."""
    lines = [
        StepLine(number, (piece,), ("A" if at == 0 else "",), kind=beat.kind)
        for at, (piece, _) in enumerate(_pieces(beat, 0, width))
    ]
    for column, kind in enumerate(beat.kinds, 1):
        if kind != "same":
            lines += [
                StepLine(number, (piece,), (LETTERS[column] + sign if sign else "",), kind=piece.part.kind)
                for piece, sign in _pieces(beat, column, width)
            ]
    said: tuple[tuple[RowKind, str], ...] = (("same", "the same in"), ("left", "nothing of it in"))
    for wanted, words in said if beat.parts[0] else ():
        those = [LETTERS[column] for column, kind in enumerate(beat.kinds, 1) if kind == wanted]
        if those:
            lines.append(StepLine(number, signs=(SIGNS[wanted],), said=f"{words} {', '.join(those)}", kind=wanted))
    return lines


def minimap(steps: Sequence[Step], height: int) -> list[RowKind | None]:
    """For each of ``height`` lines the kind of the step that stands there, by words."""
    total = sum(max(step.words, 1) for step in steps)
    if not total or height <= 0:
        return [None] * max(height, 0)
    kinds: list[RowKind | None] = [None] * height
    seen = 0
    for step in steps:
        first = seen * height // total
        seen += max(step.words, 1)
        last = max(seen * height // total, first + 1)
        for at in range(first, min(last, height)):
            kinds[at] = step.kind
    return kinds
