"""Searches kept and queries asked before: what each finds now, and what is new in it since last time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget

from kerman_tui.corpus import following
from kerman_tui.corpus.following import Followed
from kerman_tui.tui import searches
from kerman_tui.tui.actions import Where
from kerman_tui.tui.narrowing import narrowed
from kerman_tui.tui.records import articles
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.screens.records import RecordsScreen
from kerman_tui.tui.screens.tabling import TableScreen
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.widgets.table import Cell, Column, Table
from kerman_tui.tui.widths import GAP

NAME_WIDTH, NUMBER_WIDTH, NEW_WIDTH = 22, 9, 16


class SearchesTable(Table):
    """The table with the keys of this screen."""

    WHERE: ClassVar[tuple[Where, ...]] = ("searches", "move")


class SearchesScreen(TableScreen[Followed]):
    """Kept searches first, then the history."""

    EXPORT = ("write the searches to (.csv .md .txt .html .json)", "~/searches.csv")
    ONLY = "only searches with"

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Followed] = ()
        self._removed: list[Followed] = []

    def body(self) -> Iterable[Widget]:
        self.table = SearchesTable("Searches", fixed=0, id="table")
        self.table.by_row = True
        self.table.sorted_by = (-1, False)
        yield self.table

    def on_mount(self) -> None:
        self.ask()

    def ask(self) -> None:
        """Look at what every search finds now."""
        corpus, asked = self.host.corpus, list(self.host.state.queries)
        if corpus is None:
            return

        def answered(found: Sequence[Followed]) -> None:
            self._all = found
            self.show()

        asking = ("asking the searches kept …",)
        self.work_out("searches", lambda gone: searches.searches(corpus, asked, gone), answered, *asking, lane="quick")

    def show(self, *, keep: bool = False) -> None:
        self.shown = narrowed(self._all, self.wanted, lambda one: f"{one.name} {one.query}")
        room = max(self.size.width - NAME_WIDTH - NUMBER_WIDTH - NEW_WIDTH - 3 * GAP - 4, 16)
        columns = [
            Column("kept as", NAME_WIDTH),
            Column("query", room),
            Column("articles", NUMBER_WIDTH, number=True),
            Column("since last time", NEW_WIDTH),
        ]
        rows = [
            [
                Cell(one.name, "strong"),
                Cell(one.query if one.query != one.name else ""),
                Cell("" if one.total is None else f"{one.total:,}", "outlet"),
                Cell(*_news(one)),
            ]
            for one in self.shown
        ]
        self.table.title_shown = "Searches kept, and queries asked before" + self.filtered()
        self.table.said = self.said("No query was asked yet.", "s in the explorer keeps the query under a name.")
        self.table.show(columns, rows, row=self.table.cursor)

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        event.stop()
        one, corpus = self.current, self.host.corpus
        if one is None or corpus is None:
            return
        self.host.ask_for(one.query)
        if one.new:
            self.host.say(f"{len(one.new):,} are new since last time; o, then n lists them")
        elif one.name:
            self.host.ask(self, "seen", lambda _: corpus.seen(one.name), lambda _: None)

    def action_fresh(self) -> None:
        """List the articles that are new, which then are so no longer."""
        one, corpus = self.current, self.host.corpus
        if one is None or corpus is None:
            return
        if not one.new:
            self.host.say("nothing is new here since last time")
            return
        found = [corpus.article(id_) for id_ in one.new]
        self.app.push_screen(RecordsScreen(articles(f"New in {one.name}", found)))
        self.host.ask(self, "seen", lambda _: corpus.seen(one.name), lambda _: self.ask())

    def action_keep(self) -> None:
        """Keep a query that was asked, or change the name of a kept one."""
        one, corpus = self.current, self.host.corpus
        if one is None or corpus is None:
            return

        def named(name: str | None) -> None:
            if not name or not name.strip() or name.strip() == one.name:
                return
            if one.name:
                self._change(lambda: following.rename(corpus, one, name.strip()), f"{one.name} is now {name.strip()}")
            else:
                self._change(lambda: following.follow(corpus, name.strip(), one.query), f"kept as {name.strip()}")

        self.app.push_screen(PromptScreen("the name to keep it under", one.name or one.query), named)

    def action_delete(self) -> None:
        one = self.current
        if one is None or not one.name:
            self.host.say("this query was asked, not kept")
            return
        self._removed.append(one)
        self._change(lambda: following.forget(one.name), f"{one.name} is kept no longer; u brings it back")

    def action_undo(self) -> None:
        corpus = self.host.corpus
        if corpus is None or not self._removed:
            self.host.say("nothing was taken away here")
            return
        one = self._removed.pop()
        self._change(lambda: following.follow(corpus, one.name, one.query), f"{one.name} is kept again")

    def _change(self, work: Callable[[], object], done: str) -> None:
        def changed(_: object) -> None:
            self.host.say(done, "ok")
            self.ask()

        self.host.ask(self, "change", lambda _: work(), changed)

    def document(self, form: str) -> str:
        """The searches that are shown."""
        from kerman_tui.clips.tables import table

        if not self.shown:
            return ""
        rows = [(one.name, one.query, one.total, None if one.new is None else len(one.new)) for one in self.shown]
        return table(("kept as", "query", "articles", "new"), rows, form, "Searches")


def _news(one: Followed) -> tuple[str, Ink]:
    if one.problem:
        return one.problem, "deleted"
    if not one.name:
        return "asked before", "muted"
    if one.new is None:
        return "not seen here", "muted"
    return (f"{len(one.new):,} new", "mark") if one.new else ("nothing new", "muted")
