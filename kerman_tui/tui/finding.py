"""The search of the explorer: a query in, entries for the list out, as you type.

Every keystroke asks anew, unless the answer was foreseen, and only the last question is answered. More hits are fetched
as the cursor nears the end. What needs the names or the stories of all articles first keeps no other query waiting.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from kerman_tui.model import QueryProblem, SearchResult
from kerman_tui.tui.foreseeing import Asked, Foresight, answer_to
from kerman_tui.tui.host import Host
from kerman_tui.tui.widgets.hits import AllEntries, Entries, FoundEntries

if TYPE_CHECKING:
    from textual.timer import Timer

    from kerman_tui.corpus import Corpus

LINES_OF_A_HIT = 2
AROUND = 4
"""Lines of the screen that no list can have: the field, its own head, the status line and the keys."""
BEYOND = 1
"""Hits asked for on a keystroke beyond those that the screen has room for; the others follow when one moves on."""
MORE_FACTOR = 4
NEAR_END = 10
TELL_EVERY = 0.4
"""Seconds between two states of how far the reading is that a query waits for."""
_OF_ALL = re.compile(r"\b(person|org|country|story):", re.IGNORECASE)
"""Fields for which all articles are read when they are asked for first."""


class Findings(msgspec.Struct, frozen=True):
    """What the list shows, and what is to be said of it."""

    query: str
    entries: Entries
    total: int
    problems: tuple[QueryProblem, ...] = ()
    suggestions: tuple[str, ...] = ()


class Finder:
    """Asks the corpus; ``found`` is told of every answer that is still wanted."""

    def __init__(self, host: Host, found: Callable[[Findings, bool], None]) -> None:
        self._host = host
        self._found = found
        self.strict = False
        self.query = ""
        self.findings = Findings("", FoundEntries(()), 0)
        self._limit = BEYOND
        self._asking_more = False
        self._foresight = Foresight(host)
        self._telling: Timer | None = None

    def find(self, query: str) -> None:
        """Ask for a query; the answer comes to ``found`` with False (True: more of the same)."""
        self.query = query
        self._limit = self._room + BEYOND
        self._ask(more=False)

    def again(self) -> None:
        """Ask the same anew, since the corpus has become another; the answer is more of the same."""
        self._foresight.forget()
        self._ask(more=True)

    def resized(self) -> None:
        """Fetch what there is room for now."""
        here = len(self.findings.entries)
        if here < self._room:
            self.near_end(here)

    @property
    def _room(self) -> int:
        """Hits that the screen has room for, whatever else it shows."""
        return max(-(-(self._host.size.height - AROUND) // LINES_OF_A_HIT), 0)

    def near_end(self, item: int) -> None:
        """Fetch more hits when the cursor comes near the last of those that are here."""
        here = len(self.findings.entries)
        if item >= here - NEAR_END and here < self.findings.total and not self._asking_more:
            self._limit *= MORE_FACTOR
            self._asking_more = True
            self._ask(more=True)

    def _ask(self, *, more: bool) -> None:
        corpus = self._host.corpus
        if corpus is None:
            return
        asked = Asked(self.query, self.strict, self._limit)
        if not asked.query.strip():
            self._take(Findings(asked.query, AllEntries(corpus.articles), len(corpus)), more)
            return

        def wanted() -> bool:
            return asked.query == self.query

        def work(cancelled: Callable[[], bool]) -> SearchResult | None:
            return answer_to(corpus, asked, lambda: cancelled() or not wanted())

        def answered(result: SearchResult | None) -> None:
            if result is None or not wanted():
                return  # what needs no asking came since: the field was emptied, or the answer was foreseen
            self._host.names_read = self._host.names_read or corpus.people_known
            entries = FoundEntries(result.hits)
            self._take(Findings(asked.query, entries, result.total, result.problems, result.suggestions), more)
            self._foresight.learn(asked, result)
            if not more:
                self._foresight.look_ahead(corpus, asked, result, wanted)

        known = self._foresight.known(asked)
        if known is not None:
            answered(known)
        elif waits_for_all(corpus, asked.query):
            self._ask_all(corpus, asked.query, work, answered)
        else:
            self._host.ask(self, "search", work, answered)

    def _ask_all(
        self,
        corpus: Corpus,
        query: str,
        work: Callable[[Callable[[], bool]], SearchResult | None],
        answered: Callable[[SearchResult | None], None],
    ) -> None:
        """Ask what all articles have to be read for, beside other questions, and tell how far that is."""
        under_way = True

        def worked(cancelled: Callable[[], bool]) -> SearchResult | None:
            nonlocal under_way
            try:
                return work(cancelled)
            finally:
                under_way = False

        def tell() -> None:
            if not under_way or query != self.query:
                telling.stop()
                return
            far = corpus.progress
            articles = f": {far.done:,} of {far.total:,}" if far is not None else ""
            self._host.say(f"{waits_for_all(corpus, query)}: reads all articles first, once{articles}")

        if self._telling is not None:
            self._telling.stop()
        telling = self._telling = self._host.set_interval(TELL_EVERY, tell)
        self._host.ask(self, "search", worked, answered, lane="fields")

    def _take(self, findings: Findings, more: bool) -> None:
        self._asking_more = False
        self.findings = findings
        self._found(findings, more)


def waits_for_all(corpus: Corpus, query: str) -> str:
    """The field of a query for which all articles have to be read first; "" where there is none."""
    for name in map(str.lower, _OF_ALL.findall(query)):
        if not (corpus.stories_known if name == "story" else corpus.people_known):
            return name
    return ""
