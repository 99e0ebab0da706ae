"""A frame of Textual's compositor as runs of cells with their place, without writing it out first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from kerman_tui.tui.thrift import Run, Styled, styled

Frame = ChopsUpdate | LayoutUpdate


class Runs:
    """Takes frames apart for one terminal of ``colours``."""

    def __init__(self, colours: ColorSystem) -> None:
        self._colours = colours
        self._styles: dict[Style | None, Styled] = {None: styled("")}

    def of(self, frame: Frame) -> Iterator[Run]:
        """What a frame paints, in its order."""
        known = self._styles
        for x, y, strip in _changed(frame) if isinstance(frame, ChopsUpdate) else _whole(frame):
            yield x, y, [(text, known.get(style) or self._styled(style)) for text, style, _ in strip]

    def _styled(self, style: Style | None) -> Styled:
        assert style is not None
        written = Strip.render_style(style.update_link(None), "", self._colours)
        self._styles[style] = found = styled(written[2 : written.index("m")] if written else "")
        return found


def _whole(frame: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    for y, line in enumerate(frame.strips, frame.region.y):
        x = frame.region.x
        for strip in line:
            yield x, y, strip
            x += strip.cell_length


def _changed(frame: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """As ``ChopsUpdate.render_segments`` goes through what is stale."""
    for y, first, last in frame.spans:
        for end, (x, strip) in zip(frame.chop_ends[y], frame.chops[y].items(), strict=False):
            if strip is not None and x < last and end > first:
                yield x, y, strip if end <= last else strip.crop(0, last - x)
