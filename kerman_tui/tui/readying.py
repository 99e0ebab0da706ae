"""A corpus made ready to be searched: its index, and what the first query of a session loads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from kerman_tui.tui.asking import Asks

if TYPE_CHECKING:
    from textual.timer import Timer

    from kerman_tui.corpus import Corpus

FIRST_QUERY = "presidnet"
"""Asked for nobody: a misspelt word, so that what corrects it is loaded before the first letter is typed."""
TELL_EVERY = 0.4
"""Seconds between two states of how far the index is."""


class ReadyingHost(Asks, Protocol):
    """What making ready needs of the program."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer: ...

    def preparing(self, said: str) -> None:
        """Show how far the search index is; "" when there is nothing to tell."""

    def part_ready(self, part: Corpus) -> None: ...

    def whole_ready(self, corpus: Corpus) -> None: ...

    def failed(self, error: Exception) -> None: ...


class Readying:
    """Makes one corpus ready at a time: parts one after the other, the whole in place of any part."""

    def __init__(self, host: ReadyingHost) -> None:
        self._host = host
        self._under_way = False
        self._waiting: Corpus | None = None
        """The last part that was read while one before it is made ready."""
        self._telling: Timer | None = None

    def part(self, part: Corpus) -> None:
        """Make a part ready, after the one that is being made ready; of several that wait, only the last."""
        if self._under_way:
            self._waiting = part
            return

        def ready() -> None:
            self._host.part_ready(part)
            following, self._waiting = self._waiting, None
            if following is not None:
                self.part(following)

        self._begin(part, ready, self._host.failed)

    def whole(self, corpus: Corpus) -> None:
        """Make all of it ready, and tell how far that is; parts are wanted no longer."""
        told = False

        def tell() -> None:
            nonlocal told
            far = corpus.progress
            if far is not None:
                told = True
                self._host.preparing(f"preparing the search: {far.done:,} of {far.total:,}")

        def ready() -> None:
            self.give_up()
            if told:
                self._host.preparing("")
            self._host.whole_ready(corpus)
            self._host.ask(self, "ahead", corpus.read_ahead, lambda _: None, lambda _: None, lane="index")

        def failed(error: Exception) -> None:
            ready()  # its articles can be read
            self._host.failed(error)

        self.give_up()
        self._telling = self._host.set_interval(TELL_EVERY, tell)
        self._begin(corpus, ready, failed)

    def give_up(self) -> None:
        """Tell no more of what is made ready, and make nothing ready after it."""
        self._waiting = None
        if self._telling is not None:
            self._telling.stop()
            self._telling = None

    def _begin(self, corpus: Corpus, then: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        def ready(_: object) -> None:
            self._under_way = False
            then()

        def broken(error: Exception) -> None:
            self._under_way = False
            failed(error)

        def work(_: Callable[[], bool]) -> None:
            corpus.search(FIRST_QUERY, limit=1, passages=1)

        self._under_way = True
        self._host.ask(self, "index", work, ready, broken, lane="index")
