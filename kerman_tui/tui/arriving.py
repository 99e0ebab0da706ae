"""How a corpus comes to the screen: in parts while it is read, whole once it can be searched, in place of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kerman_tui.tui import state as states
from kerman_tui.tui.asking import Asker
from kerman_tui.tui.going import Going
from kerman_tui.tui.opening import Given, Opening, PartRead, Progressed, given_of
from kerman_tui.tui.readying import Readying
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.watching import Watching

if TYPE_CHECKING:
    from textual.driver import Driver

    from kerman_tui.corpus import Corpus
    from kerman_tui.tui.widgets.choices import Choice

NAMES_AT_ONCE = 3_000
"""Articles of a corpus whose names are read without being asked for: a few seconds' work."""
FAILED = 2
"""Exit code when there was nothing to open."""


class Arriving(Going):
    """A program in which one corpus at a time is open."""

    state: states.State

    def __init__(self, given: Given, driver: type[Driver] | None) -> None:
        """``given`` is what is to be opened, once the first frame is there."""
        super().__init__(driver_class=driver)
        self.corpus: Corpus | None = None
        self.corpus_name = given.name
        self.names_read = False
        self.opened = False
        """Whether opening has come to an end, well or not."""
        self.code = 0
        """Exit code of the program."""
        self.asker = Asker(self, self.failed)
        self.ask = self.asker.ask
        self.opening = Opening(self, given)
        self.readying = Readying(self)
        self.watching = Watching(self)

    def spare_what_stands(self) -> None:
        """Let the collector pass over what will not go any more."""
        raise NotImplementedError

    def failed(self, error: Exception) -> None:
        """Say what went wrong where nobody else does."""
        raise NotImplementedError

    def notice(self) -> None:
        """Say what the corpus noticed while it was asked."""
        raise NotImplementedError

    # --- the first part, and the whole ----------------------------------------------------------------------------

    def on_progressed(self, message: Progressed) -> None:
        if not self.opened:
            self.explorer.progressed(message.progress)

    def on_part_read(self, message: PartRead) -> None:
        """Show what was read so far as if it were all; names over the whole wait for the whole."""
        if message.opening is not self.opening or self.opened:
            return
        if self.corpus is None:
            self.corpus = message.corpus
            self.explorer.part_read(first=True)
        else:
            self.readying.part(message.corpus)

    def part_ready(self, part: Corpus) -> None:
        """Show a larger part, which can be searched now."""
        self.corpus = part
        self.explorer.part_read(first=False)

    def corpus_opened(self, corpus: Corpus) -> None:
        """Show the corpus that was opened; what is there of it already is searched until all of it can be."""
        if self.corpus is None:
            self._show(corpus)
        self.readying.whole(corpus)

    def whole_ready(self, corpus: Corpus) -> None:
        """Show the corpus, which can be searched now."""
        if self.corpus is not corpus:
            self._show(corpus)
        self.spare_what_stands()

    def preparing(self, said: str) -> None:
        """Show how far the search index is."""
        self.explorer.preparing(said)

    def _show(self, corpus: Corpus) -> None:
        partly = self.corpus is not None
        self.opened = True
        self.corpus = corpus
        self.names_read = len(corpus) <= NAMES_AT_ONCE
        self.corpus_name = self.opening.given.name
        place = self.state.places.get(self.opening.given.key, states.Place())
        if partly:
            self.explorer.corpus_whole(place)
        else:
            self.explorer.corpus_opened(place)
        skipped = len(corpus.skipped)
        if skipped:
            self.say(
                f"{skipped:,} {'inputs' if skipped > 1 else 'input'} gave no article; ! shows which, and why", "warn"
            )
        self.notice()
        for screen in self.screen_stack:
            if isinstance(screen, RoomScreen):
                screen.corpus_changed()

    def corpus_failed(self, error: Exception) -> None:
        self.opened = True
        self.explorer.corpus_failed(str(error))
        self.code = FAILED

    def give_up_opening(self) -> bool:
        """Stop reading files; what was read is shown. False when nothing was being read."""
        return self.opening.cancel()

    # --- another corpus -------------------------------------------------------------------------------------------

    def action_take_in(self) -> None:
        """Show the corpus as it is kept now, where it was indexed again while it was open."""
        newer = self.watching.take()
        if newer is None:
            self.say("nothing new was indexed since this corpus was opened")
            return
        self.corpus_opened(newer)
        self.say(f"{len(newer):,} articles now", "ok")

    def action_corpora(self) -> None:
        from kerman_tui.tui.corpora import others
        from kerman_tui.tui.screens.palette import ChooseScreen

        def chosen(key: str | None) -> None:
            if key is not None:
                self._open_another(given_of(key, self.opening.given.workers))

        def known(choices: Sequence[Choice]) -> None:
            nothing = "No other corpus is known yet: `kerman-tui index FOLDER --name NAME` keeps one."
            self.push_screen(ChooseScreen("Open another corpus", choices, nothing), chosen)

        here, places = self.opening.given.key, list(reversed(self.state.places))
        self.ask(self, "corpora", lambda _: others(here, places), known, lane="slow")

    def news_shown(self) -> None:
        """Say in the place line that there is something new."""
        self.explorer.place_shown()

    @property
    def news(self) -> str:
        return self.watching.news

    def _open_another(self, given: Given) -> None:
        """Close this corpus, keep the place in it, and open another."""
        self.remember_place()
        self.opening.cancel()
        self.readying.give_up()
        self.asker.give_up_all(but=("marks", "basket", "settings", "clipboard"))
        while self.screen is not self.explorer:
            self.pop_screen()
        self.corpus, self.opened, self.names_read = None, False, False
        self.corpus_name = given.name
        self.explorer.corpus_closed()
        self.opening = Opening(self, given)
        self.opening.start()

    def remember_place(self) -> None:
        """Keep where one is, for the next session."""
        if self.corpus is not None and self.opening.given.key:
            self.state.remember_place(self.opening.given.key, self.explorer.place())
