"""An article beside two or three others: a pivot and the comparisons with it in, rows that all columns share out.

Every comparison cuts the pivot in its own way. What they cut differently is one row, so that a row shows one stretch
of the pivot and, for each other article, the rows of its comparison that lie in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kerman_tui.compare.align import align_prepared
from kerman_tui.compare.units import Vocabulary, prepare
from kerman_tui.model import Article, Comparison, Passage, Row

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One row over all columns: a passage of the pivot, or ``None`` where only others say something.

    ``columns``: for each other article the rows of its comparison, whose left side is the pivot's, in order. Where the
    pivot says nothing they are of the kind "right"; a column that has nothing there is empty. A column of several rows
    may hold one of the kind "right" between two others.
    """

    pivot: Passage | None
    columns: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """``comparisons``: the pivot on the left with each other article on the right; ``rows``: the same, in step."""

    comparisons: tuple[Comparison, ...]
    rows: tuple[Stretch, ...]


def columns(pivot: Article, others: Sequence[Article]) -> Columns:
    """Lay several articles beside one. Rows follow the pivot from its first word to its last."""
    vocabulary = Vocabulary()
    prepared = prepare(pivot, vocabulary)
    comparisons = tuple(align_prepared(prepared, prepare(other, vocabulary)) for other in others)
    blocks = _blocks([row.left for comparison in comparisons for row in comparison.rows if row.left is not None])
    number = {place: at for at, (_, places) in enumerate(blocks) for place in places}
    # Beside block n stands what lies in it; before it what only others say there. After the last block comes one more.
    beside: list[list[list[Row]]] = [[[] for _ in others] for _ in blocks]
    before: list[list[list[Row]]] = [[[] for _ in others] for _ in range(len(blocks) + 1)]
    for column, comparison in enumerate(comparisons):
        at = -1
        waiting: list[Row] = []
        for row in comparison.rows:
            if row.left is None:
                waiting.append(row)
                continue
            here = number[_place(row.left)]
            (beside if here == at else before)[here][column] += waiting
            beside[here][column].append(row)
            at, waiting = here, []
        before[at + 1][column] += waiting
    rows: list[Stretch] = []
    for at in range(len(blocks) + 1):
        if any(before[at]):
            rows.append(Stretch(None, tuple(map(tuple, before[at]))))
        if at < len(blocks):
            (paragraph, start, end), _ = blocks[at]
            text = pivot.text_of(paragraph)[start:end]
            rows.append(Stretch(Passage(paragraph, start, end, text), tuple(map(tuple, beside[at]))))
    return Columns(comparisons, tuple(rows))


def _place(passage: Passage) -> Place:
    return -1 if passage.paragraph is None else passage.paragraph, passage.start


def _blocks(passages: Sequence[Passage]) -> list[tuple[tuple[int | None, int, int], set[Place]]]:
    """Stretches of the pivot that no passage crosses the edge of, in order, with the places of the passages in each."""
    blocks: list[tuple[tuple[int | None, int, int], set[Place]]] = []
    for passage in sorted(passages, key=_place):
        if blocks:
            (paragraph, start, end), places = blocks[-1]
            if paragraph == passage.paragraph and passage.start < end:
                blocks[-1] = (paragraph, start, max(end, passage.end)), places | {_place(passage)}
                continue
        blocks.append(((passage.paragraph, passage.start, passage.end), {_place(passage)}))
    return blocks
