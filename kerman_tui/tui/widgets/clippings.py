"""The passages and tables of the basket: each with its words, its citation and the note to it."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from kerman_tui.clips.sheets import lines_of
from kerman_tui.model import Clip
from kerman_tui.tui.actions import Where
from kerman_tui.tui.page import READABLE, day_of
from kerman_tui.tui.theme import Ink, cursor_style
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView
from kerman_tui.tui.wrap import shorten, wrap

PASSAGE_LINES = 4
"""Lines of a passage that are shown; the reader and the pager show all of it."""


class Clippings(LineView):
    """Clips, one under the other, each by its first lines."""

    WHERE: ClassVar[tuple[Where, ...]] = ("basket", "move")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clips: Sequence[Clip] = ()
        self.title_shown = "Basket"
        self.said: tuple[str, ...] = ()
        self._lines: list[tuple[int, str, Ink]] = []
        self._firsts: list[int] = []

    def show(self, clips: Sequence[Clip], *, at: int | None = None) -> None:
        self.clips = clips
        self.cursor = max(0, min(self.cursor if at is None else at, len(clips) - 1))
        self.relayout()
        self.reveal(self.cursor)
        self.paint()

    @property
    def current(self) -> Clip | None:
        return self.clips[self.cursor] if 0 <= self.cursor < len(self.clips) else None

    def relayout(self) -> None:
        width = max(min(self.size.width - 6, READABLE + 10), 10)
        self._lines, self._firsts = [], []
        for number, clip in enumerate(self.clips):
            self._firsts.append(len(self._lines))
            cited = clip.citation
            where = f"{cited.source}:{cited.line}" if cited.line else cited.source
            if clip.sheet is not None:
                shown = (f"▦ {clip.sheet.title}", *itertools.islice(lines_of(clip.sheet), PASSAGE_LINES - 1))
                self._lines += [(number, shorten(text, width), "text") for text in shown]
                parts: tuple[str, ...] = (cited.outlet, day_of(cited.published), where)
            else:
                self._lines += [(number, text, "text") for text in _passage(clip.text, width)]
                parts = (cited.outlet, cited.title, day_of(cited.published), where)
            self._lines.append((number, shorten("— " + " · ".join(parts), width + 4), "muted"))
            if clip.note or clip.tags or clip.project:
                note = " ".join(clip.note.split())
                about = (note, *(f"#{tag}" for tag in clip.tags), f"project: {clip.project}" if clip.project else "")
                said = "  ".join(part for part in about if part)
                self._lines.append((number, shorten(f"✎ {said}", width + 4), "mark"))
            self._lines.append((number, "", "text"))

    @property
    def items(self) -> int:
        return len(self.clips)

    @property
    def lines(self) -> int:
        return len(self._lines)

    def lines_of(self, item: int) -> tuple[int, int]:
        if not 0 <= item < len(self._firsts):
            return 0, 1
        return self._firsts[item], self._firsts[item + 1] if item + 1 < len(self._firsts) else len(self._lines)

    def item_at(self, line: int) -> int | None:
        return bisect.bisect_right(self._firsts, line) - 1 if 0 <= line < len(self._lines) else None

    def heading(self) -> tuple[str, str]:
        return self.title_shown, f"{self.cursor + 1:,} of {self.items:,}" if self.items else ""

    def empty(self) -> tuple[str, ...]:
        return self.said

    def draw(self, line: int, width: int) -> Strip:
        number, text, ink = self._lines[line]
        here = number == self.cursor
        blank = line + 1 == self.lines_of(number)[1]
        first = line == self._firsts[number]
        style = self.inks[ink]
        if here and first:
            style = style + cursor_style(self.host.palette)
        sign = Segment(f"{CURSOR_SIGN if here and not blank else ' '}  ", self.inks["outlet"])
        return strip_of([sign, Segment(text, style)], width, self.inks["text"])


def _passage(text: str, width: int) -> list[str]:
    """The first lines of a passage."""
    wrapped = wrap(text, width)
    lines = [text[start:end].replace("\n", " ") for start, end in wrapped[:PASSAGE_LINES]]
    if len(wrapped) > PASSAGE_LINES:
        lines[-1] = shorten(lines[-1] + " …", width)
    return lines
