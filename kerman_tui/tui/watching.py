"""Whether a kept corpus has been indexed again while it is open: looked for in a thread, offered, taken in by a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from kerman_tui.tui.asking import Asks

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

LOOK_EVERY = 5.0
"""Seconds between two looks at the pointer to the generation in force."""


class WatchingHost(Asks, Protocol):
    """What watching needs of the program."""

    corpus: Corpus | None
    opened: bool

    def news_shown(self) -> None: ...


class Watching:
    """What is new in the corpus that is open. Who reads in it goes on undisturbed until she asks for the new."""

    def __init__(self, host: WatchingHost) -> None:
        self._host = host
        self._newer: Corpus | None = None
        self._of: Corpus | None = None
        self.news = ""
        """What is new, in a few words, for the place line; "" when nothing is."""

    def look(self) -> None:
        """See whether there is a newer state of the corpus. Costs one small file when there is none."""
        corpus = self._host.corpus
        if corpus is None or corpus.name is None or not self._host.opened:
            return
        known = self._newer if self._of is corpus and self._newer is not None else corpus

        def work(_: Callable[[], bool]) -> tuple[Corpus, int] | None:
            newer = known.newer()
            return (newer, new_in(newer, corpus)) if newer is not None else None

        def answered(found: tuple[Corpus, int] | None) -> None:
            if found is not None and self._host.corpus is corpus:
                self._newer, self._of = found[0], corpus
                count = found[1]
                self.news = f"{count:,} new: ^R" if count else "changed on disk: ^R"
                self._host.news_shown()

        self._host.ask(self, "news", work, answered, lambda _: None, lane="slow")

    def take(self) -> Corpus | None:
        """The newer corpus, if there is one of the corpus that is open; it counts as taken."""
        newer = self._newer if self._of is self._host.corpus else None
        self._newer = self._of = None
        self.news = ""
        return newer


def new_in(newer: Corpus, older: Corpus) -> int:
    """How many articles of ``newer`` the other does not have."""
    return sum(older.articles.ordinal(newer.articles.id(at)) is None for at in range(len(newer.articles)))
