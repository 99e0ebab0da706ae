"""What is taken out of every line before it is written: what a terminal acts on, and colour where NO_COLOR asks."""

from __future__ import annotations

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from kerman_tui.text.safe import JOINERS


class NoColourAtAll(LineFilter):
    """Leaves weight, slant, underline and reverse, and sends not one byte about colour, not even the default's."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, None if style is None else style.without_color, control) for text, style, control in segments
        ]


class Gate(LineFilter):
    """Leaves nothing in a line that a terminal could act on, however it came there, and every cell in its place.

    What articles say is safe since ingest; this is for what came past it, such as a cache that was tampered with.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.control is None and segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(_inert(text), style) for text, style, _ in segments]


def _inert(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in JOINERS else "\ufffd" * get_character_cell_size(c) for c in text)
