"""Passages in context: every occurrence of a query, every mention behind a number, one key from the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.model import ConcordanceLine, Sheet
from kerman_tui.text.fold import fold
from kerman_tui.tui.actions import Where
from kerman_tui.tui.dispersion import Spread, spreads
from kerman_tui.tui.evidence import FIRST, MOST, Passages
from kerman_tui.tui.page import day_of
from kerman_tui.tui.screens.selecting import Selecting, sentences_around
from kerman_tui.tui.widgets.contexts import Contexts
from kerman_tui.tui.widgets.spreads import Spreads

ORDERS: Sequence[tuple[str, Callable[[ConcordanceLine], object]]] = (
    ("by place", lambda line: 0),
    ("by what follows", lambda line: [fold(word) for word in line.right.split()[:4]]),
    ("by what stands before", lambda line: [fold(word) for word in reversed(line.left.split()[-4:])]),
    ("by outlet", lambda line: (fold(line.outlet), line.published or "9999")),
    ("by date", lambda line: (line.published or "9999", fold(line.outlet))),
    ("by how it is written", lambda line: (fold(line.keyword), line.keyword)),
)


class PassagesScreen(Selecting):
    """A concordance, and where in each article its passages stand."""

    WHERES: ClassVar[tuple[Where, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []
    KIND = "table"
    EXPORT = ("write the passages to (.csv .md .txt .html .json)", "~/passages.csv")

    def __init__(self, title: str, find: Passages) -> None:
        super().__init__()
        self._title = title
        self._find = find
        self._found: Sequence[ConcordanceLine] = ()
        self._order = 0

    def body(self) -> Iterable[Widget]:
        self.contexts = Contexts(f"In context: {self._title}", id="contexts")
        self.spreads = Spreads(f"Where in each article: {self._title}", id="spreads")
        self.spreads.display = False
        yield self.contexts
        yield self.spreads

    def on_mount(self) -> None:
        self.contexts.focus()
        self._ask(FIRST)

    def _ask(self, most: int) -> None:
        """Find the first passages, show them, and then all."""
        corpus, part = self.host.corpus, self.so_far()
        if corpus is None:
            return

        def work(cancelled: Callable[[], bool]) -> Sequence[ConcordanceLine]:
            return list(self._find(corpus, cancelled, most))

        def answered(found: Sequence[ConcordanceLine]) -> None:
            self._found = found
            self.contexts.title_shown = f"In context: {self._title}{part}"
            self.contexts.said = (f"{self._title} stands nowhere in these words.", "Esc goes back.")
            self._show()
            if len(found) >= most:
                more = most < MOST
                self.host.say(
                    f"the first {most:,} passages; the others are being gathered …"
                    if more
                    else f"the first {most:,} passages are shown; there are more",
                    "info" if more else "warn",
                )
                if more:
                    self._ask(MOST)
            elif most > FIRST:
                self.host.say(f"all {len(found):,} passages")

        self.host.ask(self, "passages", work, answered, lane="passages")

    def corpus_changed(self) -> None:
        self._ask(FIRST)

    def on_unmount(self) -> None:
        # What is still being gathered is not wanted any more.
        self.host.ask(self, "passages", lambda _: None, lambda _: None, lane="passages")

    def _show(self) -> None:
        name, key = ORDERS[self._order]
        self.contexts.show(sorted(self._found, key=key), name, at=self.contexts.passage)  # type: ignore[arg-type]

    def action_sort(self) -> None:
        self._order = (self._order + 1) % len(ORDERS)
        self._show()
        self.host.say(ORDERS[self._order][0])

    def action_plot(self) -> None:
        """Show where in each article the passages stand, or the passages again."""
        if self.spreads.display:
            self._plotted(False)
            return
        corpus = self.host.corpus
        if corpus is None or not self._found:
            return
        found = self._found

        def answered(made: list[Spread]) -> None:
            self.spreads.show(made)
            self._plotted(True)

        self.host.ask(self, "spreads", lambda _: spreads(corpus, found), answered)

    def _plotted(self, plotted: bool) -> None:
        self.spreads.display, self.contexts.display = plotted, not plotted
        (self.spreads if plotted else self.contexts).focus()

    @on(Contexts.Wanted)
    def _wanted(self, event: Contexts.Wanted) -> None:
        event.stop()
        corpus = self.host.corpus
        if corpus is None:
            return
        span = event.line.span
        if event.what == "open":
            self.host.read(span, [one.span for one in self._found if one.span.article == span.article])
            return
        article = corpus.article(span.article)
        spans = (sentences_around(article, span),)
        if event.what == "mark":
            self.mark(article, spans)
        else:
            self.copy(article, spans)

    def sheet(self) -> Sheet:
        """The passages as they are shown, in their order."""
        found = self.contexts.found if self._found else ()
        return self._sheet(
            f"In context: {self._title}",
            ("outlet", "date", "before", "keyword", "after", "article"),
            ((one.outlet, day_of(one.published), one.left, one.keyword, one.right, one.span.article) for one in found),
            self._title,
            spans=[one.span for one in found],
        )

    def action_back(self) -> None:
        if self.spreads.display:
            self._plotted(False)
        else:
            self.dismiss()
