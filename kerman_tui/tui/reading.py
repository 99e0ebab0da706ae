"""Bringing articles into the reader: fetched and laid out in a thread, their names, quotations and figures after that.

It also keeps the places one has been to, to go back and forth between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from kerman_tui.model import Article, Match
from kerman_tui.tui.elsewhere import Footnotes, by_article
from kerman_tui.tui.gathering import found_in
from kerman_tui.tui.host import Host
from kerman_tui.tui.page import Layers, Page, lay_out
from kerman_tui.tui.panelling import names_of
from kerman_tui.tui.widgets.reader import Reader

Position = tuple[int | None, int, int]
HISTORY_KEPT = 200


class Stop(msgspec.Struct, frozen=True):
    """A place in the history: a query, and an article at a passage."""

    query: str
    article: str
    paragraph: int | None
    offset: int


def positions(matches: Sequence[Match]) -> tuple[Position, ...]:
    """All matched stretches of an article in reading order, the title first."""
    return in_order({(match.paragraph, start, end) for match in matches for start, end in match.spans})


def in_order(found: Iterable[Position]) -> tuple[Position, ...]:
    """Stretches of an article in reading order, the title first."""
    return tuple(sorted(found, key=lambda one: (-1 if one[0] is None else one[0], one[1])))


class Reading:
    """Fills one reader."""

    def __init__(self, host: Host, reader: Reader, opened: Callable[[Article], None]) -> None:
        self._host = host
        self._reader = reader
        self._opened = opened
        self._stops: list[Stop] = []
        self._at = -1
        self._notes: tuple[object, Mapping[str, Footnotes]] = (None, {})
        """The footnotes of all articles of a corpus, and that corpus."""

    def open(
        self,
        article: str,
        matches: Sequence[Position] = (),
        at: tuple[int | None, int] | None = None,
        then: Callable[[], None] | None = None,
        query: tuple[str, bool] | None = None,
    ) -> None:
        """Show an article at a passage; ``then`` is called when it is on the screen.

        With a ``query`` (and whether it is strict), all that it matches in the article is shown, else ``matches``.
        """
        corpus = self._host.corpus
        if corpus is None:
            return
        width = self._reader.text_width()

        def work(_: Callable[[], bool]) -> tuple[Page, Sequence[Position]]:
            page = lay_out(corpus.article(article), width)
            every = positions(corpus.matches(query[0], article, strict=query[1])) if query is not None else ()
            return page, every or matches

        def answered(found: tuple[Page, Sequence[Position]]) -> None:
            page, every = found
            self._reader.show(page, every, at=at)
            self._opened(page.article)
            self._ask_found(page.article)
            self._ask_notes(page.article)
            if then is not None:
                then()

        self._host.ask(self, "read", work, answered)

    def _ask_found(self, article: Article) -> None:
        corpus = self._host.corpus
        if corpus is None:
            return

        whole = self._host.names_read

        def work(_: Callable[[], bool]) -> Mapping[str, Layers]:
            if whole:
                people, organisations = corpus.people_in(article.id), corpus.organisations()
            else:
                local, organisations = names_of(corpus.names_in(article.id))
                people = tuple((one, one.articles[article.id]) for one in local)
            quotes, figures = corpus.quotes_in(article.id), corpus.figures_in(article.id)
            return found_in(article.id, people, organisations, quotes, figures)

        def answered(found: Mapping[str, Layers]) -> None:
            if self._reader.article is not None and self._reader.article.id == article.id:
                self._reader.show_found(found)

        self._host.ask(self, "found", work, answered, lane="names")

    def _ask_notes(self, article: Article) -> None:
        """Where its passages stand as well: where that is known already, or soon found out."""
        corpus = self._host.corpus
        if corpus is None or not (self._host.names_read or corpus.reuse_known):
            return

        def work(_: Callable[[], bool]) -> Footnotes:
            known, notes = self._notes
            if known is not corpus:
                notes = by_article(corpus.reuse())
                self._notes = corpus, notes
            return notes.get(article.id, {})

        def answered(notes: Footnotes) -> None:
            if self._reader.article is not None and self._reader.article.id == article.id:
                self._reader.show_notes(notes)

        self._host.ask(self, "notes", work, answered, lane="slow")

    # --- history --------------------------------------------------------------------------------------------------

    def remember(self, stop: Stop) -> None:
        """Note where one is; what lay ahead in the history is given up."""
        if 0 <= self._at < len(self._stops) and self._stops[self._at].article == stop.article:
            self._stops[self._at] = stop
            return
        del self._stops[self._at + 1 :]
        self._stops.append(stop)
        del self._stops[:-HISTORY_KEPT]
        self._at = len(self._stops) - 1

    def back(self, by: int) -> Stop | None:
        """The stop ``by`` steps back (negative: forth), or None at the end of the history."""
        at = self._at - by
        if not 0 <= at < len(self._stops):
            return None
        self._at = at
        return self._stops[at]
