"""Where in each article something stands: passages in, one strip an article out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kerman_tui.model import ConcordanceLine, Match

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

NOTHING = "·"
_LEVELS = "▂▄▆█"
"""Signs for one, two, three and more passages in one cell of a strip."""


class Spread(msgspec.Struct, frozen=True):
    """An article with its passages, and where each of them stands: 0 its beginning, 1 its end."""

    title: str
    lines: tuple[ConcordanceLine, ...]
    places: tuple[float, ...]


def spreads(corpus: Corpus, found: Sequence[ConcordanceLine]) -> list[Spread]:
    """The articles of some passages, those with most first."""
    from kerman_tui.search.concordance import dispersion

    by_article: dict[str, list[ConcordanceLine]] = {}
    for line in found:
        by_article.setdefault(line.span.article, []).append(line)
    made = []
    for id_, lines in by_article.items():
        article = corpus.article(id_)
        spans = [line.span for line in lines]
        matches = [Match(one.paragraph, 0, "", ((one.start, one.end),), "exact") for one in spans]
        made.append(Spread(article.title, tuple(lines), dispersion(article, matches)))
    return sorted(made, key=lambda one: (-len(one.lines), one.title))


def strip(places: Sequence[float], cells: int) -> str:
    """A line of ``cells`` signs, higher where more passages stand."""
    counts = Counter(min(int(place * cells), cells - 1) for place in places)
    return "".join(_LEVELS[min(counts[at], len(_LEVELS)) - 1] if counts[at] else NOTHING for at in range(cells))
