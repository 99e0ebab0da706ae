"""The passages she marked, as the screen needs them: which stretch of which article, and marking by one key."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kerman_tui.model import Article, Clip, Span

if TYPE_CHECKING:
    from kerman_tui.clips.basket import Basket


LOOK_EVERY = 0.5
"""Seconds for which what the basket said holds: a pane asks for every line that it draws."""


class Marks:
    """Marked passages by article. Until the basket is opened nothing is marked."""

    def __init__(self) -> None:
        self._basket: Basket | None = None
        self._known: dict[str, tuple[Clip, ...]] = {}
        self._known_until = 0.0

    @property
    def basket(self) -> Basket:
        """The basket, opened when first asked for."""
        if self._basket is None:
            from kerman_tui.clips.basket import Basket

            self._basket = Basket.open()
        return self._basket

    def take(self, basket: Basket) -> None:
        """Use a basket that was opened elsewhere, unless one is open already."""
        if self._basket is None:
            self._basket = basket
        else:
            basket.close()

    def close(self) -> None:
        if self._basket is not None:
            self._basket.close()
            self._basket = None

    def of(self, article: str) -> tuple[Clip, ...]:
        """The marked passages of an article."""
        if self._basket is None:
            return ()
        now = time.monotonic()
        if now > self._known_until:
            self._known.clear()
            self._known_until = now + LOOK_EVERY
        known = self._known.get(article)
        if known is None:
            known = self._known[article] = self._basket.spans_of(article)
        return known

    def changed(self) -> None:
        """Ask the basket anew at the next look: something was marked, or unmarked."""
        self._known_until = 0.0

    def count(self) -> int:
        """How many passages are marked."""
        return len(self._basket.clips()) if self._basket is not None else 0

    def covering(self, span: Span) -> Clip | None:
        """The clip of exactly this passage."""
        return next((clip for clip in self.of(span.article) if clip.span == span), None)

    def toggle(self, article: Article, spans: tuple[Span, ...]) -> tuple[int, int]:
        """Keep every passage, or, where all are kept already, take them out. Returns how many were (added, removed).

        A passage is on the disk when this returns. Raises ValueError for a passage without text.
        """
        from kerman_tui.clips.basket import new_clip

        basket = self.basket
        self.changed()
        kept = [self.covering(span) for span in spans]
        if kept and all(kept):
            for clip in kept:
                if clip is not None:
                    basket.remove(clip.id)
            self.changed()
            return 0, len(kept)
        missing = [span for span, clip in zip(spans, kept, strict=True) if clip is None]
        for span in missing:
            basket.add(new_clip(article, span))
        self.changed()
        return len(missing), 0
