"""The comparison pane: articles in step, signs in the gutters, the differences in their words, a map at the edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from kerman_tui.model import RowKind, Span
from kerman_tui.tui.actions import Where
from kerman_tui.tui.beats import INKS, LETTERS, SIGNS, Beat
from kerman_tui.tui.page import Layer, stretches
from kerman_tui.tui.steps import Piece, StepLine, Steps, lay_out_steps, minimap
from kerman_tui.tui.theme import Ink, sentence_style
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView

_EMPTY = Steps((), (), (), 10, False)


class Sides(LineView):
    """The beats of a comparison; the cursor stands on beats, ``column`` is the article that keys are about."""

    WHERE: ClassVar[tuple[Where, ...]] = ("compare", "move")

    class Wanted(Message):
        """Something is to be done with the beat under the cursor: ``mark``, ``copy`` or ``open``."""

        def __init__(self, what: str, beat: Beat | None) -> None:
            super().__init__()
            self.what = what
            self.beat = beat

    class Chosen(Message):
        """Another column is the one that keys are about."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.beats: Sequence[Beat] = ()
        self.articles: tuple[str, ...] = ()
        self.column = 0
        self.folded = False
        self.by_word = True
        self.said: tuple[str, ...] = ("comparing …",)
        self._steps = _EMPTY
        self._map: list[RowKind | None] = []

    def show(self, beats: Sequence[Beat], articles: Sequence[str]) -> None:
        """Show beats over the columns of these articles, the pivot first."""
        self.beats, self.articles = beats, tuple(articles)
        self.column = min(self.column, len(articles) - 1)
        self.said = ("These have nothing to lay side by side.",)
        self.cursor = self.top = 0
        self.relayout()
        self._first_shared()
        self.paint()

    def relayout(self) -> None:
        if not self.articles or not self.size.width:
            return
        at = self._beat_number()
        self._steps = lay_out_steps(self.beats, len(self.articles), self.size.width - 2, folded=self.folded)
        self.cursor = next((n for n, one in enumerate(self._steps.steps) if one.first <= at <= one.last), 0)
        self._map = minimap(self._steps.steps, self.body_height)

    @property
    def stacked(self) -> bool:
        """Whether the articles stand one under the other."""
        return self._steps.stacked

    def _beat_number(self) -> int:
        steps = self._steps.steps
        return steps[self.cursor].first if 0 <= self.cursor < len(steps) else 0

    @property
    def beat(self) -> Beat | None:
        """The beat under the cursor."""
        return self.beats[self._beat_number()] if self._steps.steps else None

    # --- a line view ----------------------------------------------------------------------------------------------

    @property
    def items(self) -> int:
        return len(self._steps.steps)

    @property
    def lines(self) -> int:
        return len(self._steps.lines)

    def lines_of(self, item: int) -> tuple[int, int]:
        return self._steps.extents[item] if 0 <= item < len(self._steps.extents) else (0, 1)

    def item_at(self, line: int) -> int | None:
        return self._steps.lines[line].step if 0 <= line < len(self._steps.lines) else None

    def heading(self) -> tuple[str, str]:
        signs = "= same  ~ edited  ↕ moved  "
        signs += "< only left  > only right" if len(self.articles) <= 2 else "< only in A  > not in A"
        return signs, f"{self.cursor + 1} of {self.items}" if self.items else ""

    def empty(self) -> tuple[str, ...]:
        return self.said

    def draw(self, line: int, width: int) -> Strip:
        inks = self.inks
        shown = self._steps.lines[line]
        here = shown.step == self.cursor
        last = line == self._steps.extents[shown.step][1] - 1
        over = sentence_style(self.host.palette) if here and not last else None
        found = [Segment(CURSOR_SIGN if here and not last else " ", inks["outlet"])]
        if shown.said:
            ink = inks[INKS[shown.kind]]
            found.append(Segment(f"{shown.signs[0]} {shown.said}", ink + over if over else ink))
        elif self._steps.stacked:
            found += self._stacked(shown, over)
        elif shown.pieces:
            found += self._beside(shown, over)
        strip = strip_of(found, width - 2, inks["text"])
        y = line - self.top
        kind = self._map[y] if 0 <= y < len(self._map) else None
        edge = [Segment(" ", inks["text"]), Segment(SIGNS[kind] if kind else " ", inks[self._map_ink(kind, y)])]
        return Strip.join([strip, Strip(edge, 2)])

    def _map_ink(self, kind: RowKind | None, y: int) -> Ink:
        """Bright where the screen is, by the kind elsewhere."""
        height = max(self.body_height, 1)
        first = self.top * height // max(self.lines, 1)
        last = (self.top + height) * height // max(self.lines, 1)
        if first <= y <= last:
            return "strong"
        return INKS[kind] if kind else "muted"

    def _beside(self, shown: StepLine, over: Style | None) -> list[Segment]:
        found: list[Segment] = []
        for column, piece in enumerate(shown.pieces):
            if column:
                sign = shown.signs[column - 1]
                kind = piece.part.kind if piece is not None else "left"
                found.append(self._mark(shown.pieces[0]) if column == 1 else Segment(" ", self.inks["text"]))
                found.append(Segment(sign or " ", self.inks[INKS[kind]]))
                found.append(self._mark(piece))
            found += self._text(piece, over)
        return found

    def _stacked(self, shown: StepLine, over: Style | None) -> list[Segment]:
        piece = shown.pieces[0] if shown.pieces else None
        sign = shown.signs[0] if shown.signs else ""
        room = 1 if len(self.articles) <= 2 else 2
        return [
            Segment(f"{sign:<{room}}", self.inks[INKS[shown.kind]]),
            self._mark(piece),
            *self._text(piece, over),
        ]

    def _mark(self, piece: Piece | None) -> Segment:
        """A sign beside what is marked."""
        marked = False
        if piece is not None:
            passage = piece.part.passage
            start, end = passage.start + piece.start, passage.start + piece.end
            marked = self.host.marks.touch(Span(self.articles[piece.column], passage.paragraph, start, end))
        return Segment("●" if marked else " ", self.inks["mark"])

    def _text(self, piece: Piece | None, over: Style | None) -> list[Segment]:
        inks, column = self.inks, self._steps.column
        fill = inks["text"] + over if over and piece is not None else inks["text"]
        if piece is None:
            return [Segment(" " * column, fill)]
        part = piece.part
        base = inks["muted" if part.kind == "same" else "text"]
        layers = [Layer(*one) for one in part.changes] if self.by_word else []
        found: list[Segment] = []
        used = 0
        for a, b, touching in stretches(piece.start, piece.end, layers):
            text = part.passage.text[a:b].replace("\n", " ")
            style = inks[touching[-1].ink] if touching else base + over if over else base
            used += cell_len(text)
            found.append(Segment(text, style))
        found.append(Segment(" " * max(column - used, 0), fill))
        return found

    # --- what can be done -----------------------------------------------------------------------------------------

    def _go(self, by: int, shared: bool, what: str) -> None:
        steps = self._steps.steps
        at = self.cursor + by
        while 0 <= at < len(steps):
            if self.beats[steps[at].first].shared if shared else steps[at].kind != "same":
                self.move_to(at)
                return
            at += by
        self.host.say(f"no {'further' if by > 0 else 'earlier'} {what}")

    def _first_shared(self) -> None:
        steps = self._steps.steps
        self.cursor = next((at for at, one in enumerate(steps) if self.beats[one.first].shared), 0)
        self.reveal(self.cursor)

    def action_next_difference(self) -> None:
        self._go(1, False, "difference")

    def action_previous_difference(self) -> None:
        self._go(-1, False, "difference")

    def action_next_row(self) -> None:
        self._go(1, True, "shared passage")

    def action_previous_row(self) -> None:
        self._go(-1, True, "shared passage")

    def action_fold(self) -> None:
        self.folded = not self.folded
        self.relayout()
        self.reveal(self.cursor)
        self.host.say("what is the same is folded" if self.folded else "everything is shown")
        self.paint()

    def action_words(self) -> None:
        self.by_word = not self.by_word
        self.host.say("differences are shown word by word" if self.by_word else "word differences are not shown")
        self.paint()

    def action_left(self) -> None:
        self._choose(self.column - 1)

    def action_right(self) -> None:
        self._choose(self.column + 1)

    def _choose(self, column: int) -> None:
        if 0 <= column < len(self.articles):
            self.column = column
            self.post_message(self.Chosen())

    def letter(self, column: int) -> str:
        """What a column is called, where there are more than two; "" else."""
        return LETTERS[column] if len(self.articles) > 2 else ""

    def action_mark(self) -> None:
        self.post_message(self.Wanted("mark", self.beat))

    def action_copy(self) -> None:
        self.post_message(self.Wanted("copy", self.beat))

    def action_open(self) -> None:
        self.post_message(self.Wanted("open", self.beat))
