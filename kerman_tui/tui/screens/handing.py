"""Handing out what a screen shows, the same everywhere: to a file, to a command, to the pager."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from kerman_tui.model import Sheet, Span
from kerman_tui.tui.host import Tone
from kerman_tui.tui.marks import Toggled, toggle_sheet
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.views import next_view

if TYPE_CHECKING:
    from kerman_tui.clips.basket import Basket


class Handing(RoomScreen):
    """A screen that has something to hand out."""

    KIND: ClassVar[str] = "clips"
    """What kind of document it is: ``clips``, ``comparison`` or ``table``."""
    EXPORT: ClassVar[tuple[str, str]] = ("write to (.txt .md .html .csv .json .bib)", "~/passages.md")
    """The question for a file name, and the name that is offered."""

    view: str = ""
    """The name of this table, where it is one of several of the same matter."""

    def on_mount(self) -> None:
        self.call_later(self._hint)

    def _hint(self) -> None:
        """Say at the edge what else there is of this matter."""
        further = "o: what is left out" if self.view == "stories" else next_view(self.view)
        if further:
            key = "" if self.view == "stories" else "Tab: "
            self.status.place(f"{key}{further} · {self.host.corpus_name}")

    def sheet(self) -> Sheet | None:
        """The table that is shown, whole; None on a screen that shows none."""
        return None

    def document(self, form: str) -> str:
        """What is handed out, in a format of ``clips.export``; "" when there is nothing."""
        from kerman_tui.clips.tables import table

        sheet = self.sheet()
        return table(sheet.columns, sheet.rows, form, sheet.title) if sheet is not None and sheet.rows else ""

    def _sheet(
        self, title: str, columns: Iterable[str], rows: Iterable[Iterable[str]], *asked: str,
        spans: Sequence[Span | None] = (),
    ) -> Sheet:  # fmt: skip
        """A table of the corpus that is open. ``asked`` are the parts of the question it answers, "" for none."""
        corpus = self.host.corpus
        number = f" ({len(corpus):,} articles)" if corpus is not None else ""
        return Sheet(
            title=title,
            columns=tuple(columns),
            rows=tuple(map(tuple, rows)),
            corpus=self.host.corpus_name + number,
            query="; ".join(part for part in asked if part),
            spans=tuple(spans) if any(span is not None for span in spans) else (),
        )

    def action_keep_table(self) -> None:
        """Keep the whole table in the basket, or take it out again."""
        from kerman_tui.clips.sheets import SheetError

        sheet, project = self.sheet(), self.host.state.project
        if sheet is None or not sheet.rows:
            self.host.say("there is no table to keep", "warn")
            return

        def work(basket: Basket) -> Toggled | str:
            try:
                return toggle_sheet(basket, sheet, project)
            except SheetError as error:
                return str(error)

        def done(what: Toggled | str) -> None:
            if isinstance(what, str):
                self.host.say(what, "warn")
                return
            where = f" in {project}" if project else ""
            said = f"the table is kept{where}" if what.added else "the table is taken out of the basket"
            tone: Tone = "warn" if what.notice else "ok"
            self.host.say(what.notice or f"{said}; {what.total:,} in the basket (b opens it)", tone)

        self.host.with_basket(work, done)

    def action_next_view(self) -> None:
        """Go on to the next table of the same matter."""
        following = next_view(self.view)
        if following:
            self.host.show_listing(following, instead=True)
            self.app.call_after_refresh(self.host.say, f"Tab goes on to {next_view(following)}")
        else:
            self.host.say("there is no other table of this matter")

    @property
    def style(self) -> str:
        """The style of citations in documents: hers, where it is one for reading."""
        from kerman_tui.clips.citation import STYLES

        return self.host.citation_style if self.host.citation_style in STYLES[:4] else "plain"

    def _text(self, form: str = "text") -> str:
        text = self.document(form)
        if not text:
            self.host.say("there is nothing to hand out")
        return text

    def action_export(self) -> None:
        from kerman_tui.tui.screens.prompt import PromptScreen
        from kerman_tui.tui.writing import form_of, write

        if not self._text():
            return

        def named(path: str | None) -> None:
            if path:
                write(self.host, self, self._text(form_of(path, self.KIND)), path)

        self.app.push_screen(PromptScreen(*self.EXPORT), named)

    def action_pipe(self) -> None:
        """Ask for a command, give it the text, and show what it prints."""
        from kerman_tui.clips.outside import Outcome, pipe
        from kerman_tui.tui.screens.prompt import PromptScreen
        from kerman_tui.tui.screens.text import TextScreen

        text = self._text()
        if not text:
            return

        def typed(line: str | None) -> None:
            if not line or not line.strip():
                return

            def done(outcome: Outcome) -> None:
                lines = outcome.text.strip("\n").splitlines()
                if len(lines) > 1:
                    self.app.push_screen(TextScreen(line.strip(), lines))
                    self.app.call_after_refresh(self.host.say, outcome.problem, "warn", outcome.text)
                elif outcome.problem:
                    self.host.say(f"{outcome.problem}: {lines[0]}" if lines else outcome.problem, "warn", outcome.text)
                else:
                    said = f"{len(text.encode()):,} bytes given to the command"
                    self.host.say(f"{said}: {lines[0]}" if lines else said, "ok")

            self.host.say("the command is running …")
            self.host.ask(self, "pipe", lambda _: pipe(text, line, os.environ), done, lane="pipe")

        self.app.push_screen(PromptScreen("give it to the command"), typed)

    def action_page(self) -> None:
        """Show the text in her pager."""
        from kerman_tui.clips.outside import page
        from kerman_tui.tui.outside import aside

        text = self._text()
        if text:
            self.host.say(aside(self.app, lambda: page(text, os.environ)).problem, "warn")
