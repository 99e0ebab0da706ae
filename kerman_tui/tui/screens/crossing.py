"""A table with outlets for columns: a cursor on cells, each cell one key from the passages behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.widget import Widget

from kerman_tui.model import Sheet
from kerman_tui.tui.actions import Where
from kerman_tui.tui.asking import Cancelled
from kerman_tui.tui.crossing import Crossing, CrossRow, sorted_rows
from kerman_tui.tui.evidence import Scope
from kerman_tui.tui.narrowing import narrowed
from kerman_tui.tui.screens.passages import PassagesScreen
from kerman_tui.tui.screens.tabling import ScopedScreen
from kerman_tui.tui.widgets.lines import LineView
from kerman_tui.tui.widgets.table import Cell, Column, Table
from kerman_tui.tui.widths import have_room, squeezed, taken

Answer = tuple[frozenset[str] | None, Sequence[CrossRow], tuple[str, ...]]
"""The articles counted (None: all), the rows, and the outlets that have something in them."""

OUTLET_NAME = 18
"""Cells of an outlet's name that its column is widened for."""
ENOUGH_OUTLET = 26
"""Cells to which columns of outlets are narrowed first."""
LEAST_OUTLET = (8, 14)
"""Cells to which a column of an outlet is narrowed at most, the more the longer what stands in it."""
FIELD_WIDTH = (12, 60)
"""Cells of the first columns at least, where they are narrowed, and at most, so that the eye finds its row."""
ROOMY = 100
"""Cells of width from which on outlets that are not all in view are not narrowed."""


class CrossTable(Table):
    """The table with the keys of this screen."""

    WHERE: ClassVar[tuple[Where, ...]] = ("cross", "move")


class CrossScreen(ScopedScreen[CrossRow]):
    """One such table, over all articles or what was found."""

    def __init__(self, crossing: Crossing, scope: Scope | None = None) -> None:
        """With ``scope``, only the articles of a search are counted to begin with."""
        super().__init__()
        self._crossing = crossing
        self.scope = scope
        self._among: frozenset[str] | None = None
        self._rows: Sequence[CrossRow] = ()
        self._outlets: tuple[str, ...] = ()
        self._sort: tuple[int, bool] | None = None

    def body(self) -> Iterable[Widget]:
        self.table = CrossTable(self._crossing.title, fixed=1, id="table")
        self.table.column = len(self._crossing.fields)
        yield self.table

    def on_mount(self) -> None:
        self.ask()

    def ask(self) -> None:
        corpus = self.host.corpus
        if corpus is None:
            return
        crossing, scope = self._crossing, self.scope

        def work(_: Cancelled) -> Answer:
            among = scope.ids(corpus) if scope is not None else None
            rows = crossing.rows(corpus, among)
            named = {outlet for row in rows for outlet in row.outlets}
            return among, rows, tuple(outlet for outlet in corpus.outlets if outlet in named)

        def answered(found: Answer) -> None:
            self._among, self._rows, self._outlets = found
            self.show(keep=True)
            self.tell_of_scope()

        self.work_out("cross", work, answered, "working it out …", "Esc goes back; the work goes on meanwhile.")

    def show(self, *, keep: bool = False) -> None:
        about = self.current.about if keep and self.current is not None else None
        fields = self._crossing.fields
        rows = narrowed(self._rows, self.wanted, lambda one: " ".join(one.texts))
        if self._sort is None and self._crossing.by_number:
            self._sort = (len(fields), True)
        if self._sort is not None:
            rows = sorted_rows(rows, len(fields), self._outlets, *self._sort)
        self.shown = rows
        names = [*(one.name for one in fields), "all", *self._outlets]
        widths = self._widths(rows, self.size.width - 2)
        numbers = {len(fields)} if self._crossing.by_number else set()
        columns = [
            Column(name, width, number=at in numbers)
            for at, (name, width) in enumerate(zip(names, widths, strict=True))
        ]
        cells = [
            [
                *(Cell(text.replace("\n", " "), one.ink) for text, one in zip(row.texts, fields, strict=True)),
                Cell(row.whole.shown, row.whole.ink if row.whole.ink != "text" else "outlet"),
                *(Cell(one.shown, one.ink) if (one := row.outlets.get(outlet)) else Cell("·", "zero")
                  for outlet in self._outlets),
            ]
            for row in rows
        ]  # fmt: skip
        self.table.title_shown = self._crossing.title + self.scoped() + self.filtered()
        self.table.said = self.said(self._crossing.nothing)
        self.table.sorted_by = self._sort or (-1, False)
        self.table.show(columns, cells, row=next((at for at, one in enumerate(rows) if one.about == about), 0))

    def _widths(self, rows: Sequence[CrossRow], width: int) -> list[int]:
        """Widths of the columns: every outlet in view if that can be, else as many as there is room for."""
        fields, whole = self._crossing.fields, len(self._crossing.fields)
        least_field, field = FIELD_WIDTH
        wanted = [
            *(taken(one.name, (row.texts[at] for row in rows), field) for at, one in enumerate(fields)),
            taken("all", (row.whole.shown for row in rows), width),
        ]
        low, high = LEAST_OUTLET
        least = {}
        for at, outlet in enumerate(self._outlets, whole + 1):
            cell = max((cell_len(one.shown) for row in rows if (one := row.outlets.get(outlet))), default=0)
            wanted.append(max(cell, min(cell_len(outlet) + 1, OUTLET_NAME)))
            least[at] = min(max(cell, low), high)
        own = {at: one.width for at, one in enumerate(fields)}
        texts = dict.fromkeys(range(whole if self._crossing.by_number else whole + 1), least_field)
        if have_room(wanted, {**texts, **least}, width):
            return squeezed(wanted, (own, dict.fromkeys(least, ENOUGH_OUTLET), least, texts), width)
        kept = ENOUGH_OUTLET if width >= ROOMY else 0
        return [
            *squeezed(wanted[: whole + 1], (own, texts), width // 2),
            *(min(wanted[at], max(cells, kept)) for at, cells in least.items()),
        ]

    @on(LineView.Moved)
    def _moved(self, event: LineView.Moved) -> None:
        event.stop()
        if self.current is not None:
            self.host.say(self.current.note)

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        event.stop()
        row, at = self.shown[event.row], event.column - len(self._crossing.fields) - 1
        outlet = self._outlets[at] if at >= 0 else None
        if outlet is not None and outlet not in row.outlets:
            self.host.say(f"{outlet} has nothing here")
            return
        self.app.push_screen(PassagesScreen(*self._crossing.passages(row, outlet, self._among)))

    def action_sort(self) -> None:
        column = self.table.column
        down = not self._sort[1] if self._sort is not None and self._sort[0] == column else True
        self._sort = (column, down)
        self.show(keep=True)

    def action_turn(self) -> None:
        turned = self._crossing.turned()
        if turned is None:
            self.host.say("this table has one form only")
            return
        self.cross(turned)

    def cross(self, crossing: Crossing) -> None:
        """Show another table in place of this one."""
        self._crossing, self._sort = crossing, None
        self.table.column = len(crossing.fields)
        self.ask()

    def action_every(self) -> None:
        """What this table leaves out, one by one."""
        if self._crossing.further:
            self.host.show_listing(self._crossing.further)
        else:
            self.host.say("this table shows everything already")

    def action_copy(self) -> None:
        self.copy_table()

    def sheet(self) -> Sheet:
        """The table as it is shown, numbers without their bars."""
        names = [*(one.name for one in self._crossing.fields), "all", *self._outlets]
        rows = [
            [*row.texts, *(("" if cell is None else cell.shown if cell.plain is None else cell.plain)
                           for cell in (row.whole, *(row.outlets.get(one) for one in self._outlets)))]
            for row in self.shown
        ]  # fmt: skip
        scope = self.scope.said if self.scope is not None else ""
        return self._sheet(self._crossing.title, names, rows, scope, f"rows with {self.wanted}" if self.wanted else "")
