"""The rows of the panel for a result or for one article, asked of the corpus in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerman_tui.model import Article
from kerman_tui.tui.finding import Findings
from kerman_tui.tui.gathering import PanelRow, counted, facet_rows, organisation_rows, people_rows
from kerman_tui.tui.page import day_of

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

COUNTED_ARTICLES = 20_000
"""Articles of which outlets and dates are counted one by one where the index gives no facets."""


def panel_rows(corpus: Corpus, findings: Findings, article: Article | None) -> list[PanelRow]:
    """People, outlets, organisations and dates of ``article``, else of what was found."""
    ids = frozenset({article.id}) if article is not None else findings.ids
    outlets = _Outlets(corpus)
    rows = people_rows(corpus.people(everyone=True, among=ids), ids, outlets)
    if article is None:
        facets = dict(findings.facets)
        if ids is None and not facets:
            some = range(min(len(corpus.articles), COUNTED_ARTICLES))
            facets["outlet"] = counted(corpus.articles.outlet(at) for at in some)
            if len(corpus.articles) <= COUNTED_ARTICLES:
                days = sorted(counted(day_of(corpus.articles[at].published) for at in some), key=lambda one: one.value)
                facets["date"] = tuple(days)
        rows += facet_rows(facets)
    return rows + organisation_rows(corpus.organisations(), ids)


class _Outlets(dict[str, str]):
    """Article id to outlet, looked up in the store when first needed."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__()
        self._articles = corpus.articles

    def __missing__(self, article: str) -> str:
        ordinal = self._articles.ordinal(article)
        self[article] = outlet = "" if ordinal is None else self._articles.outlet(ordinal)
        return outlet
