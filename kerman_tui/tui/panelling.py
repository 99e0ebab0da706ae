"""The rows of the panel for a result or for one article, asked of the corpus in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerman_tui.model import Article, Organisation, OutletCount, Person
from kerman_tui.tui.gathering import PanelRow, facet_rows, organisation_rows, people_rows

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.people.detect import ArticleNames


def panel_rows(corpus: Corpus, query: str, strict: bool, article: Article | None, *, names: bool) -> list[PanelRow]:
    """People, outlets, dates and organisations of ``article``, else of all that a query finds.

    Without ``names`` those of the whole corpus are not asked for: reading them in a large one takes minutes.
    """
    ids: frozenset[str] | None = None
    if article is not None:
        ids = frozenset({article.id})
    elif query.strip():
        ids = frozenset(corpus.found(query, strict=strict))
    if names:
        people, organisations = corpus.people(everyone=True, among=ids), corpus.organisations()
    elif article is not None:
        people, organisations = names_of(corpus.names_in(article.id))
    else:
        people, organisations = (), ()
    rows = [] if names or article is not None else [PanelRow("note", "p reads the names in all articles")]
    rows += people_rows(people, ids, _Outlets(corpus))
    if article is None:
        rows += facet_rows(corpus.facets(query, strict=strict))
    return rows + organisation_rows(organisations, ids)


def names_of(names: ArticleNames) -> tuple[tuple[Person, ...], tuple[Organisation, ...]]:
    """The people and organisations of one article, as far as it alone tells; leaders are those known by office."""
    people = tuple(
        Person(
            one.holder or one.name,
            None,
            None,
            one.holder is not None,
            (),
            len(one.mentions),
            {names.outlet: OutletCount(1, len(one.mentions))},
            {names.article: one.mentions},
        )
        for one in names.persons
        if one.certain
    )
    organisations = tuple(
        Organisation(one.name, "other", None, len(one.mentions), {}, {names.article: one.mentions})
        for one in names.organisations
    )
    return people, organisations


class _Outlets(dict[str, str]):
    """Article id to outlet, looked up in the store when first needed."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__()
        self._articles = corpus.articles

    def __missing__(self, article: str) -> str:
        ordinal = self._articles.ordinal(article)
        self[article] = outlet = "" if ordinal is None else self._articles.outlet(ordinal)
        return outlet
