"""What is taken out of every line before it is written: all colour, where NO_COLOR asks for it."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter


class NoColourAtAll(LineFilter):
    """Leaves weight, slant, underline and reverse, and sends not one byte about colour, not even the default's."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, None if style is None else style.without_color, control) for text, style, control in segments
        ]
