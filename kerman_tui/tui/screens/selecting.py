"""Marking and copying, the same on every screen: spans of an article in, basket and clipboard out."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from textual import on

from kerman_tui.model import Article, Span
from kerman_tui.tui.marks import Toggled, toggle
from kerman_tui.tui.screens.handing import Handing
from kerman_tui.tui.widgets.hits import Entry, HitList
from kerman_tui.tui.widgets.reader import Reader


def sentence_around(article: Article, paragraph: int | None, offset: int) -> Span:
    """The sentence of an article that holds an offset; the whole paragraph where it has none there."""
    from kerman_tui.text.sentences import sentences

    text = article.text_of(paragraph)
    for start, end in sentences(text):
        if start <= offset < end:
            return Span(article.id, paragraph, start, end)
    return Span(article.id, paragraph, 0, len(text.rstrip()))


def sentences_around(article: Article, span: Span) -> Span:
    """The sentences of an article that hold a passage, whole."""
    first = sentence_around(article, span.paragraph, span.start)
    last = sentence_around(article, span.paragraph, max(span.start, span.end - 1))
    return Span(article.id, span.paragraph, min(first.start, span.start), max(last.end, first.end))


class Selecting(Handing):
    """What a screen does when passages are to be marked or copied."""

    @on(Reader.Marked)
    def _marked(self, event: Reader.Marked) -> None:
        event.stop()
        self.mark(event.article, event.spans)
        for reader in self.query(Reader):
            reader.give_up_range()

    @on(Reader.Copied)
    def _copied(self, event: Reader.Copied) -> None:
        event.stop()
        self.copy(event.article, event.spans, cited=event.cited)
        for reader in self.query(Reader):
            reader.give_up_range()

    def mark(self, article: Article, spans: tuple[Span, ...]) -> None:
        """Keep passages in the basket, or take them out when all are there already; say which."""
        self.mark_all([(article, span) for span in spans])

    def mark_all(self, passages: Sequence[tuple[Article, Span]]) -> None:
        """As ``mark``, for passages of several articles. What is said is said when the disk has it."""
        if not passages:
            return
        project = self.host.state.project

        def done(what: Toggled) -> None:
            number = what.added or what.removed
            said = f"marked {number}" if what.added else f"mark taken off {number}"
            where = f" in {project}" if project else ""
            self.host.say(
                what.notice
                or f"{said} {'passage' if number == 1 else 'passages'}{where}; "
                f"{what.total} in the basket (b opens it, y copies)",
                "warn" if what.notice else "ok",
            )

        self.host.with_basket(lambda basket: toggle(basket, passages, project), done)

    def copy(self, article: Article, spans: tuple[Span, ...], *, cited: bool = True) -> None:
        """Send passages to the clipboard, with their citation unless told otherwise."""
        from kerman_tui.clips.basket import new_clip
        from kerman_tui.clips.citation import render

        if not spans:
            return
        try:
            clips = [new_clip(article, span) for span in spans]
            whole = replace(clips[0], text="\n\n".join(clip.text for clip in clips))
            text = render(whole, self.host.citation_style) if cited else whole.text
        except ValueError as error:  # a passage without text, or a style that does not exist
            self.host.say(str(error), "error")
            return
        self.host.send(text, "with citation" if cited else "without citation")

    def article_of(self, entry: Entry) -> tuple[Article, tuple[Span, ...]] | None:
        """The article of a list entry, and the sentence of its best passage."""
        corpus = self.host.corpus
        if corpus is None:
            return None
        article = corpus.article(entry.id)
        if entry.matches and entry.matches[0].spans:
            best = entry.matches[0]
            return article, (sentence_around(article, best.paragraph, best.spans[0][0]),)
        first = next((at for at, one in enumerate(article.paragraphs) if one.kind == "body"), None)
        return article, (sentence_around(article, first, 0),)

    def _entry(self) -> tuple[Article, tuple[Span, ...]] | None:
        listed = self.query(HitList)
        entry = listed.first().current if listed else None
        return self.article_of(entry) if entry is not None else None

    def action_mark(self) -> None:
        if found := self._entry():
            self.mark(*found)

    def action_copy(self) -> None:
        if found := self._entry():
            self.copy(*found)

    def action_copy_citation(self) -> None:
        from kerman_tui.clips.citation import cite, render

        if found := self._entry():
            article, spans = found
            try:
                self.host.send(render(cite(article, spans[0]), self.host.citation_style), "the citation")
            except ValueError as error:
                self.host.say(str(error), "error")

    def action_why(self) -> None:
        listed = self.query(HitList)
        entry = listed.first().current if listed else None
        if entry is not None:
            self.host.say(entry.why or "all articles are shown, in the order of the corpus")
