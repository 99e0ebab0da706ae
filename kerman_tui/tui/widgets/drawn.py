"""The base of every widget that draws its own lines: strips of exactly its width, shown as they are."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK
from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kerman_tui.tui.host import Host, host_of


def strip_of(segments: Iterable[Segment], width: int, fill: Style) -> Strip:
    """A strip of exactly ``width`` cells: too long is cut, too short is filled."""
    found = [segment for segment in segments if segment.text]
    cells = 0
    for segment in found:
        text = segment.text
        cells += len(text) if text.isascii() else cell_len(text)
    if cells < width:
        found.append(Segment(" " * (width - cells), fill))
        cells = width
    strip = Strip(found, cells)
    return strip if cells == width else strip.crop(0, width)


class Drawn(Widget):
    """A widget whose lines cover it whole, ground and all, so that its style has nothing to add but a border."""

    DEFAULT_CSS = ""

    def line(self, y: int, width: int) -> Strip:
        """Line ``y``, of ``width`` cells, as it was drawn last."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        return self.line(y, self.size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        if any(self.styles.gutter):
            return super().render_lines(crop)
        width = self.outer_size.width
        strips = [self.line(y, width) for y in crop.line_range]
        for one in self.get_line_filters():
            strips = [strip.apply_filter(one, BLACK) for strip in strips]
        first, last = crop.column_span
        return strips if (first, last) == (0, width) else [strip.crop(first, last) for strip in strips]


def blank(host: Host, crop: Region) -> list[Strip]:
    """Lines of nothing."""
    return [Strip.blank(crop.width, host.inks["text"])] * crop.height


class Ground(Container):
    """Holds widgets that cover it whole; it draws nothing of its own."""

    DEFAULT_CSS = ""

    def render_lines(self, crop: Region) -> list[Strip]:
        return blank(host_of(self), crop)
