"""Breaking text into lines of a width that is counted in terminal cells. Text in, offsets of each line out."""

from __future__ import annotations

import re

from rich.cells import cell_len, get_character_cell_size

_WORD = re.compile(r"\S+")

ELLIPSIS = "…"


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Return (start, end) of every line of ``text``, broken between words, without the blanks at the breaks.

    A line feed always breaks; a word wider than ``width`` cells is cut. At least one line is returned, and every
    character that is not white space stands in exactly one line. Linear time.
    """
    width = max(width, 2)
    lines: list[tuple[int, int]] = []
    start = end = filled = 0
    opened = False
    for word in _WORD.finditer(text):
        cells = cell_len(word.group())
        # Blanks count one cell each; what make_safe lets through has no other white space but line feeds.
        gap = word.start() - end if opened else 0
        if opened and (filled + gap + cells > width or "\n" in text[end : word.start()]):
            lines.append((start, end))
            opened = False
        if not opened:
            start, filled, gap = word.start(), 0, 0
        if cells > width:
            for start, end in _cut(text, word.start(), word.end(), width):
                lines.append((start, end))
            start, end = lines.pop()
            cells = cell_len(text[start:end])
            filled, gap = 0, 0
        end = word.end()
        filled += gap + cells
        opened = True
    if opened or not lines:
        lines.append((start, end))
    return lines


def _cut(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """Cut one long word into pieces of at most ``width`` cells; combining marks stay with their letter."""
    pieces: list[tuple[int, int]] = []
    begin, filled = start, 0
    for at in range(start, end):
        cells = get_character_cell_size(text[at])
        if filled + cells > width:
            pieces.append((begin, at))
            begin, filled = at, 0
        filled += cells
    pieces.append((begin, end))
    return pieces


def shorten(text: str, width: int) -> str:
    """``text`` cut to ``width`` cells, with an ellipsis where something is missing. Never wider than ``width``."""
    if width <= 0:
        return ""
    if (text.isascii() and len(text) <= width) or cell_len(text) <= width:
        return text
    return text[: fitting(text, width - 1)].rstrip() + ELLIPSIS


def fitting(text: str, width: int) -> int:
    """How many characters of ``text`` fit into ``width`` cells."""
    if text.isascii():
        return min(len(text), max(width, 0))
    filled = 0
    for at, char in enumerate(text):
        filled += get_character_cell_size(char)
        if filled > width:
            return at
    return len(text)


def window(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The part of ``text`` that shows (start, end) within ``width`` cells, begun between words.

    About a quarter of the width goes to what stands before, the rest to what follows.
    """
    if len(text) <= 2 * width and cell_len(text) <= width:
        return 0, len(text)
    begin = max(0, min(start - width // 4, len(text) - width))
    if begin > 0:
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else begin
    return begin, begin + fitting(text[begin : begin + 2 * width], width)
