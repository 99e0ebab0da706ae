"""The list of articles: two lines each, the title with outlet and date, then the best passage with why it matched.

Beside the reader, where there is less room, outlet and date go before the passage, so that the title is read whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

import msgspec
from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from kerman_tui.model import Article, Hit, Match, Why
from kerman_tui.tui.actions import Where
from kerman_tui.tui.page import Layer, day_of, stretches
from kerman_tui.tui.theme import cursor_style
from kerman_tui.tui.widgets.drawn import strip_of
from kerman_tui.tui.widgets.lines import CURSOR_SIGN, LineView
from kerman_tui.tui.wrap import shorten, window

WHY_WORDS: dict[Why, str] = {
    "exact": "", "fold": "≈ spelling", "name": "@ name", "prefix": "… prefix", "typo": "~ typo",
}  # fmt: skip
LINES = 2
ROOMY = 70
"""Cells of width from which outlet and date stand behind the title, and "undated" is spelt out."""


class Entry(msgspec.Struct, frozen=True):
    """An article of the list, with the passages that matched, if a query was asked."""

    id: str
    title: str
    outlet: str
    published: str | None
    matches: tuple[Match, ...] = ()
    lede: str = ""
    why: str = ""
    duplicates: tuple[str, ...] = ()


class Entries(Protocol):
    """What the list pulls its rows from."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int, /) -> Entry: ...


class FoundEntries:
    """The hits of a search."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, at: int) -> Entry:
        hit = self.hits[at]
        return Entry(hit.id, hit.title, hit.outlet, hit.published, hit.matches, "", hit.why, hit.duplicates)


class Store(Protocol):
    """Articles by number."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int, /) -> Article: ...


class AllEntries:
    """All articles of a corpus, in its order, each fetched when its row comes into view."""

    def __init__(self, articles: Store) -> None:
        self.articles = articles

    def __len__(self) -> int:
        return len(self.articles)

    def __getitem__(self, at: int) -> Entry:
        article = self.articles[at]
        lede = next((one.text for one in article.paragraphs if one.kind == "body"), "")
        return Entry(article.id, article.title, article.outlet, article.published, (), lede[:400])


class HitList(LineView):
    """The list; ``show`` gives it other entries."""

    WHERE: ClassVar[tuple[Where, ...]] = ("list", "move")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entries: Entries = FoundEntries(())
        self.total = 0
        self.name_shown = "Articles"
        self.hints: tuple[str, ...] = ()

    def show(self, entries: Entries, total: int, name: str, *, keep: str | None = None) -> None:
        """Show other entries; the cursor stays on the article ``keep`` if it is among the first of them."""
        self.entries, self.total, self.name_shown = entries, total, name
        at = 0
        if keep is not None:
            at = next((i for i in range(min(len(entries), 200)) if entries[i].id == keep), 0)
        self.cursor, self.top = at, 0
        self.reveal(at)
        self.paint()

    def renew(self, entries: Entries, total: int) -> None:
        """Show what the entries have become; a cursor that was moved stays on its article, and that on its line."""
        entry = self.current if self.cursor else None
        self.entries, self.total = entries, total
        if entry is not None and (self.current is None or self.current.id != entry.id):
            among = range(min(len(entries), 200))
            at = next((i for i in among if entries[i].id == entry.id), min(self.cursor, max(len(entries) - 1, 0)))
            self.top += (at - self.cursor) * LINES
            self.cursor = at
            self.reveal(at)
        self.paint()

    @property
    def current(self) -> Entry | None:
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    # --- a line view ----------------------------------------------------------------------------------------------

    @property
    def items(self) -> int:
        return len(self.entries)

    @property
    def lines(self) -> int:
        return len(self.entries) * LINES

    def lines_of(self, item: int) -> tuple[int, int]:
        return item * LINES, (item + 1) * LINES

    def item_at(self, line: int) -> int | None:
        return line // LINES if 0 <= line < self.lines else None

    def heading(self) -> tuple[str, str]:
        place = f"{self.cursor + 1:,} of {self.total:,}" if self.items else ""
        return self.name_shown, place

    def empty(self) -> tuple[str, ...]:
        return self.hints

    def draw(self, line: int, width: int) -> Strip:
        item, second = divmod(line, LINES)
        entry = self.entries[item]
        here = item == self.cursor
        return self._passage(entry, width, here) if second else self._title(entry, width, here)

    def _title(self, entry: Entry, width: int, here: bool) -> Strip:
        inks = self.inks
        outlet, date = self._origin(entry, width) if width >= ROOMY else ("", "")
        marked = "●" if self.host.marks.of(entry.id) else " "
        gutter = CURSOR_SIGN if here else " "
        tail = cell_len(outlet) + cell_len(date) + 2 if outlet else 0
        title = shorten(entry.title, max(width - tail - 2, 6))
        gap = max(width - 2 - cell_len(title) - tail, 0)
        over = cursor_style(self.host.palette) if here and self.has_focus else None

        def seg(text: str, ink: str) -> Segment:
            style = inks[ink]  # type: ignore[index]
            return Segment(text, style + over if over else style)

        matched = [Layer(a, b, "match") for one in entry.matches if one.paragraph is None for a, b in one.spans]
        return strip_of(
            [
                Segment(gutter, inks["outlet"]),
                Segment(marked, inks["mark"]),
                *(
                    Segment(title[a:b], inks["match"]) if touching else seg(title[a:b], "title")
                    for a, b, touching in stretches(0, len(title), matched)
                ),
                seg(" " * (gap + 2), "title"),
                seg(outlet, "outlet"),
                seg(date, "muted"),
            ],
            width,
            inks["muted"] + over if over else inks["muted"],
        )

    @staticmethod
    def _origin(entry: Entry, width: int) -> tuple[str, str]:
        """Outlet and date as they are shown in so many cells."""
        date = day_of(entry.published) if entry.published or width >= ROOMY else ""
        return shorten(entry.outlet, max(width // 3, 8)), f" · {date}" if date else ""

    def _passage(self, entry: Entry, width: int, here: bool) -> Strip:
        inks = self.inks
        room = width - 4
        found = [Segment(CURSOR_SIGN if here else " ", inks["outlet"]), Segment("  ", inks["text"])]
        if width < ROOMY:
            outlet, date = self._origin(entry, width)
            found += [Segment(outlet, inks["outlet"]), Segment(f"{date}  ", inks["muted"])]
            room -= cell_len(outlet) + cell_len(date) + 2
        # What matched in the title is shown there.
        match = next((one for one in entry.matches if one.paragraph is not None), None)
        alike = f"{len(entry.duplicates)} alike" if entry.duplicates else ""
        if match is None:
            why = WHY_WORDS[entry.matches[0].why] if entry.matches else ""
            tail = "  ".join(part for part in (alike, why) if part)
            lede = shorten(entry.lede, room - cell_len(tail))
            found += [Segment(f"{lede:<{room - cell_len(tail)}}", inks["muted"]), Segment(tail, inks["why"])]
            return strip_of(found, width, inks["text"])
        why = WHY_WORDS[match.why]
        more = f"+{len(entry.matches) - 1}" if len(entry.matches) > 1 else ""
        tail = "  ".join(part for part in (alike, why, more) if part)
        room -= cell_len(tail) + 2 if tail else 0
        first = match.spans[0] if match.spans else (0, 0)
        begin, end = window(match.text, first[0], first[1], room)
        if (begin, end) != (0, len(match.text)):
            begin, end = window(match.text, first[0], first[1], max(room - 2, 8))
        before, after = "…" if begin else "", "…" if end < len(match.text) else ""
        used = cell_len(before) + cell_len(after)
        layers = [Layer(a, b, "match") for a, b in match.spans]
        found.append(Segment(before, inks["muted"]))
        for a, b, over in stretches(begin, end, layers):
            text = match.text[a:b].replace("\n", " ")
            used += cell_len(text)
            found.append(Segment(text, inks["match" if over else "muted"]))
        found.append(Segment(after + " " * max(room - used + 2, 1), inks["muted"]))
        found.append(Segment(tail, inks["why"]))
        return strip_of(found, width, inks["text"])
