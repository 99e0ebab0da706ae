"""The table of who is mentioned where: people in rows, outlets in columns, each number one key from its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.widget import Widget

from kerman_tui.model import Person
from kerman_tui.tui.actions import Where
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.standing import ALL, MEASURES, Standing, outlets_of, role_of, total
from kerman_tui.tui.widgets.table import GAP, Cell, Column, Table

NAME_WIDTH = 24
ROLE_WIDTH = (16, 44)
OUTLET_WIDTH = (7, 16)
EXPLAINED = {"both": "articles·mentions", "articles": "articles", "mentions": "mentions"}


class LeadersTable(Table):
    """The table with the keys of this screen."""

    WHERE: ClassVar[tuple[Where, ...]] = ("leaders", "move")


class LeadersScreen(RoomScreen):
    """Leaders, or everyone, by outlets."""

    def __init__(self) -> None:
        super().__init__()
        self.everyone = False
        self.standing = Standing((), ())
        self.shown: list[Person] = []

    def body(self) -> Iterable[Widget]:
        self.table = LeadersTable("Leaders by outlet", fixed=1, id="table")
        self.table.column = ALL
        self.table.said = ("reading names …",)
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()
        self._ask()

    def on_screen_resume(self) -> None:
        self.table.repaint()

    def _ask(self) -> None:
        corpus, everyone = self.host.corpus, self.everyone
        if corpus is None:
            return

        def work(_: Callable[[], bool]) -> tuple[tuple[Person, ...], tuple[str, ...]]:
            people = corpus.people(everyone=everyone)
            return people, outlets_of(people, corpus.outlets)

        def answered(found: tuple[tuple[Person, ...], tuple[str, ...]]) -> None:
            people, outlets = found
            self.table.said = ("No leaders were found; a shows all people.",)
            self.standing = replace(self.standing, people=people, outlets=outlets)
            self.show()

        self.host.ask(self, "people", work, answered, lane="slow")

    def show(self, *, keep: bool = False) -> None:
        """Show the table anew; with ``keep`` the cursor stays on its person."""
        person = self.person
        standing = self.standing
        self.shown = standing.rows()
        low, high = OUTLET_WIDTH
        outlets = [Column(one, max(low, min(len(one) + 1, high)), number=True) for one in standing.outlets]
        room = self.size.width - NAME_WIDTH - low - 3 * GAP - 2 - sum(one.width + GAP for one in outlets)
        role = max(ROLE_WIDTH[0], min(room, ROLE_WIDTH[1]))
        columns = [
            Column("name", NAME_WIDTH),
            Column("role", role),
            Column("all", low, number=True),
            *outlets,
        ]
        rows = [
            [
                Cell(one.name, "strong" if one.leader else "text"),
                Cell(role_of(one), "muted"),
                Cell(standing.shown(total(one)), "outlet"),
                *(
                    Cell(standing.shown(one.outlets.get(outlet)), "text" if outlet in one.outlets else "zero")
                    for outlet in standing.outlets
                ),
            ]
            for one in self.shown
        ]
        who = "People" if self.everyone else "Leaders"
        wanted = f" · filter: {standing.wanted}" if standing.wanted else ""
        self.table.title_shown = f"{who} by outlet · {EXPLAINED[standing.measure]}{wanted}"
        self.table.sorted_by = (standing.sort, standing.down)
        at = self.shown.index(person) if keep and person in self.shown else 0
        self.table.show(columns, rows, row=at)

    @property
    def person(self) -> Person | None:
        return self.shown[self.table.cursor] if 0 <= self.table.cursor < len(self.shown) else None

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        event.stop()
        person = self.shown[event.row]
        outlet = self.standing.outlet(event.column)
        if outlet is not None and outlet not in person.outlets:
            self.host.say(f"{outlet} does not mention {person.name}")
            return
        where = f" in {outlet}" if outlet else ""
        self.host.show_passages(f"{person.name}{where}", "", person=person.name, outlet=outlet)

    def action_sort(self) -> None:
        self.standing = self.standing.sorted_by(self.table.column)
        self.show()

    def action_measure(self) -> None:
        at = MEASURES.index(self.standing.measure)
        self.standing = replace(self.standing, measure=MEASURES[(at + 1) % len(MEASURES)])
        self.show(keep=True)

    def action_everyone(self) -> None:
        self.everyone = not self.everyone
        self._ask()

    def action_filter(self) -> None:
        def typed(wanted: str | None) -> None:
            if wanted is not None:
                self.standing = replace(self.standing, wanted=wanted)
                self.table.said = (f"Nobody here has {wanted}.", "/ and Enter shows all again.")
                self.show()

        self.app.push_screen(PromptScreen("only names, roles or countries with", self.standing.wanted), typed)

    def action_quotes(self) -> None:
        if self.person is not None:
            self.host.show_listing("quotations", self.person.name)

    def action_copy(self) -> None:
        from kerman_tui.clips.export import table

        self.host.send(table(*self.standing.table(), "markdown"), "the table")

    def action_export(self) -> None:
        def named(path: str | None) -> None:
            if path:
                from kerman_tui.clips.export import table
                from kerman_tui.tui.writing import form_of, write

                write(self.host, self, table(*self.standing.table(), form_of(path, "table")), path)

        self.app.push_screen(PromptScreen("write the table to (.csv .md .txt .html)", "~/leaders.csv"), named)

    def action_back(self) -> None:
        if self.standing.wanted:
            self.standing = replace(self.standing, wanted="")
            self.show()
        else:
            self.dismiss()
