"""The comparison screen: an article beside the one that shares most with it, or another of her choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.model import Article, Comparison, Counterpart, Passage, Row, Side, Span
from kerman_tui.tui.actions import Where
from kerman_tui.tui.page import day_of
from kerman_tui.tui.screens.palette import ChooseScreen
from kerman_tui.tui.screens.selecting import Selecting
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.widgets.bars import Bar
from kerman_tui.tui.widgets.choices import Choice
from kerman_tui.tui.widgets.sides import Sides
from kerman_tui.tui.wrap import shorten

COUNTERPARTS = 20


class HeadLine(Bar):
    """A line of the head: a text for each side, or one for both."""

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ink: Ink = ink
        self.texts: Sequence[str] = ()

    def show(self, *texts: str) -> None:
        self.texts = texts
        self.paint()

    def segments(self, width: int) -> Sequence[Segment]:
        style = self.screen.host.inks[self.ink]  # type: ignore[attr-defined]
        if len(self.texts) < 2:
            return [Segment(" " + shorten("".join(self.texts), width - 2), style)]
        half = (width - 2) // 2
        return [Segment(f" {shorten(text, half - 2):<{half}}", style) for text in self.texts]


class CompareScreen(Selecting):
    """Two articles; the left one stays when another is chosen."""

    WHERES: ClassVar[tuple[Where, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []
    KIND = "comparison"
    EXPORT = ("write the comparison to (.html .md .txt .json)", "~/comparison.html")

    def __init__(self, left: Article, right_id: str | None = None) -> None:
        super().__init__()
        self.left = left
        self.right: Article | None = None
        self._right_id = right_id
        self._counterparts: tuple[Counterpart, ...] = ()

    def body(self) -> Iterable[Widget]:
        self.titles = HeadLine("bar_strong")
        self.shares = HeadLine("bar")
        self.evidence = HeadLine("bar")
        self.sides = Sides(id="sides")
        yield from (self.titles, self.shares, self.evidence, self.sides)

    def on_mount(self) -> None:
        self.sides.focus()
        self.titles.show(f"{self.left.outlet} · {self.left.title}", "")
        corpus = self.host.corpus
        if corpus is None:
            return
        if self._right_id is not None:
            self._lay(self._right_id)

        def work(_: Callable[[], bool]) -> tuple[Counterpart, ...]:
            return corpus.counterparts(self.left, limit=COUNTERPARTS)

        self.host.ask(self, "counterparts", work, self._offered)

    def _offered(self, found: tuple[Counterpart, ...]) -> None:
        self._counterparts = tuple(one for one in found if one.id != self.left.id)
        if self._right_id is not None:
            return
        if self._counterparts:
            self._lay(self._counterparts[0].id)
        else:
            self.sides.said = (
                "No other article shares a passage with this one.", "c chooses any article; Esc goes back.",
            )  # fmt: skip
            self.sides.paint()

    def _lay(self, right_id: str) -> None:
        corpus = self.host.corpus
        if corpus is None:
            return
        left = self.left

        def work(_: Callable[[], bool]) -> tuple[Article, Comparison]:
            right = corpus.article(right_id)
            return right, corpus.compare(left, right)

        def answered(found: tuple[Article, Comparison]) -> None:
            self.right, comparison = found
            self._head(comparison)
            self.sides.show(comparison)
            others = len(self._counterparts)
            at = next((i for i, one in enumerate(self._counterparts, 1) if one.id == right_id), 0)
            if others > 1 and at:
                self.host.say(f"counterpart {at} of {others} by words shared; c chooses another")

        self.host.ask(self, "compare", work, answered)

    def _head(self, comparison: Comparison) -> None:
        right = self.right
        assert right is not None
        self.titles.show(*(f"{one.outlet} · {one.title}" for one in (comparison.left, comparison.right)))
        self.shares.show(
            *(
                f"{day_of(article.published)} · {_share(side)}"
                for article, side in ((self.left, comparison.left), (right, comparison.right))
            )
        )
        said = [f"longest run {comparison.longest_run:,} words"] if comparison.longest_run else []
        if comparison.earlier:
            earlier = self.left if comparison.earlier == self.left.id else right
            said.append(f"earlier by its date: {earlier.outlet}")
        self.evidence.show(" · ".join([*said, *comparison.evidence, *comparison.notes]) or "nothing shared")

    @on(Sides.Wanted)
    def _wanted(self, event: Sides.Wanted) -> None:
        event.stop()
        row = event.row
        if row is None or self.right is None:
            return
        if event.what == "mark":
            pair = ((self.left, row.left), (self.right, row.right))
            self.mark_all([(article, _span(article, passage)) for article, passage in pair if passage is not None])
        elif event.what == "copy":
            self._copy_row(row, self.right)
        elif row.left is not None:
            self.host.read(_span(self.left, row.left))
        elif row.right is not None:
            self.host.read(_span(self.right, row.right))

    def _copy_row(self, row: Row, right: Article) -> None:
        from kerman_tui.clips.basket import new_clip
        from kerman_tui.clips.differences import comparison

        if row.left is None or row.right is None:
            article, passage = (self.left, row.left) if row.left is not None else (right, row.right)
            if passage is not None:
                self.copy(article, (_span(article, passage),))
            return
        pair = (new_clip(self.left, _span(self.left, row.left)), new_clip(right, _span(right, row.right)))
        style = self.host.citation_style
        self.host.send(comparison(*pair, row.edits, style if style in ("plain", "markdown") else "plain"), "both sides")

    def action_swap(self) -> None:
        if self.right is not None:
            left = self.left
            self.left, self._right_id = self.right, left.id
            self._lay(left.id)

    def action_other(self) -> None:
        corpus = self.host.corpus
        if corpus is None:
            return
        offered = {one.id: one for one in self._counterparts}
        choices = [
            Choice(one.id, corpus.article(one.id).outlet, corpus.article(one.id).title, f"{one.shared_words:,} words")
            for one in self._counterparts
        ]
        for at in range(min(len(corpus.articles), 500)):
            article = corpus.articles[at]
            if article.id not in offered and article.id != self.left.id:
                choices.append(Choice(article.id, article.outlet, article.title, ""))

        def chosen(id_: str | None) -> None:
            if id_ is not None:
                self._lay(id_)

        self.app.push_screen(ChooseScreen("Lay beside it, most words shared first", choices), chosen)

    def document(self, form: str) -> str:
        """The whole comparison."""
        from kerman_tui.clips import export
        from kerman_tui.clips.citation import cite

        comparison, right = self.sides.comparison, self.right
        if comparison is None or right is None:
            return ""
        left, other = (cite(one, Span(one.id, None, 0, len(one.title))) for one in (self.left, right))
        return export.comparison(comparison, left, other, form)


def _share(side: Side) -> str:
    return f"{side.shared_words:,} of {side.words:,} words shared ({side.coverage:.0%})"


def _span(article: Article, passage: Passage) -> Span:
    return Span(article.id, passage.paragraph, passage.start, passage.end)
