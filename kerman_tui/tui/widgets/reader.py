"""The reader: one article, wrapped to a readable width, with a cursor that stands on sentences.

It shows matches, people, quotations and figures told apart (each can be switched off), captions set off, marked
passages with a sign, and, when asked, the lines of the source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from kerman_tui.model import Article, Span
from kerman_tui.tui.actions import Where
from kerman_tui.tui.elsewhere import Elsewhere, Footnotes, said
from kerman_tui.tui.page import Layer, Layers, Page, PageLine, facts_of, lay_out, stretches, text_width
from kerman_tui.tui.theme import Ink, cursor_style, sentence_style
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView
from kerman_tui.tui.wrap import shorten

GUTTER = 3
LINE_NUMBERS = 6
_KIND_INKS: Mapping[str, Ink] = {
    "title": "title", "facts": "muted", "blank": "text", "body": "text", "caption": "caption", "heading": "heading",
}  # fmt: skip


class Reader(LineView):
    """The article pane."""

    WHERE: ClassVar[tuple[Where, ...]] = ("reader", "move")

    class Marked(Message):
        """Passages are to be marked, or unmarked."""

        def __init__(self, article: Article, spans: tuple[Span, ...]) -> None:
            super().__init__()
            self.article = article
            self.spans = spans

    class Copied(Message):
        """Passages are to be copied."""

        def __init__(self, article: Article, spans: tuple[Span, ...], cited: bool) -> None:
            super().__init__()
            self.article = article
            self.spans = spans
            self.cited = cited

    class Followed(Message):
        """What stands under the cursor is to be followed."""

        def __init__(
            self, article: Article, span: Span, people: tuple[str, ...], elsewhere: tuple[Elsewhere, ...]
        ) -> None:
            super().__init__()
            self.article = article
            self.span = span
            self.people = people
            self.elsewhere = elsewhere

    class SourceWanted(Message):
        """The source is to be opened at a line."""

        def __init__(self, article: Article, line: int) -> None:
            super().__init__()
            self.article = article
            self.line = line

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.page: Page | None = None
        self.matches: tuple[tuple[int | None, int, int], ...] = ()
        self.match = 0
        self.range_from: int | None = None
        self.numbered = False
        self.hidden: set[str] = set()
        self._match_layers: Layers = {}
        self._found: Mapping[str, Layers] = {}
        self._notes: Footnotes = {}

    # --- what is shown --------------------------------------------------------------------------------------------

    @property
    def article(self) -> Article | None:
        return self.page.article if self.page else None

    def text_width(self, width: int | None = None) -> int:
        """Cells of a line of text in a pane of ``width`` cells (default: this one)."""
        width = width or self.size.width or 80
        there = width - GUTTER - 1 - (LINE_NUMBERS if self.numbered else 0)
        return text_width(there, self.host.settings.reader_width)

    def plain_text(self) -> str:
        """The article in lines as long as its paragraphs, so that what is selected holds no breaks of the screen."""
        article = self.article
        if article is None:
            return ""
        return "\n\n".join((article.title, facts_of(article), *(one.text for one in article.paragraphs)))

    def show(
        self, page: Page, matches: Sequence[tuple[int | None, int, int]], *, at: tuple[int | None, int] | None = None
    ) -> None:
        """Show an article. The cursor goes to ``at`` (paragraph, offset), which is shown a third down the pane."""
        same = self.page is not None and self.page.article.id == page.article.id
        self.page = page
        self.matches = tuple(matches)
        layers: dict[int | None, list[Layer]] = {}
        for paragraph, start, end in matches:
            layers.setdefault(paragraph, []).append(Layer(start, end, "match"))
        self._match_layers = layers
        self.range_from = None
        if not same:
            self._found, self._notes = {}, {}
        self.cursor = page.sentence_of(*at) if at else 0
        self.match = next((i for i, one in enumerate(self.matches) if at and one[:2] == at), 0)
        self._centre()
        self.paint()

    def clear(self) -> None:
        """Show no article."""
        self.page, self.matches, self.range_from = None, (), None
        self.cursor = self.top = 0
        self.paint()

    def show_found(self, found: Mapping[str, Layers]) -> None:
        """Lay people, quotations and figures over the text."""
        self._found = found
        self.paint()

    def show_notes(self, notes: Footnotes) -> None:
        """Say under the paragraphs where their passages stand as well."""
        self._notes = notes
        self.paint()

    def _centre(self) -> None:
        if self.page is None or not self.page.sentences:
            self.top = 0
            return
        first = self.page.sentences[self.cursor].first
        height = self.body_height
        self.top = max(0, min(first - height // 3, self.lines - height)) if first >= height * 2 // 3 else 0

    def reveal(self, item: int) -> None:
        first, after = self.lines_of(item)
        height = self.body_height
        seen = self.top <= first and after <= self.top + height
        if seen or after - first >= height or self.size.width == self.screen.size.width:
            super().reveal(item)
            return
        # A terminal moves whole lines, not those of a pane beside another: there a page is turned, not every line.
        turned = first - height // 3 if first >= self.top else after - height * 2 // 3
        self.top = max(0, min(turned, self.lines - height))

    def relayout(self) -> None:
        if self.page is None or self.page.width == self.text_width():
            return
        # The cursor stays on its sentence: sentences do not depend on the width.
        self.page = lay_out(self.page.article, self.text_width())

    # --- a line view ----------------------------------------------------------------------------------------------

    @property
    def items(self) -> int:
        return len(self.page.sentences) if self.page else 0

    @property
    def lines(self) -> int:
        return len(self.page.lines) if self.page else 0

    def lines_of(self, item: int) -> tuple[int, int]:
        if self.page is None or not 0 <= item < len(self.page.sentences):
            return 0, 1
        sentence = self.page.sentences[item]
        return (0 if item == 0 else sentence.first), sentence.last + 1

    def item_at(self, line: int) -> int | None:
        return self.page.sentence_on(line) if self.page else None

    def heading(self) -> tuple[str, str]:
        if self.page is None or not self.page.lines:
            return "Reader", ""
        article = self.page.article
        seen = min(self.top + self.body_height, self.lines)
        place = f"{seen * 100 // self.lines}%"
        if self.matches:
            place = f"match {self.match + 1}/{len(self.matches)} · {place}"
        return f"{article.outlet} · {article.title}", place

    def empty(self) -> tuple[str, ...]:
        return ("Enter on an article opens it here.",) if self.page is None else ()

    def draw(self, line: int, width: int) -> Strip:
        assert self.page is not None
        shown = self.page.lines[line]
        return strip_of([*self._gutter(shown, line), *self._text(shown, line)], width, self.inks["text"])

    def _gutter(self, shown: PageLine, line: int) -> list[Segment]:
        assert self.page is not None
        inks = self.inks
        sentence = self.page.sentences[self.cursor] if self.items else None
        here = sentence is not None and sentence.first <= line <= sentence.last
        marked = shown.end > shown.start and self.host.marks.touch(
            Span(self.page.article.id, shown.paragraph, shown.start, shown.end)
        )
        segments = [
            Segment(CURSOR_SIGN if here else " ", inks["outlet"]),
            Segment("●" if marked else " ", inks["mark"]),
        ]
        if self.numbered:
            number = ""
            if shown.end > shown.start and shown.start == 0:
                number = str(self.page.article.line_of(shown.paragraph))
            segments.append(Segment(f"{number:>{LINE_NUMBERS - 1}} ", inks["muted"]))
        segments.append(Segment("▏ " if shown.kind == "caption" else " ", inks["caption"]))
        if shown.kind == "caption":
            segments.append(Segment(" ", inks["text"]))
        return segments

    def _text(self, shown: PageLine, line: int) -> list[Segment]:
        assert self.page is not None
        inks = self.inks
        base = inks[_KIND_INKS[shown.kind]]
        if shown.kind == "facts":
            return [Segment(shown.said, base)]
        if shown.kind == "blank":
            note = "" if "notes" in self.hidden else said(self._notes.get(shown.paragraph, ()))
            return [Segment(shorten(note, self.page.width), inks["why"])]
        text = self.page.article.text_of(shown.paragraph)
        layers = [*self._layers(shown.paragraph), *self._match_layers.get(shown.paragraph, ())]
        low, high = self.selected()
        first, last = self.page.sentences[low], self.page.sentences[high]
        chosen: list[Layer] = []
        if first.first <= line <= last.last:
            start = first.start if first.paragraph == shown.paragraph else 0
            end = last.end if last.paragraph == shown.paragraph else len(text)
            # A line that is all of the sentence has its sign beside it; only where it shares one is it set off as well.
            if self.range_from is not None or start > shown.start or end < shown.end:
                chosen = [Layer(start, end, "strong")]
        over_range = cursor_style(self.host.palette) if self.range_from is not None else None
        over = over_range or sentence_style(self.host.palette)
        segments: list[Segment] = []
        for a, b, touching in stretches(shown.start, shown.end, [*layers, *chosen]):
            style = base
            for layer in touching:
                if layer not in chosen:
                    style = style + inks[layer.ink]
            if chosen and chosen[0] in touching and not any(layer.ink == "match" for layer in touching):
                style = style + over if self.has_focus or over_range else style
            segments.append(Segment(text[a:b].replace("\n", " "), style))
        return segments

    def _layers(self, paragraph: int | None) -> list[Layer]:
        found: list[Layer] = []
        for kind in ("quotations", "figures", "people"):
            if kind not in self.hidden:
                found.extend(self._found.get(kind, {}).get(paragraph, ()))
        return found

    # --- what can be done -----------------------------------------------------------------------------------------

    def selected(self) -> tuple[int, int]:
        """First and last sentence of the range, or of the sentence under the cursor."""
        if self.range_from is None:
            return self.cursor, self.cursor
        return min(self.range_from, self.cursor), max(self.range_from, self.cursor)

    def selection(self) -> tuple[Span, ...]:
        """The spans of the range or the sentence, one for each paragraph."""
        return tuple(self.page.span(*self.selected())) if self.page and self.items else ()

    def go_to_match(self, number: int) -> None:
        """Put the cursor on the sentence of a match."""
        if self.page is None or not self.matches:
            return
        self.match = number % len(self.matches)
        paragraph, start, _ = self.matches[self.match]
        self.cursor = self.page.sentence_of(paragraph, start)
        first, after = self.lines_of(self.cursor)
        if first < self.top or after > self.top + self.body_height:
            self._centre()
        self.paint()

    def give_up_range(self) -> bool:
        """End a range; False when there was none."""
        if self.range_from is None:
            return False
        self.range_from = None
        self.paint()
        return True

    def action_range(self) -> None:
        if not self.give_up_range() and self.items:
            self.range_from = self.cursor
            self.host.say("range begun: move, then Space marks it, y copies it, Esc gives it up")
            self.paint()

    def action_paragraph(self) -> None:
        if self.page is not None and self.items:
            self.range_from, self.cursor = self.page.paragraph_of(self.cursor)
            self.reveal(self.cursor)
            self.paint()

    def action_next_paragraph(self) -> None:
        if self.page is not None and self.items:
            self.move_to(self.page.paragraph_of(self.cursor)[1] + 1)

    def action_previous_paragraph(self) -> None:
        if self.page is not None and self.items:
            first = self.page.paragraph_of(self.cursor)[0]
            self.move_to(self.page.paragraph_of(max(first - 1, 0))[0] if first == self.cursor else first)

    def action_mark(self) -> None:
        if self.article is not None and self.items:
            self.post_message(self.Marked(self.article, self.selection()))

    def action_copy(self) -> None:
        if self.article is not None and self.items:
            self.post_message(self.Copied(self.article, self.selection(), True))

    def action_copy_text(self) -> None:
        if self.article is not None and self.items:
            self.post_message(self.Copied(self.article, self.selection(), False))

    def action_open(self) -> None:
        spans = self.selection()
        if self.article is None or not spans:
            return
        span = spans[0]
        people = self._found.get("people", {}).get(span.paragraph, ())
        names = tuple(one.about for one in people if one.start < span.end and one.end > span.start and one.about)
        notes = self._notes.get(span.paragraph, ())
        elsewhere = tuple(one for one in notes if one.start < span.end and one.end > span.start)
        self.post_message(self.Followed(self.article, span, tuple(dict.fromkeys(names)), elsewhere))

    def action_people(self) -> None:
        self._switch("people")

    def action_quotations_in_text(self) -> None:
        self._switch("quotations")

    def action_figures_in_text(self) -> None:
        self._switch("figures")

    def _switch(self, kind: str) -> None:
        self.hidden ^= {kind}
        self.host.say(f"{kind} in the text are {'not ' if kind in self.hidden else ''}shown")
        self.paint()

    def action_notes(self) -> None:
        self._switch("notes")

    def action_lines(self) -> None:
        self.numbered = not self.numbered
        self.relayout()
        if self.items:
            self.reveal(self.cursor)
        self.paint()

    def action_source(self) -> None:
        if self.page is not None and self.article is not None:
            paragraph = self.page.sentences[self.cursor].paragraph if self.items else None
            self.post_message(self.SourceWanted(self.article, self.article.line_of(paragraph)))
