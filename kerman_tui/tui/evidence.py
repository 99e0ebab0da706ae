"""The passages behind a number: mentions of a person or an organisation, figures, quotations. Corpus in, lines out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from kerman_tui.model import ConcordanceLine, Figure, Person, Quote, Span

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

MOST = 20_000
"""Passages shown at most; what stands everywhere says little."""
WIDTH = 100
"""Characters of context on either side of what was searched for."""

FIRST = 200
"""Passages that are shown while the others are gathered."""

Cancelled = Callable[[], bool]
Passages = Callable[["Corpus", Cancelled, int], Sequence[ConcordanceLine]]
"""Finds passages, in a thread, so many at most."""


class Scope(msgspec.Struct, frozen=True):
    """What counts is asked about: the articles that a query finds, and how many they are."""

    query: str
    strict: bool
    total: int

    def ids(self, corpus: Corpus) -> frozenset[str]:
        """The articles it holds; asked in a thread."""
        return frozenset(corpus.found(self.query, strict=self.strict))

    @property
    def said(self) -> str:
        """The scope in words, for a heading."""
        return f"in what was found: {self.query}"


def lines_at(corpus: Corpus, spans: Iterable[Span], cancelled: Cancelled, most: int = MOST) -> list[ConcordanceLine]:
    """The passages at some spans, in context."""
    found: list[ConcordanceLine] = []
    for span in spans:
        if cancelled() or len(found) >= most:
            break
        article = corpus.article(span.article)
        text = article.text_of(span.paragraph)
        left, keyword, right = text[: span.start], text[span.start : span.end], text[span.end :]
        found.append(ConcordanceLine(span, article.outlet, article.published, left, keyword, right))
    return found


def in_scope(make: Callable[[Collection[str] | None], Passages], scope: Scope | None) -> Passages:
    """The passages that ``make`` finds in some articles, in those of a scope."""
    if scope is None:
        return make(None)
    return lambda corpus, cancelled, most: make(scope.ids(corpus))(corpus, cancelled, most)


def of_query(query: str, strict: bool = False) -> Passages:
    """Every occurrence of the words of a query."""

    def find(corpus: Corpus, cancelled: Cancelled, most: int) -> Sequence[ConcordanceLine]:
        return corpus.concordance(query, limit=most, width=WIDTH, strict=strict, cancelled=cancelled)

    return find


def of_person(
    name: str,
    outlet: str | None = None,
    at: tuple[str | None, int] | None = None,
    among: Collection[str] | None = None,
) -> Passages:
    """Every mention of a person: in one outlet, at a time, in some articles.

    ``at`` is an ISO date as wide as it is long (None: undated) and how many letters of a date to look at.
    """

    def find(corpus: Corpus, cancelled: Cancelled, most: int) -> Sequence[ConcordanceLine]:
        person = person_named(corpus, name)
        if person is None:
            return ()
        wanted = _wanted(corpus, person.articles, outlet, among)
        if at is not None:
            wanted = [id_ for id_ in wanted if _cut(_published(corpus, id_), at[1]) == at[0]]
        return lines_at(corpus, _mentions(person, wanted), cancelled, most)

    return find


def _cut(written: str | None, letters: int) -> str | None:
    return written[:letters] if written else None


def _mentions(person: Person, ids: Iterable[str]) -> Iterable[Span]:
    return (Span(id_, one.paragraph, one.start, one.end) for id_ in ids for one in person.articles[id_])


def of_organisation(
    name: str, spelling: str | None = None, outlet: str | None = None, among: Collection[str] | None = None
) -> Passages:
    """Every mention of an organisation or a tracked place: under one spelling, in one outlet, in some articles."""

    def find(corpus: Corpus, cancelled: Cancelled, most: int) -> Sequence[ConcordanceLine]:
        known = (*corpus.organisations(), *corpus.places())
        organisation = next((one for one in known if one.name == name), None)
        if organisation is None:
            return ()
        spans = (
            Span(id_, one.paragraph, one.start, one.end)
            for id_ in _wanted(corpus, organisation.articles, outlet, among)
            for one in organisation.articles[id_]
            if spelling is None or one.text == spelling
        )
        return lines_at(corpus, spans, cancelled, most)

    return find


def of_found(found: Iterable[Quote | Figure]) -> Passages:
    """The passages of quotations or figures that are known already."""
    spans = [Span(one.article, one.paragraph, one.start, one.end) for one in found]
    return lambda corpus, cancelled, most: lines_at(corpus, spans, cancelled, most)


def person_named(corpus: Corpus, name: str) -> Person | None:
    """The person of exactly this name."""
    return next((one for one in corpus.people(everyone=True) if one.name == name), None)


def _wanted(corpus: Corpus, ids: Iterable[str], outlet: str | None, among: Collection[str] | None) -> list[str]:
    return [
        id_ for id_ in ids if (among is None or id_ in among) and (outlet is None or _outlet(corpus, id_) == outlet)
    ]


def _outlet(corpus: Corpus, id_: str) -> str:
    at = corpus.articles.ordinal(id_)
    return "" if at is None else corpus.articles.outlet(at)


def _published(corpus: Corpus, id_: str) -> str | None:
    at = corpus.articles.ordinal(id_)
    return None if at is None else corpus.articles.published(at)
