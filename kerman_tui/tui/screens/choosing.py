"""Choosing an article of the corpus: those worth it first, and whatever the letters typed find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on

from kerman_tui.model import Article, Counterpart
from kerman_tui.tui.host import host_of
from kerman_tui.tui.page import day_of
from kerman_tui.tui.screens.palette import ChooseScreen, ranked
from kerman_tui.tui.widgets.choices import Choice
from kerman_tui.tui.widgets.field import Field

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

OTHERS = 200
"""Articles of the corpus that are listed after those worth it, while nothing is typed."""
FOUND = 50
"""Articles that a search for what is typed adds."""


def article_choice(article: Article, tail: str = "") -> Choice:
    """An article as a row to choose."""
    return Choice(article.id, article.outlet, f"{day_of(article.published)} · {article.title}", tail)


def choices(corpus: Corpus, first: Sequence[Counterpart], without: frozenset[str]) -> list[Choice]:
    """Counterparts with what they share, in their order, then other articles."""
    those = [one for one in first if one.id not in without]
    found = [article_choice(corpus.article(one.id), f"{one.coverage:.0%}, {one.shared_words:,} words") for one in those]
    offered = without | {one.id for one in those}
    for at in range(min(len(corpus.articles), OTHERS)):
        article = corpus.articles[at]
        if article.id not in offered:
            found.append(article_choice(article))
    return found


class ChooseArticle(ChooseScreen):
    """As any list to choose from, and what is typed is also searched for in the corpus."""

    def __init__(self, title: str, offered: Sequence[Choice], without: frozenset[str]) -> None:
        super().__init__(title, offered, "There is no other article.")
        self._without = without

    @on(Field.Changed)
    def _search(self, event: Field.Changed) -> None:
        corpus, typed = host_of(self).corpus, event.value.strip()
        if corpus is None or not typed:
            return
        named = ranked(self._choices, typed)
        known = self._without | {one.value for one in named}

        def work(_: Callable[[], bool]) -> list[Choice]:
            hits = corpus.search(typed, limit=FOUND).hits
            return [article_choice(corpus.article(hit.id)) for hit in hits if hit.id not in known]

        def answered(found: list[Choice]) -> None:
            if self.is_attached and found:
                self.list.show([*named, *found], ())

        host_of(self).ask(self, "choose", work, answered)
