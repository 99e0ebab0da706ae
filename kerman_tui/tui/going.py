"""Where one can go from everywhere: the part of the program that opens screens, each imported when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from kerman_tui.model import Article, Span
from kerman_tui.tui.host import Tone
from kerman_tui.tui.screens.room import RoomScreen

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.tui.evidence import Passages
    from kerman_tui.tui.screens.explorer import ExplorerScreen


class Going(App[int]):
    """A program with the screens of the registry."""

    corpus: Corpus | None
    details: str
    """The last message in full."""
    explorer: ExplorerScreen

    def say(self, message: str, tone: Tone = "info", details: str = "") -> None:
        if message:
            self.details = details or message
        screen = self.screen
        if isinstance(screen, RoomScreen):
            screen.say(message, tone)

    def action_help(self) -> None:
        from kerman_tui.tui.screens.help import HelpScreen

        wheres = self.screen.wheres() if isinstance(self.screen, RoomScreen) else ()
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(wheres))

    def action_palette(self) -> None:
        from kerman_tui.tui.screens.palette import palette, run

        if not isinstance(self.screen, RoomScreen):
            return
        screen, nodes = palette(self.screen)

        async def chosen(action: str | None) -> None:
            if action is not None:
                await run(nodes[action], action)

        self.push_screen(screen, chosen)

    def action_leaders(self) -> None:
        from kerman_tui.tui.screens.leaders import LeadersScreen

        self._push_once(LeadersScreen)

    def action_basket(self) -> None:
        from kerman_tui.tui.screens.basket import BasketScreen

        self._push_once(BasketScreen)

    def action_quotations(self) -> None:
        self.show_listing("quotations")

    def action_figures(self) -> None:
        self.show_listing("figures")

    def action_utterances(self) -> None:
        self.show_listing("utterances")

    def action_organisations(self) -> None:
        self.show_listing("organisations")

    def action_reuse(self) -> None:
        self.show_listing("reuse")

    def action_stories(self) -> None:
        self.show_listing("stories")

    def action_wording(self) -> None:
        self.show_listing("wording")

    def show_listing(self, name: str, person: str | None = None, *, instead: bool = False) -> None:
        from kerman_tui.tui.screens.listings import listing_screen

        show = self.switch_screen if instead else self.push_screen
        show(listing_screen(name, person))

    def action_skipped(self) -> None:
        from kerman_tui.tui.screens.text import TextScreen

        skipped = self.corpus.skipped if self.corpus is not None else ()
        lines = [f"{one.source}: {one.why}" for one in skipped] or ["Every file gave its articles."]
        self.push_screen(TextScreen(f"Skipped: {len(skipped):,}", lines))

    def action_message(self) -> None:
        from kerman_tui.tui.screens.text import TextScreen

        self.push_screen(TextScreen("Last message", (self.details or "Nothing was said yet.").splitlines()))

    def action_plain(self) -> None:
        from kerman_tui.tui.outside import show_outside

        if isinstance(self.screen, RoomScreen):
            show_outside(self, self.screen.plain_text() + "\n")

    def read(self, span: Span, others: Sequence[Span] = ()) -> None:
        self._to_explorer()
        self.explorer.read(span, others)

    def ask_for(self, query: str) -> None:
        self._to_explorer()
        self.explorer.ask_for(query)

    def _to_explorer(self) -> None:
        while self.screen is not self.explorer:
            self.pop_screen()

    def show_source(self, name: str, line: int) -> None:
        from kerman_tui.tui.outside import show_source

        problem = show_source(self, Path(name), line)
        if problem:
            self.say(problem, "warn")

    def lay_beside(self, left: Article, right_id: str | None) -> None:
        from kerman_tui.tui.screens.compare import CompareScreen

        self.push_screen(CompareScreen(left, right_id))

    def show_passages(self, title: str, find: Passages) -> None:
        from kerman_tui.tui.screens.passages import PassagesScreen

        self.push_screen(PassagesScreen(title, find))

    def _push_once(self, kind: type[RoomScreen]) -> None:
        if not isinstance(self.screen, kind):
            self.push_screen(kind())
