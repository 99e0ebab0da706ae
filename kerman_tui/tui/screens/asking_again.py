"""Asking again: the history of queries, searches kept under a name, and a file of names, from the explorer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kerman_tui.tui import searches
from kerman_tui.tui.screens.handing import Handing
from kerman_tui.tui.widgets.field import SearchField
from kerman_tui.tui.widgets.hits import HitList

if TYPE_CHECKING:
    from kerman_tui.tui.records import Listing


class AskingAgain(Handing):
    """What the explorer does with queries besides asking them."""

    field: SearchField
    list: HitList

    def remember_query(self, query: str) -> None:
        """Put a query into the history, here and on the disk."""
        self.host.state.remember_query(query)
        if query.strip():
            self.host.ask(self, "remember", lambda _: searches.remember(query), lambda _: None, lambda _: None)

    def history_read(self) -> None:
        """Take the queries of all sessions over."""

        def answered(queries: list[str]) -> None:
            ours = [one for one in self.host.state.queries if one not in queries]
            self.host.state.queries = [*ours, *queries]

        self.host.ask(self, "history", lambda _: searches.remembered(), answered, lambda _: None)

    def action_save_search(self) -> None:
        corpus, query = self.host.corpus, self.field.value.strip()
        if not query or corpus is None:
            self.host.say("type a query first, then s keeps it", "warn")
            return
        name = " ".join(query.split())

        def kept(total: int) -> None:
            self.host.say(f"kept with {total:,} articles; o lists the searches kept, with what is new in them", "ok")

        self.host.ask(self, "keep", lambda _: searches.keep(corpus, name, query), kept)

    def action_saved_searches(self) -> None:
        from kerman_tui.tui.screens.searches import SearchesScreen

        self.app.push_screen(SearchesScreen())

    def action_batch(self) -> None:
        """Ask every line of a file."""
        from kerman_tui.tui.screens.prompt import PromptScreen

        strict = self.host.found.strict if self.host.found is not None else False

        def named(path: str | None) -> None:
            if not path or not path.strip():
                return
            file = Path(path.strip()).expanduser()

            def read(listing: Listing) -> None:
                from kerman_tui.tui.screens.records import RecordsScreen

                self.app.push_screen(RecordsScreen(listing))

            def failed(error: Exception) -> None:
                why = error.strerror or error if isinstance(error, OSError) else error
                self.host.say(f"{file}: {why}; nothing was asked", "error")

            self.host.ask(self, "batch", lambda _: searches.batch(file, strict=strict), read, failed)

        self.app.push_screen(PromptScreen("a file with a name or query a line", "~/"), named)

    def action_duplicates(self) -> None:
        """List what says the same as the article under the cursor and stands behind it."""
        from kerman_tui.tui.records import articles
        from kerman_tui.tui.screens.records import RecordsScreen

        entry, corpus = self.list.current, self.host.corpus
        if entry is None or corpus is None:
            return
        if not entry.duplicates:
            self.host.say("no article here says the same as this one")
            return
        ids = (entry.id, *entry.duplicates)

        def fetched(listing: Listing) -> None:
            self.app.push_screen(RecordsScreen(listing))

        title = f"{len(ids)} articles that say the same"
        self.host.ask(self, "duplicates", lambda _: articles(title, [corpus.article(one) for one in ids]), fetched)
