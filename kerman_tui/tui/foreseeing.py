"""Answers that are there before they are asked for: the last ones, and what the next key most likely asks for.

Between two keys of someone who types there are a hundred milliseconds in which nothing is done. Where an answer took
long enough to be felt, the likeliest next ones are worked out in them, unless the machine has other things to do.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kerman_tui.tui.asking import Asks

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.model import SearchResult

GUESSES = 2
"""Next keys that are thought of; typed words go on with one of the two likeliest in two of three cases."""
WORTH_MS = 3.0
"""What a search takes at least for the next one to be worth foreseeing; a folder of a few articles takes less."""
AFTER = 0.02
"""Seconds that an answer is left alone, to be painted, before the next one is thought of."""
MOST = 60
"""Answers that are remembered."""


class Asked(NamedTuple):
    """A question: the query, whether it is taken as it is written, and how many hits are wanted."""

    query: str
    strict: bool
    limit: int

    @property
    def lasting(self) -> bool:
        """Whether the answer stays true: what a field means may be known better the next time."""
        return ":" not in self.query


def answer_to(corpus: Corpus, asked: Asked, unwanted: Callable[[], bool]) -> SearchResult | None:
    """The answer, with as many passages as the list shows; ``None`` where it was wanted no longer."""
    from kerman_tui.search.index import SearchCancelledError

    try:
        return corpus.search(asked.query, limit=asked.limit, strict=asked.strict, passages=1, cancelled=unwanted)
    except SearchCancelledError:
        return None


class Foresight:
    """What is known of one corpus before it is asked."""

    def __init__(self, host: Asks) -> None:
        self._host = host
        self._known: dict[Asked, SearchResult] = {}

    def forget(self) -> None:
        """The corpus has become another."""
        self._known = {}

    def known(self, asked: Asked) -> SearchResult | None:
        return self._known.get(asked)

    def learn(self, asked: Asked, result: SearchResult) -> None:
        """Remember an answer."""
        if not asked.lasting:
            return
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[asked] = result

    def look_ahead(self, corpus: Corpus, asked: Asked, result: SearchResult, wanted: Callable[[], bool]) -> None:
        """Work out what is asked next most likely, as long as ``wanted`` says that nothing else was asked."""
        if result.took_ms < WORTH_MS or not asked.lasting:
            return
        known = self._known  # of this corpus: what is worked out too late is not learnt

        def work(cancelled: Callable[[], bool]) -> None:
            def unwanted() -> bool:
                return cancelled() or not wanted()

            time.sleep(AFTER)
            for query in () if unwanted() or machine_busy() else corpus.likely(asked.query, GUESSES):
                if unwanted():
                    return
                guess = asked._replace(query=query)
                if guess not in known and (answer := answer_to(corpus, guess, unwanted)) is not None:
                    known[guess] = answer

        self._host.ask(self, "ahead", work, lambda _: None, lambda _: None, lane="ahead")


def machine_busy() -> bool:
    """Whether as many threads run at this moment, this one aside, as there are processors; False where nobody says."""
    try:
        running = int(Path("/proc/loadavg").read_text("ascii").split()[3].partition("/")[0]) - 1
    except (OSError, ValueError, IndexError):
        return False
    return running >= (os.cpu_count() or 1)
