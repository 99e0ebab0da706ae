"""The comparison pane: two articles in step, signs in the gutter, the differences in their words, a map at the edge."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from kerman_tui.model import Comparison, Row, Span
from kerman_tui.tui.actions import Where
from kerman_tui.tui.page import Layer, stretches
from kerman_tui.tui.steps import INKS, SIGNS, Piece, StepLine, Steps, edits_on, lay_out_steps, minimap
from kerman_tui.tui.theme import Ink, sentence_style
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView, strip_of

_EMPTY = Steps((), (), (), 10, False)


class Sides(LineView):
    """The rows of a comparison; the cursor stands on rows."""

    WHERE: ClassVar[tuple[Where, ...]] = ("compare", "move")

    class Wanted(Message):
        """Something is to be done with the row under the cursor: ``mark``, ``copy`` or ``open``; or ``other``."""

        def __init__(self, what: str, row: Row | None) -> None:
            super().__init__()
            self.what = what
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.comparison: Comparison | None = None
        self.folded = False
        self.by_word = True
        self.said: tuple[str, ...] = ("comparing …",)
        self._steps = _EMPTY
        self._map: list[str] = []

    def show(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.said = ("These two have nothing to lay side by side.",)
        self.cursor = self.top = 0
        self.relayout()
        self.action_next_row(first=True)
        self.paint()

    def relayout(self) -> None:
        if self.comparison is None or not self.size.width:
            return
        row = self._row_number()
        self._steps = lay_out_steps(self.comparison, self.size.width - 2, folded=self.folded)
        self.cursor = next(
            (at for at, one in enumerate(self._steps.steps) if one.first_row <= row <= one.last_row), 0
        )  # fmt: skip
        self._map = [SIGNS[kind] if kind else " " for kind in minimap(self._steps.steps, self.body_height)]

    def _row_number(self) -> int:
        steps = self._steps.steps
        return steps[self.cursor].first_row if 0 <= self.cursor < len(steps) else 0

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        if self.comparison is None or not self._steps.steps:
            return None
        return self.comparison.rows[self._row_number()]

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
        signs = "= same  ~ edited  ↕ moved  < only left  > only right"
        return signs, f"{self.cursor + 1} of {self.items}" if self.items else ""

    def empty(self) -> tuple[str, ...]:
        return self.said

    def draw(self, line: int, width: int) -> Strip:
        assert self.comparison is not None
        inks = self.inks
        shown = self._steps.lines[line]
        step = self._steps.steps[shown.step]
        row = self.comparison.rows[step.first_row]
        here = shown.step == self.cursor
        last = line == self._steps.extents[shown.step][1] - 1
        over = sentence_style(self.host.palette) if here and not last else None
        found = [Segment(CURSOR_SIGN if here and not last else " ", inks["outlet"])]
        if shown.said:
            text = f"{shown.sign} {shown.said}" if shown.sign else shown.said
            found.append(Segment(text, inks[INKS[row.kind]] + over if over else inks[INKS[row.kind]]))
        elif self._steps.stacked:
            found += self._stacked(shown, row, over)
        else:
            found += self._beside(shown, row, over)
        strip = strip_of(found, width - 2, inks["text"])
        y = line - self.top
        sign = self._map[y] if 0 <= y < len(self._map) else " "
        edge = [Segment(" ", inks["text"]), Segment(sign, inks[self._map_ink(sign, y)])]
        return Strip.join([strip, Strip(edge, 2)])

    def _map_ink(self, sign: str, y: int) -> Ink:
        """Bright where the screen is, by the kind elsewhere."""
        height = max(self.body_height, 1)
        first = self.top * height // max(self.lines, 1)
        last = (self.top + height) * height // max(self.lines, 1)
        if first <= y <= last:
            return "strong"
        return next((INKS[kind] for kind, one in SIGNS.items() if one == sign), "muted")

    def _beside(self, shown: StepLine, row: Row, over: Style | None) -> list[Segment]:
        column = self._steps.column
        inks = self.inks
        return [
            *self._side(shown.left, row, "left", over, column),
            self._mark(shown.left, "left"),
            Segment(shown.sign or " ", inks[INKS[row.kind]]),
            self._mark(shown.right, "right"),
            *self._side(shown.right, row, "right", over, column),
        ]

    def _stacked(self, shown: StepLine, row: Row, over: Style | None) -> list[Segment]:
        ink: Ink = "left" if shown.sign == "<" else "right" if shown.sign == ">" else INKS[row.kind]
        side = "left" if shown.left is not None else "right"
        piece = shown.left or shown.right
        return [
            Segment(shown.sign or " ", self.inks[ink]),
            self._mark(piece, side),
            *self._side(piece, row, side, over, self._steps.column),
        ]

    def _mark(self, piece: Piece | None, side: str) -> Segment:
        """A sign beside what is marked."""
        assert self.comparison is not None
        marked = False
        if piece is not None:
            article = (self.comparison.left if side == "left" else self.comparison.right).id
            passage = piece.passage
            start, end = passage.start + piece.start, passage.start + piece.end
            marked = self.host.marks.touch(Span(article, passage.paragraph, start, end))
        return Segment("●" if marked else " ", self.inks["mark"])

    def _side(self, piece: Piece | None, row: Row, side: str, over: Style | None, column: int) -> list[Segment]:
        inks = self.inks
        fill = inks["text"] + over if over and piece is not None else inks["text"]
        if piece is None:
            return [Segment(" " * column, fill)]
        base = inks["muted" if row.kind == "same" else "text"]
        layers = [Layer(start, end, ink) for start, end, ink in edits_on(row.edits, side)] if self.by_word else []
        found: list[Segment] = []
        used = 0
        for a, b, touching in stretches(piece.start, piece.end, layers):
            text = piece.passage.text[a:b].replace("\n", " ")
            style = inks[touching[-1].ink] if touching else base + over if over else base
            used += cell_len(text)
            found.append(Segment(text, style))
        found.append(Segment(" " * max(column - used, 0), fill))
        return found

    # --- what can be done -----------------------------------------------------------------------------------------

    def _go(self, by: int, wanted: tuple[str, ...], what: str) -> bool:
        steps = self._steps.steps
        at = self.cursor + by
        while 0 <= at < len(steps):
            if steps[at].kind in wanted:
                self.move_to(at)
                return True
            at += by
        if what:
            self.host.say(f"no {'further' if by > 0 else 'earlier'} {what}")
        return False

    def action_next_difference(self) -> None:
        self._go(1, ("edited", "moved", "left", "right"), "difference")

    def action_previous_difference(self) -> None:
        self._go(-1, ("edited", "moved", "left", "right"), "difference")

    def action_next_row(self, first: bool = False) -> None:
        steps = self._steps.steps
        if first and steps and steps[0].kind in ("same", "edited", "moved"):
            return
        self._go(1, ("same", "edited", "moved"), "" if first else "shared passage")

    def action_previous_row(self) -> None:
        self._go(-1, ("same", "edited", "moved"), "shared passage")

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

    def action_mark(self) -> None:
        self.post_message(self.Wanted("mark", self.row))

    def action_copy(self) -> None:
        self.post_message(self.Wanted("copy", self.row))

    def action_open(self) -> None:
        self.post_message(self.Wanted("open", self.row))
