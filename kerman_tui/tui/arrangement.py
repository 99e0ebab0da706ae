"""How the panes of the explorer share the screen, by its size. Pure: sizes in, columns and rows out."""

from __future__ import annotations

from typing import Literal

import msgspec

Pane = Literal["list", "reader", "panel"]

BESIDE = 100
"""Cells of width from which the reader stands beside the list."""
THREE = 150
"""Cells of width from which the panel has a column of its own."""
PANEL_WIDTH = 38
LIST_WHILE_READING = 7
"""Lines of the list (heading and three articles) that stay above the reader on a narrow screen."""
LEAST_PANE = 24


class Arrangement(msgspec.Struct, frozen=True):
    """A grid: widths of its columns and heights of its rows as Textual writes them, and the panes in its order."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    shown: tuple[Pane, ...]
    tall_reader: bool = False
    """Whether the reader spans both rows."""
    beside: bool = False
    """Whether the panes stand beside each other."""


def arrange(
    width: int, height: int, *, reading: bool, panel: bool, maximised: Pane | None = None, split: int = 0
) -> Arrangement:
    """Share ``width`` × ``height`` cells (without search field and status line) between the panes.

    ``split`` makes the reader wider (taller on a narrow screen) by as many cells.
    """
    if maximised is not None:
        return Arrangement(("1fr",), ("1fr",), (maximised,))
    if width < BESIDE:
        if reading:
            # With the panel open it takes the lines of the list.
            least = max(3, min(LIST_WHILE_READING - split, height - 5))
            first: Pane = "panel" if panel else "list"
            return Arrangement(("1fr",), (str(least), "1fr"), (first, "reader"))
        if panel:
            return Arrangement(("1fr",), ("1fr", str(max(5, height * 2 // 5))), ("list", "panel"))
        return Arrangement(("1fr",), ("1fr",), ("list",))
    if width < THREE or not panel:
        left = max(LEAST_PANE, min(width * 45 // 100 - split, width - LEAST_PANE))
        columns = (str(left), "1fr")
        if not panel:
            return Arrangement(columns, ("1fr",), ("list", "reader"), beside=True)
        return Arrangement(
            columns, ("1fr", str(max(5, height * 2 // 5))), ("list", "reader", "panel"), tall_reader=True, beside=True
        )
    left = max(LEAST_PANE, min((width - PANEL_WIDTH) * 42 // 100 - split, width - PANEL_WIDTH - LEAST_PANE))
    return Arrangement((str(left), "1fr", str(PANEL_WIDTH)), ("1fr",), ("list", "reader", "panel"), beside=True)
