"""The half of the explorer that finds and reads: the query and what it finds, the list, the reader, the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.events import Key
from textual.timer import Timer

from kerman_tui.model import Article, Span
from kerman_tui.tui.arrangement import BESIDE, Pane
from kerman_tui.tui.evidence import of_person, of_query
from kerman_tui.tui.finding import Finder, Findings
from kerman_tui.tui.reading import Position, Reading, Stop, in_order, positions
from kerman_tui.tui.screens.asking_again import AskingAgain
from kerman_tui.tui.screens.selecting import Selecting
from kerman_tui.tui.state import Place
from kerman_tui.tui.widgets.ask import Count, Sign
from kerman_tui.tui.widgets.field import SearchField
from kerman_tui.tui.widgets.hits import AllEntries, HitList
from kerman_tui.tui.widgets.lines import LineView
from kerman_tui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from kerman_tui.search.completion import Completion

PREVIEW_AFTER = 0.12
"""Seconds the cursor of the list must rest before the reader beside it follows: a slow line is spared."""
LONGEST_HOLD = 1.0
"""Seconds that keys wait at most for what is to be read."""
RESTORED_AMONG = 500
"""Articles of the list among which the one read last is looked for at the start."""
COMPLETIONS_SAID = 6


class Browsing(AskingAgain, Selecting):
    """Find, read, go on; the panes are shared out by the subclass."""

    field: SearchField
    count: Count
    list: HitList
    reader: Reader
    finder: Finder
    articles: Reading

    def __init__(self) -> None:
        super().__init__()
        self.reading = False
        self.maximised: Pane | None = None
        self._older = 0
        self._held: list[Key] | None = None
        self._holding: Timer | None = None
        self._read_found = False
        """Whether the best hit is to be read once it is found."""
        self._preview: Timer | None = None
        self._after_open: Place | None = None
        self._completions: Sequence[Completion] = ()
        self._completed = -1
        self._fresh = True
        self._rest = ""
        """What stood after the cursor when completing began."""

    def share_out(self) -> None:
        """Share the screen between the panes."""

    def panel_later(self) -> None:
        """Fill the panel once things rest."""

    def place_shown(self) -> None:
        """Say where one is."""

    def focus_pane(self, name: Pane) -> None:
        """Go to a pane."""

    def step_pane(self, by: int) -> None:
        """Go to the next pane."""

    # --- finding --------------------------------------------------------------------------------------------------

    def asked(self, query: str) -> None:
        """Find what is typed."""
        self.finder.find(query)
        self._offer(query)

    def _found(self, findings: Findings, more: bool) -> None:
        entry = self.list.current
        keep = entry.id if entry is not None and (more or not findings.query.strip()) else None
        everything = isinstance(findings.entries, AllEntries)
        if more:
            self.list.renew(findings.entries, findings.total)
            self._count(findings, everything)
            return
        self.list.hints = self._nothing(findings)
        self.list.show(findings.entries, findings.total, "All articles" if everything else "Found", keep=keep)
        self._count(findings, everything)
        self.field.underline(tuple((one.start, one.end) for one in findings.problems))
        if findings.problems:
            self.host.say("; ".join(one.why for one in findings.problems), "warn")
        elif not everything and self.focused is self.field:
            self.host.say("")
        self.place_shown()
        if self._read_found and findings.query == self.field.value:
            self._read_found = False
            if self.list.current is not None:
                self._read_current(focus=True)
            else:
                self._release()
            return
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
        self.panel_later()

    def _count(self, findings: Findings, everything: bool) -> None:
        so_far = "" if self.host.opened else " so far"
        if everything:
            self.count.show(f"{findings.total:,} articles{so_far}")
        else:
            every = f"{len(self.host.corpus or ()):,}{so_far}"
            self.count.show(f"{findings.total:,} of {every}", "bar" if findings.total else "warn")

    def _nothing(self, findings: Findings) -> tuple[str, ...]:
        if findings.total:
            return ()
        nearest = ", ".join(findings.suggestions[:5])
        said = f"Nothing found for {findings.query.strip()}" + (" as it is written." if self.finder.strict else ".")
        hints = [said]
        if nearest:
            hints.append(f"Near it and found: {nearest}. Enter takes the first.")
        hints += [f"{one.why}." for one in findings.problems]
        fewer = "= forgives typing errors again" if self.finder.strict else "A word less, or fewer letters, finds more"
        return (*hints, f"{fewer}; Ctrl+x empties the query.")

    def left(self, reading: bool) -> None:
        """The field is left; with ``reading`` the best hit is read, once it is found."""
        self._older = 0
        if self._completions:
            self._completions = ()
            self.host.say("")  # what Tab would complete
        if not reading and self.host.corpus is None and self.host.give_up_opening():
            self.host.say("reading stops here", "warn")
        suggestions = self.finder.findings.suggestions
        self._read_found = reading and self.finder.findings.query != self.field.value and self.host.corpus is not None
        if reading and not self._read_found and not self.list.items and suggestions:
            self.field.value = suggestions[0]
            return
        self.remember_query(self.field.value)
        self.set_focus(self.list)
        if self._read_found:
            self._hold()
        elif reading and self.list.current is not None:
            self._read_current(focus=True)

    # --- keys that come before what they are meant for ------------------------------------------------------------

    def holds(self, key: Key) -> bool:
        """Keep a key back while what is to be read is on its way: it is meant for that, not for what stands here."""
        if self._held is None or self.app.screen is not self:
            return False
        self._held.append(key)
        return True

    def _hold(self) -> None:
        if self._held is None:
            self._held = []
            self._holding = self.set_timer(LONGEST_HOLD, self._release)

    def _release(self) -> None:
        held, self._held, self._read_found = self._held, None, False
        if self._holding is not None:
            self._holding.stop()
        for key in held or ():
            self.app.post_message(key)

    @on(SearchField.OlderWanted)
    def _older_query(self, event: SearchField.OlderWanted) -> None:
        queries = self.host.state.queries
        older = self._older + event.by
        if 0 <= older <= len(queries):
            self._older = older
            self.field.value = queries[-older] if older else ""

    # --- list and reader ------------------------------------------------------------------------------------------

    @on(LineView.Moved)
    def _moved(self, event: LineView.Moved) -> None:
        event.stop()
        if event.view is self.list:
            self.finder.near_end(event.item)
            self._follow()
        self.place_shown()

    def _follow(self) -> None:
        """Let the reader beside the list show the article under the cursor once the cursor rests."""
        if self._preview is not None:
            self._preview.stop()
            self._preview = None
        if self.size.width >= BESIDE and self.maximised is None:
            self._preview = self.set_timer(PREVIEW_AFTER, self._rested)

    def _rested(self) -> None:
        self._preview = None
        self._read_current(focus=False)

    @property
    def resting(self) -> bool:
        """Whether nothing waits for the cursor to rest, or to be painted."""
        return self._preview is None and self.field.resting

    def _read_current(self, *, focus: bool, at: tuple[int | None, int] | None = None) -> None:
        entry = self.list.current
        if entry is None:
            return
        if at is None and entry.matches and entry.matches[0].spans:
            best = entry.matches[0]
            at = (best.paragraph, best.spans[0][0])
        self._open(entry.id, positions(entry.matches), at, focus=focus, of_query=bool(entry.matches))

    def _open(
        self,
        article: str,
        found: tuple[Position, ...],
        at: tuple[int | None, int] | None,
        *,
        focus: bool,
        of_query: bool = False,
    ) -> None:
        """Show an article; with ``of_query``, all that the query matches in it, not only what the list shows."""

        def shown() -> None:
            if focus:
                self.set_focus(self.reader)
                self._remember()
                self._release()

        query = (self.finder.findings.query, self.finder.strict) if of_query else None
        if focus:
            self._hold()
        if focus and self._preview is not None:
            # What would only be shown must not take the place of what is to be read.
            self._preview.stop()
            self._preview = None
        if focus and not self.reading:
            self.reading = True
            self.share_out()
            self.call_after_refresh(self.articles.open, article, found, at, shown, query)
        else:
            self.articles.open(article, found, at, shown, query)

    def _opened(self, article: Article) -> None:
        self.place_shown()
        if self.reading:
            self.panel_later()

    def read(self, span: Span, others: Sequence[Span] = ()) -> None:
        """Show a passage, wherever it was found; n and N go through ``others`` of the same article too."""
        spans = {(one.paragraph, one.start, one.end) for one in (span, *others)}
        self._open(span.article, in_order(spans), (span.paragraph, span.start), focus=True)

    def ask_for(self, query: str) -> None:
        """Take a query from another screen and show what it finds."""
        self.reading = False
        self.share_out()
        self.field.value = query
        self.remember_query(query)
        self.set_focus(self.list)

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

    # --- queries and history ------------------------------------------------------------------------------------------

    def action_clear(self) -> None:
        self.field.value = ""

    def action_strict(self) -> None:
        self.finder.strict = not self.finder.strict
        self.query_one("#prompt", Sign).show(" = " if self.finder.strict else " / ")
        self.finder.find(self.field.value)
        self.host.say("words are taken as they are written" if self.finder.strict else "typing errors are forgiven")

    def action_concordance(self) -> None:
        if self.field.value.strip():
            query = self.field.value.strip()
            self.host.show_passages(query, of_query(query, self.finder.strict))
        else:
            self.host.say("type a query first, then C shows every occurrence of it in context", "warn")

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
        self.set_focus(self.reader)

    # --- completing, keeping and following ------------------------------------------------------------------------

    def _offer(self, query: str) -> None:
        """While the value of a field is typed, say which values there are."""
        corpus = self.host.corpus
        self._completions, self._completed, self._fresh = (), -1, True
        before = query[: self.field.cursor]
        last = before.rpartition(" ")[2]
        if corpus is None or (":" not in last and before.count('"') % 2 == 0):
            return
        cursor = self.field.cursor

        def answered(found: Sequence[Completion]) -> None:
            self._completions = [one for one in found if one.kind == "value"]
            if self._completions:
                said = ", ".join(
                    f"{one.text} ({one.count})" if one.count is not None else one.text
                    for one in self._completions[:COMPLETIONS_SAID]
                )
                self.host.say(f"Tab completes: {said}")

        self.host.ask(self, "complete", lambda _: corpus.index.complete(query, cursor), answered)

    @on(SearchField.CompletionWanted)
    def _complete(self) -> None:
        if not self._completions:
            self.step_pane(1)
            return
        found = self._completions
        self._completed = (self._completed + 1) % len(found)
        one = found[self._completed]
        value = self.field.value
        if self._fresh:
            self._rest, self._fresh = value[one.end :], False
        self.field.put(value[: one.start] + one.text + self._rest, at=one.start + len(one.text), told=False)
        self.finder.find(self.field.value)

    @on(Reader.Followed)
    def _followed(self, event: Reader.Followed) -> None:
        from kerman_tui.tui.screens.palette import ChooseScreen
        from kerman_tui.tui.widgets.choices import Choice

        event.stop()
        goals: dict[str, Callable[[], None]] = {}
        choices: list[Choice] = []
        for number, name in enumerate(event.people):
            goals[f"person {number}"] = partial(self.host.show_passages, name, of_person(name))
            choices.append(Choice(f"person {number}", name, "every mention in context"))
        for number, note in enumerate(event.elsewhere):
            goals[f"note {number}"] = partial(self.host.read, note.span)
            choices.append(Choice(f"note {number}", note.outlet, "the same passage" + ", edited" * note.edited))
        if len(goals) == 1:
            next(iter(goals.values()))()
        elif goals:

            def chosen(which: str | None) -> None:
                if which is not None:
                    goals[which]()

            self.app.push_screen(ChooseScreen("Follow", choices), chosen)
        if goals:
            return
        corpus, article, span = self.host.corpus, event.article, event.span
        if corpus is None:
            return
        words = " ".join(article.text_of(span.paragraph)[span.start : span.end].split()[:8]).strip(" .,;:“”\"'")

        def answered(found: int) -> None:
            if found > 1:
                self.host.show_passages(words, of_query(f'"{words}"'))
            else:
                self.host.say("nobody is named here, and the words stand nowhere else")

        self.host.ask(self, "follow", lambda _: len(corpus.concordance(f'"{words}"')), answered)

    @on(Reader.SourceWanted)
    def _source(self, event: Reader.SourceWanted) -> None:
        event.stop()
        self.host.show_source(event.article.source.name, event.line)
