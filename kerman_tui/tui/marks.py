"""The passages she marked, as the screen needs them: which stretch of which article, and marking by one key.

The screen never waits for the disk: it shows what the basket held at the last look. Looking and changing are done in
a thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from kerman_tui.model import Article, Clip, Sheet, Span

if TYPE_CHECKING:
    from kerman_tui.clips.basket import Basket

LOOK_EVERY = 2.0
"""Seconds after which marks of other sessions appear."""

LAST_MARKS = 10.0
"""Seconds that leaving waits for the disk to take what was marked last."""


class Known(msgspec.Struct, frozen=True):
    """What the basket held at one look."""

    revision: int = -1
    clips: tuple[Clip, ...] = ()
    by_article: Mapping[str, Sequence[Clip]] = {}


class Toggled(msgspec.Struct, frozen=True):
    """What one key did: passages kept and taken out, how many there are now, and what must be known of the basket."""

    added: int
    removed: int
    total: int
    notice: str


class Marks:
    """Marked passages by article. Until the basket was looked into nothing is marked."""

    def __init__(self) -> None:
        self._basket: Basket | None = None
        self._known = Known()
        self._looked = -1
        self._opening = threading.Lock()

    @property
    def basket(self) -> Basket:
        """The basket, opened when first asked for. It waits for the disk."""
        with self._opening:
            if self._basket is None:
                from kerman_tui.clips.basket import Basket

                self._basket = Basket.open()
            return self._basket

    def look(self) -> Known | None:
        """Look into the basket; None when nothing is new there. Call it from one thread only: it waits for the disk."""
        basket = self.basket
        revision = basket.revision
        if revision == self._looked:
            return None
        self._looked = revision
        clips = basket.clips()
        by_article: dict[str, list[Clip]] = {}
        for clip in clips:
            by_article.setdefault(clip.span.article, []).append(clip)
        return Known(revision, clips, by_article)

    def take(self, known: Known) -> None:
        """Show from now on what a look has found."""
        self._known = known

    def close(self) -> None:
        if self._basket is not None:
            self._basket.close()
            self._basket = None

    def of(self, article: str) -> Sequence[Clip]:
        """The marked passages of an article."""
        return self._known.by_article.get(article, ())

    def touch(self, span: Span) -> bool:
        """Whether anything of a passage is marked."""
        return any(
            clip.span.paragraph == span.paragraph and clip.span.start < span.end and clip.span.end > span.start
            for clip in self.of(span.article)
        )

    @property
    def revision(self) -> int:
        """A number that changes with what is marked."""
        return self._known.revision

    def holds(self, sheet: Sheet) -> bool:
        """Whether this very table is kept."""
        if not any(clip.sheet is not None for clip in self.of("")):
            return False
        from kerman_tui.clips.sheets import kept_as

        return kept_as(sheet, self.of("")) is not None

    @property
    def clips(self) -> tuple[Clip, ...]:
        """All that is marked."""
        return self._known.clips


def toggle(basket: Basket, passages: Iterable[tuple[Article, Span]], project: str) -> Toggled:
    """Keep every passage in a project, or, where all are kept there already, take them out.

    It is on the disk when this returns, and one step to undo. Raises ValueError for a passage without text.
    """
    from kerman_tui.clips.basket import new_clip

    wanted = list(passages)
    known = {
        clip.span: clip
        for article in {span.article for _, span in wanted}
        for clip in basket.spans_of(article)
        if clip.project == project
    }
    there = [known.get(span) for _, span in wanted]
    kept = [clip for clip in there if clip is not None]
    if len(kept) == len(wanted):
        basket.remove_all([clip.id for clip in kept])
        return Toggled(0, len(kept), len(basket.clips()), basket.notice)
    basket.add_all([new_clip(*one, project) for one, clip in zip(wanted, there, strict=True) if clip is None])
    return Toggled(len(wanted) - len(kept), 0, len(basket.clips()), basket.notice)


def toggle_sheet(basket: Basket, sheet: Sheet, project: str) -> Toggled:
    """Keep a whole table in a project, or, where it is kept there already, take it out.

    Raises SheetError for a table that the basket does not take.
    """
    from kerman_tui.clips.sheets import kept_as, new_sheet_clip

    kept = kept_as(sheet, basket.clips(project))
    if kept is None:
        basket.add(new_sheet_clip(sheet, project))
    else:
        basket.remove(kept.id)
    return Toggled(int(kept is None), int(kept is not None), len(basket.clips()), basket.notice)
