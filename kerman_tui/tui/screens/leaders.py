"""The table of who is mentioned where: people in rows, outlets in columns, each number one key from its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import on
from textual.widget import Widget

from kerman_tui.model import Person, Sheet
from kerman_tui.tui.actions import Where
from kerman_tui.tui.asking import Cancelled
from kerman_tui.tui.crossing import Verbs
from kerman_tui.tui.days import Timeline
from kerman_tui.tui.evidence import of_person
from kerman_tui.tui.screens.crossing import CrossScreen
from kerman_tui.tui.screens.palette import ChooseScreen
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.screens.tabling import ScopedScreen
from kerman_tui.tui.standing import ALL, MEASURES, NAME, ROLE, Standing, outlets_of, role_of, total
from kerman_tui.tui.widgets.choices import Choice
from kerman_tui.tui.widgets.lines import LineView
from kerman_tui.tui.widgets.table import Cell, Column, Table
from kerman_tui.tui.widths import have_room, squeezed, taken

if TYPE_CHECKING:
    from kerman_tui.people.corrections import Kind

NAME_WIDTH = (18, 30)
ROLE_WIDTH = (12, 24, 44)
OUTLET_WIDTH = (8, 16)
"""Cells of columns at least and at most; roles give before the names of outlets do, and once more after them."""
ROOMY = 100
"""Cells of width below which roles begin with the country, so that there is something of both to be seen."""
EXPLAINED = {"both": "articles·mentions", "articles": "articles", "mentions": "mentions"}


class LeadersTable(Table):
    """The table with the keys of this screen."""

    WHERE: ClassVar[tuple[Where, ...]] = ("leaders", "move")


class LeadersScreen(ScopedScreen[Person]):
    """Leaders, or everyone, by outlets."""

    EXPORT = ("write the table to (.csv .md .txt .html .json)", "~/leaders.csv")
    ONLY = "only names, roles or countries with"

    def __init__(self) -> None:
        super().__init__()
        self.everyone = False
        self.standing = Standing((), ())
        self._among: frozenset[str] | None = None
        self._merging: str | None = None

    def body(self) -> Iterable[Widget]:
        self.table = LeadersTable("Leaders by outlet", fixed=1, id="table")
        self.table.column = ALL
        yield self.table

    def on_mount(self) -> None:
        self.ask()

    def on_screen_resume(self) -> None:
        self.table.repaint()

    def ask(self) -> None:
        corpus, everyone, scope = self.host.corpus, self.everyone, self.scope
        if corpus is None:
            return

        def work(_: Cancelled) -> tuple[frozenset[str] | None, tuple[Person, ...], tuple[str, ...]]:
            among = scope.ids(corpus) if scope is not None else None
            people = corpus.people(everyone=everyone, among=among)
            return among, people, outlets_of(people, corpus.outlets)

        def answered(found: tuple[frozenset[str] | None, tuple[Person, ...], tuple[str, ...]]) -> None:
            self._among, people, outlets = found
            self.host.names_read = True
            self.standing = replace(self.standing, people=people, outlets=outlets)
            self.show(keep=True)
            if not self.status.message:
                self.tell_of_scope()

        said = ("reading the names in all articles …", "Esc goes back; reading goes on meanwhile.")
        self.work_out("people", work, answered, *said)

    def show(self, *, keep: bool = False) -> None:
        person = self.current
        standing = self.standing = replace(self.standing, wanted=self.wanted)
        self.shown = standing.rows()
        brief = self.size.width < ROOMY
        roles = [role_of(one, brief=brief) for one in self.shown]
        wholes = [standing.shown(total(one)) for one in self.shown]
        name, role, whole, *outlets = self._widths(roles, wholes)
        columns = [
            Column("name", name), Column("role", role), Column("all", whole, number=True),
            *(Column(one, width, number=True) for one, width in zip(standing.outlets, outlets, strict=True)),
        ]  # fmt: skip
        rows = [
            [
                Cell(one.name, "strong" if one.leader else "text"),
                Cell(roles[at], "muted"),
                Cell(wholes[at], "outlet"),
                *(
                    Cell(standing.shown(one.outlets.get(outlet)), "text" if outlet in one.outlets else "zero")
                    for outlet in standing.outlets
                ),
            ]
            for at, one in enumerate(self.shown)
        ]
        who = "People" if self.everyone else "Leaders"
        self.table.title_shown = f"{who} by outlet · {EXPLAINED[standing.measure]}{self.scoped()}{self.filtered()}"
        self.table.said = self.said("No leaders were found; a shows all people.")
        self.table.sorted_by = (standing.sort, standing.down)
        names = [one.name for one in self.shown]
        at = names.index(person.name) if keep and person is not None and person.name in names else 0
        self.table.show(columns, rows, row=at)

    def _widths(self, roles: Sequence[str], wholes: Sequence[str]) -> list[int]:
        """Widths of the columns: every outlet in view if that can be, else as many as there is room for."""
        width, standing = self.size.width - 2, self.standing
        wanted = [
            taken("name", (one.name for one in self.shown), width),
            taken("role", roles, width),
            taken("all", wholes, width),
        ]
        least_name, name = NAME_WIDTH
        least_role, enough_role, role = ROLE_WIDTH
        low, high = OUTLET_WIDTH
        least = {}
        for at, outlet in enumerate(standing.outlets, ALL + 1):
            cell = max((cell_len(standing.shown(one.outlets.get(outlet))) for one in self.shown), default=0)
            wanted.append(max(cell, min(cell_len(outlet) + 1, high)))
            least[at] = max(cell, low)
        texts = {NAME: least_name, ROLE: least_role}
        if have_room(wanted, {**texts, **least}, width):
            turns = ({NAME: name, ROLE: role}, {ROLE: enough_role}, least, {ROLE: least_role}, {NAME: least_name})
            return squeezed(wanted, turns, width)
        first = squeezed(wanted[: ALL + 1], ({NAME: name, ROLE: role}, texts), width // 2)
        return [*first, *(min(wanted[at], cells if width < ROOMY else wanted[at]) for at, cells in least.items())]

    @on(LineView.Moved)
    def _moved(self, event: LineView.Moved) -> None:
        event.stop()
        person = self.current
        if person is not None:
            also = f" · also {', '.join(person.aliases)}" if person.aliases else ""
            self.host.say(f"{person.name}: {role_of(person) or 'no role told'}{also}")

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        event.stop()
        person = self.shown[event.row]
        outlet = self.standing.outlet(event.column)
        if outlet is not None and outlet not in person.outlets:
            self.host.say(f"{outlet} does not mention {person.name}")
            return
        where = f" in {outlet}" if outlet else ""
        self.host.show_passages(f"{person.name}{where}", of_person(person.name, outlet, None, self._among))

    def action_sort(self) -> None:
        self.standing = self.standing.sorted_by(self.table.column)
        self.show()

    def action_measure(self) -> None:
        at = MEASURES.index(self.standing.measure)
        self.standing = replace(self.standing, measure=MEASURES[(at + 1) % len(MEASURES)])
        self.show(keep=True)

    def action_everyone(self) -> None:
        self.everyone = not self.everyone
        self.ask()

    def action_quotes(self) -> None:
        if self.current is not None:
            self.host.show_listing("quotations", self.current.name)

    def action_utterances(self) -> None:
        if self.current is not None:
            self.host.show_listing("utterances", self.current.name)

    def action_timeline(self) -> None:
        if self.current is not None:
            self.app.push_screen(CrossScreen(Timeline(self.current.name), self.scope))

    def action_verbs(self) -> None:
        if self.current is not None:
            self.app.push_screen(CrossScreen(Verbs(self.current.name), self.scope))

    # --- her corrections ------------------------------------------------------------------------------------------

    def _correct(self, kind: str, *names: str, done: str) -> None:
        corpus = self.host.corpus
        if corpus is None:
            return
        wanted = cast("Kind", kind)

        def corrected(_: object) -> None:
            self.ask()
            self.host.say(f"{done}; u takes it back", "ok")

        self.host.ask(self, "correct", lambda _: corpus.correct(wanted, *names), corrected, lane="slow")

    def action_merge(self) -> None:
        person = self.current
        if person is None:
            return
        if self._merging is None or self._merging == person.name:
            self._merging = person.name
            self.host.say(f"now M on the row that is {person.name} too; the name of that row is kept")
            return
        other, self._merging = self._merging, None
        self._correct("merge", person.name, other, done=f"{other} and {person.name} are one person")

    def action_split(self) -> None:
        """Say which spelling of this person is somebody else."""
        person = self.current
        if person is None:
            return
        if not person.aliases:
            self.host.say(f"{person.name} is written in one way only: there is nothing to split")
            return
        counts = Counter(mention.text for mentions in person.articles.values() for mention in mentions)
        choices = [Choice(one, one, "", f"{counts[one]:,}" if counts[one] else "") for one in person.aliases]

        def chosen(alias: str | None) -> None:
            if alias is not None:
                self._correct("split", alias, person.name, done=f"{alias} is not {person.name}")

        self.app.push_screen(ChooseScreen(f"Which of these is not {person.name}?", choices), chosen)

    def action_rename(self) -> None:
        person = self.current
        if person is None:
            return

        def named(name: str | None) -> None:
            if name and name.strip() and name.strip() != person.name:
                self._correct("rename", person.name, name.strip(), done=f"{person.name} is now {name.strip()}")

        self.app.push_screen(PromptScreen("the name to show", person.name), named)

    def action_reject(self) -> None:
        if self.current is not None:
            self._correct("not a person", self.current.name, done=f"{self.current.name} is not a person")

    def action_promote(self) -> None:
        if self.current is not None:
            kind = "no leader" if self.current.leader else "leader"
            self._correct(kind, self.current.name, done=f"{self.current.name}: {kind}")

    def action_undo(self) -> None:
        corpus = self.host.corpus
        if corpus is None:
            return

        def undone(what: str) -> None:
            self.ask()
            self.host.say(f"taken back: {what}" if what else "there is no correction to take back")

        self.host.ask(self, "correct", lambda _: corpus.undo_correction(), undone, lane="slow")

    def action_copy(self) -> None:
        self.copy_table()

    def document(self, form: str) -> str:
        """The table as it is shown."""
        from kerman_tui.clips.tables import table

        return table(*self.standing.table(numbers=form in ("csv", "json")), form, self.table.title_shown)

    def sheet(self) -> Sheet:
        scope = self.scope.said if self.scope is not None else ""
        wanted = f"rows with {self.wanted}" if self.wanted else ""
        title = f"{'People' if self.everyone else 'Leaders'} by outlet · {EXPLAINED[self.standing.measure]}"
        return self._sheet(title, *self.standing.table(), scope, wanted)
