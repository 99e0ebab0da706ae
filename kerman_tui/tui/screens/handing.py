"""Handing out what a screen shows, the same everywhere: to a file, to a command, to the pager."""

from __future__ import annotations

import os
from typing import ClassVar

from kerman_tui.tui.outside import aside
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.screens.room import RoomScreen


class Handing(RoomScreen):
    """A screen that has something to hand out."""

    KIND: ClassVar[str] = "clips"
    """What kind of document it is: ``clips``, ``comparison`` or ``table``."""
    EXPORT: ClassVar[tuple[str, str]] = ("write to (.txt .md .html .csv .json .bib)", "~/passages.md")
    """The question for a file name, and the name that is offered."""

    def document(self, form: str) -> str:
        """What is handed out, in a format of ``clips.export``; "" when there is nothing."""
        return ""

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

        text = self._text()
        if text:
            self.host.say(aside(self.app, lambda: page(text, os.environ)).problem, "warn")
