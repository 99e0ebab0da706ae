"""Omissions: the articles of a story in; its passages, people and figures, each with the outlets that carry it, out.

A passage is one that at least two articles share. What an outlet leaves out is what others of the story carry and it
does not; whether it had reason to is for the reader to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kerman_tui.compare.flows import grouped, span_of
from kerman_tui.compare.reuse import reuse
from kerman_tui.model import Article, Figure, Person, Span


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing of a story: what it is, and for each outlet that carries it the places where it does."""

    kind: Literal["passage", "person", "figure"]
    what: str
    outlets: Mapping[str, tuple[Span, ...]]
    missing: tuple[str, ...]
    """Outlets of the story that do not carry it."""


def omissions(
    articles: Sequence[Article], people: Iterable[Person] = (), figures: Iterable[Figure] = ()
) -> tuple[Carried, ...]:
    """The omission table of a story, what most outlets carry first. ``people`` and ``figures`` may be of the corpus."""
    outlet_of = {article.id: article.outlet for article in articles}
    outlets = tuple(dict.fromkeys(article.outlet for article in articles))
    rows = [
        _row(kind, what, spans, outlet_of, outlets)
        for kind, found in (
            ("passage", _passages(articles)),
            ("person", _people(people)),
            ("figure", _figures(figures)),
        )
        for what, spans in found
    ]
    carried = [row for row in rows if row.outlets]
    return tuple(sorted(carried, key=lambda row: (-len(row.outlets), row.kind, row.what)))


def _row(kind: str, what: str, spans: Iterable[Span], outlet_of: Mapping[str, str], outlets: Sequence[str]) -> Carried:
    by_outlet: dict[str, list[Span]] = {}
    for span in sorted(spans, key=lambda s: (s.article, -1 if s.paragraph is None else s.paragraph, s.start)):
        if span.article in outlet_of:
            by_outlet.setdefault(outlet_of[span.article], []).append(span)
    named: Literal["passage", "person", "figure"] = (
        "passage" if kind == "passage" else "person" if kind == "person" else "figure"
    )
    return Carried(
        named,
        what,
        {outlet: tuple(found) for outlet, found in by_outlet.items()},
        tuple(outlet for outlet in outlets if outlet not in by_outlet),
    )


def _passages(articles: Sequence[Article]) -> list[tuple[str, set[Span]]]:
    return [
        (
            min((one.left.text for one in group), key=len),
            {span_of(id_, p) for one in group for id_, p in zip(one.articles, (one.left, one.right), strict=True)},
        )
        for group in grouped(reuse(articles))
    ]


def _people(people: Iterable[Person]) -> list[tuple[str, set[Span]]]:
    return [
        (
            person.name,
            {Span(id_, m.paragraph, m.start, m.end) for id_, mentions in person.articles.items() for m in mentions},
        )
        for person in people
    ]


def _figures(figures: Iterable[Figure]) -> list[tuple[str, set[Span]]]:
    """Figures of one unit and value are one, however they are written."""
    groups: dict[tuple[str, object], tuple[str, set[Span]]] = {}
    for figure in figures:
        value = figure.value if figure.value is not None else (figure.low, figure.high)
        _, spans = groups.setdefault((figure.unit, value), (figure.as_written, set()))
        spans.add(Span(figure.article, figure.paragraph, figure.start, figure.end))
    return list(groups.values())
