"""A table about the whole corpus: quotations, figures, stories or wording, each row one key from its passage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget

from kerman_tui.model import Sheet, Story
from kerman_tui.text.fold import fold
from kerman_tui.tui.actions import Where
from kerman_tui.tui.asking import Cancelled
from kerman_tui.tui.narrowing import narrowed
from kerman_tui.tui.records import REST, Field, Listing, Pair, Record
from kerman_tui.tui.screens.selecting import Selecting, sentences_around
from kerman_tui.tui.screens.tabling import TableScreen
from kerman_tui.tui.widgets.table import Cell, Column, Table
from kerman_tui.tui.widths import squeezed, taken

LEAST_REST = 26
ENOUGH_TEXT = 12
"""Cells to which columns of text are narrowed first, before the one that takes what is left is."""
LEAST_TEXT = 9
"""Cells to which a column of text is narrowed at most, so that every column is to be seen."""


class RecordsTable(Table):
    """The table with the keys of this screen."""

    WHERE: ClassVar[tuple[Where, ...]] = ("table", "move")

    marked_rows: Callable[[int], bool] = staticmethod(lambda row: False)

    def marked(self, row: int) -> bool:
        return self.marked_rows(row)


class RecordsScreen(TableScreen[Record], Selecting):
    """One listing."""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self._listing = listing
        self._records: Sequence[Record] = ()
        self._sort: tuple[int, bool] = (-1, False)

    def body(self) -> Iterable[Widget]:
        self.table = RecordsTable(self._listing.title, fixed=0, id="table")
        self.table.by_row = True
        self.table.marked_rows = self._marked_row
        yield self.table

    def on_mount(self) -> None:
        self.ask()

    def ask(self) -> None:
        corpus = self.host.corpus
        if corpus is None:
            return

        def work(_: Cancelled) -> Sequence[Record]:
            return self._listing.records(corpus)

        def answered(records: Sequence[Record]) -> None:
            self._records = records
            self.show()

        self.work_out("records", work, answered, "working it out …", "Esc goes back; the work goes on meanwhile.")

    def show(self, *, keep: bool = False) -> None:
        self.shown = narrowed(self._records, self.wanted, lambda one: " ".join(one.texts))
        column, down = self._sort
        if column >= 0:
            number = self._listing.fields[column].number
            self.shown = sorted(self.shown, key=lambda one: _key(one.texts[column], number), reverse=down)
        fields = self._listing.fields
        room = self.size.width - 2
        wanted = [taken(one.name, (row.texts[at] for row in self.shown), room) for at, one in enumerate(fields)]
        widths = fitted(fields, wanted, room)
        columns = [Column(one.name, width, one.number) for one, width in zip(fields, widths, strict=True)]
        rows = [
            [Cell(text.replace("\n", " "), one.ink) for text, one in zip(record.texts, fields, strict=True)]
            for record in self.shown
        ]
        self.table.title_shown = self._listing.title + self.filtered()
        self.table.sorted_by = self._sort
        self.table.said = self.said(self._listing.nothing)
        self.table.show(columns, rows, row=self.table.cursor)

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        event.stop()
        record = self.current
        if record is None:
            return
        if record.opens is not None:
            self.app.push_screen(RecordsScreen(record.opens))
        elif record.passages is not None:
            self.host.show_passages(*record.passages)
        elif record.query is not None:
            self.host.ask_for(record.query)
        elif record.span is not None:
            self.host.read(record.span)
        elif isinstance(record.about, Pair):
            self.action_compare()

    def action_compare(self) -> None:
        """Lay the two articles of a row side by side, or its one article beside its best counterpart."""
        corpus, record = self.host.corpus, self.current
        about = record.about if record is not None else None
        if corpus is None or record is None:
            return
        if isinstance(about, Pair):
            self.host.lay_beside(corpus.article(about.left), about.right)
        elif record.span is not None:
            self.host.lay_beside(corpus.article(record.span.article), None)
        else:
            self.host.say("this row stands for no article; Enter opens it", "warn")

    def action_omissions(self) -> None:
        """What each outlet of a story carries and leaves out."""
        from kerman_tui.tui.omitting import Omissions
        from kerman_tui.tui.screens.crossing import CrossScreen

        record = self.current
        if record is not None and isinstance(record.about, Story):
            self.app.push_screen(CrossScreen(Omissions(record.texts[-1], record.about.articles)))
        else:
            self.host.say("this row stands for no story; S lists the stories", "warn")

    def action_mark(self) -> None:
        corpus, record = self.host.corpus, self.current
        if corpus is not None and record is not None and record.span is not None:
            article = corpus.article(record.span.article)
            self.mark(article, (sentences_around(article, record.span),))

    def action_copy(self) -> None:
        corpus, record = self.host.corpus, self.current
        if corpus is None or record is None:
            return
        if record.span is None:
            self.host.send("\t".join(record.texts), "a row")
            return
        article = corpus.article(record.span.article)
        self.copy(article, (sentences_around(article, record.span),))

    def sheet(self) -> Sheet:
        """The rows that are shown."""
        return self._sheet(
            self._listing.title,
            (one.name for one in self._listing.fields),
            (one.texts for one in self.shown),
            f"rows with {self.wanted}" if self.wanted else "",
            spans=[one.span for one in self.shown],
        )

    def action_copy_all(self) -> None:
        self.copy_table()

    def _marked_row(self, row: int) -> bool:
        span = self.shown[row].span if row < len(self.shown) else None
        return span is not None and self.host.marks.touch(span)

    def action_sort(self) -> None:
        column, down = self._sort
        if column >= 0 and not down:
            self._sort = (column, True)
        else:
            self._sort = (column + 1 if column + 1 < len(self._listing.fields) else -1, False)
        self.show()
        column, down = self._sort
        name = self._listing.fields[column].name if column >= 0 else "as found"
        self.host.say(f"sorted: {name}{', turned round' if down else ''}")


def fitted(fields: Sequence[Field], wanted: Sequence[int], width: int) -> list[int]:
    """Widths of columns in so many cells: those wanted where there is room, else texts give, numbers and dates never.

    The one that takes what is left gives last.
    """
    texts = [at for at, one in enumerate(fields) if not one.number and not one.whole]
    rest = [at for at in texts if fields[at].width == REST]
    others = [at for at in texts if at not in rest]
    turns = (
        {at: fields[at].width for at in others},
        dict.fromkeys(rest, LEAST_REST),
        dict.fromkeys(others, ENOUGH_TEXT),
        dict.fromkeys(texts, LEAST_TEXT),
    )
    return squeezed(wanted, turns, width)


def _key(text: str, number: bool) -> tuple[float, str]:
    if number:
        digits = text.replace(",", "").split("–")[0].lstrip("≥>≤<~")
        try:
            return float(digits or "inf"), ""
        except ValueError:
            return float("inf"), text
    return 0.0, fold(text)
