"""Widths of columns: as wide as what stands in them, squeezed in turns where that is more than there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len

GAP = 2
"""Cells between two columns."""


def taken(name: str, texts: Iterable[str], most: int) -> int:
    """Cells that the widest of ``texts`` takes, or the column's ``name`` with a sign after it; at most ``most``."""
    widest = cell_len(name) + 1
    for text in texts:
        if widest >= most:
            return most
        length = len(text)
        if 2 * length > widest:  # no character takes more than two cells
            widest = max(widest, length if text.isascii() or length >= most else cell_len(text))
    return min(widest, most)


def have_room(wanted: Sequence[int], least: Mapping[int, int], width: int) -> bool:
    """Whether columns fit into ``width`` cells once those that may give keep as many as ``least`` says."""
    return sum(min(one, least.get(at, one)) + GAP for at, one in enumerate(wanted)) <= width


def squeezed(wanted: Sequence[int], turns: Iterable[Mapping[int, int]], width: int) -> list[int]:
    """Widths of columns for ``width`` cells: those wanted, or less.

    Each turn says which columns give, by number, and how many cells they keep; the widest gives first. All are wider
    than ``width`` only where the turns together do not give enough.
    """
    widths, room = list(wanted), width - GAP * len(wanted)
    for turn in turns:
        while sum(widths) > room:
            giving = [at for at, least in turn.items() if widths[at] > least]
            if not giving:
                break
            widths[max(giving, key=widths.__getitem__)] -= 1
    return widths
