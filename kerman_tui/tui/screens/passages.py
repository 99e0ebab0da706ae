"""Passages in context: every occurrence of a query, or every mention of a person, one key from the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.model import ConcordanceLine, Span
from kerman_tui.text.fold import fold
from kerman_tui.tui.actions import Where
from kerman_tui.tui.screens.selecting import Selecting, sentences_around
from kerman_tui.tui.widgets.contexts import Contexts

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

MOST = 20_000
"""Occurrences shown at most; a word that stands everywhere says little."""


def mentions_of(corpus: Corpus, name: str, outlet: str | None, cancelled: Callable[[], bool]) -> list[ConcordanceLine]:
    """Every mention of a person (of one outlet), in the order of the articles."""
    found: list[ConcordanceLine] = []
    person = next((one for one in corpus.people(everyone=True) if one.name == name), None)
    if person is None:
        return found
    for id_, mentions in person.articles.items():
        if cancelled() or len(found) >= MOST:
            break
        article = corpus.article(id_)
        if outlet is not None and article.outlet != outlet:
            continue
        for one in mentions:
            text = article.text_of(one.paragraph)
            span = Span(id_, one.paragraph, one.start, one.end)
            left, right = text[: one.start], text[one.end :]
            found.append(
                ConcordanceLine(span, article.outlet, article.published, left, text[one.start : one.end], right)
            )
    return found


ORDERS: Sequence[tuple[str, Callable[[ConcordanceLine], object]]] = (
    ("by place", lambda line: 0),
    ("by what follows", lambda line: [fold(word) for word in line.right.split()[:4]]),
    ("by what stands before", lambda line: [fold(word) for word in reversed(line.left.split()[-4:])]),
    ("by outlet", lambda line: fold(line.outlet)),
    ("by date", lambda line: line.published or "9999"),
)


class PassagesScreen(Selecting):
    """A concordance."""

    WHERES: ClassVar[tuple[Where, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, title: str, query: str, person: str | None = None, outlet: str | None = None) -> None:
        super().__init__()
        self._title = title
        self._query = query
        self._person = person
        self._outlet = outlet
        self._found: Sequence[ConcordanceLine] = ()
        self._order = 0

    def body(self) -> Iterable[Widget]:
        self.contexts = Contexts(f"In context: {self._title}", id="contexts")
        yield self.contexts

    def on_mount(self) -> None:
        self.contexts.focus()
        corpus = self.host.corpus
        if corpus is None:
            return
        query, person, outlet = self._query, self._person, self._outlet

        def work(cancelled: Callable[[], bool]) -> Sequence[ConcordanceLine]:
            if person is not None:
                return mentions_of(corpus, person, outlet, cancelled)
            return list(corpus.concordance(query)[:MOST])

        def answered(found: Sequence[ConcordanceLine]) -> None:
            self._found = found
            self.contexts.said = (f"{self._title} stands nowhere in these words.", "Esc goes back.")
            self._show()

        self.host.ask(self, "passages", work, answered)

    def _show(self) -> None:
        name, key = ORDERS[self._order]
        self.contexts.show(sorted(self._found, key=key), name)  # type: ignore[arg-type]

    def action_sort(self) -> None:
        self._order = (self._order + 1) % len(ORDERS)
        self._show()
        self.host.say(ORDERS[self._order][0])

    @on(Contexts.Wanted)
    def _wanted(self, event: Contexts.Wanted) -> None:
        event.stop()
        corpus = self.host.corpus
        if corpus is None:
            return
        span = event.line.span
        if event.what == "open":
            self.host.read(span)
            return
        article = corpus.article(span.article)
        spans = (sentences_around(article, span),)
        if event.what == "mark":
            self.mark(article, spans)
        else:
            self.copy(article, spans)
