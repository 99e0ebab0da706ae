"""A comparison of two, three or four articles as beats: what stands beside each other, and how it is related. Pure.

The first column is the pivot, which every other column was aligned with. A beat is a row over all columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerman_tui.model import Comparison, Edit, Passage, Row, RowKind
from kerman_tui.tui.theme import Ink

if TYPE_CHECKING:
    from kerman_tui.compare.columns import Columns, Stretch

SIGNS: dict[RowKind, str] = {"same": "=", "edited": "~", "moved": "↕", "left": "<", "right": ">"}
INKS: dict[RowKind, Ink] = {"same": "same", "edited": "edited", "moved": "moved", "left": "left", "right": "right"}
LETTERS = "ABCD"
"""What columns are called where they do not stand beside each other."""

Change = tuple[int, int, Ink]


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of one column, how it is related to the pivot, and where it differs, in offsets of its text."""

    passage: Passage
    kind: RowKind
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Beat:
    """``parts``: what each column says; ``kinds``: how each other column is related to the pivot here.

    ``rows`` are, for each other column, the rows of its comparison that stand here.
    """

    parts: tuple[tuple[Part, ...], ...]
    kinds: tuple[RowKind, ...]
    rows: tuple[tuple[Row, ...], ...]

    @property
    def kind(self) -> RowKind:
        """The kind of the whole: ``same`` and ``moved`` where all columns are, ``edited`` where they are not one."""
        kinds = set(self.kinds)
        return next(iter(kinds)) if len(kinds) == 1 else "edited"

    @property
    def shared(self) -> bool:
        """Whether any other column carries what the pivot says here."""
        return any(kind in ("same", "edited", "moved") for kind in self.kinds)

    @property
    def words(self) -> int:
        """Words of the longest column."""
        return max(sum(len(part.passage.text.split()) for part in column) for column in self.parts)


def beats_of(comparison: Comparison) -> tuple[Beat, ...]:
    """Two articles: a beat for each row."""
    return tuple(_pair(row) for row in comparison.rows)


def _pair(row: Row) -> Beat:
    left = (Part(row.left, row.kind, changes(row.edits, "left")),) if row.left else ()
    right = (Part(row.right, row.kind, changes(row.edits, "right")),) if row.right else ()
    return Beat((left, right), (row.kind,), ((row,),))


def beats_beside(columns: Columns) -> tuple[Beat, ...]:
    """A pivot and several others: a beat for each stretch of the pivot, or where only others say something."""
    return tuple(map(_stretch, columns.rows))


def _stretch(stretch: Stretch) -> Beat:
    others = tuple(
        tuple(Part(row.right, row.kind, changes(row.edits, "right")) for row in column if row.right is not None)
        for column in stretch.columns
    )
    kinds = tuple(_kind_of(column, stretch.pivot is not None) for column in stretch.columns)
    pivot = () if stretch.pivot is None else (Part(stretch.pivot, _together(kinds), _in_pivot(stretch)),)
    return Beat((pivot, *others), kinds, stretch.columns)


def _kind_of(rows: Sequence[Row], in_pivot: bool) -> RowKind:
    """How a column is related to the pivot in one stretch of it."""
    kinds = {row.kind for row in rows}
    if not kinds:
        return "left" if in_pivot else "right"
    return next(iter(kinds)) if len(kinds) == 1 else "edited"


def _together(kinds: Sequence[RowKind]) -> RowKind:
    return kinds[0] if len(set(kinds)) == 1 else "edited"


def _in_pivot(stretch: Stretch) -> tuple[Change, ...]:
    """The words of the pivot that any other column has otherwise."""
    assert stretch.pivot is not None
    found: set[Change] = set()
    for row in (row for column in stretch.columns for row in column):
        if row.left is not None:
            by = row.left.start - stretch.pivot.start
            found |= {(start + by, end + by, ink) for start, end, ink in changes(row.edits, "left")}
    # Later layers lie over earlier ones: what differs in words is shown over what differs in marks alone.
    return tuple(sorted(found, key=lambda one: (one[2] == "deleted", one)))


def changes(edits: Sequence[Edit], side: str) -> tuple[Change, ...]:
    """The stretches of one side that differ, and their ink: words strongly, case and punctuation lightly."""
    found: list[Change] = []
    for edit in edits:
        start, end = (edit.left_start, edit.left_end) if side == "left" else (edit.right_start, edit.right_end)
        if end > start:
            strong: Ink = "deleted" if side == "left" else "inserted"
            found.append((start, end, strong if edit.nature == "words" else "edited"))
    return tuple(found)
