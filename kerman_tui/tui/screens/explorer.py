"""The explorer: search field, list, reader and panel on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.timer import Timer
from textual.widget import Widget

from kerman_tui.model import Article, Span
from kerman_tui.tui.actions import Where, bindings
from kerman_tui.tui.arrangement import BESIDE, Pane, arrange
from kerman_tui.tui.finding import Finder, Findings
from kerman_tui.tui.gathering import PanelRow, with_condition
from kerman_tui.tui.opening import Progress
from kerman_tui.tui.panelling import panel_rows
from kerman_tui.tui.reading import Position, Reading, Stop, positions
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.screens.selecting import Selecting
from kerman_tui.tui.state import Place
from kerman_tui.tui.widgets.ask import Count, Sign
from kerman_tui.tui.widgets.field import Field, SearchField
from kerman_tui.tui.widgets.hits import AllEntries, Entry, HitList
from kerman_tui.tui.widgets.lines import LineView
from kerman_tui.tui.widgets.panel import Panel
from kerman_tui.tui.widgets.reader import Reader

PREVIEW_AFTER = 0.12
"""Seconds the cursor of the list must rest before the reader beside it follows: a slow line is spared."""
PANEL_AFTER = 0.15
SPLIT_STEP = 4
MOST_SPLIT = 60
RESTORED_AMONG = 500
"""Articles of the list among which the one read last is looked for at the start."""
FIRST_STARTS = 3
"""Starts at which the line of the keys that matter is shown."""
HINT = "type / and half a name · Enter reads · Space marks · y copies with citation · c compares · ? shows all keys"


class ExplorerScreen(Selecting, RoomScreen):
    """Find, read, mark, and go on to everything else."""

    WHERES: ClassVar[tuple[Where, ...]] = ("explorer",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("explorer")

    def __init__(self) -> None:
        super().__init__()
        self.reading = False
        self.maximised: Pane | None = None
        self.panel_on: bool | None = None
        self._typed_at = 0
        self._older = 0
        self._preview: Timer | None = None
        self._panel_timer: Timer | None = None
        self._after_open: Place | None = None

    def body(self) -> Iterable[Widget]:
        self.field = SearchField(id="query")
        self.count = Count(id="count")
        self.list = HitList(id="list")
        self.reader = Reader(id="reader")
        self.panel = Panel(id="panel")
        self.panes = Container(self.list, self.reader, self.panel, id="panes")
        self.list.add_class("shown")
        yield Horizontal(Sign(" / ", id="prompt"), self.field, self.count, id="ask")
        yield self.panes

    def on_mount(self) -> None:
        self.finder = Finder(self.host, self._found)
        self.articles = Reading(self.host, self.reader, self._opened)
        self.list.hints = ("opening …", "Esc stops reading and shows what is there")
        self.field.focus()
        self.share_out()

    # --- the corpus -----------------------------------------------------------------------------------------------

    def corpus_opened(self, place: Place) -> None:
        """Show a corpus that was opened just now, at the place where one was last."""
        self._after_open = place if place.article else None
        self.list.hints = ()
        self.field.put(place.query, told=False)
        self.finder.find(place.query)
        if self.host.state.starts <= FIRST_STARTS:
            self.host.say(HINT)

    def progressed(self, progress: Progress) -> None:
        """Say how far reading is."""
        self.list.hints = (
            f"reading: {progress.files_done:,} of {progress.files_total:,} files, {progress.articles:,} articles, "
            f"{progress.rate:,.0f} a second",
            "Esc stops and shows what was read so far.",
        )
        self.list.paint()

    def corpus_failed(self, why: str) -> None:
        """Say why there is nothing to show, and what to do."""
        self.list.hints = (
            why, "", "Give it files or folders of articles:  kerman-tui FOLDER",
            "It reads text, HTML, Markdown, PDF text, JSON, CSV, feeds and web archives.", "q leaves.",
        )  # fmt: skip
        self.list.repaint()
        self.list.focus()

    def place(self) -> Place:
        """Where one is, for the next session."""
        article = self.reader.article
        if article is None or not self.reader.items:
            return Place(self.field.value)
        span = self.reader.selection()[0]
        return Place(self.field.value, article.id, span.paragraph, span.start, self.reading)

    # --- finding --------------------------------------------------------------------------------------------------

    @on(Field.Changed)
    def _typed(self, event: Field.Changed) -> None:
        event.stop()
        self.finder.find(event.value)

    def _found(self, findings: Findings, more: bool) -> None:
        entry = self.list.current
        keep = entry.id if entry is not None and (more or not findings.query.strip()) else None
        if more:
            self.list.entries, self.list.total = findings.entries, findings.total
            self.list.paint()
            return
        everything = isinstance(findings.entries, AllEntries)
        self.list.hints = self._nothing(findings)
        self.list.show(findings.entries, findings.total, "All articles" if everything else "Found", keep=keep)
        if everything:
            self.count.show(f"{findings.total:,} articles")
        else:
            self.count.show(
                f"{findings.total:,} of {len(self.host.corpus or ()):,}", "bar" if findings.total else "warn"
            )
        self.field.underline(tuple((one.start, one.end) for one in findings.problems))
        if findings.problems:
            self.host.say("; ".join(one.why for one in findings.problems), "warn")
        elif not everything and self.focused is self.field:
            self.host.say("")
        self._place_shown()
        place, self._after_open = self._after_open, None
        if place is not None and (place.reading or self.size.width >= BESIDE):
            at = next(
                (i for i in range(min(len(findings.entries), 500)) if findings.entries[i].id == place.article), None
            )
            if at is not None:
                self.list.move_to(at, told=False)
                self._read_current(focus=place.reading, at=(place.paragraph, place.offset))
        else:
            self._follow()
        self._panel_later()

    def _nothing(self, findings: Findings) -> tuple[str, ...]:
        if findings.total:
            return ()
        nearest = ", ".join(findings.suggestions[:5])
        said = f"Nothing found for {findings.query.strip()}" + (" as it is written." if self.finder.strict else ".")
        hints = [said]
        if nearest:
            hints.append(f"Near it and found: {nearest}. Enter takes the first.")
        hints.append(
            "ctrl+u in the field empties it; = "
            + ("forgives typing errors again." if self.finder.strict else "takes words as written.")
        )
        return tuple(hints)

    @on(SearchField.Left)
    def _left(self, event: SearchField.Left) -> None:
        self._older = 0
        suggestions = self.finder.findings.suggestions
        if event.reading and not self.list.items and suggestions:
            self.field.value = suggestions[0]
            return
        self.host.state.remember_query(self.field.value)
        self.list.focus()
        if event.reading and self.list.current is not None:
            self._read_current(focus=True)

    @on(SearchField.OlderWanted)
    def _older_query(self, event: SearchField.OlderWanted) -> None:
        queries = self.host.state.queries
        older = self._older + event.by
        if 0 <= older <= len(queries):
            self._older = older
            self.field.value = queries[-older] if older else ""

    @on(SearchField.CompletionWanted)
    def _complete(self) -> None:
        self.focus_pane("list")

    # --- list and reader ------------------------------------------------------------------------------------------

    @on(LineView.Moved)
    def _moved(self, event: LineView.Moved) -> None:
        event.stop()
        if event.view is self.list:
            self.finder.near_end(event.item)
            self._follow()
        self._place_shown()

    def _follow(self) -> None:
        """Let the reader beside the list show the article under the cursor once the cursor rests."""
        if self._preview is not None:
            self._preview.stop()
            self._preview = None
        if self.size.width >= BESIDE and self.maximised is None:
            self._preview = self.set_timer(PREVIEW_AFTER, lambda: self._read_current(focus=False))

    def _read_current(self, *, focus: bool, at: tuple[int | None, int] | None = None) -> None:
        entry = self.list.current
        if entry is None:
            return
        found = positions(entry.matches)
        if at is None and entry.matches and entry.matches[0].spans:
            best = entry.matches[0]
            at = (best.paragraph, best.spans[0][0])
        self._open(entry.id, found, at, focus=focus)

    def _open(
        self, article: str, found: tuple[Position, ...], at: tuple[int | None, int] | None, *, focus: bool
    ) -> None:
        def shown() -> None:
            if focus:
                self.reader.focus()
                self._remember()

        if focus and not self.reading:
            self.reading = True
            self.share_out()
            self.call_after_refresh(self.articles.open, article, found, at, shown)
        else:
            self.articles.open(article, found, at, shown)

    def _opened(self, article: Article) -> None:
        self._place_shown()
        if self.reading:
            self._panel_later()

    def read(self, span: Span) -> None:
        """Show a passage, wherever it was found."""
        with_highlight: tuple[Position, ...] = ((span.paragraph, span.start, span.end),)
        self._open(span.article, with_highlight, (span.paragraph, span.start), focus=True)

    def _remember(self) -> None:
        spans = self.reader.selection()
        if spans:
            self.articles.remember(Stop(self.field.value, spans[0].article, spans[0].paragraph, spans[0].start))

    def action_open(self) -> None:
        self._read_current(focus=True)

    def action_next_match(self) -> None:
        self._step_match(1)

    def action_previous_match(self) -> None:
        self._step_match(-1)

    def _step_match(self, by: int) -> None:
        if not self.reader.matches or (self.focused is self.list and not self.reading and self.size.width < BESIDE):
            self._step_article(by)
        elif 0 <= self.reader.match + by < len(self.reader.matches):
            self.reader.go_to_match(self.reader.match + by)
        else:
            self._step_article(by)

    def action_next_article(self) -> None:
        self._step_article(1)

    def action_previous_article(self) -> None:
        self._step_article(-1)

    def _step_article(self, by: int) -> None:
        if not 0 <= self.list.cursor + by < self.list.items:
            self.host.say(
                "that was the last article of the list" if by > 0 else "this is the first article of the list"
            )
            return
        self.list.move_to(self.list.cursor + by, told=False)
        self.finder.near_end(self.list.cursor)
        if self.reading or self.size.width >= BESIDE:
            self._read_current(focus=self.focused is self.reader)

    # --- the panel ------------------------------------------------------------------------------------------------

    def _panel_later(self) -> None:
        if self._panel_timer is not None:
            self._panel_timer.stop()
        if self.panel.has_class("shown"):
            self._panel_timer = self.set_timer(PANEL_AFTER, self._fill_panel)

    def _fill_panel(self) -> None:
        corpus = self.host.corpus
        if corpus is None:
            return
        findings = self.finder.findings
        article = self.reader.article if self.reading and self.focused is not self.list else None
        if not self.panel.rows:
            self.panel.waiting = "reading names …"
            self.panel.paint()

        def work(_: Callable[[], bool]) -> list[PanelRow]:
            return panel_rows(corpus, findings, article)

        def answered(rows: list[PanelRow]) -> None:
            self.panel.waiting = ""
            name = (
                "In this article"
                if article is not None
                else "In all articles"
                if findings.ids is None
                else "In what was found"
            )
            self.panel.show(rows, name, self.field.value)

        self.host.ask(self, "panel", work, answered, lane="slow")

    @on(Panel.Filtered)
    def _filtered(self, event: Panel.Filtered) -> None:
        self.field.value = with_condition(self.field.value, event.row.condition)
        self.host.state.remember_query(self.field.value)

    @on(Panel.PassagesWanted)
    def _panel_passages(self, event: Panel.PassagesWanted) -> None:
        if event.row.kind == "person":
            self.host.show_passages(event.row.label, "", person=event.row.label)
        elif event.row.kind == "organisation":
            self.host.show_passages(event.row.label, f'"{event.row.label}"')
        else:
            self._filtered(Panel.Filtered(event.row))

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
        found = arrange(
            width, height - 3, reading=self.reading, panel=self.panel_wanted, maximised=self.maximised,
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
        self._panel_later()

    def on_resize(self) -> None:
        self.share_out()

    def shown_panes(self) -> list[Widget]:
        return [self.field, *(pane for pane in (self.list, self.reader, self.panel) if pane.has_class("shown"))]

    def focus_pane(self, name: Pane) -> None:
        {"list": self.list, "reader": self.reader, "panel": self.panel}[name].focus()

    def action_next_pane(self) -> None:
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        self._step_pane(-1)

    def _step_pane(self, by: int) -> None:
        panes = self.shown_panes()
        at = panes.index(self.focused) if self.focused in panes else 0
        panes[(at + by) % len(panes)].focus()

    def action_left(self) -> None:
        self._step_pane(-1)

    def action_right(self) -> None:
        if self.focused is self.list and not self.reader.has_class("shown"):
            self._read_current(focus=True)
        else:
            self._step_pane(1)

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
            self.panel.focus()
        elif not self.panel_on and self.focused in (None, self.panel):
            self.focus_pane("reader" if self.reading else "list")

    def action_search(self) -> None:
        self.maximised = None
        self.share_out()
        self.field.focus()

    def action_clear(self) -> None:
        self.field.value = ""

    def action_strict(self) -> None:
        self.finder.strict = not self.finder.strict
        self.finder.find(self.field.value)
        self.host.say("words are taken as they are written" if self.finder.strict else "typing errors are forgiven")

    def action_concordance(self) -> None:
        if self.field.value.strip():
            self.host.show_passages(self.field.value.strip(), self.field.value.strip())
        else:
            self.host.say("type a query first, then C shows every occurrence of it in context", "warn")

    def action_compare(self) -> None:
        entry = self.list.current
        article = self.reader.article if self.reading else None
        if self.host.corpus is not None and (article is not None or entry is not None):
            left = article or self.host.corpus.article(cast(Entry, entry).id)
            self.host.lay_beside(left, None)

    def action_history_back(self) -> None:
        self._go_back(1)

    def action_history_forth(self) -> None:
        self._go_back(-1)

    def _go_back(self, by: int) -> None:
        stop = self.articles.back(by)
        if stop is None:
            self.host.say("there is no earlier place" if by > 0 else "there is no later place")
            return
        if stop.query != self.field.value:
            self.field.put(stop.query, told=False)
            self.finder.find(stop.query)
        self._open(stop.article, (), (stop.paragraph, stop.offset), focus=False)
        self.reader.focus()

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
            self.list.focus()
            self._panel_later()
        elif self.focused is not self.list:
            self.list.focus()
        elif self.field.value:
            self.field.value = ""
        else:
            self.host.leave()

    def on_descendant_focus(self) -> None:
        self._place_shown()

    def wheres(self) -> tuple[Where, ...]:
        # In the field letters are letters: only its own keys hold.
        return ("search",) if self.focused is self.field else super().wheres()

    def _place_shown(self) -> None:
        marked = self.host.marks.count()
        parts = [self.host.corpus_name]
        if marked:
            parts.append(f"● {marked} marked")
        self.status.place(" · ".join(part for part in parts if part))
