"""The same words in several outlets: a table of utterances, and one utterance collated version by version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.model import Sheet, Span
from kerman_tui.people.collate import Utterance
from kerman_tui.tui.actions import Where
from kerman_tui.tui.collation import table_of
from kerman_tui.tui.screens.records import RecordsScreen
from kerman_tui.tui.screens.selecting import Selecting
from kerman_tui.tui.widgets.table import Table
from kerman_tui.tui.widgets.versions import Versions


class UtterancesScreen(RecordsScreen):
    """Utterances, each opened as a collation."""

    @on(Table.Chosen)
    def _collated(self, event: Table.Chosen) -> None:
        event.stop()
        event.prevent_default()
        record = self.current
        if record is not None and isinstance(record.about, Utterance):
            self.app.push_screen(CollationScreen(record.about))


class CollationScreen(Selecting):
    """One utterance: who ran it whole, who clipped it, who changed a word, and who introduced it with which verb."""

    WHERES: ClassVar[tuple[Where, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []
    KIND = "table"
    EXPORT = ("write the versions to (.csv .md .txt .html .json)", "~/utterance.md")

    def __init__(self, utterance: Utterance) -> None:
        super().__init__()
        self._utterance = utterance

    def body(self) -> Iterable[Widget]:
        self.versions = Versions(self._utterance, id="versions")
        yield self.versions

    def on_mount(self) -> None:
        self.versions.focus()
        corpus = self.host.corpus
        if corpus is None:
            return
        ids = [one.quote.article for one in self._utterance.versions]
        self.host.ask(self, "dates", lambda _: {id_: corpus.article(id_).published for id_ in ids}, self.versions.date)

    def _span(self) -> Span | None:
        one = self.versions.current
        if one is None:
            return None
        return Span(one.quote.article, one.quote.paragraph, one.quote.start, one.quote.end)

    def action_open(self) -> None:
        span = self._span()
        if span is not None:
            self.host.read(span)

    def action_mark(self) -> None:
        corpus, span = self.host.corpus, self._span()
        if corpus is not None and span is not None:
            self.mark(corpus.article(span.article), (span,))

    def action_copy(self) -> None:
        corpus, span = self.host.corpus, self._span()
        if corpus is not None and span is not None:
            self.copy(corpus.article(span.article), (span,))

    def action_copy_all(self) -> None:
        self.host.send(self.document("markdown"), "all versions")

    def sheet(self) -> Sheet:
        """Every version with what it did to the fullest one."""
        title = f"{self._utterance.speaker or 'Unknown speaker'}: {self._utterance.text}"
        return self._sheet(title, *table_of(self._utterance, self.versions.dates))
