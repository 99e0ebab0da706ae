"""The comparison screen: an article beside the one that shares most with it, or beside up to three of her choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.model import Article, Comparison, Counterpart, Passage, Row, Span
from kerman_tui.tui.actions import Where
from kerman_tui.tui.beats import LETTERS, Beat, beats_beside, beats_of
from kerman_tui.tui.screens.choosing import ChooseArticle, choices
from kerman_tui.tui.screens.selecting import Selecting
from kerman_tui.tui.screens.text import TextScreen
from kerman_tui.tui.widgets.choices import Choice
from kerman_tui.tui.widgets.heads import MOST_LINES, HeadLine, facts, head_lines, share_of
from kerman_tui.tui.widgets.sides import Sides

COUNTERPARTS = 20

Laid = tuple[tuple[Article, ...], tuple[Comparison, ...], tuple[Beat, ...]]
"""Articles in columns, the comparisons of the first with each other one, and the beats over all of them."""


class CompareScreen(Selecting):
    """Two to four articles; the first is the pivot, which stays when another is chosen."""

    WHERES: ClassVar[tuple[Where, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []
    KIND = "comparison"
    EXPORT = ("write the comparison to (.html .md .txt .json)", "~/comparison.html")

    def __init__(self, left: Article, right_id: str | None = None) -> None:
        super().__init__()
        self.articles: tuple[Article, ...] = (left,)
        self.comparisons: tuple[Comparison, ...] = ()
        self._right_id = right_id
        self._counterparts: tuple[Counterpart, ...] = ()

    def body(self) -> Iterable[Widget]:
        self.heads = [HeadLine() for _ in range(MOST_LINES)]
        self.sides = Sides(id="sides")
        yield from (*self.heads, self.sides)

    def on_mount(self) -> None:
        self.sides.focus()
        self._head()
        if self._right_id is not None:
            self._lay([self.pivot.id, self._right_id])
        self._ask_counterparts()

    def on_resize(self) -> None:
        self._head()

    @property
    def pivot(self) -> Article:
        """The article that stays."""
        return self.articles[0]

    def _ask_counterparts(self) -> None:
        corpus, pivot = self.host.corpus, self.pivot
        if corpus is not None:
            self._counterparts = ()
            self.host.ask(self, "counterparts", lambda _: corpus.counterparts(pivot, limit=COUNTERPARTS), self._offered)

    def _offered(self, found: tuple[Counterpart, ...]) -> None:
        self._counterparts = tuple(one for one in found if one.id != self.pivot.id)
        if self._right_id is not None or len(self.articles) > 1:
            return
        if self._counterparts:
            self._lay([self.pivot.id, self._counterparts[0].id])
        else:
            self.sides.said = (
                "No other article shares a passage with this one.", "c chooses any article; Esc goes back.",
            )  # fmt: skip
            self.sides.paint()

    def _lay(self, ids: Sequence[str]) -> None:
        """Lay articles side by side, the pivot first."""
        corpus = self.host.corpus
        if corpus is None:
            return

        def work(_: Callable[[], bool]) -> Laid:
            pivot, *others = articles = tuple(corpus.article(one) for one in ids)
            if len(others) == 1:
                comparison = corpus.compare(pivot, others[0])
                return articles, (comparison,), beats_of(comparison)
            columns = corpus.columns(pivot, others)
            return articles, columns.comparisons, beats_beside(columns)

        def answered(found: Laid) -> None:
            before = self.pivot.id
            self.articles, self.comparisons, beats = found
            self.sides.show(beats, [one.id for one in self.articles])
            self._head()
            if self.pivot.id != before:
                self._ask_counterparts()
            others = len(self._counterparts)
            at = next((i for i, one in enumerate(self._counterparts, 1) if one.id == ids[-1]), 0)
            if others > 1 and at:
                self.host.say(f"counterpart {at} of {others} by what they share; c chooses another, + adds one")

        self.host.ask(self, "compare", work, answered)

    @on(Sides.Chosen)
    def _head(self) -> None:
        width = self.size.width
        if not width:
            return
        lines = list(head_lines(self.articles, self.comparisons, self.sides.column, width)) if self.comparisons else []
        if not lines:
            lines = [("bar_strong", (f" {self.pivot.outlet} · {self.pivot.title}",))]
        for at, line in enumerate(self.heads):
            line.show(*(lines[at] if at < len(lines) else ("bar", ())))

    # --- what is done with a beat ---------------------------------------------------------------------------------

    @on(Sides.Wanted)
    def _wanted(self, event: Sides.Wanted) -> None:
        event.stop()
        beat = event.beat
        if beat is None or not self.comparisons:
            return
        if event.what == "mark":
            self.mark_all(self._passages(beat))
        elif event.what == "copy":
            self._copy_beat(beat)
        else:
            # Where the chosen column says nothing, what another says is read.
            column = self.sides.column if beat.parts[self.sides.column] else None
            read = column if column is not None else next(at for at, parts in enumerate(beat.parts) if parts)
            self.host.read(_span(self.articles[read], beat.parts[read][0].passage))

    def _passages(self, beat: Beat) -> list[tuple[Article, Span]]:
        return [
            (article, _span(article, part.passage))
            for article, parts in zip(self.articles, beat.parts, strict=True)
            for part in parts
        ]

    def _copy_beat(self, beat: Beat) -> None:
        passages = self._passages(beat)
        if len(passages) == 1:
            article, span = passages[0]
            self.copy(article, (span,))
            return
        texts = [
            self._text_of(row, other) for other, rows in zip(self.articles[1:], beat.rows, strict=True) for row in rows
        ]
        self.host.send("\n\n".join(texts), "both sides" if len(self.articles) == 2 else "all columns")

    def _text_of(self, row: Row, other: Article) -> str:
        from kerman_tui.clips.basket import new_clip
        from kerman_tui.clips.citation import render
        from kerman_tui.clips.differences import comparison

        style = self.host.citation_style if self.host.citation_style in ("plain", "markdown") else "plain"
        left = new_clip(self.pivot, _span(self.pivot, row.left)) if row.left is not None else None
        right = new_clip(other, _span(other, row.right)) if row.right is not None else None
        if left is not None and right is not None:
            return comparison(left, right, row.edits, style)
        alone = left or right
        return render(alone, style) if alone is not None else ""

    # --- which articles -------------------------------------------------------------------------------------------

    def action_swap(self) -> None:
        """Make the chosen column the pivot; of two, the other."""
        at = self.sides.column or 1
        ids = [one.id for one in self.articles]
        if at < len(ids):
            ids[0], ids[at] = ids[at], ids[0]
            self._lay(ids)

    def action_add(self) -> None:
        if len(self.articles) >= len(LETTERS):
            self.host.say("four articles stand side by side already; - takes one away", "warn")
        else:
            self._choose("Add a column, most shared first", lambda id_: [*(one.id for one in self.articles), id_])

    def action_remove(self) -> None:
        if len(self.articles) <= 2:
            self.host.say("two articles are left; Esc goes back", "warn")
            return
        at = self.sides.column or len(self.articles) - 1
        self._lay([one.id for number, one in enumerate(self.articles) if number != at])

    def action_other(self) -> None:
        at = self.sides.column or len(self.articles) - 1

        def instead(id_: str) -> list[str]:
            ids = [one.id for one in self.articles]
            return [*ids[:at], id_, *ids[at + 1 :]] if at else [*ids, id_]

        self._choose("Lay beside it, most shared first", instead)

    def _choose(self, title: str, ids: Callable[[str], list[str]]) -> None:
        corpus, offered = self.host.corpus, self._counterparts
        if corpus is None:
            return
        without = frozenset(one.id for one in self.articles)

        def chosen(id_: str | None) -> None:
            if id_ is not None:
                self._lay(ids(id_))

        def answered(found: list[Choice]) -> None:
            self.app.push_screen(ChooseArticle(title, found, without), chosen)

        self.host.ask(self, "choices", lambda _: choices(corpus, offered, without), answered)

    # --- handing out ----------------------------------------------------------------------------------------------

    def action_evidence(self) -> None:
        """All that the head says, in full."""
        if not self.comparisons:
            return
        lines: list[str] = []
        for other, one in zip(self.articles[1:], self.comparisons, strict=True):
            for article, side in ((self.pivot, one.left), (other, one.right)):
                lines += [f"{article.outlet} · {article.title}", share_of(side)]
            lines += [*facts((self.pivot, other), (one,)), ""]
        self.app.push_screen(TextScreen("What the comparison rests on", lines))

    def plain_text(self) -> str:
        """The passages one under the other: what stands side by side cannot be selected with a mouse."""
        return self.document("text") or super().plain_text()

    def document(self, form: str) -> str:
        """The whole comparison."""
        from kerman_tui.tui.documents import comparison_document

        return comparison_document(self.articles, self.comparisons, self.sides.beats, form)


def _span(article: Article, passage: Passage) -> Span:
    return Span(article.id, passage.paragraph, passage.start, passage.end)
