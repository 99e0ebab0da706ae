"""Wording: articles in, what one outlet writes where others write something else, and the words it prefers, out."""

from __future__ import annotations

from collections.abc import Iterable

from kerman_tui.model import Article, Wording


def wording(articles: Iterable[Article]) -> Wording:
    """Substitutions from edited passages, and keyness of each outlet's words against the rest."""
    from kerman_tui.compare.keyness import keyness
    from kerman_tui.compare.substitutions import substitutions

    listed = list(articles)
    return Wording(substitutions(listed), keyness(listed))
