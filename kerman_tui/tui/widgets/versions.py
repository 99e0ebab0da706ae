"""One utterance collated: a block of lines a version, word differences shown, a cursor on versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from kerman_tui.model import Span
from kerman_tui.people.collate import Utterance, Version
from kerman_tui.tui.actions import Where
from kerman_tui.tui.collation import lay_out_versions, treatments
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView


class Versions(LineView):
    """The versions of an utterance."""

    WHERE: ClassVar[tuple[Where, ...]] = ("collation", "move")

    def __init__(self, utterance: Utterance, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.utterance = utterance
        self.dates: Mapping[str, str | None] = {}
        self._lay_out(80)

    def _lay_out(self, width: int) -> None:
        self._lines = lay_out_versions(self.utterance, self.dates, width)
        self._extents: list[tuple[int, int]] = []
        for number in range(len(self.utterance.versions)):
            of_it = [at for at, line in enumerate(self._lines) if line.version == number]
            self._extents.append((of_it[0], of_it[-1] + 1))

    def date(self, dates: Mapping[str, str | None]) -> None:
        """Show the dates of the articles too."""
        self.dates = dates
        self._lay_out(self.size.width)
        self.paint()

    def relayout(self) -> None:
        self._lay_out(self.size.width)

    @property
    def current(self) -> Version | None:
        versions = self.utterance.versions
        return versions[self.cursor] if 0 <= self.cursor < len(versions) else None

    @property
    def items(self) -> int:
        return len(self.utterance.versions)

    @property
    def lines(self) -> int:
        return len(self._lines)

    def lines_of(self, item: int) -> tuple[int, int]:
        return self._extents[item]

    def item_at(self, line: int) -> int | None:
        return self._lines[line].version if 0 <= line < len(self._lines) else None

    def heading(self) -> tuple[str, str]:
        place = f"{self.cursor + 1:,} of {self.items:,} versions"
        return f"Same words: {self.utterance.speaker or 'speaker not told'} · {treatments(self.utterance)}", place

    def draw(self, line: int, width: int) -> Strip:
        inks = self.inks
        shown = self._lines[line]
        here = shown.version == self.cursor and bool(shown.pieces)
        quote = self.utterance.versions[shown.version].quote
        span = Span(quote.article, quote.paragraph, quote.start, quote.end)
        first = self._extents[shown.version][0] == line
        marked = first and self.host.marks.touch(span)
        return strip_of(
            [
                Segment(CURSOR_SIGN if here else " ", inks["outlet"]),
                Segment("● " if marked else "  ", inks["mark"]),
                *(Segment(text, inks[ink]) for text, ink in shown.pieces),
            ],
            width,
            inks["text"],
        )
