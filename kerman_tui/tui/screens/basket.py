"""The basket: what she marked, to look over, note, order, copy, hand out, and go back to."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.model import Clip, Sheet
from kerman_tui.tui.actions import Where
from kerman_tui.tui.keeping import kept_listing
from kerman_tui.tui.outside import aside
from kerman_tui.tui.screens.handing import Handing
from kerman_tui.tui.screens.palette import ChooseScreen
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.screens.records import RecordsScreen
from kerman_tui.tui.widgets.choices import Choice
from kerman_tui.tui.widgets.clippings import Clippings

if TYPE_CHECKING:
    from kerman_tui.clips.basket import Basket

NO_PROJECT = "no project"


class KeptScreen(RecordsScreen):
    """A table as it stood when it was marked."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(kept_listing(sheet))
        self._kept = sheet

    def sheet(self) -> Sheet:
        return self._kept


class BasketScreen(Handing):
    """The passages of all sessions of this host."""

    WHERES: ClassVar[tuple[Where, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        self._project: str | None = None
        self._tag = ""
        self._at: int | None = None
        """Where the cursor goes when the basket is shown next; None: it stays."""

    def body(self) -> Iterable[Widget]:
        self.clippings = Clippings(id="clippings")
        yield self.clippings

    def on_mount(self) -> None:
        self.clippings.focus()
        self.show()

        def read(notice: str) -> None:
            if notice:
                self.host.say(notice, "warn")

        self.host.with_basket(lambda basket: basket.notice, read)

    # --- what is shown --------------------------------------------------------------------------------------------

    def marks_changed(self) -> None:
        self.show()

    def show(self) -> None:
        """Show the basket as it is now."""
        project, wanted, tag = self._project, self._wanted, self._tag

        def work(basket: Basket) -> list[Clip]:
            return [one for one in basket.clips(project, wanted) if not tag or tag in one.tags]

        self.host.with_basket(work, self._show)

    def _show(self, clips: Sequence[Clip]) -> None:
        if not self.is_attached:
            return
        only = self._filters()
        self.clippings.said = (
            (f"No marked passage ({', '.join(only)}).", "Esc shows all again.") if only
            else ("Nothing is marked yet.", "Space marks a sentence in the reader; v begins a range.", "q goes back.")
        )  # fmt: skip
        self.clippings.title_shown = " · ".join(("Basket", *only))
        self.clippings.show(clips, at=self._at)
        self._at = None
        place = f"citations: {self.host.citation_style[:24]}"
        project = self.host.state.project
        self.status.place(f"project: {project} · {place}" if project else place)

    def _filters(self) -> list[str]:
        only = [] if self._project is None else [f"project: {self._project or NO_PROJECT}"]
        return only + ([f"#{self._tag}"] if self._tag else []) + ([f"filter: {self._wanted}"] if self._wanted else [])

    @property
    def current(self) -> Clip | None:
        return self.clippings.current

    def _change(self, work: Callable[[Basket], Any], said: str = "") -> None:
        """Change the basket; it is shown anew by itself, and what was done is said when the disk has it."""
        self.host.with_basket(work, lambda _: self.host.say(said, "ok"))

    def action_open(self) -> None:
        corpus, clip = self.host.corpus, self.current
        if corpus is None or clip is None:
            return
        if clip.sheet is not None:
            self.app.push_screen(KeptScreen(clip.sheet))
        elif corpus.articles.ordinal(clip.span.article) is None:
            self.host.say(f"its article is not in this corpus; it stands in {clip.citation.source}", "warn")
        else:
            self.host.read(clip.span)

    # --- handing out ----------------------------------------------------------------------------------------------

    def document(self, form: str) -> str:
        """The passages that are shown."""
        from kerman_tui.clips.export import clips

        return clips(self.clippings.clips, form, self.style, "Passages") if self.clippings.clips else ""

    def action_copy(self) -> None:
        self._copy([self.current] if self.current else [], "with citation")

    def action_copy_all(self) -> None:
        self._copy(list(self.clippings.clips), f"{len(self.clippings.clips)} passages with citations")

    def _copy(self, clips: list[Clip], what: str) -> None:
        from kerman_tui.clips.citation import render

        try:
            text = "\n\n".join(render(clip, self.host.citation_style) for clip in clips)
        except ValueError as error:
            self.host.say(str(error), "error")
            return
        if text:
            self.host.send(text, what)

    def action_style(self) -> None:
        from kerman_tui.clips.citation import STYLES

        at = STYLES.index(self.host.citation_style) if self.host.citation_style in STYLES else -1
        self.host.citation_style = STYLES[(at + 1) % len(STYLES)]
        self.show()
        self.host.say(f"citations are copied in the style {self.host.citation_style}")

    # --- changing -------------------------------------------------------------------------------------------------

    def action_delete(self) -> None:
        clip = self.current
        if clip is not None:
            self._change(lambda basket: basket.remove(clip.id), "taken out of the basket; u brings it back")

    def action_undo(self) -> None:
        def done(undone: str) -> None:
            self.host.say(f"undone: {undone}" if undone else "there is nothing to undo", "ok" if undone else "info")

        self.host.with_basket(lambda basket: basket.undo(), done)

    def action_note(self) -> None:
        clip = self.current
        if clip is not None:
            self.app.push_screen(PromptScreen("note", clip.note), lambda note: self._note(clip, note))

    def action_edit(self) -> None:
        """Write the note in her editor."""
        from kerman_tui.clips.outside import edit

        clip = self.current
        if clip is not None:
            outcome = aside(self.app, lambda: edit(clip.note, os.environ, "note.txt"))
            if outcome.problem:
                self.host.say(outcome.problem, "warn")
            else:
                self._note(clip, outcome.text)

    def _note(self, clip: Clip, note: str | None) -> None:
        if note is not None and note.strip() != clip.note:
            self._change(lambda basket: basket.set_note(clip.id, note.strip()), "the note is kept")

    def action_tag(self) -> None:
        clip = self.current
        if clip is None:
            return

        def tagged(tags: str | None) -> None:
            if tags is not None:
                given = tuple(dict.fromkeys(tags.replace("#", " ").split()))
                self._change(lambda basket: basket.set_tags(clip.id, given), "the tags are kept")

        self.app.push_screen(PromptScreen("tags, with blanks between", " ".join(clip.tags)), tagged)

    def action_later(self) -> None:
        self._move(1)

    def action_earlier(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        clips, at = self.clippings.clips, self.clippings.cursor
        if self.current is None or not 0 <= at + by < len(clips):
            return
        moved, to = clips[at].id, at + by if by < 0 else at + by + 1
        before = clips[to].id if to < len(clips) else None
        self._at = at + by
        self._change(lambda basket: basket.move(moved, before))

    # --- projects, tags and words ---------------------------------------------------------------------------------

    def action_assign(self) -> None:
        clip = self.current
        if clip is None:
            return

        def named(project: str | None) -> None:
            if project is not None:
                name = " ".join(project.split())
                said = f"it is in the project {name} now" if name else "it is in no project now"
                self._change(lambda basket: basket.set_project(clip.id, name), said)

        value = clip.project or self.host.state.project
        self.app.push_screen(PromptScreen("project of this passage (empty: none)", value), named)

    def action_project(self) -> None:
        counts = Counter(clip.project for clip in self.host.marks.clips)
        names = sorted({*counts, self.host.state.project} - {""})
        choices = [Choice(f"={name}", name, "", f"{counts[name]:,}") for name in names]
        choices += [Choice("=", NO_PROJECT, "", f"{counts['']:,}"), Choice("new", "new project …", "give it a name")]

        def use(name: str | None) -> None:
            if name is not None:
                self.host.state.project = project = " ".join(name.split())
                self.show()
                self.host.say(f"new marks go into {project or NO_PROJECT}", "ok")

        def chosen(value: str | None) -> None:
            if value == "new":
                self.app.push_screen(PromptScreen("name of the project"), use)
            elif value is not None:
                use(value[1:])

        self.app.push_screen(ChooseScreen("New marks go into", choices), chosen)

    def action_only(self) -> None:
        clips = self.host.marks.clips
        projects = Counter(clip.project for clip in clips)
        tags = Counter(tag for clip in clips for tag in clip.tags)
        choices = [Choice("", "everything", "", f"{len(clips):,}")]
        choices += [Choice(f"={one}", one or NO_PROJECT, "project", f"{projects[one]:,}") for one in sorted(projects)]
        choices += [Choice(f"#{one}", f"#{one}", "tag", f"{tags[one]:,}") for one in sorted(tags)]

        def chosen(value: str | None) -> None:
            if value is not None:
                self._project = value[1:] if value.startswith("=") else None
                self._tag = value[1:] if value.startswith("#") else ""
                self._at = 0
                self.show()

        self.app.push_screen(ChooseScreen("Show only", choices), chosen)

    def action_filter(self) -> None:
        def typed(wanted: str | None) -> None:
            if wanted is not None:
                self._wanted = wanted.strip()
                self._at = 0
                self.show()

        self.app.push_screen(PromptScreen("only passages with", self._wanted), typed)

    def action_back(self) -> None:
        if self._filters():
            self._wanted, self._tag, self._project = "", "", None
            self.show()
        else:
            self.dismiss()
