"""The basket: what she marked, to look over, note, order, copy, export, and go back to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.model import Clip
from kerman_tui.tui.actions import Where
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.widgets.clippings import Clippings


class BasketScreen(RoomScreen):
    """The passages of all sessions of this host."""

    WHERES: ClassVar[tuple[Where, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""

    def body(self) -> Iterable[Widget]:
        self.clippings = Clippings(id="clippings")
        yield self.clippings

    def on_mount(self) -> None:
        self.clippings.focus()
        self.show()
        if self.host.marks.basket.notice:
            self.host.say(self.host.marks.basket.notice, "warn")

    def show(self, at: int | None = None) -> None:
        """Show the basket as it is now."""
        self.host.marks.changed()
        clips = self.host.marks.basket.clips(query=self._wanted)
        self.clippings.said = (
            (f"No marked passage has {self._wanted}.", "/ and Enter shows all again.") if self._wanted
            else ("Nothing is marked yet.", "Space marks a sentence in the reader; v begins a range.", "q goes back.")
        )  # fmt: skip
        self.clippings.title_shown = f"Basket · filter: {self._wanted}" if self._wanted else "Basket"
        self.clippings.show(clips, at=at)
        self.status.place(f"citations: {self.host.citation_style[:24]}")

    @property
    def current(self) -> Clip | None:
        return self.clippings.current

    def action_open(self) -> None:
        corpus, clip = self.host.corpus, self.current
        if corpus is None or clip is None:
            return
        if corpus.articles.ordinal(clip.span.article) is None:
            self.host.say(f"its article is not in this corpus; it stands in {clip.citation.source}", "warn")
        else:
            self.host.read(clip.span)

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

    def action_delete(self) -> None:
        if self.current is not None:
            self.host.marks.basket.remove(self.current.id)
            self.show()
            self.host.say("taken out of the basket; u brings it back", "ok")

    def action_undo(self) -> None:
        undone = self.host.marks.basket.undo()
        self.show()
        self.host.say(f"undone: {undone}" if undone else "there is nothing to undo", "ok" if undone else "info")

    def action_note(self) -> None:
        clip = self.current
        if clip is None:
            return

        def noted(note: str | None) -> None:
            if note is not None:
                self.host.marks.basket.set_note(clip.id, note.strip())
                self.show()

        self.app.push_screen(PromptScreen("note", clip.note), noted)

    def action_tag(self) -> None:
        clip = self.current
        if clip is None:
            return

        def tagged(tags: str | None) -> None:
            if tags is not None:
                self.host.marks.basket.set_tags(clip.id, tuple(dict.fromkeys(tags.replace("#", " ").split())))
                self.show()

        self.app.push_screen(PromptScreen("tags, with blanks between", " ".join(clip.tags)), tagged)

    def action_later(self) -> None:
        self._move(1)

    def action_earlier(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        clips, at = self.clippings.clips, self.clippings.cursor
        if self.current is None or not 0 <= at + by < len(clips):
            return
        before = at + by if by < 0 else at + by + 1
        self.host.marks.basket.move(clips[at].id, clips[before].id if before < len(clips) else None)
        self.show(at + by)

    def action_style(self) -> None:
        from kerman_tui.clips.citation import STYLES

        at = STYLES.index(self.host.citation_style) if self.host.citation_style in STYLES else -1
        self.host.citation_style = STYLES[(at + 1) % len(STYLES)]
        self.show()
        self.host.say(f"citations are copied in the style {self.host.citation_style}")

    def action_filter(self) -> None:
        def typed(wanted: str | None) -> None:
            if wanted is not None:
                self._wanted = wanted.strip()
                self.show(0)

        self.app.push_screen(PromptScreen("only passages with", self._wanted), typed)

    def action_export(self) -> None:
        clips = self.clippings.clips
        if not clips:
            self.host.say("there is nothing to write")
            return

        def named(path: str | None) -> None:
            if path:
                from kerman_tui.clips.citation import STYLES
                from kerman_tui.clips.export import clips as document
                from kerman_tui.tui.writing import form_of, write

                style = self.host.citation_style if self.host.citation_style in STYLES[:4] else "plain"
                write(self.host, self, document(clips, form_of(path), style, "Passages"), path)

        self.app.push_screen(PromptScreen("write to (.txt .md .html .csv .json .bib)", "~/passages.md"), named)

    def action_back(self) -> None:
        if self._wanted:
            self._wanted = ""
            self.show()
        else:
            self.dismiss()
