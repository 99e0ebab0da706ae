"""Shared text over the whole corpus, as rows: passages in several articles, what flows between outlets, duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kerman_tui.model import Article, Passage, Reuse, Span
from kerman_tui.tui.beats import SIGNS
from kerman_tui.tui.page import day_of
from kerman_tui.tui.records import REST, Field, Listing, Pair, Record

if TYPE_CHECKING:
    from kerman_tui.compare.flows import Flow
    from kerman_tui.corpus import Corpus

NOTHING = "No passage stands in more than one article."


def reuse() -> Listing:
    """Passages that stand in more than one article, each once; the most widespread first."""
    fields = (
        Field("in", 4, "outlet", True), Field("words", 6, "muted", True), Field("±", 2, "edited"),
        Field("earliest by date", 28, "muted"), Field("outlets", 28, "outlet"), Field("passage", REST),
    )  # fmt: skip
    title = "Shared passages · in how many articles · = verbatim, ~ edited"
    return Listing(title, fields, lambda corpus: [_group(corpus, one) for one in corpus.reuse_groups()], NOTHING)


def _group(corpus: Corpus, group: Sequence[Reuse]) -> Record:
    places = _places(group)
    those = {id_: corpus.article(id_) for id_ in dict.fromkeys(id_ for id_, _ in places)}
    text = min((one.left.text for one in group), key=len)
    sign = SIGNS["same" if all(one.kind == "verbatim" for one in group) else "edited"]
    outlets = ", ".join(dict.fromkeys(one.outlet for one in those.values()))
    words = max(one.words for one in group)
    texts = (f"{len(those):,}", f"{words:,}", sign, _earliest(those.values()), outlets, text)
    return Record(texts, opens=_standing(text, places))


def _places(group: Iterable[Reuse]) -> list[tuple[str, Passage]]:
    """Where a passage stands, the widest stretch of each paragraph, each once."""
    widest: dict[tuple[str, int | None], Passage] = {}
    for one in group:
        for id_, passage in zip(one.articles, (one.left, one.right), strict=True):
            known = widest.get((id_, passage.paragraph))
            if known is None or passage.end - passage.start > known.end - known.start:
                widest[id_, passage.paragraph] = passage
    return [(id_, passage) for (id_, _), passage in widest.items()]


def _earliest(articles: Iterable[Article]) -> str:
    """The outlet and day that come first, where dates tell: a day says nothing about another article of that day."""
    dated = sorted((one.published, one.outlet) for one in articles if one.published)
    if not dated:
        return "undated"
    day = dated[0][0][:10]
    first = [at for at, one in enumerate(dated) if one[0].startswith(day)]
    return f"{day} {dated[0][1]}" if len(first) == 1 else f"{day} ({len(first)} articles)"


def _standing(title: str, places: Sequence[tuple[str, Passage]]) -> Listing:
    def records(corpus: Corpus) -> list[Record]:
        found = sorted(
            ((corpus.article(id_), passage) for id_, passage in places),
            key=lambda one: (one[0].published or "9999", one[0].outlet),
        )
        first = found[0][0].id
        return [
            Record(
                (article.outlet, day_of(article.published), article.title, passage.text),
                Span(article.id, passage.paragraph, passage.start, passage.end),
                about=Pair(first, article.id) if article.id != first else None,
            )
            for article, passage in found
        ]

    fields = (
        Field("outlet", 18, "outlet"), Field("date", 10, "muted", whole=True), Field("title", 32, "muted"),
        Field("passage", REST),
    )  # fmt: skip
    return Listing(f"Where it stands · {title}", fields, records, NOTHING)


def flows() -> Listing:
    """What each outlet shares with each other one, and which of them dates put first."""

    def records(corpus: Corpus) -> list[Record]:
        return [
            Record(
                (
                    one.outlet,
                    one.other,
                    f"{one.share:.1%}",
                    f"{one.words:,}",
                    f"{one.passages:,}",
                    f"{one.earlier:,}",
                    f"{one.later:,}",
                    f"{one.passages - one.earlier - one.later:,}",
                ),
                opens=_between(one),
            )
            for one in corpus.flows()
        ]

    fields = (
        Field("outlet", REST, "outlet"), Field("shares with", 22, "outlet"), Field("share", 7, "strong", True),
        Field("words", 8, "text", True), Field("passages", 8, "text", True), Field("earlier", 7, "right", True),
        Field("later", 6, "left", True), Field("open", 6, "muted", True),
    )  # fmt: skip
    title = "What flows between outlets · share of its words; passages it had earlier or later, by dates"
    return Listing(title, fields, records, NOTHING)


def _between(flow: Flow) -> Listing:
    def records(corpus: Corpus) -> list[Record]:
        found = []
        for one in corpus.reuse():
            if one.outlets not in ((flow.outlet, flow.other), (flow.other, flow.outlet)):
                continue
            own = one.outlets.index(flow.outlet)
            ours, theirs = one.articles[own], one.articles[1 - own]
            passage = one.right if own else one.left
            had = "" if one.earlier is None else "earlier" if one.earlier == ours else "later"
            days = (day_of(corpus.article(id_).published) for id_ in (ours, theirs))
            texts = (*days, had, one.kind, f"{one.words:,}", passage.text)
            span = Span(ours, passage.paragraph, passage.start, passage.end)
            found.append(Record(texts, span, about=Pair(ours, theirs)))
        return found

    fields = (
        Field("its date", 10, "muted", whole=True), Field("other's", 10, "muted", whole=True),
        Field("had it", 8, "moved"), Field("kind", 8, "edited"), Field("words", 6, "muted", True),
        Field("passage", REST),
    )  # fmt: skip
    return Listing(f"{flow.outlet} and {flow.other} · c lays the two articles side by side", fields, records, NOTHING)


def near_duplicates() -> Listing:
    """Pairs of articles that are one article but for little."""

    def records(corpus: Corpus) -> list[Record]:
        found = []
        for one in corpus.near_duplicates():
            left, right = corpus.article(one.left), corpus.article(one.right)
            sides = (text for side in (left, right) for text in (side.outlet, day_of(side.published)))
            title = left.title if left.title == right.title else f"{left.title} / {right.title}"
            found.append(Record((f"{one.share:.0%}", *sides, title), about=Pair(one.left, one.right)))
        return found

    fields = (
        Field("shared", 6, "strong", True), Field("outlet", 16, "outlet"), Field("date", 10, "muted", whole=True),
        Field("other outlet", 16, "outlet"), Field("its date", 10, "muted", whole=True), Field("titles", REST),
    )  # fmt: skip
    return Listing("Near-duplicate articles", fields, records, "No two articles are one but for little.")
