"""The base of every screen that is one table: its cursor, its rows narrowed by letters or to what was found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.timer import Timer

from kerman_tui.tui.asking import Cancelled, Lane, Value
from kerman_tui.tui.evidence import Scope
from kerman_tui.tui.screens.handing import Handing
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.widgets.table import Table

Row = TypeVar("Row")

TELL_EVERY = 0.5
"""Seconds between two states of how far the work on a table is."""


class TableScreen(Handing, Generic[Row]):
    """A table of rows that stand for something each. Subclasses compose ``table`` and fill it in ``show``."""

    KIND = "table"
    EXPORT = ("write the table to (.csv .md .txt .html .json)", "~/table.csv")
    ONLY: ClassVar[str] = "only rows with"
    """The question for the letters that rows are narrowed by."""

    table: Table
    shown: Sequence[Row] = ()
    """What the rows of the table stand for."""
    wanted: str = ""
    """The letters that rows are narrowed by."""

    _telling: Timer | None = None
    _part: str = ""
    """What is said of the part of the corpus that the rows were worked out from."""

    def on_mount(self) -> None:
        self.table.focus()

    def on_resize(self) -> None:
        if self.shown:
            self.show(keep=True)

    def ask(self) -> None:
        """Work the table out anew."""
        raise NotImplementedError

    def corpus_changed(self) -> None:
        self.ask()

    def show(self, *, keep: bool = False) -> None:
        """Show the rows that are wanted, in order; with ``keep`` the cursor stays on its row."""
        raise NotImplementedError

    def work_out(
        self,
        kind: str,
        work: Callable[[Cancelled], Value],
        then: Callable[[Value], None],
        *lines: str,
        lane: Lane = "slow",
    ) -> None:
        """Have the rows worked out; as long as there are none, ``lines`` stand there, and how far the work is."""
        begun, done = time.monotonic(), threading.Event()
        part = self.so_far()

        def answered(found: Value) -> None:
            self._part = part
            then(found)

        def worked(gone: Cancelled) -> Value:
            try:
                return work(gone)
            finally:
                done.set()

        def tell() -> None:
            if done.is_set():
                telling.stop()
                return
            far = self.host.corpus.progress if self.host.corpus is not None else None
            articles = f"{far.done:,} of {far.total:,} articles, " if far is not None else ""
            self.table.said = (*lines, f"{articles}{time.monotonic() - begun:.0f} s")
            if not self.table.rows:
                self.table.paint()

        if self._telling is not None:
            self._telling.stop()
        telling = self._telling = self.set_interval(TELL_EVERY, tell)
        self.table.said = lines
        self.table.paint()
        self.host.ask(self, kind, worked, answered, lane=lane)

    @property
    def current(self) -> Row | None:
        """What the row under the cursor stands for."""
        return self.shown[self.table.cursor] if 0 <= self.table.cursor < len(self.shown) else None

    def filtered(self) -> str:
        """What the rows leave out, for the title: articles that were not read yet, and what letters narrow away."""
        return self._part + (f" · filter: {self.wanted}" if self.wanted else "")

    def said(self, *nothing: str) -> tuple[str, ...]:
        """What stands in place of no rows: ``nothing``, unless it is the letters that leave none."""
        return (f"No row has {self.wanted}.", "Esc shows all again.") if self.wanted else nothing

    def copy_table(self) -> None:
        """Send the rows that are shown to the clipboard, as Markdown."""
        text = self.document("markdown")
        if text:
            self.host.send(text, "the table")

    def action_filter(self) -> None:
        def typed(wanted: str | None) -> None:
            if wanted is not None:
                self.wanted = wanted.strip()
                self.table.cursor = 0
                self.show()

        self.app.push_screen(PromptScreen(self.ONLY, self.wanted), typed)

    def action_back(self) -> None:
        if self.wanted:
            self.wanted = ""
            self.show()
        else:
            self.dismiss()


class ScopedScreen(TableScreen[Row]):
    """A table over all articles, or over those that the query of the explorer found."""

    scope: Scope | None = None
    """None: all articles."""

    def scoped(self) -> str:
        """The articles that are counted, for the title."""
        return f" · {self.scope.said}" if self.scope is not None else ""

    def tell_of_scope(self) -> None:
        """Say how to count only what was found, where something was."""
        found = self.host.found
        if self.scope is None and found is not None:
            self.host.say(f"w counts only what is found for {found.query}")

    def action_scope(self) -> None:
        """Count in all articles, or in those that were found."""
        found = self.host.found
        if self.scope is None and found is None:
            self.host.say("type a query in the explorer first; then w counts what it finds", "warn")
            return
        self.scope = found if self.scope is None else None
        self.host.say("counting in all articles" if self.scope is None else f"counting {self.scope.said}")
        self.ask()
