"""A comparison laid out for the screen: its rows as lines of two columns (or one, where the screen is narrow). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kerman_tui.model import Comparison, Edit, Passage, Row, RowKind
from kerman_tui.tui.page import READABLE
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.wrap import wrap

SIGNS: dict[RowKind, str] = {"same": "=", "edited": "~", "moved": "↕", "left": "<", "right": ">"}
INKS: dict[RowKind, Ink] = {"same": "same", "edited": "edited", "moved": "moved", "left": "left", "right": "right"}
SIDE_BY_SIDE = 84
"""Cells of width from which the sides stand beside each other."""
BETWEEN = 3
"""Cells between the columns: blank, sign, blank."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage on one line."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """A line of the screen: of which step, its sign if it is the first of its side, and what stands on each side."""

    step: int
    sign: str
    left: Piece | None = None
    right: Piece | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the comparison, or (folded) several that are the same."""

    first_row: int
    last_row: int
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


def lay_out_steps(comparison: Comparison, width: int, *, folded: bool) -> Steps:
    """Lay the rows out in ``width`` cells."""
    stacked = width < SIDE_BY_SIDE
    column = min(width - 4, READABLE) if stacked else (width - BETWEEN - 4) // 2
    lines: list[StepLine] = []
    extents: list[tuple[int, int]] = []
    steps = group(comparison.rows, folded=folded)
    for number, step in enumerate(steps):
        first = len(lines)
        if folded and step.kind == "same":
            passages = step.last_row - step.first_row + 1
            many = "passages are" if passages > 1 else "passage is"
            lines.append(StepLine(number, "=", said=f"{passages} {many} the same: {step.words:,} words"))
        else:
            row = comparison.rows[step.first_row]
            lines += _stacked(number, row, column) if stacked else _beside(number, row, column)
        lines.append(StepLine(number, ""))
        extents.append((first, len(lines)))
    return Steps(tuple(lines), tuple(steps), tuple(extents), column, stacked)


def group(rows: Sequence[Row], *, folded: bool) -> list[Step]:
    """The steps: one for each row, or one for each run of rows that are the same."""
    steps: list[Step] = []
    for number, row in enumerate(rows):
        words = words_of(row)
        if folded and row.kind == "same" and steps and steps[-1].kind == "same":
            last = steps.pop()
            steps.append(Step(last.first_row, number, "same", last.words + words))
        else:
            steps.append(Step(number, number, row.kind, words))
    return steps


def words_of(row: Row) -> int:
    """Words of the longer side of a row."""
    return max(len(side.text.split()) if side else 0 for side in (row.left, row.right))


def _pieces(passage: Passage | None, width: int) -> list[Piece]:
    return [Piece(passage, start, end) for start, end in wrap(passage.text, width)] if passage else []


def _beside(number: int, row: Row, column: int) -> list[StepLine]:
    left, right = _pieces(row.left, column), _pieces(row.right, column)
    return [
        StepLine(
            number,
            SIGNS[row.kind] if at == 0 else "",
            left[at] if at < len(left) else None,
            right[at] if at < len(right) else None,
        )
        for at in range(max(len(left), len(right)))
    ]


def _stacked(number: int, row: Row, column: int) -> list[StepLine]:
    """The left passage, then the right one; what is the same stands once."""
    sign = SIGNS[row.kind]
    left = [StepLine(number, "<" if at == 0 else "", one) for at, one in enumerate(_pieces(row.left, column))]
    if row.kind == "same":
        return [StepLine(number, sign if at == 0 else "", line.left) for at, line in enumerate(left)]
    right = [StepLine(number, ">" if at == 0 else "", None, one) for at, one in enumerate(_pieces(row.right, column))]
    if row.kind in ("left", "right"):
        return left or right
    return [StepLine(number, sign, said="edited" if row.kind == "edited" else "moved"), *left, *right]


def edits_on(edits: Sequence[Edit], side: str) -> list[tuple[int, int, Ink]]:
    """The stretches of one side that differ, and their ink: words strongly, case and punctuation lightly."""
    found: list[tuple[int, int, Ink]] = []
    for edit in edits:
        start, end = (edit.left_start, edit.left_end) if side == "left" else (edit.right_start, edit.right_end)
        if end > start:
            strong: Ink = "deleted" if side == "left" else "inserted"
            found.append((start, end, strong if edit.nature == "words" else "edited"))
    return found


def minimap(steps: Sequence[Step], height: int) -> list[RowKind | None]:
    """For each of ``height`` lines the kind of the row that stands there, by words."""
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
