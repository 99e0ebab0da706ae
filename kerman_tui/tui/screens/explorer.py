"""The explorer: search field, list, reader and panel on one screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget

from kerman_tui.tui.actions import Where, bindings
from kerman_tui.tui.arrangement import BESIDE, Pane, arrange
from kerman_tui.tui.evidence import Passages, in_scope, of_organisation, of_person
from kerman_tui.tui.finding import Finder
from kerman_tui.tui.gathering import PanelRow, with_condition
from kerman_tui.tui.opening import Progress
from kerman_tui.tui.panelling import panel_rows
from kerman_tui.tui.reading import Reading
from kerman_tui.tui.screens.browsing import Browsing
from kerman_tui.tui.state import Place
from kerman_tui.tui.widgets.ask import Count, Sign
from kerman_tui.tui.widgets.drawn import Ground
from kerman_tui.tui.widgets.field import SearchField
from kerman_tui.tui.widgets.hits import Entry, FoundEntries, HitList
from kerman_tui.tui.widgets.lines import LineView
from kerman_tui.tui.widgets.panel import Panel
from kerman_tui.tui.widgets.reader import Reader

PANEL_AFTER = 0.15
SPLIT_STEP = 4
MOST_SPLIT = 60
FIRST_STARTS = 3
"""Starts at which the line of the keys that matter is shown."""
OPENING = ("opening …", "Esc stops reading and shows what is there")
HINT = "type / and half a name · Enter reads · Space marks · y copies with citation · c compares · ? shows all keys"
SHORT_HINT = "type half a name · Enter reads · Space marks · y copies · ? all keys"


class ExplorerScreen(Browsing):
    """Find, read, mark, and go on to everything else."""

    WHERES: ClassVar[tuple[Where, ...]] = ("explorer",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("explorer")

    def __init__(self) -> None:
        super().__init__()
        self.panel_on: bool | None = None
        self._panel_timer: Timer | None = None
        self._reading_on = ""
        """How far reading is, while a first part of the corpus is shown."""
        self._panel_article: str | None = None
        """The article of which the panel tells; None where it tells of a result."""

    def body(self) -> Iterable[Widget]:
        self.field = SearchField(id="query")
        self.count = Count(id="count")
        self.list = HitList(id="list")
        self.reader = Reader(id="reader")
        self.panel = Panel(id="panel")
        self.panes = Ground(self.list, self.reader, self.panel, id="panes")
        self.list.add_class("shown")
        yield Ground(Sign(" / ", id="prompt"), self.field, self.count, id="ask")
        yield self.panes

    def on_mount(self) -> None:
        self.field.left, self.field.asks = self.left, self.asked
        self.finder = Finder(self.host, self._found)
        self.articles = Reading(self.host, self.reader, self._opened)
        self.list.hints = OPENING
        self.set_focus(self.field)
        self.share_out()

    # --- the corpus -----------------------------------------------------------------------------------------------

    def corpus_opened(self, place: Place) -> None:
        """Show a corpus that was opened just now: what she typed while it was, or the place where she was last."""
        self.history_read()
        self.list.hints = ()
        if not self.field.value:
            self._after_open = place if place.article else None
            self.field.put(place.query, told=False)
            self.field.select()
        self.finder.find(self.field.value)
        if self.host.state.starts <= FIRST_STARTS and not self.status.message:
            fits = len(HINT) + len(self.host.corpus_name) + 4 <= self.size.width
            self.host.say(HINT if fits else SHORT_HINT)

    def corpus_closed(self) -> None:
        """Show nothing: another corpus is being opened."""
        self.reading, self.maximised, self._reading_on = False, None, ""
        self.finder = Finder(self.host, self._found)
        self.articles = Reading(self.host, self.reader, self._opened)
        self.reader.clear()
        self.panel.show((), "People and facets", "")
        self.field.put("", told=False)
        self.count.show("")
        self.list.hints = OPENING
        self.list.show(FoundEntries(()), 0, "Articles")
        self.share_out()
        self.set_focus(self.field)
        self.place_shown()

    def part_read(self, *, first: bool) -> None:
        """Show what was read so far; where one is in it stays."""
        if first:
            self.list.hints = ()
            self.finder.find(self.field.value)
        else:
            self.finder.again()

    def corpus_whole(self, place: Place) -> None:
        """Show the whole corpus in place of its first part: where she is now, or was last if she has done nothing."""
        self._reading_on = ""
        if not (self.field.value or self.list.cursor or self.reading):
            self.corpus_opened(place)
            return
        self.history_read()
        self.finder.again()
        article, spans = self.reader.article, self.reader.selection()
        corpus = self.host.corpus
        known = corpus is not None and article is not None and corpus.articles.ordinal(article.id) is not None
        if self.focused is self.reader and article is not None and spans and known:
            self.articles.open(article.id, self.reader.matches, (spans[0].paragraph, spans[0].start))
        self.place_shown()
        self.panel_later()

    def progressed(self, progress: Progress) -> None:
        """Say how far reading is."""
        if self.host.corpus is not None:
            files = f"{progress.files_done:,} of {progress.files_total:,} files"
            self._reading_on = f"reading {files}, {_articles(progress)}"
            self.place_shown()
            return
        self.list.hints = (
            f"reading: {progress.files_done:,} of {progress.files_total:,} files, "
            f"{_articles(progress)}, "
            f"{progress.rate:,.0f} a second",
            "Esc stops and shows what was read so far.",
        )
        self.list.paint()

    def preparing(self, said: str) -> None:
        """Say how far the search index is, where a query waits for it too."""
        self._reading_on = said
        if said and not self.list.items:
            self.list.hints = (said, "Ctrl+x empties the query and shows all articles meanwhile.")
            self.list.paint()
        self.place_shown()

    def corpus_failed(self, why: str) -> None:
        """Say why there is nothing to show, and what to do."""
        self.list.hints = (
            why, "", "Give it files or folders of articles:", "kerman-tui FOLDER", "",
            "It reads text, HTML, Markdown, PDF text, JSON, CSV, feeds and web archives.", "q leaves.",
        )  # fmt: skip
        self.list.repaint()
        self.set_focus(self.list)

    def place(self) -> Place:
        """Where one is, for the next session."""
        article = self.reader.article
        if article is None or not self.reader.items:
            return Place(self.field.value)
        span = self.reader.selection()[0]
        return Place(self.field.value, article.id, span.paragraph, span.start, self.reading)

    # --- the panel ------------------------------------------------------------------------------------------------

    def panel_later(self) -> None:
        if self._panel_timer is not None:
            self._panel_timer.stop()
            self._panel_timer = None
        if self.panel.has_class("shown"):
            self._panel_timer = self.set_timer(PANEL_AFTER, self._fill_panel)

    @property
    def resting(self) -> bool:
        return super().resting and self._panel_timer is None

    def _fill_panel(self) -> None:
        self._panel_timer = None
        corpus = self.host.corpus
        if corpus is None:
            return
        findings = self.finder.findings
        article = self.reader.article if self.reading and self.focused is not self.list else None
        names = self.host.names_read
        if not self.panel.rows:
            self.panel.waiting = "reading names …"
            self.panel.paint()

        query, strict = findings.query, self.finder.strict

        def work(_: Callable[[], bool]) -> list[PanelRow]:
            return panel_rows(corpus, query, strict, article, names=names)

        def answered(rows: list[PanelRow]) -> None:
            self.panel.waiting = ""
            name = (
                "In this article"
                if article is not None
                else "In all articles"
                if not query.strip()
                else "In what was found"
            )
            self._panel_article = article.id if article is not None else None
            self.panel.show(rows, name, self.field.value)

        self.host.ask(self, "panel", work, answered, lane="slow")

    @on(Panel.Filtered)
    def _filtered(self, event: Panel.Filtered) -> None:
        self.field.value = with_condition(self.field.value, event.row.condition)
        self.remember_query(self.field.value)

    @on(Panel.TimelineWanted)
    def _timeline(self, event: Panel.TimelineWanted) -> None:
        from kerman_tui.tui.days import Timeline
        from kerman_tui.tui.screens.crossing import CrossScreen

        self.app.push_screen(CrossScreen(Timeline(event.row.label), self.host.found))

    @on(Panel.PassagesWanted)
    def _panel_passages(self, event: Panel.PassagesWanted) -> None:
        kind, name, article = event.row.kind, event.row.label, self._panel_article
        if kind not in ("person", "organisation"):
            self._filtered(Panel.Filtered(event.row))
            return

        def make(among: Collection[str] | None) -> Passages:
            return of_person(name, among=among) if kind == "person" else of_organisation(name, among=among)

        if article is not None:
            self.host.show_passages(f"{name} in this article", make(frozenset({article})))
        else:
            found = self.host.found
            self.host.show_passages(f"{name} · {found.said}" if found else name, in_scope(make, found))

    # --- panes ----------------------------------------------------------------------------------------------------

    @property
    def panel_wanted(self) -> bool:
        if self.panel_on is not None:
            return self.panel_on
        return self.host.state.panel and self.size.width >= BESIDE

    def share_out(self) -> None:
        """Share the screen between the panes."""
        width, height = self.size
        if not width:
            return
        maximised = self.maximised
        if self.app.has_class("plain"):
            # One pane at a time, so that a screen reader reads it from top to bottom.
            width = min(width, BESIDE - 1)
            maximised = maximised or ("panel" if self.panel_on else "reader" if self.reading else "list")
        found = arrange(
            width, height - 3, reading=self.reading, panel=self.panel_wanted, maximised=maximised,
            split=self.host.state.split,
        )  # fmt: skip
        styles = self.panes.styles
        with self.app.batch_update():
            for pane in (self.list, self.reader, self.panel):
                pane.set_class(pane.id in found.shown, "shown")
            self.panes.set_class(found.beside, "beside")
            self.panes.set_class(len(found.columns) > 2, "three")
            styles.grid_size_columns, styles.grid_size_rows = len(found.columns), len(found.rows)
            styles.grid_columns, styles.grid_rows = " ".join(found.columns), " ".join(found.rows)
            self.reader.styles.row_span = 2 if found.tall_reader else 1
            on_top = found.shown and found.shown[0] == "panel"
            if on_top and self.panes.children[0] is not self.panel:
                self.panes.move_child(self.panel, before=0)
            elif not on_top and self.panes.children[0] is not self.list:
                self.panes.move_child(self.panel, after=self.reader)
        focused = self.focused
        if isinstance(focused, LineView) and focused.id not in found.shown:
            self.focus_pane(found.shown[-1] if self.reading else found.shown[0])
        self.panel_later()

    def on_resize(self) -> None:
        self.share_out()
        self.finder.resized()

    def shown_panes(self) -> list[Widget]:
        return [self.field, *(pane for pane in (self.list, self.reader, self.panel) if pane.has_class("shown"))]

    def focus_pane(self, name: Pane) -> None:
        self.set_focus({"list": self.list, "reader": self.reader, "panel": self.panel}[name])

    def action_next_pane(self) -> None:
        self.step_pane(1)

    def action_previous_pane(self) -> None:
        self.step_pane(-1)

    def step_pane(self, by: int) -> None:
        panes = self.shown_panes()
        at = panes.index(self.focused) if self.focused in panes else 0
        self.set_focus(panes[(at + by) % len(panes)])

    def action_left(self) -> None:
        self.step_pane(-1)

    def action_right(self) -> None:
        if self.focused is self.list and not self.reader.has_class("shown"):
            self._read_current(focus=True)
        else:
            self.step_pane(1)

    def action_maximise(self) -> None:
        focused = self.focused
        self.maximised = None if self.maximised else cast(Pane, focused.id) if isinstance(focused, LineView) else None
        self.share_out()

    def action_wider(self) -> None:
        self._resize_reader(SPLIT_STEP)

    def action_narrower(self) -> None:
        self._resize_reader(-SPLIT_STEP)

    def _resize_reader(self, by: int) -> None:
        self.host.state.split = max(
            -60, min(60, self.host.state.split + (by if self.size.width >= BESIDE else by // 2))
        )
        self.share_out()

    def action_panel(self) -> None:
        self.panel_on = not self.panel_wanted
        self.host.state.panel = self.panel_on
        self.share_out()
        if self.panel_on and self.size.width < BESIDE:
            self.set_focus(self.panel)
        elif not self.panel_on and self.focused in (None, self.panel):
            self.focus_pane("reader" if self.reading else "list")

    def action_search(self) -> None:
        self.maximised = None
        self.share_out()
        self.field.select()
        self.set_focus(self.field)

    def action_compare(self) -> None:
        entry = self.list.current
        article = self.reader.article if self.reading else None
        if self.host.corpus is not None and (article is not None or entry is not None):
            left = article or self.host.corpus.article(cast(Entry, entry).id)
            self.host.lay_beside(left, None)

    def action_back(self) -> None:
        if self.reader.give_up_range():
            return
        if self.host.corpus is None and self.host.give_up_opening():
            self.host.say("reading stops here", "warn")
        elif self.maximised is not None:
            self.maximised = None
            self.share_out()
        elif self.panel_on and self.size.width < BESIDE:
            self.action_panel()
        elif self.reading:
            self.reading = False
            self.share_out()
            self.set_focus(self.list)
            self.panel_later()
        elif self.focused is not self.list:
            self.set_focus(self.list)
        elif self.host.give_up_opening():
            self.host.say("reading stops here", "warn")
        elif self.field.value:
            self.field.value = ""
        else:
            self.host.leave()

    def on_descendant_focus(self) -> None:
        self.place_shown()

    def wheres(self) -> tuple[Where, ...]:
        # In the field letters are letters: only its own keys hold.
        return ("search",) if self.focused is self.field else super().wheres()

    def document(self, form: str) -> str:
        """The passages selected in the reader."""
        from kerman_tui.clips.basket import new_clip
        from kerman_tui.clips.export import clips

        article, spans = self.reader.article, self.reader.selection()
        if article is None or not spans:
            return ""
        return clips([new_clip(article, span) for span in spans], form, self.style, article.title)

    def action_edit(self) -> None:
        """Have the selection in her editor; what she leaves there is copied."""
        from kerman_tui.clips.outside import edit
        from kerman_tui.tui.outside import aside

        text = self.document("text")
        if text:
            outcome = aside(self.app, lambda: edit(text, os.environ))
            if outcome.problem:
                self.host.say(outcome.problem, "warn")
            elif outcome.text.strip():
                self.host.send(outcome.text, "as edited")

    def marks_changed(self) -> None:
        super().marks_changed()
        self.place_shown()

    def place_shown(self) -> None:
        marked = len(self.host.marks.clips)
        parts = [self._reading_on, self.host.corpus_name, self.host.news]
        if marked:
            parts.append(f"● {marked} marked")
        if self.host.state.project:
            parts.append(f"project: {self.host.state.project}")
        self.status.place(" · ".join(part for part in parts if part))


def _articles(progress: Progress) -> str:
    return f"{progress.articles:,} article{'' if progress.articles == 1 else 's'}"
