"""Where else the passages of an article stand: shared passages of a corpus in, footnotes of one article out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kerman_tui.model import Passage, Reuse, Span

SIGN = "↳"


class Elsewhere(msgspec.Struct, frozen=True):
    """A passage of an article, from ``start`` to ``end`` of its paragraph, that stands in another at ``span``."""

    start: int
    end: int
    outlet: str
    span: Span
    edited: bool


Footnotes = Mapping[int | None, Sequence[Elsewhere]]
"""Paragraph to where its passages stand as well."""


def by_article(shared: Iterable[Reuse]) -> dict[str, dict[int | None, list[Elsewhere]]]:
    """The footnotes of every article that shares a passage with another."""
    found: dict[str, dict[int | None, list[Elsewhere]]] = {}
    for one in shared:
        sides = list(zip(one.articles, one.outlets, (one.left, one.right), strict=True))
        for (article, _, here), (other, outlet, there) in (sides, sides[::-1]):
            note = Elsewhere(here.start, here.end, outlet, _span(other, there), one.kind == "edited")
            found.setdefault(article, {}).setdefault(here.paragraph, []).append(note)
    return found


def _span(article: str, passage: Passage) -> Span:
    return Span(article, passage.paragraph, passage.start, passage.end)


def said(notes: Sequence[Elsewhere]) -> str:
    """A footnote: the outlets that have the passage too, each once, word for word before edited."""
    outlets: dict[str, bool] = {}
    for note in notes:
        outlets[note.outlet] = outlets.get(note.outlet, True) and note.edited
    if not outlets:
        return ""
    named = sorted(outlets.items(), key=lambda one: one[1])
    return f"{SIGN} also in " + ", ".join(f"{outlet} (edited)" if edited else outlet for outlet, edited in named)
